import type { coresdk, temporal } from '@perdure/proto';
import { type Flags, newFlags } from './flags.ts';
import type { Event, History } from './history.ts';
import { type LocalActivities, newLocalActivities, type Resolution } from './local-activities.ts';
import type { IncomingMessage } from './messages.ts';
import type { Timestamp } from './time.ts';

export type Command = temporal.api.command.v1.ICommand;
export type Job = coresdk.workflow_activation.IWorkflowActivationJob;
export type DeploymentVersion = { readonly deploymentName: string; readonly buildId: string };

/** What never changes about a run, and about the worker that replays it. */
export type RunInfo = {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  /** The task queue that this worker polls. */
  readonly taskQueue: string;
  readonly sdk: { readonly name: string; readonly version: string };
  /** This worker's version, for new work. */
  readonly deploymentVersion: DeploymentVersion | null;
};

/** Something with a life of its own in a run, from the command that code gave to its last event. */
export type Machine =
  | ActivityMachine
  | CancelExternalMachine
  | ChildWorkflowMachine
  | LocalActivityMachine
  | NoteMachine
  | PatchMachine
  | SignalExternalMachine
  | TimerMachine
  | UpdateMachine;

/* What each of them goes through is told in `machines/`. */

export type ActivityMachine = {
  readonly kind: 'activity';
  readonly seq: number;
  readonly schedule: coresdk.workflow_commands.IScheduleActivity;
  state: 'Created' | 'Scheduled' | 'Started' | 'CancelRequested' | 'Completed' | 'Failed' | 'TimedOut' | 'Canceled';
  scheduledEventId: number;
  isWithdrawn: boolean;
};

export type CancelExternalMachine = {
  readonly kind: 'cancel-external';
  readonly seq: number | null;
  state: 'Created' | 'Recorded' | 'Requested' | 'Failed';
};

export type ChildWorkflowMachine = {
  readonly kind: 'child-workflow';
  readonly seq: number;
  readonly start: coresdk.workflow_commands.IStartChildWorkflowExecution;
  state:
    | 'Created'
    | 'Initiated'
    | 'StartFailed'
    | 'Started'
    | 'Completed'
    | 'Failed'
    | 'TimedOut'
    | 'Terminated'
    | 'Canceled';
  initiatedEventId: number;
  startedEventId: number;
  runId: string;
  isWithdrawn: boolean;
  sawCanceledEvent: boolean;
};

export type LocalActivityMachine = {
  readonly kind: 'local-activity';
  readonly seq: number;
  readonly schedule: coresdk.workflow_commands.IScheduleLocalActivity;
  readonly userMetadata: temporal.api.sdk.v1.IUserMetadata | null;
  state: 'Running' | 'MarkerCreated' | 'MarkerSent' | 'Awaiting' | 'Known' | 'MarkerRecorded';
  wasReplaying: boolean;
  /** The run's time when code asked for it. */
  readonly askedAt: Timestamp | null;
  /** While `Awaiting`: code was told already. */
  isResolved: boolean;
  endedAs: Resolution['result']['kind'] | null;
};

export type NoteMachine = {
  readonly kind: 'note';
  readonly eventType: Event['type'];
  state: 'Created' | 'Recorded';
};

export type PatchMachine = {
  readonly kind: 'patch';
  readonly patchId: string;
  state: 'Created' | 'Recorded';
};

export type SignalExternalMachine = {
  readonly kind: 'signal-external';
  readonly seq: number;
  state: 'Created' | 'Recorded' | 'Signaled' | 'Failed' | 'Canceled';
  isWithdrawn: boolean;
};

export type TimerMachine = {
  readonly kind: 'timer';
  readonly seq: number;
  state: 'Created' | 'Recorded' | 'CancelCreated' | 'CancelSent' | 'Fired' | 'Canceled';
  isWithdrawn: boolean;
};

export type UpdateMachine = {
  readonly kind: 'update';
  readonly message: IncomingMessage;
  state:
    | 'Requested'
    | 'Rejected'
    | 'Accepted'
    | 'AcceptanceSent'
    | 'AcceptanceRecorded'
    | 'AcceptedCompleted'
    | 'AcceptanceSentCompleted'
    | 'BothSent'
    | 'Completed'
    | 'CompletionSent'
    | 'CompletionRecorded';
};

/** A command on its way: made by code, sent with a completion, met again as an event. */
export type Pending = {
  readonly command: Command;
  readonly machine: Machine;
  /** What code gave, from which the command was made. */
  asked?: coresdk.workflow_commands.IWorkflowCommand;
};

/** What the start of the task being worked on says of the run. */
export type TaskFacts = {
  historySizeBytes: Long | number;
  continueAsNewSuggested: boolean;
  suggestContinueAsNewReasons: temporal.api.enums.v1.SuggestContinueAsNewReason[];
  targetWorkerDeploymentVersionChanged: boolean;
  deploymentVersion: DeploymentVersion | null;
};

type Long = import('long').default;

/**
 * All that is known of one run while it is replayed or carried on. A plain record that the functions of this folder
 * change; nothing else may.
 */
export type Run = {
  readonly info: RunInfo;
  readonly flags: Flags;
  history: History;
  /** Messages of the task at hand that were not handled yet. */
  messages: IncomingMessage[];

  /** True while what code does is compared with a history, false while it is new work. */
  isReplaying: boolean;
  /** Whether the events being applied are the last there are. */
  isAtLastTask: boolean;
  /** The start of the last task that was applied. */
  startedEventId: number;
  /** The start with which the task that is being applied ends. */
  nextStartedEventId: number;
  /** The last event that starts a task, which need not be the end of one. */
  taskStarted: { readonly id: number; readonly time: Timestamp | null };
  lastEventId: number;
  /** The history has the run's end. */
  isClosed: boolean;
  /** Code has closed the run. */
  isFinished: boolean;
  /** The run's own time, which never goes back. */
  time: Timestamp | null;
  readonly facts: TaskFacts;
  started: temporal.api.history.v1.IWorkflowExecutionStartedEventAttributes | null;
  /** Search attributes that code changed since the start. */
  readonly upserted: Map<string, temporal.api.common.v1.IPayload>;

  /** By the kind and number that code gave them. */
  readonly byId: Map<string, Machine>;
  /** By the event that their command became. */
  readonly byEvent: Map<number, Machine>;
  readonly updates: Map<string, UpdateMachine>;
  readonly patches: Map<string, { hasCommand: boolean }>;
  readonly localActivities: LocalActivities;

  /** What the next activation tells the code. */
  jobs: Job[];
  /** Commands of the activation at hand, in the order in which code gave them. */
  fresh: Pending[];
  /** Commands that were sent, or are about to be, and have not been met as events. */
  sent: Pending[];
  outbox: temporal.api.protocol.v1.IMessage[];
};

export function createRun(info: RunInfo): Run {
  return {
    info,
    flags: newFlags(),
    history: { events: [], at: 0, isComplete: true, previousStartedEventId: 0 },
    messages: [],
    isReplaying: false,
    isAtLastTask: false,
    startedEventId: 0,
    nextStartedEventId: 0,
    taskStarted: { id: 0, time: null },
    lastEventId: 0,
    isClosed: false,
    isFinished: false,
    time: null,
    facts: {
      historySizeBytes: 0,
      continueAsNewSuggested: false,
      suggestContinueAsNewReasons: [],
      targetWorkerDeploymentVersionChanged: false,
      deploymentVersion: null,
    },
    started: null,
    upserted: new Map(),
    byId: new Map(),
    byEvent: new Map(),
    updates: new Map(),
    patches: new Map(),
    localActivities: newLocalActivities(),
    jobs: [],
    fresh: [],
    sent: [],
    outbox: [],
  };
}
