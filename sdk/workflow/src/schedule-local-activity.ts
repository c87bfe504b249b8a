import {
  type ActivitySerializationContext,
  compileRetryPolicy,
  type PayloadTypeInfo,
  type Timestamp,
  toPayloadsWithContext,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { requiredTsToMs } from '@perdure/common/lib/time';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from './activator-state.ts';
import { encodeActivityCancellationType, type LocalActivityOptions } from './activities.ts';
import { LocalActivityDoBackoff } from './errors.ts';
import { assertInWorkflowContext, getActivator } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import { durationField, linkToScope, pushAnnotated } from './operation.ts';
import type { LocalActivityInput } from './outbound-inputs.ts';
import { activityContext, validateTimeouts } from './schedule-activity.ts';
import { sleep } from './timers.ts';

/**
 * Runs a local activity by its name. While the time to its next try is short the worker tries it again by itself; then
 * it gives up and leaves it to a timer here.
 *
 * @hidden
 */
export async function scheduleLocalActivity<R>(
  activityType: string,
  args: Any[],
  options: LocalActivityOptions,
  typeInfo?: PayloadTypeInfo,
): Promise<R> {
  const activator = assertInWorkflowContext(
    'Workflow.scheduleLocalActivity(...) may only be used from a Workflow Execution',
  );
  if (options === undefined) throw new TypeError('Got empty activity options');
  let attempt = 1;
  let originalScheduleTime: Timestamp | undefined;
  for (;;) {
    const seq = activator.nextSeqs.activity++;
    const execute = composeInterceptors(activator.interceptors.outbound, 'scheduleLocalActivity', startLocalActivity);
    const input = { activityType, headers: {}, options, args, seq, attempt, originalScheduleTime, typeInfo };
    try {
      return (await execute(input)) as R;
    } catch (error) {
      if (!(error instanceof LocalActivityDoBackoff)) throw error;
      const { backoff } = error;
      await sleep(requiredTsToMs(backoff.backoffDuration, 'backoffDuration'), { eventGroups: options.eventGroups });
      if (typeof backoff.attempt !== 'number') throw new TypeError('Invalid backoff attempt type');
      attempt = backoff.attempt;
      originalScheduleTime = backoff.originalScheduleTime ?? undefined;
    }
  }
}

// Asynchronous although it waits for nothing: what it throws is to come as a rejection.
async function startLocalActivity(input: LocalActivityInput): Promise<unknown> {
  const activator = getActivator();
  const { activityType, options, seq, typeInfo } = input;
  assertRegistered(activator, activityType);
  validateTimeouts(options);
  const context = activityContext(activator, `${seq}`, true);
  return new Promise((resolve, reject) => {
    const cancel = () => {
      if (activator.completions.activity.has(seq)) activator.pushCommand({ requestCancelLocalActivity: { seq } });
    };
    if (!linkToScope(reject, cancel)) return;
    const command = { scheduleLocalActivity: scheduleCommand(activator, input, context) };
    pushAnnotated(activator, command, { summary: options.summary, context, eventGroups: options.eventGroups });
    activator.completions.activity.set(seq, { resolve, reject, context, outputTypeInfo: typeInfo?.outputType });
  });
}

/** Unlike other activities, a local one can run on this worker alone; on replay it does not run at all. */
function assertRegistered({ info, registeredActivityNames }: ActivatorState, activityType: string): void {
  if (info.unsafe.isReplaying) return;
  if (registeredActivityNames.has(activityType) || registeredActivityNames.has('default')) return;
  throw new ReferenceError(`Local activity of type '${activityType}' not registered on worker`);
}

function scheduleCommand(
  activator: ActivatorState,
  { activityType, args, attempt, headers, options, originalScheduleTime, seq, typeInfo }: LocalActivityInput,
  context: ActivitySerializationContext,
): coresdk.workflow_commands.IScheduleLocalActivity {
  return {
    seq,
    attempt,
    originalScheduleTime: originalScheduleTime ?? null,
    activityId: `${seq}`,
    activityType,
    arguments: toPayloadsWithContext(activator.payloadConverter, context, args, typeInfo?.inputTypes) ?? null,
    retryPolicy: options.retry ? compileRetryPolicy(options.retry) : null,
    scheduleToCloseTimeout: durationField(options.scheduleToCloseTimeout),
    startToCloseTimeout: durationField(options.startToCloseTimeout),
    scheduleToStartTimeout: durationField(options.scheduleToStartTimeout),
    localRetryThreshold: durationField(options.localRetryThreshold),
    headers,
    cancellationType: encodeActivityCancellationType(options.cancellationType) ?? null,
  };
}
