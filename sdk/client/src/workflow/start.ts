import { randomUUID } from 'node:crypto';
import type { Headers } from '@perdure/common';
import {
  compilePriority,
  compileRetryPolicy,
  encodeWorkflowIdConflictPolicy,
  encodeWorkflowIdReusePolicy,
  WorkflowExecutionAlreadyStartedError,
} from '@perdure/common';
import { encodeUnifiedSearchAttributes } from '@perdure/common/lib/converter/payload-search-attributes';
import {
  encodeMapToPayloads,
  encodeToPayloadsWithContext,
  encodeUserMetadata,
  walkSignalWithStartWorkflowExecutionRequest,
  walkStartWorkflowExecutionRequest,
} from '@perdure/common/lib/internal-non-workflow';
import { filterNullAndUndefined } from '@perdure/common/lib/internal-workflow';
import { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import type { Caller } from '../base-client.ts';
import { storeOutside } from '../external-storage.ts';
import { given } from '../given.ts';
import type { WorkflowSignalWithStartInput, WorkflowStartInput, WorkflowStartOutput } from '../interceptors.ts';
import type { InternalWorkflowStartOptions } from '../internal-options.ts';
import { InternalWorkflowStartOptionsSymbol } from '../internal-options.ts';
import type { InternalConnectionLike, StartWorkflowExecutionRequest } from '../types.ts';
import { InternalConnectionLikeSymbol } from '../types.ts';
import type { CompiledWorkflowOptions } from '../workflow-options.ts';
import { workflowContext, workflowTarget } from './context.ts';
import { rethrowGrpcError } from './rethrow.ts';

const internalOptionsOf = (options: CompiledWorkflowOptions) =>
  (options as unknown as InternalWorkflowStartOptions)[InternalWorkflowStartOptionsSymbol];

/** What a start and a signal with start have in common. */
async function startFields(caller: Caller, options: CompiledWorkflowOptions, workflowType: string, headers: Headers) {
  const { dataConverter, namespace, identity } = caller;
  const context = workflowContext(caller, options.workflowId);
  const { memo, searchAttributes, typedSearchAttributes, retry, priority } = options;
  return given({
    namespace,
    identity,
    workflowId: options.workflowId,
    workflowIdReusePolicy: encodeWorkflowIdReusePolicy(options.workflowIdReusePolicy),
    workflowIdConflictPolicy: encodeWorkflowIdConflictPolicy(options.workflowIdConflictPolicy),
    workflowType: { name: workflowType },
    input: given({
      payloads: await encodeToPayloadsWithContext(dataConverter, context, options.args, options.typeInfo?.inputTypes),
    }),
    taskQueue: {
      kind: temporal.api.enums.v1.TaskQueueKind.TASK_QUEUE_KIND_NORMAL,
      name: options.taskQueue,
    },
    workflowExecutionTimeout: options.workflowExecutionTimeout,
    workflowRunTimeout: options.workflowRunTimeout,
    workflowTaskTimeout: options.workflowTaskTimeout,
    workflowStartDelay: options.startDelay,
    retryPolicy: retry ? compileRetryPolicy(retry) : undefined,
    memo: memo ? { fields: await encodeMapToPayloads(dataConverter, memo, context) } : undefined,
    searchAttributes:
      searchAttributes || typedSearchAttributes
        ? { indexedFields: encodeUnifiedSearchAttributes(searchAttributes, typedSearchAttributes) }
        : undefined,
    cronSchedule: options.cronSchedule,
    header: { fields: headers },
    userMetadata: await encodeUserMetadata(dataConverter, options.staticSummary, options.staticDetails, context),
    priority: priority ? compilePriority(priority) : undefined,
    versioningOverride: options.versioningOverride,
  });
}

/** The request of a start. Payloads are encoded, but not yet put into external storage. */
export async function startRequest(caller: Caller, input: WorkflowStartInput): Promise<StartWorkflowExecutionRequest> {
  const { options, workflowType, headers } = input;
  const connection = caller.connection as InternalConnectionLike;
  if (options.requestEagerStart && !connection[InternalConnectionLikeSymbol]?.supportsEagerStart) {
    throw new Error(
      'Eager workflow start requires a NativeConnection shared between client and worker. ' +
        'Pass a NativeConnection via ClientOptions.connection, or disable requestEagerStart.',
    );
  }
  return given({
    ...(await startFields(caller, options, workflowType, headers)),
    requestId: randomUUID() as string,
    requestEagerExecution: options.requestEagerStart,
    ...filterNullAndUndefined(internalOptionsOf(options) ?? {}),
  });
}

export async function startWorkflow(caller: Caller, input: WorkflowStartInput): Promise<WorkflowStartOutput> {
  const request = await startRequest(caller, input);
  const { workflowId } = input.options;
  try {
    const target = workflowTarget(caller, workflowId, input.workflowType);
    await storeOutside(caller.dataConverter, request, walkStartWorkflowExecutionRequest, target);
    const response = await caller.service.startWorkflowExecution(request);
    keepLink(input.options, response.link);
    return { runId: response.runId, eagerlyStarted: response.eagerWorkflowTask != null };
  } catch (error) {
    rethrowStartError(error, 'Failed to start Workflow', workflowId, input.workflowType);
  }
}

/** Gives the id of the run that got the signal. */
export async function signalWithStart(caller: Caller, input: WorkflowSignalWithStartInput): Promise<string> {
  const { options, workflowType, headers } = input;
  const { workflowId } = options;
  const context = workflowContext(caller, workflowId);
  const { signalArgs, signalTypeInfo } = input;
  const request = given({
    ...(await startFields(caller, options, workflowType, headers)),
    requestId: randomUUID() as string,
    signalName: input.signalName,
    signalInput: given({
      payloads: await encodeToPayloadsWithContext(
        caller.dataConverter,
        context,
        signalArgs,
        signalTypeInfo?.inputTypes,
      ),
    }),
    links: internalOptionsOf(options)?.links,
  });
  try {
    const target = workflowTarget(caller, workflowId, workflowType);
    await storeOutside(caller.dataConverter, request, walkSignalWithStartWorkflowExecutionRequest, target);
    const response = await caller.service.signalWithStartWorkflowExecution(request);
    keepLink(options, response.signalLink);
    return response.runId;
  } catch (error) {
    rethrowStartError(error, 'Failed to signalWithStart Workflow', workflowId, workflowType);
  }
}

function keepLink(options: CompiledWorkflowOptions, link: temporal.api.common.v1.ILink | null | undefined): void {
  const internal = internalOptionsOf(options);
  if (internal !== undefined && link != null) internal.responseLink = link;
}

function rethrowStartError(error: unknown, fallback: string, workflowId: string, workflowType: string): never {
  if ((error as { code?: unknown }).code === Status.ALREADY_EXISTS) {
    throw new WorkflowExecutionAlreadyStartedError('Workflow execution already started', workflowId, workflowType);
  }
  rethrowGrpcError(error, fallback, { workflowId });
}
