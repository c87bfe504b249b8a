import type { Init } from '@perdure/api';
import type { Callback, Priority, RetryPolicy, TimeSkippingConfig } from '@perdure/api/common';
import type {
  EventType,
  ParentClosePolicy,
  SuggestContinueAsNewReason,
  TaskQueueKind,
  WorkflowExecutionStatus,
} from '@perdure/api/enums';
import type { HistoryEvent, WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import type { Request as UpdateRequest } from '@perdure/api/update';
import type { VersioningOverride } from '@perdure/api/workflow';

/** Names one run. */
export interface RunKey {
  readonly namespaceId: string;
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * One run of a workflow execution, as it stands after its last transition.
 *
 * `head` is small and rewritten with nearly every transition; each entry of a collection is a row of its own, written
 * only when it changed, so that the thousandth pending activity costs what the tenth does. Values inside are never
 * mutated in place: a change replaces the value, through `put` and `remove` (transition.ts), so that it can be undone.
 */
export interface Run {
  readonly key: RunKey;
  /** Event 1, decoded. It never changes. */
  readonly started: WorkflowExecutionStartedEventAttributes;
  /** When the run began: time of event 1, or of the reset that made the run out of another one's history. */
  readonly startTime: number;
  /** Time of event 1. */
  readonly originalStartTime: number;
  head: Head;
  readonly activities: Map<number, Activity>;
  readonly timers: Map<string, Timer>;
  readonly children: Map<number, Child>;
  readonly externals: Map<number, External>;
  readonly updates: Map<string, Update>;
  /** Updates that no worker has answered. In memory only: after a crash the client asks again. */
  readonly pendingUpdates: Map<string, PendingUpdate>;
  /** Request ids seen (start, signals, cancel, attached clients), to answer a repeated request like the first. */
  readonly requests: Map<string, SeenRequest>;
  /** Events held back while a workflow task is with a worker, by order of arrival. */
  readonly buffered: Map<number, BufferedEvent>;
  readonly fields: Map<FieldName, Fields>;
  /** By the order in which they were attached. */
  readonly callbacks: Map<number, CompletionCallback>;
  /** Scheduled event ids of the pending activities by activity id. Follows from `activities`, so it is not stored. */
  readonly activityIds: Map<string, number>;
  /** About how many bytes the entries of the collections take. Follows from them, too. */
  stateSize: number;
}

/** What a run's collections hold, by name. */
export interface Collections {
  activities: [number, Activity];
  timers: [string, Timer];
  children: [number, Child];
  externals: [number, External];
  updates: [string, Update];
  pendingUpdates: [string, PendingUpdate];
  requests: [string, SeenRequest];
  buffered: [number, BufferedEvent];
  fields: [FieldName, Fields];
  callbacks: [number, CompletionCallback];
}
export type CollectionName = keyof Collections;
export type Key<N extends CollectionName> = Collections[N][0];
export type Value<N extends CollectionName> = Collections[N][1];

export type FieldName = 'memo' | 'searchAttributes';
/** Encoded payloads by name. */
export type Fields = Readonly<Record<string, Uint8Array>>;

/** The scalar part of a run. Fields may be assigned within a transition; their values are never mutated in place. */
export interface Head {
  status: WorkflowExecutionStatus;
  nextEventId: number;
  lastEventTime: number;
  /** Bytes of history so far, without the transition under way. */
  historySize: number;
  /** Number of transitions so far. */
  transitions: number;

  workflowTask: WorkflowTask | null;
  /** Attempt of the next (or the open) workflow task; above 1 while tasks keep failing. */
  workflowTaskAttempt: number;
  attemptsSinceLastSuccess: number;
  /** What began the failure streak; null while tasks succeed. */
  taskProblem: TaskProblem | null;
  /** Counts tasks made, so that a stale dispatch is recognised. */
  workflowTaskStamp: number;
  /** Started event of the last completed workflow task; 0 before the first. */
  previousStartedEventId: number;
  /** Completion event of the last completed workflow task; 0 before the first. */
  lastCompletedEventId: number;
  sticky: Sticky | null;
  /** The last task tried to close the run and failed with UNHANDLED_COMMAND: signals are refused until it gets its chance. */
  closeAttempted: boolean;
  /** No workflow task before this instant (start delay, cron or retry back-off); null when there is none. */
  backoffUntil: number | null;
  /** A child's first task waits until its parent has recorded the start. */
  awaitsParent: boolean;

  runDeadline: number | null;
  executionDeadline: number | null;

  /** Of the run's tasks, and of what it starts; the one it was started with unless it was changed since. */
  priority: Priority | null;
  /** Which workers shall have the run, if not those that it would go to. In today's form. */
  versioningOverride: VersioningOverride | null;
  /** Set while the run is paused. */
  pause: Pause | null;
  /** Of a run that skips time, or is ahead of the server's because of one that does. */
  timeSkipping: TimeSkipping | null;

  cancelRequested: boolean;
  cancelRequestId: string;
  signalCount: number;
  /** Updates whose outcome is in history. */
  completedUpdates: number;
  nextBufferSequence: number;
  bufferedBytes: number;

  closeTime: number | null;
  /** The closing event; 0 while the run is open. */
  closeEventId: number;
  /** The run that carries on after this one, or ''. */
  successorRunId: string;
  /** A closed child whose parent has not recorded the result yet. */
  parentToTell: boolean;
  /** To be removed, once closed and with nothing left to do outside. */
  deleteRequested: boolean;
  /** The task that no worker had taken when the run was closed from outside; still shown. */
  abandonedTask: WorkflowTask | null;
  /** What was pending when the run was closed; still shown, and nothing comes of it. */
  abandonedActivities: readonly Activity[];
  abandonedChildren: readonly Child[];
  /** The run that the last reset of this one made, or ''. */
  resetRunId: string;
  /** The runs whose history this one begins with, if resets made it; the latest first. */
  forkedFrom: readonly Fork[];
  /** Where a reset by build could go back to: the first task that each build completed, over the whole chain. */
  resetPoints: readonly ResetPoint[];
}

/** See `time-skipping.ts`. */
export interface TimeSkipping {
  /** With `enabled` switched off once no more is to be skipped. */
  readonly config: TimeSkippingConfig | null;
  /** How far (ms) the run's time is ahead of the server's. */
  readonly skipped: number;
  /** How often it was skipped since the configuration was given. */
  readonly skips: number;
  readonly fastForward: FastForward | null;
}

export interface FastForward {
  /** When it ends, in the run's time (epoch ms). */
  readonly target: number;
  readonly reached: boolean;
}

/** Somebody holds a run or an activity. */
export interface Pause {
  /** Epoch ms. */
  readonly time: number;
  readonly identity: string;
  readonly reason: string;
  readonly requestId: string;
}

export interface TaskProblem {
  readonly category: 'WorkflowTaskFailed' | 'WorkflowTaskTimedOut';
  readonly cause: string;
}

/** Where a reset made a new run out of another one's history. */
export interface Fork {
  readonly runId: string;
  /** The first event that was left out. */
  readonly beforeEventId: number;
  /** Epoch ms. */
  readonly time: number;
}

export interface ResetPoint {
  readonly buildId: string;
  readonly binaryChecksum: string;
  readonly runId: string;
  readonly firstWorkflowTaskCompletedId: number;
  /** Epoch ms. */
  readonly createTime: number;
  readonly expireTime: number;
}

export interface Sticky {
  readonly queue: string;
  readonly scheduleToStartTimeout: number;
}

export interface QueueRef {
  readonly name: string;
  readonly kind: TaskQueueKind;
  /** Of a sticky queue: the queue it stands in for. */
  readonly normalName: string;
}

/**
 * The open workflow task. Its SCHEDULED and STARTED events are in history only when `recorded`: a second attempt
 * (transient) is written when it succeeds, one made for an update alone (speculative) when it changes something.
 */
export interface WorkflowTask {
  readonly speculative: boolean;
  readonly recorded: boolean;
  readonly scheduledEventId: number;
  /** 0 until a worker has it. */
  readonly startedEventId: number;
  readonly attempt: number;
  readonly stamp: number;
  readonly queue: QueueRef;
  readonly startToCloseTimeout: number;
  /** Of a task on a sticky queue, or a speculative one: given up when no worker took it by then. */
  readonly scheduleToStartDeadline: number | null;
  readonly scheduledTime: number;
  /** Start of a chain of heartbeats. */
  readonly originalScheduledTime: number;
  readonly startedTime: number;
  readonly requestId: string;
  readonly identity: string;
  readonly suggestContinueAsNewReasons: readonly SuggestContinueAsNewReason[];
  readonly historySizeBytes: number;
}

/** How an activity is run. Timeouts in ms, 0 for none. */
export interface ActivityOptions {
  readonly taskQueue: string;
  readonly retryPolicy: RetryPolicy | null;
  readonly priority: Priority | null;
  readonly scheduleToStartTimeout: number;
  readonly scheduleToCloseTimeout: number;
  readonly startToCloseTimeout: number;
  readonly heartbeatTimeout: number;
}

export interface Activity extends ActivityOptions {
  readonly scheduledEventId: number;
  readonly activityId: string;
  readonly activityType: string;
  /** The options of the scheduled event; null while they still hold. */
  readonly originalOptions: ActivityOptions | null;
  /** Time of the scheduled event; schedule-to-close counts from it. */
  readonly firstScheduledTime: number;
  /** When the current attempt was, or is to be, handed to the queue: in the future while backing off. */
  readonly scheduledTime: number;
  readonly attempt: number;
  readonly stamp: number;
  readonly state: 'scheduled' | 'started';
  readonly startedTime: number;
  readonly requestId: string;
  readonly identity: string;
  readonly lastWorkerIdentity: string;
  readonly lastHeartbeatTime: number;
  readonly heartbeatDetails: Uint8Array | null;
  /** Encoded failure of the attempt before. */
  readonly lastFailure: Uint8Array | null;
  readonly lastAttemptCompleteTime: number | null;
  /** Set while it is paused: no worker gets it, and nothing times out. */
  readonly pause: Pause | null;
  /** It was reset while a worker had it, or while it was paused; the next attempt may begin without heartbeat details. */
  readonly reset: 'attempts' | 'attempts-and-heartbeat' | null;
  readonly cancelRequested: boolean;
  readonly cancelRequestedEventId: number;
  readonly workflowTaskCompletedEventId: number;
}

export interface Timer {
  readonly timerId: string;
  readonly startedEventId: number;
  readonly fireTime: number;
}

export interface Child {
  readonly initiatedEventId: number;
  readonly namespace: string;
  readonly namespaceId: string;
  readonly workflowId: string;
  readonly workflowType: string;
  /** Dedupe of the start: the same request starts the child once. */
  readonly requestId: string;
  /** '' until the start is recorded. */
  readonly runId: string;
  /** 0 until the start is recorded (or while its event is buffered). */
  readonly startedEventId: number;
  readonly parentClosePolicy: ParentClosePolicy;
  /** 'closing': the parent is closed and the policy is still to be applied to the child. */
  readonly state: 'initiated' | 'started' | 'closing';
}

/** A signal or a cancel request to another execution, on its way. */
export interface External {
  readonly kind: 'signal' | 'cancel';
  readonly initiatedEventId: number;
  readonly namespaceId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly requestId: string;
  readonly childWorkflowOnly: boolean;
}

/** An update that is in history. An event that is not (yet) there has the id 0. */
export interface Update {
  readonly updateId: string;
  /** Only of an update that a reset carried over: the request is in this event. */
  readonly admittedEventId: number;
  readonly acceptedEventId: number;
  readonly completedEventId: number;
}

export interface PendingUpdate {
  readonly updateId: string;
  readonly request: UpdateRequest;
  /** A worker got it with a workflow task; should that task be lost, it is sent again with the next. */
  readonly sent: boolean;
}

export interface SeenRequest {
  readonly requestId: string;
  readonly eventType: EventType;
  /** 0 while the event is buffered. */
  readonly eventId: number;
}

/** Who is to be told how the run ended, and how far that has come. */
export interface CompletionCallback {
  /** Of the start, or of the request that attached it. */
  readonly requestId: string;
  readonly callback: Callback;
  readonly registrationTime: number;
  readonly state: 'standby' | 'scheduled' | 'succeeded' | 'failed';
  readonly attempt: number;
  /** In the future while backing off. */
  readonly nextAttemptTime: number;
  readonly lastAttemptCompleteTime: number | null;
  /** Encoded. */
  readonly lastAttemptFailure: Uint8Array | null;
}

export type EventAttributes = Partial<Init<HistoryEvent>>;

export interface BufferedEvent {
  readonly eventType: EventType;
  readonly eventTime: number;
  readonly fields: EventAttributes;
  readonly size: number;
}

/** Wire types that travel through the engine untouched. */
export type { Priority, RetryPolicy, VersioningOverride };
