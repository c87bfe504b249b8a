import {
  type ActivitySerializationContext,
  compilePriority,
  compileRetryPolicy,
  type PayloadTypeInfo,
  toPayloadsWithContext,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { versioningIntentToProto } from '@perdure/common/lib/versioning-intent-enum';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from './activator-state.ts';
import { type ActivityOptions, encodeActivityCancellationType, type LocalActivityOptions } from './activities.ts';
import { assertInWorkflowContext, getActivator } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import { durationField, linkToScope, pushAnnotated } from './operation.ts';
import type { ActivityInput } from './outbound-inputs.ts';

/**
 * Schedules an activity by its name.
 *
 * @hidden
 */
export function scheduleActivity<R>(
  activityType: string,
  args: Any[],
  options: ActivityOptions,
  typeInfo?: PayloadTypeInfo,
): Promise<R> {
  const activator = assertInWorkflowContext(
    'Workflow.scheduleActivity(...) may only be used from a Workflow Execution',
  );
  if (options === undefined) throw new TypeError('Got empty activity options');
  const seq = activator.nextSeqs.activity++;
  const execute = composeInterceptors(activator.interceptors.outbound, 'scheduleActivity', startActivity);
  return execute({ activityType, headers: {}, options, args, seq, typeInfo }) as Promise<R>;
}

/** Throws a `TypeError` if the activity could run for ever. */
export function validateTimeouts(options: ActivityOptions | LocalActivityOptions): void {
  if (options.scheduleToCloseTimeout === undefined && options.startToCloseTimeout === undefined) {
    throw new TypeError('Required either scheduleToCloseTimeout or startToCloseTimeout');
  }
}

export function activityContext(
  activator: ActivatorState,
  activityId: string,
  isLocal: boolean,
): ActivitySerializationContext {
  const { namespace, workflowId } = activator.info;
  return { type: 'activity', namespace, activityId, workflowId, isLocal };
}

function startActivity(input: ActivityInput): Promise<unknown> {
  const activator = getActivator();
  const { options, seq, typeInfo } = input;
  validateTimeouts(options);
  const { eventGroups } = options;
  const context = activityContext(activator, options.activityId ?? `${seq}`, false);
  return new Promise((resolve, reject) => {
    // What the promise comes to is up to the worker, which knows the activity's cancellation type.
    const cancel = () => {
      if (!activator.completions.activity.has(seq)) return;
      pushAnnotated(activator, { requestCancelActivity: { seq } }, { eventGroups });
    };
    if (!linkToScope(reject, cancel)) return;
    const command = { scheduleActivity: scheduleCommand(activator, input, context) };
    pushAnnotated(activator, command, { summary: options.summary, context, eventGroups });
    activator.completions.activity.set(seq, { resolve, reject, context, outputTypeInfo: typeInfo?.outputType });
  });
}

function scheduleCommand(
  activator: ActivatorState,
  { activityType, args, headers, options, seq, typeInfo }: ActivityInput,
  context: ActivitySerializationContext,
): coresdk.workflow_commands.IScheduleActivity {
  return {
    seq,
    activityId: context.activityId ?? null,
    activityType,
    arguments: toPayloadsWithContext(activator.payloadConverter, context, args, typeInfo?.inputTypes) ?? null,
    retryPolicy: options.retry ? compileRetryPolicy(options.retry) : null,
    taskQueue: options.taskQueue || activator.info.taskQueue,
    heartbeatTimeout: durationField(options.heartbeatTimeout),
    scheduleToCloseTimeout: durationField(options.scheduleToCloseTimeout),
    startToCloseTimeout: durationField(options.startToCloseTimeout),
    scheduleToStartTimeout: durationField(options.scheduleToStartTimeout),
    headers,
    cancellationType: encodeActivityCancellationType(options.cancellationType) ?? null,
    doNotEagerlyExecute: !(options.allowEagerDispatch ?? true),
    versioningIntent: versioningIntentToProto(options.versioningIntent),
    priority: options.priority ? compilePriority(options.priority) : null,
  };
}
