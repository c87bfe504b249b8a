import type { WorkflowInfo } from '@perdure/workflow';
import type { PassingMap } from '../../passing-map.ts';
import type { HostServices, WorkflowHostOptions } from '../host.ts';
import { createIsolate, type Isolate } from '../isolate/context.ts';
import type { KnownRun } from './known-run.ts';

/** What may cross to another thread. */
export type RunnerOptions = Omit<WorkflowHostOptions, 'logger' | 'workflowThreadPoolSize' | 'patchActivationCallback'>;

export type RunnerServices = HostServices & {
  readonly activatePatch?: (workflowInfo: WorkflowInfo, patchId: string) => boolean;
  /** Whether code is cut off by the isolate itself, because nothing outside watches over it. */
  readonly cutsOff: boolean;
  /** For the worker's log. */
  readonly warn: (message: string) => void;
  /** Code of a run begins and ends to run, for who watches over it. */
  readonly codeBegins?: (runId: string) => void;
  readonly codeEnds?: () => void;
  /** Code is to run in a turn of its own, for who can wait for what it says; and that turn is over. */
  readonly turnAsked?: () => void;
  readonly turnOver?: () => void;
};

export type Runner = {
  readonly options: RunnerOptions;
  readonly services: RunnerServices;
  /** The context that new runs share, if they do. */
  isolate: Isolate | null;
  /** How many runs are kept between their tasks. */
  maxCachedWorkflows: number;
  /** In the order in which they were last used. */
  readonly runs: PassingMap<string, KnownRun>;
  /** The end of the last turn of a run that was asked for. */
  readonly turns: PassingMap<string, Promise<void>>;
  /** The end of the turn of the event loop in which code is to run last. */
  lastTurn: Promise<void> | undefined;
};

/** How long (ms) code may run at a time, where nothing outside watches over it. */
export function timeLimit({ options, services }: Runner): number | undefined {
  const { isolateExecutionTimeoutMs: timeoutMs } = options;
  return services.cutsOff && Number.isFinite(timeoutMs) ? timeoutMs : undefined;
}

/** A context for runs: one to be shared, or one for a run alone. */
export function newIsolate(runner: Runner, isShared: boolean): Isolate {
  const timeoutMs = timeLimit(runner);
  return createIsolate({ ...runner.options.bundle, isShared, ...(timeoutMs !== undefined && { timeoutMs }) });
}
