import {
  compilePriority,
  compileRetryPolicy,
  encodeWorkflowIdReusePolicy,
  mapToPayloads,
  toPayloadsWithContext,
  type WorkflowSerializationContext,
} from '@perdure/common';
import { encodeUnifiedSearchAttributes } from '@perdure/common/lib/converter/payload-search-attributes';
import { versioningIntentToProto } from '@perdure/common/lib/versioning-intent-enum';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from './activator-state.ts';
import { encodeChildWorkflowCancellationType, encodeParentClosePolicy } from './child-workflow-options.ts';
import { getActivator } from './global-attributes.ts';
import { durationField, linkToScope, pushAnnotated } from './operation.ts';
import type { StartChildWorkflowExecutionInput } from './outbound-inputs.ts';
import { untrackPromise } from './stack-helpers.ts';
import { uuid4 } from './uuid.ts';

/** Asks for a child; gives promises of its run id and of its result, both of which are there from the first. */
export function startChildWorkflow(
  input: StartChildWorkflowExecutionInput,
): Promise<[Promise<string>, Promise<unknown>]> {
  const activator = getActivator();
  const { options, seq } = input;
  // An interceptor may have taken the id out.
  const workflowId = options.workflowId ?? uuid4();
  const context = activator.workflowSerializationContext(workflowId);
  const { completions } = activator;
  const { eventGroups } = options;
  const started = new Promise<string>((resolve, reject) => {
    const cancel = () => {
      if (!completions.childWorkflowComplete.has(seq)) return;
      pushAnnotated(activator, { cancelChildWorkflowExecution: { childWorkflowSeq: seq } }, { eventGroups });
    };
    if (!linkToScope(reject, cancel)) return;
    const command = { startChildWorkflowExecution: startCommand(activator, input, context) };
    const { staticSummary: summary, staticDetails: details } = options;
    pushAnnotated(activator, command, { summary, details, context, eventGroups });
    completions.childWorkflowStart.set(seq, { resolve, reject, context });
  });
  const completed = new Promise<unknown>((resolve, reject) => {
    untrackPromise(started.catch(reject));
    const outputTypeInfo = options.typeInfo?.outputType;
    completions.childWorkflowComplete.set(seq, { resolve, reject, context, outputTypeInfo });
  });
  untrackPromise(started);
  untrackPromise(completed);
  // Code may start a child without ever looking at its result.
  untrackPromise(completed.catch(() => undefined));
  const both = Promise.resolve<[Promise<string>, Promise<unknown>]>([started, completed]);
  untrackPromise(both);
  return both;
}

function startCommand(
  activator: ActivatorState,
  { options, headers, workflowType, seq }: StartChildWorkflowExecutionInput,
  context: WorkflowSerializationContext,
): coresdk.workflow_commands.IStartChildWorkflowExecution {
  const { payloadConverter, info } = activator;
  const { searchAttributes, typedSearchAttributes, memo, typeInfo } = options;
  const hasAttributes = searchAttributes || typedSearchAttributes;
  return {
    seq,
    workflowId: context.workflowId,
    workflowType,
    input: toPayloadsWithContext(payloadConverter, context, options.args, typeInfo?.inputTypes) ?? null,
    retryPolicy: options.retry ? compileRetryPolicy(options.retry) : null,
    taskQueue: options.taskQueue || info.taskQueue,
    workflowExecutionTimeout: durationField(options.workflowExecutionTimeout),
    workflowRunTimeout: durationField(options.workflowRunTimeout),
    workflowTaskTimeout: durationField(options.workflowTaskTimeout),
    namespace: info.namespace,
    headers,
    cancellationType: encodeChildWorkflowCancellationType(options.cancellationType) ?? null,
    workflowIdReusePolicy: encodeWorkflowIdReusePolicy(options.workflowIdReusePolicy) ?? null,
    parentClosePolicy: encodeParentClosePolicy(options.parentClosePolicy) ?? null,
    cronSchedule: options.cronSchedule ?? null,
    searchAttributes: hasAttributes
      ? { indexedFields: encodeUnifiedSearchAttributes(searchAttributes, typedSearchAttributes) }
      : null,
    memo: memo ? mapToPayloads(payloadConverter, memo, context) : null,
    versioningIntent: versioningIntentToProto(options.versioningIntent),
    priority: options.priority ? compilePriority(options.priority) : null,
  };
}
