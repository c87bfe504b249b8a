import type { Headers, Next, TypeInfo } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import type {
  ActivityDescribeOptions,
  ActivityHandle,
  ActivityOptions,
  ActivityOptionsUpdate,
  ActivityOptionsUpdateResult,
  ActivityPauseOptions,
  ActivityUnpauseOptions,
} from './activity-handle.ts';
import type { ActivityExecutionDescription, ActivityExecutionInfo, CountActivityExecutions } from './types.ts';

/** What calls of an {@link ActivityClient} about standalone activities go through. */
export interface ActivityClientInterceptor {
  /** A start. */
  start?: (input: ActivityStartInput, next: Next<this, 'start'>) => Promise<ActivityHandle>;
  /** Waiting for a result. */
  getResult?: (input: ActivityGetResultInput, next: Next<this, 'getResult'>) => Promise<Any>;
  /** A description. */
  describe?: (input: ActivityDescribeInput, next: Next<this, 'describe'>) => Promise<ActivityExecutionDescription>;
  /** A request to cancel. */
  cancel?: (input: ActivityCancelInput, next: Next<this, 'cancel'>) => Promise<void>;
  /** A termination. */
  terminate?: (input: ActivityTerminateInput, next: Next<this, 'terminate'>) => Promise<void>;
  /** A list. */
  list?: (input: ActivityListInput, next: Next<this, 'list'>) => AsyncIterable<ActivityExecutionInfo>;
  /** A count. */
  count?: (input: ActivityCountInput, next: Next<this, 'count'>) => Promise<CountActivityExecutions>;
  /** A pause. @experimental */
  pause?: (input: ActivityPauseInput, next: Next<this, 'pause'>) => Promise<void>;
  /** The end of a pause. @experimental */
  unpause?: (input: ActivityUnpauseInput, next: Next<this, 'unpause'>) => Promise<void>;
  /** A change of options. @experimental */
  updateOptions?: (
    input: ActivityUpdateOptionsInput,
    next: Next<this, 'updateOptions'>,
  ) => Promise<ActivityOptionsUpdateResult>;
  /** A return to the options that the activity was started with. @experimental */
  restoreOriginalOptions?: (
    input: ActivityRestoreOriginalOptionsInput,
    next: Next<this, 'restoreOriginalOptions'>,
  ) => Promise<ActivityOptionsUpdate>;
}

export interface ActivityStartInput {
  readonly activityType: string;
  readonly options: ActivityOptions;
  readonly headers: Headers;
}

export interface ActivityGetResultInput {
  readonly activityId: string;
  readonly activityRunId: string;
  /** How to decode the result. */
  readonly outputType?: TypeInfo;
  readonly headers: Headers;
}

export interface ActivityDescribeInput {
  readonly activityId: string;
  readonly activityRunId: string;
  readonly headers: Headers;
  readonly options: Required<ActivityDescribeOptions>;
}

export interface ActivityCancelInput {
  readonly activityId: string;
  readonly activityRunId: string;
  readonly reason: string;
  readonly headers: Headers;
}

export interface ActivityTerminateInput {
  readonly activityId: string;
  readonly activityRunId: string;
  readonly reason: string;
  readonly headers: Headers;
}

export interface ActivityListInput {
  readonly query: string;
  readonly headers: Headers;
}

export interface ActivityCountInput {
  readonly query: string;
  readonly headers: Headers;
}

export interface ActivityPauseInput {
  readonly activityId: string;
  readonly activityRunId: string;
  readonly options: ActivityPauseOptions;
  readonly headers: Headers;
}

export interface ActivityUnpauseInput {
  readonly activityId: string;
  readonly activityRunId: string;
  readonly options: ActivityUnpauseOptions;
  readonly headers: Headers;
}

export interface ActivityUpdateOptionsInput {
  readonly activityId: string;
  readonly activityRunId: string;
  readonly options: ActivityOptionsUpdate;
  readonly headers: Headers;
}

export interface ActivityRestoreOriginalOptionsInput {
  readonly activityId: string;
  readonly activityRunId: string;
  readonly headers: Headers;
}
