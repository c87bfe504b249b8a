/** What a worker tells of itself: its state, and counts of what goes on. */
import { type Observed, observed } from './observable.ts';

/**
 * Where a worker is in its life.
 *
 *                   run              shutdown, a signal           polls have ended      nothing runs any more
 *   INITIALIZED ────────▶ RUNNING ────────▶ STOPPING ──▶ DRAINING ────────────▶ DRAINED ────────▶ STOPPED
 *                            └────────────────── a fatal error ──────────────────────▶ FAILED
 *
 * - `INITIALIZED`: created, and connected to the server.
 * - `RUNNING`: polls for tasks.
 * - `STOPPING`: takes no more tasks; if it takes longer than `shutdownForceTime` from here on, it fails.
 * - `DRAINING`: what runs may end. Activities are cancelled after `shutdownGraceTime`.
 * - `DRAINED`: everything has ended.
 * - `STOPPED`: `run` resolves.
 * - `FAILED`: `run` rejects with the error.
 */
export type State = 'INITIALIZED' | 'RUNNING' | 'STOPPED' | 'STOPPING' | 'DRAINING' | 'DRAINED' | 'FAILED';

export type PollerState = 'POLLING' | 'SHUTDOWN' | 'FAILED';

/** What a worker is doing, for logs and for finding out why it is not doing anything. */
export interface WorkerStatus {
  runState: State;
  workflowPollerState: PollerState;
  activityPollerState: PollerState;
  /** Whether a poll for workflow tasks is open. */
  hasOutstandingWorkflowPoll: boolean;
  /** Whether a poll for activity tasks is open. */
  hasOutstandingActivityPoll: boolean;
  /** Workflow tasks being worked on. */
  numInFlightWorkflowActivations: number;
  /** Activities that run, local ones included. */
  numInFlightActivities: number;
  /** Activities that run, local ones not included. */
  numInFlightNonLocalActivities: number;
  /** Local activities that run. */
  numInFlightLocalActivities: number;
  /** Workflow runs in memory. */
  numCachedWorkflows: number;
  /** Activities that run and may send heartbeats. */
  numHeartbeatingActivities: number;
}

export interface WorkerCounts {
  readonly state: Observed<State>;
  readonly workflowPoller: Observed<PollerState>;
  readonly activityPoller: Observed<PollerState>;
  readonly activations: Observed<number>;
  readonly activities: Observed<number>;
  readonly nonLocalActivities: Observed<number>;
  readonly localActivities: Observed<number>;
  readonly cachedWorkflows: Observed<number>;
  readonly heartbeatingActivities: Observed<number>;
}

export function createCounts(): WorkerCounts {
  return {
    state: observed<State>('INITIALIZED'),
    workflowPoller: observed<PollerState>('POLLING'),
    activityPoller: observed<PollerState>('POLLING'),
    activations: observed(0),
    activities: observed(0),
    nonLocalActivities: observed(0),
    localActivities: observed(0),
    cachedWorkflows: observed(0),
    heartbeatingActivities: observed(0),
  };
}
