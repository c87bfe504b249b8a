import type { Duration, SearchAttributePair, SearchAttributes, TypedSearchAttributes, Workflow } from '@perdure/common';
import { makeProtoEnumConverters } from '@perdure/common/lib/internal-workflow';
import type { Replace } from '@perdure/common/lib/type-helpers';
import { checkExtends } from '@perdure/common/lib/type-helpers';
import type { temporal } from '@perdure/proto';
import type { ScheduleSpec, ScheduleSpecDescription } from './schedule-spec.ts';
import type { WorkflowStartOptions } from './workflow-options.ts';

export * from './schedule-spec.ts';

/** How to make a schedule. */
export interface ScheduleOptions<A extends ScheduleOptionsAction = ScheduleOptionsAction> {
  /** What the schedule is known by. */
  scheduleId: string;
  /** When it acts. */
  spec: ScheduleSpec;
  /** What it does. */
  action: A;
  policies?: {
    /**
     * What to do when it is time to act and the last action goes on.
     *
     * @default SKIP
     */
    overlap?: ScheduleOverlapPolicy;
    /**
     * How late an action may be, after the server was down. Milliseconds, or text like `1 hour`.
     *
     * @default 1 year
     */
    catchupWindow?: Duration;
    /**
     * Whether the schedule pauses when an action fails or times out, with all its retries.
     *
     * @default false
     */
    pauseOnFailure?: boolean;
  };
  /** The schedule's own; its actions have theirs. */
  memo?: Record<string, unknown>;
  /** The schedule's own; its actions have theirs. @deprecated Use {@link typedSearchAttributes}. */
  searchAttributes?: SearchAttributes;
  /** The schedule's own; its actions have theirs. */
  typedSearchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
  /** How it begins. */
  state?: {
    /** @default false */
    paused?: boolean;
    /** Why it is as it is. */
    note?: string;
    /** How many actions it takes before it stops; those triggered by hand do not count. @default no limit */
    remainingActions?: number;
    /** Whether it acts at once. @default false */
    triggerImmediately?: boolean;
    /** Times of which the actions are caught up on. */
    backfill?: Backfill[];
  };
}

export type CompiledScheduleOptions = Replace<ScheduleOptions, { action: CompiledScheduleAction }>;

/** What a schedule is to become: everything, not only what changes. */
export type ScheduleUpdateOptions<A extends ScheduleOptionsAction = ScheduleOptionsAction> = Replace<
  Omit<ScheduleOptions, 'scheduleId' | 'memo'>,
  {
    action: A;
    state: Omit<ScheduleOptions['state'], 'triggerImmediately' | 'backfill'>;
  }
>;

export type CompiledScheduleUpdateOptions = Replace<ScheduleUpdateOptions, { action: CompiledScheduleAction }>;

/** What lists say of a schedule. */
export interface ScheduleSummary {
  scheduleId: string;
  spec?: ScheduleSpecDescription;
  action?: ScheduleSummaryAction;
  memo?: Record<string, unknown>;
  /** @deprecated Use {@link typedSearchAttributes}. */
  searchAttributes?: SearchAttributes;
  typedSearchAttributes?: TypedSearchAttributes;
  state: {
    paused: boolean;
    note?: string;
  };
  info: {
    /** The last ten. */
    recentActions: ScheduleExecutionResult[];
    /** The next ten. */
    nextActionTimes: Date[];
  };
}

/** An action that was taken. */
export interface ScheduleExecutionResult {
  /** When it was time. */
  scheduledAt: Date;
  takenAt: Date;
  action: ScheduleExecutionActionResult;
}

export type ScheduleExecutionActionResult = ScheduleExecutionStartWorkflowActionResult;

export interface ScheduleExecutionStartWorkflowActionResult {
  type: 'startWorkflow';
  workflow: {
    workflowId: string;
    firstExecutionRunId: string;
  };
}

/** What is known of a schedule. */
export type ScheduleDescription = {
  scheduleId: string;
  /** When it acts. Cron expressions and calendars come back as the server read them. */
  spec: ScheduleSpecDescription;
  action: ScheduleDescriptionAction;
  policies: {
    overlap: ScheduleOverlapPolicy;
    /** In milliseconds. */
    catchupWindow: number;
    pauseOnFailure: boolean;
  };
  memo?: Record<string, unknown>;
  /** @deprecated Use {@link typedSearchAttributes}. */
  searchAttributes: SearchAttributes;
  typedSearchAttributes: TypedSearchAttributes;
  state: {
    paused: boolean;
    note?: string;
    /** Undefined when there is no limit. */
    remainingActions?: number;
  };
  info: {
    /** The last ten. */
    recentActions: ScheduleExecutionResult[];
    /** The next ten. */
    nextActionTimes: Date[];
    numActionsTaken: number;
    /** Those that came too late. */
    numActionsMissedCatchupWindow: number;
    /** Those that the overlap policy did away with. */
    numActionsSkippedOverlap: number;
    createdAt: Date;
    lastUpdatedAt: Date | undefined;
    /** Workflows that it started and that go on. */
    runningActions: ScheduleExecutionActionResult[];
  };
  /** @internal */
  raw: temporal.api.workflowservice.v1.IDescribeScheduleResponse;
};

export type ScheduleOptionsAction = ScheduleOptionsStartWorkflowAction<Workflow>;

/** Starts a workflow. Its id gets the time appended, so that every action has one of its own. */
export type ScheduleOptionsStartWorkflowAction<W extends Workflow> = {
  type: 'startWorkflow';
  /** The workflow's function or its name. */
  workflowType: string | W;
} & Pick<
  WorkflowStartOptions<W>,
  | 'taskQueue'
  | 'args'
  | 'memo'
  | 'searchAttributes'
  | 'typedSearchAttributes'
  | 'retry'
  | 'workflowExecutionTimeout'
  | 'workflowRunTimeout'
  | 'workflowTaskTimeout'
  | 'staticDetails'
  | 'staticSummary'
> & {
    /**
     * The beginning of the workflows' ids.
     *
     * @default `${scheduleId}-workflow`
     */
    workflowId?: string;
  };

export type ScheduleSummaryAction = ScheduleSummaryStartWorkflowAction;

export interface ScheduleSummaryStartWorkflowAction {
  type: 'startWorkflow';
  workflowType: string;
}

export type ScheduleDescriptionAction = ScheduleDescriptionStartWorkflowAction;

export type ScheduleDescriptionStartWorkflowAction = ScheduleSummaryStartWorkflowAction &
  Pick<
    WorkflowStartOptions<Workflow>,
    | 'taskQueue'
    | 'workflowId'
    | 'args'
    | 'memo'
    | 'searchAttributes'
    | 'typedSearchAttributes'
    | 'retry'
    | 'workflowExecutionTimeout'
    | 'workflowRunTimeout'
    | 'workflowTaskTimeout'
    | 'staticSummary'
    | 'staticDetails'
    | 'priority'
  >;

export type CompiledScheduleAction = Replace<ScheduleDescriptionAction, { workflowType: string; args: unknown[] }>;

type OverlapPolicies = typeof temporal.api.enums.v1.ScheduleOverlapPolicy;

/** What to do when it is time to act and the last action goes on. */
export const ScheduleOverlapPolicy = {
  /** Nothing. */
  SKIP: 'SKIP',
  /** Act when it has ended; one action at most waits. */
  BUFFER_ONE: 'BUFFER_ONE',
  /** Act when it has ended, and the others that wait have. */
  BUFFER_ALL: 'BUFFER_ALL',
  /** Cancel it, and act when it has ended. */
  CANCEL_OTHER: 'CANCEL_OTHER',
  /** Terminate it, and act at once. */
  TERMINATE_OTHER: 'TERMINATE_OTHER',
  /** Act at once, beside it. */
  ALLOW_ALL: 'ALLOW_ALL',

  /** As the server likes: `SKIP`. @deprecated Leave the policy out, or use {@link SKIP}. */
  UNSPECIFIED: undefined,
} as const;
export type ScheduleOverlapPolicy = (typeof ScheduleOverlapPolicy)[keyof typeof ScheduleOverlapPolicy];

export const [encodeScheduleOverlapPolicy, decodeScheduleOverlapPolicy] = makeProtoEnumConverters<
  OverlapPolicies[keyof OverlapPolicies],
  OverlapPolicies,
  keyof OverlapPolicies,
  typeof ScheduleOverlapPolicy,
  'SCHEDULE_OVERLAP_POLICY_'
>(
  {
    SKIP: 1,
    BUFFER_ONE: 2,
    BUFFER_ALL: 3,
    CANCEL_OTHER: 4,
    TERMINATE_OTHER: 5,
    ALLOW_ALL: 6,
    UNSPECIFIED: 0,
  },
  'SCHEDULE_OVERLAP_POLICY_',
);

/** A stretch of time of which the actions are caught up on. */
export interface Backfill {
  /** Exclusive. */
  start: Date;
  /** Inclusive. */
  end: Date;
  /** @default SKIP */
  overlap?: ScheduleOverlapPolicy;
}

// What a description says can be handed back to make or to change a schedule.
checkExtends<ScheduleSummary, ScheduleDescription>();
checkExtends<ScheduleOptionsAction, ScheduleDescriptionAction>();
checkExtends<ScheduleSpec, ScheduleSpecDescription>();
