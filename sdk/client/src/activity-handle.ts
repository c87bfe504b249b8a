import type {
  ActivityFunction,
  PayloadTypeInfo,
  Priority,
  RetryPolicy,
  SearchAttributePair,
  TypedSearchAttributes,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import type { Duration } from '@perdure/common/lib/time';
import type { Replace } from '@perdure/common/lib/type-helpers';
import type { ActivityExecutionDescription, ActivityIdConflictPolicy, ActivityIdReusePolicy } from './types.ts';

/** A standalone activity as seen from a client. */
export interface ActivityHandle<R = Any> {
  readonly activityId: string;
  /** The run; the latest without one. */
  readonly runId?: string;
  /**
   * Waits for the activity's result.
   *
   * @throws ActivityExecutionFailedError when it ends in anything but success
   */
  result(): Promise<R>;
  /** What the server knows of the activity. Payloads come only if they are asked for. */
  describe(options?: ActivityDescribeOptions): Promise<ActivityExecutionDescription>;
  /** Asks the activity to cancel itself; it hears of it with a heartbeat. */
  cancel(reason: string): Promise<void>;
  /** Ends the activity at once; its code is not asked. */
  terminate(reason: string): Promise<void>;
  /** Keeps further attempts from starting. @experimental */
  pause(options?: ActivityPauseOptions): Promise<void>;
  /** Ends a pause. @experimental */
  unpause(options?: ActivityUnpauseOptions): Promise<void>;
  /** Changes options of the activity, for its further attempts; gives all that hold then. @experimental */
  updateOptions(options: ActivityOptionsUpdate): Promise<ActivityOptionsUpdateResult>;
  /** Goes back to the options that the activity was started with; gives them. @experimental */
  restoreOriginalOptions(): Promise<ActivityOptionsUpdate>;
}

/** How to start a standalone activity. One of `startToCloseTimeout` and `scheduleToCloseTimeout` is needed. */
export interface ActivityOptions {
  /** What the activity is known by, best something of your business: it makes a start that is repeated harmless. */
  id: string;
  /** Where workers take it from. */
  taskQueue: string;
  args?: Any[] | Readonly<Any[]>;
  /** How to encode the arguments and to decode the result. @experimental */
  typeInfo?: PayloadTypeInfo;
  /** How long may pass between two heartbeats. Milliseconds, or text like `30 seconds`, as all times here. */
  heartbeatTimeout?: Duration;
  /** @default as the server likes: for ever, with growing waits */
  retry?: RetryPolicy;
  /** How long an attempt may take. */
  startToCloseTimeout?: Duration;
  /** How long an attempt may wait for a worker. @default any time */
  scheduleToStartTimeout?: Duration;
  /** How long all of it may take, with all attempts and waits. @default any time */
  scheduleToCloseTimeout?: Duration;
  /** One line about it, for user interfaces. */
  summary?: string;
  priority?: Priority;
  /** How long to wait before the first attempt. */
  startDelay?: Duration;
  /** Whether the id may be used again once its activity has closed. @default ALLOW_DUPLICATE */
  idReusePolicy?: ActivityIdReusePolicy;
  /** What to do when an activity with the id is running. @default FAIL */
  idConflictPolicy?: ActivityIdConflictPolicy;
  typedSearchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
}

export interface GetActivityHandleOptions {
  /** @default the latest run */
  runId?: string;
  /** How to decode the result. @experimental */
  typeInfo?: Pick<PayloadTypeInfo, 'outputType'>;
}

/** What a description is to hold besides the rest; nothing of it by default. */
export interface ActivityDescribeOptions {
  includeInput?: boolean;
  /** The result or the failure. */
  includeOutcome?: boolean;
  includeHeartbeatDetails?: boolean;
  includeLastFailure?: boolean;
}

export interface ActivityPauseOptions {
  reason?: string;
}

export interface ActivityUnpauseOptions {
  reason?: string;
  /** The next attempt starts at a random time within this. @default at once */
  jitter?: Duration;
}

/** Options to change: `null` takes one away, what is left out stays. */
export interface ActivityOptionsUpdate {
  taskQueue?: string;
  scheduleToCloseTimeout?: Duration | null;
  scheduleToStartTimeout?: Duration | null;
  startToCloseTimeout?: Duration | null;
  heartbeatTimeout?: Duration | null;
  retry?: RetryPolicy | null;
  priority?: Priority | null;
  startDelay?: Duration | null;
}

export type ActivityOptionsUpdateResult = {
  [K in keyof ActivityOptionsUpdate]: Exclude<ActivityOptionsUpdate[K], null>;
};

/** A client for the activities of `T`: names, arguments and results are checked. */
export interface TypedActivityClient<T> {
  start<N extends ActivityName<T>>(
    activity: N,
    options: ActivityOptionsFor<T, N>,
  ): Promise<ActivityHandle<ActivityResult<T, N>>>;
  execute<N extends ActivityName<T>>(activity: N, options: ActivityOptionsFor<T, N>): Promise<ActivityResult<T, N>>;
}

/** The names of the activities of `T`. */
export type ActivityName<T> = {
  [N in keyof T & string]: T[N] extends ActivityFunction<Any, Any> ? N : never;
}[keyof T & string];

export type ActivityArgs<T, N extends ActivityName<T>> = T[N] extends ActivityFunction<infer P, Any> ? P : never;

export type ActivityResult<T, N extends ActivityName<T>> = T[N] extends ActivityFunction<Any, infer R> ? R : never;

/** Options with these arguments, which may be left out when there are none. */
export type ActivityOptionsWithArgs<Args extends Any[]> = Args extends [Any, ...Any]
  ? Replace<ActivityOptions, { args: Args | Readonly<Args> }>
  : Replace<ActivityOptions, { args?: Args | Readonly<Args> }>;

export type ActivityOptionsFor<T, N extends ActivityName<T>> = ActivityOptionsWithArgs<ActivityArgs<T, N>>;
