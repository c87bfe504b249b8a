import { randomUUID } from 'node:crypto';
import { compilePriority, compileRetryPolicy, decodePriority, decompileRetryPolicy } from '@perdure/common';
import { msOptionalToTs, optionalTsToMs } from '@perdure/common/lib/time';
import type { temporal } from '@perdure/proto';
import type { ActivityOptionsUpdate, ActivityOptionsUpdateResult } from '../activity-handle.ts';
import type {
  ActivityCancelInput,
  ActivityPauseInput,
  ActivityRestoreOriginalOptionsInput,
  ActivityTerminateInput,
  ActivityUnpauseInput,
  ActivityUpdateOptionsInput,
} from '../activity-interceptors.ts';
import type { Caller } from '../base-client.ts';
import { given } from '../given.ts';
import { runOf } from './context.ts';
import { rethrowActivityError } from './rethrow.ts';

type RunInput = { readonly activityId: string; readonly activityRunId: string };

/** What every change of a run says. */
const change = (caller: Caller, input: RunInput, reason?: string) =>
  given({
    ...runOf(caller, input),
    identity: caller.identity,
    requestId: randomUUID() as string,
    reason: reason || undefined,
  });

async function attempt<T>(call: Promise<T>, fallback: string): Promise<T> {
  try {
    return await call;
  } catch (error) {
    rethrowActivityError(error, fallback);
  }
}

export async function cancelActivity(caller: Caller, input: ActivityCancelInput): Promise<void> {
  const request = change(caller, input, input.reason);
  await attempt(caller.service.requestCancelActivityExecution(request), 'Failed to request activity cancellation');
}

export async function terminateActivity(caller: Caller, input: ActivityTerminateInput): Promise<void> {
  const request = change(caller, input, input.reason);
  await attempt(caller.service.terminateActivityExecution(request), 'Failed to terminate activity');
}

export async function pauseActivity(caller: Caller, input: ActivityPauseInput): Promise<void> {
  const request = change(caller, input, input.options.reason);
  await attempt(caller.service.pauseActivityExecution(request), 'Failed to request activity pause');
}

export async function unpauseActivity(caller: Caller, input: ActivityUnpauseInput): Promise<void> {
  const { reason, jitter } = input.options;
  const request = given({ ...change(caller, input, reason), jitter: msOptionalToTs(jitter) });
  await attempt(caller.service.unpauseActivityExecution(request), 'Failed to request activity unpause');
}

export async function updateActivityOptions(
  caller: Caller,
  input: ActivityUpdateOptionsInput,
): Promise<ActivityOptionsUpdateResult> {
  const request = { ...change(caller, input), ...maskedOptions(input.options) };
  const call = caller.service.updateActivityExecutionOptions(request);
  return optionsOf((await attempt(call, 'Failed to update activity options')).activityOptions);
}

export async function restoreActivityOptions(
  caller: Caller,
  input: ActivityRestoreOriginalOptionsInput,
): Promise<ActivityOptionsUpdate> {
  const request = { ...change(caller, input), restoreOriginal: true };
  const call = caller.service.updateActivityExecutionOptions(request);
  return optionsOf((await attempt(call, 'Failed to restore original activity options')).activityOptions);
}

type Options = temporal.api.activity.v1.IActivityOptions;

const durations = {
  scheduleToCloseTimeout: 'schedule_to_close_timeout',
  scheduleToStartTimeout: 'schedule_to_start_timeout',
  startToCloseTimeout: 'start_to_close_timeout',
  heartbeatTimeout: 'heartbeat_timeout',
  startDelay: 'start_delay',
} as const;

/** The options to set, and the mask that names them: what is named and has no value is taken away. */
function maskedOptions(update: ActivityOptionsUpdate) {
  const { taskQueue, retry, priority } = update;
  const options: Options = {};
  const paths: string[] = [];
  if (taskQueue != null) {
    paths.push('task_queue.name');
    options.taskQueue = { name: taskQueue };
  }
  for (const name of Object.keys(durations) as (keyof typeof durations)[]) {
    const value = update[name];
    if (value === undefined) continue;
    paths.push(durations[name]);
    if (value !== null) options[name] = msOptionalToTs(value) ?? null;
  }
  if (retry !== undefined) {
    paths.push('retry_policy');
    if (retry !== null) options.retryPolicy = compileRetryPolicy(retry);
  }
  if (priority !== undefined) {
    paths.push('priority');
    if (priority !== null) options.priority = compilePriority(priority);
  }
  return { activityOptions: options, updateMask: { paths } };
}

function optionsOf(raw: Options | null | undefined): ActivityOptionsUpdateResult {
  const options = {
    taskQueue: raw?.taskQueue?.name || undefined,
    scheduleToCloseTimeout: optionalTsToMs(raw?.scheduleToCloseTimeout),
    scheduleToStartTimeout: optionalTsToMs(raw?.scheduleToStartTimeout),
    startToCloseTimeout: optionalTsToMs(raw?.startToCloseTimeout),
    heartbeatTimeout: optionalTsToMs(raw?.heartbeatTimeout),
    retry: decompileRetryPolicy(raw?.retryPolicy),
    priority: raw?.priority ? decodePriority(raw.priority) : undefined,
    startDelay: optionalTsToMs(raw?.startDelay),
  };
  return options as ActivityOptionsUpdateResult;
}
