/**
 * The seam between the two halves of a worker. The main half polls, runs activities and talks to the server; the
 * workflow half, behind this interface, knows runs: it replays their histories, runs their code and says what is to be
 * answered. Tasks and answers are bytes, because they usually cross to another thread.
 *
 *   poll ──task──▶ handleTask ──answer──▶ the server ──outcome──▶ taskAnswered
 */
import type { Logger } from '@perdure/common';
import type { coresdk, temporal } from '@perdure/proto';
import type { SinkCall } from '@perdure/workflow';
import type { PatchActivationCallback } from '../worker-option-types.ts';
import type { WorkflowBundleWithSourceMap } from './bundler.ts';

export type WorkflowHostOptions = {
  readonly bundle: WorkflowBundleWithSourceMap & { readonly filename: string };
  readonly namespace: string;
  readonly taskQueue: string;
  /** How many runs are kept between their tasks. 0 keeps none. */
  readonly maxCachedWorkflows: number;
  /** Threads that workflow code runs on; 0 runs it on the thread of the worker itself. */
  readonly workflowThreadPoolSize: number;
  /** How long code may run without giving way before its task is failed. `Infinity` never cuts it off. */
  readonly isolateExecutionTimeoutMs: number;
  /** Whether runs share a context (each with globals and modules of its own), or have one each. */
  readonly reuseV8Context: boolean;
  readonly showStackTraceSources: boolean;
  readonly registeredActivityNames: ReadonlySet<string>;
  /** By workflow type, `*` for all: names of errors that fail the workflow and not only its task. */
  readonly workflowFailureErrorTypes?: Readonly<Record<string, readonly string[]>>;
  /** Asked once for each patch that new work meets. It is called on the main half's thread. */
  readonly patchActivationCallback?: PatchActivationCallback;
  /** The most activities of one answer that ask to be handed to this worker at once. 0 asks for none. */
  readonly maxEagerActivities: number;
  readonly defaultVersioningBehavior?: 'PINNED' | 'AUTO_UPGRADE';
  readonly deploymentVersion?: { readonly deploymentName: string; readonly buildId: string };
  /** Of workers without a deployment version. */
  readonly buildId?: string;
  /** Tasks are histories to be replayed: there is nobody to run local activities that they do not have. */
  readonly isReplay?: boolean;
  readonly sdk: { readonly name: string; readonly version: string };
  readonly logger: Logger;
  /** Levels of log lines that would be dropped anyway, so that they need not be handed over. */
  readonly mutedLogLevels?: readonly string[];
};

export interface WorkflowHost {
  /**
   * Works on a task: an encoded `PollWorkflowTaskQueueResponse`, its payloads decoded. Resolves with what is to be sent.
   * Whatever workflow code does, it never rejects.
   */
  handleTask(task: Uint8Array): Promise<WorkflowTaskAnswer>;
  /**
   * What became of the answer of a run's last task: told before the run's next task. `failed` is a refusal, or an
   * answer that never got through, after which the run is forgotten.
   */
  taskAnswered(runId: string, outcome: { readonly resetHistoryEventId?: number } | { readonly failed: true }): void;
  /** How many runs are in memory. */
  cachedRuns(): number;
  /** Forgets all runs that are not being worked on. */
  evictAll(): Promise<void>;
  /** Ends threads and contexts. Tasks being worked on are dropped: call it when there are none. */
  shutdown(): Promise<void>;
}

export type WorkflowTaskStats = {
  /** Whether the run was in memory; false for a run's first task as well. */
  readonly isSticky: boolean;
  /** Whether history had to be replayed because the run was not in memory, and how long that took. */
  readonly replayMs: number | null;
  readonly totalMs: number;
  /** Activities of the answer that ask to be handed to this worker at once. */
  readonly eagerActivities: number;
  /** How the answer closes the run, if it does. */
  readonly closes: 'completed' | 'failed' | 'canceled' | 'continued-as-new' | null;
  /** Whether the answer only keeps the task alive while local activities run. */
  readonly isHeartbeat: boolean;
  /** When the run began, in milliseconds since the epoch. */
  readonly startTimeMs: number | null;
};

type Answered = { readonly runId: string; readonly workflowType: string; readonly stats: WorkflowTaskStats };

/** What is to be sent. The main half appends the fields that say who it is. */
export type WorkflowTaskAnswer =
  /**
   * `RespondWorkflowTaskCompletedRequest` with: task_token, commands, messages, query_results, sdk_metadata,
   * versioning_behavior, force_create_new_workflow_task, metering_metadata.
   */
  | (Answered & { readonly kind: 'completed'; readonly request: Uint8Array })
  /** `RespondWorkflowTaskFailedRequest` with: task_token, cause, failure. `message` is for logs. */
  | (Answered & { readonly kind: 'failed'; readonly request: Uint8Array; readonly message: string })
  /** `RespondQueryTaskCompletedRequest` with: task_token, completed_type, query_result, error_message, failure, cause. */
  | (Answered & { readonly kind: 'query'; readonly request: Uint8Array })
  /**
   * Nothing is to be sent, and the task times out: a page of the history could not be fetched, or the task failed more
   * than once. `isOfReplay`: the history was only replayed, so that there is nothing to say.
   */
  | (Answered & { readonly kind: 'none'; readonly message: string; readonly isOfReplay?: boolean });

/** What the workflow half asks of the main half. */
export interface HostServices {
  /** Resolves with an encoded `GetWorkflowExecutionHistoryResponse`, its payloads decoded; retries by itself. */
  historyPage(request: HistoryPageRequest): Promise<Uint8Array>;
  /** Runs a local activity with its retries. Resolves however it ends; rejects only when the worker gives up. */
  runLocalActivity(request: LocalActivityRequest): Promise<LocalActivityOutcome>;
  /** Asks local activities of a run to stop. Those that run still end with an outcome. */
  cancelLocalActivities(runId: string, seqs: readonly number[] | 'all'): void;
  /** In the order in which code made them, before the answer of the task. */
  sinkCalls(calls: readonly SinkCall[]): void;
  cachedRunsChanged?(count: number): void;
  /** A run was forgotten before its end. */
  runForcedOut?(): void;
  /** Awaited before code is told something. Only where workflow code runs on the worker's own thread. */
  beforeActivation?(eventId: number): Promise<void>;
}

export type HistoryPageRequest = {
  readonly workflowId: string;
  readonly runId: string;
  readonly nextPageToken: Uint8Array;
};

export type LocalActivityRequest = {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly schedule: coresdk.workflow_commands.IScheduleLocalActivity;
};

export type LocalActivityOutcome = {
  readonly result:
    | { readonly kind: 'completed'; readonly result: temporal.api.common.v1.IPayload | null }
    | {
        readonly kind: 'failed' | 'timed-out' | 'cancelled';
        readonly failure: temporal.api.failure.v1.IFailure;
      };
  /** The number of the last attempt, counted from 1 over back-offs. */
  readonly attempt: number;
  readonly runtimeMs: number;
  /** When it was first asked for, in milliseconds since the epoch. */
  readonly originalScheduleTimeMs: number;
  /** Set if the wait before the next attempt is too long for this task: the run waits for it with a timer. */
  readonly backoffMs?: number;
};
