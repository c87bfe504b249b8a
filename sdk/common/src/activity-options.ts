import type { coresdk } from '@perdure/proto';
import type { Priority } from './priority.ts';
import { makeProtoEnumConverters } from './proto-enums.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Duration } from './time.ts';
import type { VersioningIntent } from './versioning-intent.ts';

/**
 * What a Workflow does about an Activity whose scope is cancelled: whether the Activity is told, and when the Workflow sees
 * an `ActivityFailure` whose cause is a `CancelledFailure`. (A Workflow that is terminated always takes its Activities with
 * it.)
 *
 * @default WAIT_CANCELLATION_COMPLETED
 */
export const ActivityCancellationType = {
  /** The Activity is not told, and the Workflow sees the failure at once. */
  ABANDON: 'ABANDON',
  /**
   * The Activity is told, and the Workflow sees the failure at once. It may be that the Activity completes nonetheless, or
   * that the Workflow ends before the Activity is told.
   */
  TRY_CANCEL: 'TRY_CANCEL',
  /**
   * The Activity is told, and the Workflow sees how it ended. An Activity learns of it by its heartbeats only, so one that
   * sends none keeps the Workflow waiting.
   */
  WAIT_CANCELLATION_COMPLETED: 'WAIT_CANCELLATION_COMPLETED',
} as const;
export type ActivityCancellationType = (typeof ActivityCancellationType)[keyof typeof ActivityCancellationType];

export const [encodeActivityCancellationType, decodeActivityCancellationType] = makeProtoEnumConverters<
  coresdk.workflow_commands.ActivityCancellationType,
  typeof coresdk.workflow_commands.ActivityCancellationType,
  keyof typeof coresdk.workflow_commands.ActivityCancellationType,
  typeof ActivityCancellationType,
  ''
>({ TRY_CANCEL: 0, WAIT_CANCELLATION_COMPLETED: 1, ABANDON: 2 }, '');

/** How a Workflow has an Activity executed. Durations are milliseconds or a text for `ms`. */
export interface ActivityOptions {
  /**
   * Its id in history, which it can see itself. Need not be unique.
   *
   * @default a number counted up
   */
  activityId?: string | undefined;
  /** @default the Workflow's own task queue */
  taskQueue?: string | undefined;
  /** How long it may be silent: within this time a heartbeat has to follow its start, and each heartbeat. */
  heartbeatTimeout?: Duration | undefined;
  /** How it is tried again. Without one the server's default counts; for a single attempt set `maximumAttempts` to 1. */
  retry?: RetryPolicy | undefined;
  /**
   * How long one attempt may take. It is also how the server notices that a worker is gone, so it should be as short as
   * the longest attempt allows; what takes long should send heartbeats and set {@link heartbeatTimeout} as well.
   *
   * This or {@link scheduleToCloseTimeout} is required.
   *
   * @default {@link scheduleToCloseTimeout}
   */
  startToCloseTimeout?: Duration | undefined;
  /**
   * How long it may wait for a worker. It makes sense only for a queue that belongs to one host, and what times out by it
   * is not tried again, since it would only go back to the same queue.
   *
   * @default {@link scheduleToCloseTimeout}, or no limit
   */
  scheduleToStartTimeout?: Duration | undefined;
  /**
   * How long it may take in all, retries included.
   *
   * This or {@link startToCloseTimeout} is required.
   *
   * @default no limit
   */
  scheduleToCloseTimeout?: Duration | undefined;
  /** @default ActivityCancellationType.WAIT_CANCELLATION_COMPLETED */
  cancellationType?: ActivityCancellationType | undefined;
  /**
   * Whether the worker may get it right with the answer to the task that schedules it, if it goes to the same task queue.
   *
   * @default true
   */
  allowEagerDispatch?: boolean | undefined;
  /**
   * @default 'COMPATIBLE'
   * @deprecated Worker versioning by Build Id sets has given way to worker deployments.
   */
  versioningIntent?: VersioningIntent | undefined;
  /** A single line for the user interface, in Temporal markdown. */
  summary?: string | undefined;
  priority?: Priority | undefined;
}

/** How a Workflow has a local Activity executed, by its own worker. Durations are milliseconds or a text for `ms`. */
export interface LocalActivityOptions {
  /**
   * How it is tried again; without one the SDK's default counts. Whatever the maximum, it may be executed more than once,
   * since the task that it runs in may be.
   */
  retry?: RetryPolicy | undefined;
  /**
   * How long one attempt may take; not longer than {@link scheduleToCloseTimeout}. What times out by it is tried again.
   *
   * This or {@link scheduleToCloseTimeout} is required.
   */
  startToCloseTimeout?: Duration | undefined;
  /**
   * How long it may wait for a slot of the worker; not longer than {@link scheduleToCloseTimeout}. What times out by it is
   * not tried again.
   *
   * @default {@link scheduleToCloseTimeout}, or no limit
   */
  scheduleToStartTimeout?: Duration | undefined;
  /**
   * How long it may take in all, retries included.
   *
   * This or {@link startToCloseTimeout} is required.
   *
   * @default no limit
   */
  scheduleToCloseTimeout?: Duration | undefined;
  /**
   * From what wait on the next attempt is left to a timer of the server, instead of the worker.
   *
   * @default 1 minute
   */
  localRetryThreshold?: Duration | undefined;
  /** @default ActivityCancellationType.WAIT_CANCELLATION_COMPLETED */
  cancellationType?: ActivityCancellationType | undefined;
  /** A single line for the user interface, in Temporal markdown. */
  summary?: string | undefined;
}
