import type { ScheduleActivityTaskCommandAttributes } from '@perdure/api/command';
import type { Priority, RetryPolicy } from '@perdure/api/common';
import { TaskQueueKind } from '@perdure/api/enums';
import type { TaskQueue } from '@perdure/api/taskqueue';
import type { Limits } from '../../../kernel/limits.ts';
import { fillRetryPolicy, validateRetryPolicy } from '../../../kernel/retry.ts';
import type { WireTime } from '../../../kernel/time.ts';
import { durationMs, LONGEST_DURATION_MS, shorter, validateDuration } from '../../../kernel/time.ts';

/** How an activity is to be run, with everything that the command left open filled in. Timeouts in ms, 0 for none. */
export interface ActivityOptions extends ActivityTimeouts {
  readonly taskQueue: TaskQueue;
  readonly retryPolicy: RetryPolicy;
}

export interface ActivityTimeouts {
  readonly scheduleToCloseTimeout: number;
  readonly scheduleToStartTimeout: number;
  readonly startToCloseTimeout: number;
  readonly heartbeatTimeout: number;
}

type Given = Pick<
  ScheduleActivityTaskCommandAttributes,
  | 'activityId'
  | 'activityType'
  | 'taskQueue'
  | 'retryPolicy'
  | 'priority'
  | 'scheduleToCloseTimeout'
  | 'scheduleToStartTimeout'
  | 'startToCloseTimeout'
  | 'heartbeatTimeout'
>;

const MAX_FAIRNESS_KEY_BYTES = 64;
const RESERVED_PREFIX = '/_sys/';
const noPolicy: RetryPolicy = {
  initialInterval: null,
  backoffCoefficient: 0,
  maximumInterval: null,
  maximumAttempts: 0,
  nonRetryableErrorTypes: [],
};

/**
 * The options that a command stands for, or what is wrong with it, in the words of the reference. `runTimeout` (ms, 0
 * for none) caps every timeout. Reference: chasm/lib/activity (validator).
 */
export function activityOptions(
  given: Given,
  runTimeout: number,
  defaultTaskQueue: string,
  { maxIdLength }: Pick<Limits, 'maxIdLength'>,
): ActivityOptions | string {
  const taskQueue = filledTaskQueue(given.taskQueue, defaultTaskQueue, maxIdLength);
  if (typeof taskQueue === 'string') return taskQueue;
  const type = given.activityType?.name ?? '';
  if (given.activityId === '') return 'activityId is not set';
  if (type === '') return 'activityType is not set';
  const retryPolicy = fillRetryPolicy(given.retryPolicy ?? noPolicy);
  const wrong =
    validateRetryPolicy(retryPolicy) ??
    tooLong('activityId', given.activityId, maxIdLength) ??
    tooLong('activityType', type, maxIdLength) ??
    priorityProblem(given.priority);
  if (wrong !== null) return wrong;
  const timeouts = activityTimeouts(given, runTimeout);
  if (typeof timeouts === 'string') return timeouts;
  return { taskQueue, retryPolicy, ...timeouts };
}

/** Timeouts filled from each other: what is given for the whole holds for the parts, and none outlives the run. */
function activityTimeouts(given: Given, runTimeout: number): ActivityTimeouts | string {
  const wrong =
    durationProblem('ScheduleToCloseTimeout', given.scheduleToCloseTimeout) ??
    durationProblem('ScheduleToStartTimeout', given.scheduleToStartTimeout) ??
    durationProblem('StartToCloseTimeout', given.startToCloseTimeout) ??
    durationProblem('HeartbeatTimeout', given.heartbeatTimeout);
  if (wrong !== null) return wrong;
  const whole = cappedMs(given.scheduleToCloseTimeout);
  const start = cappedMs(given.scheduleToStartTimeout);
  const attempt = cappedMs(given.startToCloseTimeout);
  if (whole === 0 && attempt === 0) {
    const { activityId, activityType } = given;
    return `a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. ActivityId=${activityId} ActivityType=${activityType?.name}`;
  }
  const longest = shorter(whole, runTimeout);
  const startToCloseTimeout = shorter(attempt, longest);
  return {
    scheduleToCloseTimeout: longest,
    scheduleToStartTimeout: shorter(start, longest),
    startToCloseTimeout,
    heartbeatTimeout: Math.min(cappedMs(given.heartbeatTimeout), startToCloseTimeout),
  };
}

const cappedMs = (duration: WireTime | null): number => Math.min(durationMs(duration), LONGEST_DURATION_MS);

function durationProblem(name: string, duration: WireTime | null): string | null {
  const wrong = validateDuration(duration);
  return wrong === null ? null : `invalid ${name}: ${wrong}`;
}

function filledTaskQueue(taskQueue: TaskQueue | null, defaultName: string, maxIdLength: number): TaskQueue | string {
  if (!taskQueue) return 'taskQueue is not set';
  const name = taskQueue.name || defaultName;
  if (name === '') return 'missing task queue name';
  if (Buffer.byteLength(name) > maxIdLength) return 'taskQueue length exceeds limit';
  if (name.startsWith(RESERVED_PREFIX)) return `task queue name cannot start with reserved prefix ${RESERVED_PREFIX}`;
  return { name, kind: taskQueue.kind || TaskQueueKind.NORMAL, normalName: taskQueue.normalName };
}

function tooLong(name: string, value: string, limit: number): string | null {
  const length = Buffer.byteLength(value);
  return length > limit ? `${name} exceeds length limit. Length=${length} Limit=${limit}` : null;
}

function priorityProblem(priority: Priority | null): string | null {
  if (!priority) return null;
  if (priority.priorityKey < 0) return "invalid priorities: priority key can't be negative";
  if (Buffer.byteLength(priority.fairnessKey) > MAX_FAIRNESS_KEY_BYTES)
    return 'invalid priorities: fairness key length exceeds limit';
  return priority.fairnessWeight < 0 ? 'invalid priorities: must be greater than zero' : null;
}
