import { randomUUID } from 'node:crypto';
import { compilePriority, compileRetryPolicy } from '@perdure/common';
import { encodeUnifiedSearchAttributes } from '@perdure/common/lib/converter/payload-search-attributes';
import {
  encodeToPayloadsWithContext,
  encodeUserMetadata,
  walkStartActivityExecutionRequest,
} from '@perdure/common/lib/internal-non-workflow';
import { msOptionalToTs, msToNumber } from '@perdure/common/lib/time';
import { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import type { ActivityOptions } from '../activity-handle.ts';
import type { ActivityStartInput } from '../activity-interceptors.ts';
import type { Caller } from '../base-client.ts';
import { ActivityExecutionAlreadyStartedError, isGrpcServiceError } from '../errors.ts';
import { storeOutside } from '../external-storage.ts';
import { given } from '../given.ts';
import type { InternalActivityStartOptions } from '../internal-options.ts';
import { InternalActivityStartOptionsSymbol } from '../internal-options.ts';
import { detailOf } from '../status-details.ts';
import { encodeActivityIdConflictPolicy, encodeActivityIdReusePolicy } from '../types.ts';
import { activityContext } from './context.ts';
import { rethrowActivityError } from './rethrow.ts';

/** Starts an activity; gives the id of its run. */
export async function startActivity(caller: Caller, input: ActivityStartInput): Promise<string> {
  const { activityType, options } = input;
  if (!activityType) throw new TypeError('activityType is required');
  refuseIncomplete(options);
  const { namespace, dataConverter, service } = caller;
  try {
    const request = await startRequest(caller, input);
    const target = { kind: 'activity' as const, namespace, id: options.id, type: activityType };
    await storeOutside(dataConverter, request, walkStartActivityExecutionRequest, target);
    const { runId, link } = await service.startActivityExecution(request);
    const internal = internalOptionsOf(options);
    if (internal !== undefined && link != null) internal.responseLink = link;
    return runId;
  } catch (error) {
    rethrowAlreadyStarted(error, options.id);
    rethrowActivityError(error, 'Failed to start activity');
  }
}

const internalOptionsOf = (options: ActivityOptions) =>
  (options as InternalActivityStartOptions)[InternalActivityStartOptionsSymbol];

function refuseIncomplete({ id, taskQueue, scheduleToCloseTimeout, startToCloseTimeout, startDelay }: ActivityOptions) {
  if (!id) throw new TypeError('id is required');
  if (!taskQueue) throw new TypeError('taskQueue is required');
  if (!scheduleToCloseTimeout && !startToCloseTimeout) {
    throw new TypeError('Either scheduleToCloseTimeout or startToCloseTimeout is required');
  }
  if (startDelay !== undefined && msToNumber(startDelay) < 0) throw new TypeError('startDelay must be non-negative');
}

async function startRequest(
  caller: Caller,
  { activityType, options, headers }: ActivityStartInput,
): Promise<temporal.api.workflowservice.v1.IStartActivityExecutionRequest> {
  const { dataConverter, namespace, identity } = caller;
  const context = activityContext(caller, options.id);
  const internal = internalOptionsOf(options);
  const args = [...(options.args ?? [])];
  const { retry, typedSearchAttributes, priority } = options;
  return given({
    namespace,
    identity,
    requestId: internal?.requestId ?? (randomUUID() as string),
    activityId: options.id,
    activityType: { name: activityType },
    taskQueue: { name: options.taskQueue },
    scheduleToCloseTimeout: msOptionalToTs(options.scheduleToCloseTimeout),
    scheduleToStartTimeout: msOptionalToTs(options.scheduleToStartTimeout),
    startToCloseTimeout: msOptionalToTs(options.startToCloseTimeout),
    heartbeatTimeout: msOptionalToTs(options.heartbeatTimeout),
    retryPolicy: retry ? compileRetryPolicy(retry) : undefined,
    input: given({
      payloads: await encodeToPayloadsWithContext(dataConverter, context, args, options.typeInfo?.inputTypes),
    }),
    idReusePolicy: encodeActivityIdReusePolicy(options.idReusePolicy),
    idConflictPolicy: encodeActivityIdConflictPolicy(options.idConflictPolicy),
    searchAttributes: typedSearchAttributes
      ? { indexedFields: encodeUnifiedSearchAttributes(undefined, typedSearchAttributes) }
      : undefined,
    header: { fields: headers },
    userMetadata: await encodeUserMetadata(dataConverter, options.summary, undefined, context),
    priority: priority ? compilePriority(priority) : undefined,
    startDelay: msOptionalToTs(options.startDelay),
    completionCallbacks: internal?.completionCallbacks,
    links: internal?.links,
    onConflictOptions: internal?.onConflictOptions,
  });
}

function rethrowAlreadyStarted(error: unknown, activityId: string): void {
  if (!isGrpcServiceError(error) || error.code !== Status.ALREADY_EXISTS) return;
  const detail = detailOf(error, 'temporal.api.errordetails.v1.ActivityExecutionAlreadyStartedFailure');
  if (detail === undefined) return;
  const { runId } = temporal.api.errordetails.v1.ActivityExecutionAlreadyStartedFailure.decode(detail);
  throw new ActivityExecutionAlreadyStartedError('Activity execution already started', activityId, runId);
}
