import type { ActivityOptions as WireOptions } from '@perdure/api/activity';
import { TaskQueueKind } from '@perdure/api/enums';
import { invalidArgument } from '../../../kernel/errors.ts';
import { fillRetryPolicy, validateRetryPolicy } from '../../../kernel/retry.ts';
import { durationMs, toDuration } from '../../../kernel/time.ts';
import { activityOptions } from '../commands/activity-options.ts';
import { changeActivityOptions, optionsOf } from '../machines/activity-control.ts';
import type { Activity, ActivityOptions, Priority, RetryPolicy } from '../state.ts';
import type { Transition } from '../transition.ts';
import { type ActivityTarget, targetedActivities } from './control-activity.ts';

export interface OptionsUpdate {
  /** What the mask picks from. */
  readonly options: WireOptions;
  /** Paths in camel case. Those that name no option are of no effect. */
  readonly fields: ReadonlySet<string>;
}

/**
 * Changes how pending activities are run, or, without an update, brings back what they were scheduled with. Returns the
 * options of the last of them as they are now. Throws NOT_FOUND when none is pending, INVALID_ARGUMENT for options that
 * an activity cannot have. Reference: history/api/updateactivityoptions.
 */
export function updateActivityOptions(
  t: Transition,
  target: ActivityTarget,
  update: OptionsUpdate | null,
): ActivityOptions {
  let last: Activity | null = null;
  for (const activity of targetedActivities(t, target))
    last = changeActivityOptions(t, activity, update && merged(t, activity, update));
  if (!last) throw new Error('no activity was targeted');
  return optionsOf(last);
}

function merged(t: Transition, activity: Activity, { options, fields }: OptionsUpdate): ActivityOptions {
  const pick = <T>(name: string, given: T, current: T): T => (fields.has(name) ? given : current);
  const ms = (name: 'scheduleToClose' | 'scheduleToStart' | 'startToClose' | 'heartbeat') =>
    toDuration(pick(`${name}Timeout`, durationMs(options[`${name}Timeout`]), activity[`${name}Timeout`]));
  if (fields.has('taskQueue.name') && !options.taskQueue) throw invalidArgument('TaskQueue is not provided');
  const { activityId, activityType } = activity;
  const name = pick('taskQueue.name', options.taskQueue?.name ?? '', activity.taskQueue);
  const retryPolicy = mergedRetryPolicy(activity.retryPolicy, options.retryPolicy, fields);
  const priority = mergedPriority(activity.priority, options.priority, fields);
  const checked = activityOptions(
    {
      activityId,
      activityType: { name: activityType },
      taskQueue: { name, kind: TaskQueueKind.NORMAL, normalName: '' },
      retryPolicy,
      priority,
      scheduleToCloseTimeout: ms('scheduleToClose'),
      scheduleToStartTimeout: ms('scheduleToStart'),
      startToCloseTimeout: ms('startToClose'),
      heartbeatTimeout: ms('heartbeat'),
    },
    0,
    t.run.started.taskQueue?.name ?? '',
    t.limits,
  );
  if (typeof checked === 'string') throw invalidArgument(checked);
  return { ...checked, taskQueue: checked.taskQueue.name, retryPolicy, priority };
}

const RETRY_FIELDS = ['initialInterval', 'backoffCoefficient', 'maximumInterval', 'maximumAttempts'] as const;

/** Which failures are not retried stays as it was scheduled. */
function mergedRetryPolicy(
  current: RetryPolicy | null,
  given: RetryPolicy | null,
  fields: ReadonlySet<string>,
): RetryPolicy | null {
  const named = RETRY_FIELDS.filter((name) => fields.has('retryPolicy') || fields.has(`retryPolicy.${name}`));
  if (named.length === 0) return current;
  if (!given) throw invalidArgument('RetryPolicy is not provided');
  const policy = fillRetryPolicy({
    ...(current ?? given),
    nonRetryableErrorTypes: current?.nonRetryableErrorTypes ?? [],
    ...Object.fromEntries(named.map((name) => [name, given[name]])),
  });
  const wrong = validateRetryPolicy(policy);
  if (wrong !== null) throw invalidArgument(wrong);
  return policy;
}

const noPriority: Priority = { priorityKey: 0, fairnessKey: '', fairnessWeight: 0 };
const PRIORITY_FIELDS = ['priorityKey', 'fairnessKey', 'fairnessWeight'] as const;

function mergedPriority(
  current: Priority | null,
  given: Priority | null,
  fields: ReadonlySet<string>,
): Priority | null {
  const base = fields.has('priority') ? given : current;
  const named = PRIORITY_FIELDS.filter((name) => fields.has(`priority.${name}`));
  if (named.length === 0) return base;
  if (!given) throw invalidArgument('Priority is not provided');
  return { ...noPriority, ...base, ...Object.fromEntries(named.map((name) => [name, given[name]])) };
}
