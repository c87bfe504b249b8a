/**
 * The runs of one thread: which are in memory, and who works on what. Everything here happens on the thread that it is
 * called on; `../threads/` moves it to others.
 */

import type { WorkflowInfo } from '@perdure/workflow';
import { forgetLastTask, outstandingLocalActivities } from '../../replay/index.ts';
import type { HostServices, WorkflowHost, WorkflowHostOptions, WorkflowTaskAnswer } from '../host.ts';
import { createIsolate, type Isolate } from '../isolate/context.ts';
import { disposeOf } from './code.ts';
import type { KnownRun } from './known-run.ts';
import { readTask, type WorkflowTask } from './task.ts';
import { work } from './work.ts';

/** What may cross to another thread. */
export type RunnerOptions = Omit<WorkflowHostOptions, 'logger' | 'workflowThreadPoolSize' | 'patchActivationCallback'>;

export type RunnerServices = HostServices & {
  readonly activatePatch?: (workflowInfo: WorkflowInfo, patchId: string) => boolean;
  /** Whether code is cut off by the isolate itself, because nothing outside watches over it. */
  readonly cutsOff: boolean;
  /** Code of a run begins and ends to run, for who watches over it. */
  readonly codeBegins?: (runId: string) => void;
  readonly codeEnds?: () => void;
};

export type Runner = {
  readonly options: RunnerOptions;
  readonly services: RunnerServices;
  /** The context that all runs share, if they do. */
  isolate: Isolate | null;
  /** In the order in which they were last used. */
  readonly runs: Map<string, KnownRun>;
  /** The end of the work that is going on for a run. */
  readonly busy: Map<string, Promise<unknown>>;
};

/** A host that does its work on this thread. Throws if the bundle cannot be evaluated. */
export function createRunner(options: RunnerOptions, services: RunnerServices): WorkflowHost {
  const runner: Runner = { options, services, isolate: null, runs: new Map(), busy: new Map() };
  if (options.reuseV8Context) runner.isolate = newIsolate(runner);
  return {
    handleTask: (bytes) => inTurn(runner, readTask(bytes)),
    taskAnswered(runId, outcome) {
      const known = runner.runs.get(runId);
      if (known?.phase !== 'answered') return;
      if ('failed' in outcome) return evict(runner, runId);
      if (outcome.resetHistoryEventId) forgetLastTask(known.run, outcome.resetHistoryEventId);
      if (known.isClosing) return evict(runner, runId);
      known.phase = 'idle';
      makeRoom(runner);
    },
    cachedRuns: () => runner.runs.size,
    async evictAll() {
      for (const [runId, { phase }] of runner.runs) if (phase !== 'working') evict(runner, runId);
    },
    async shutdown() {
      for (const runId of runner.runs.keys()) evict(runner, runId);
    },
  };
}

export function newIsolate({ options, services }: Runner): Isolate {
  const { isolateExecutionTimeoutMs: timeoutMs, reuseV8Context: isShared } = options;
  return createIsolate({
    ...options.bundle,
    isShared,
    ...(services.cutsOff && Number.isFinite(timeoutMs) && { timeoutMs }),
  });
}

/** One task of a run after another. */
async function inTurn(runner: Runner, task: WorkflowTask): Promise<WorkflowTaskAnswer> {
  const { runId } = task;
  const before = runner.busy.get(runId);
  const answer = before !== undefined ? before.then(() => work(runner, task)) : work(runner, task);
  runner.busy.set(runId, answer);
  try {
    return await answer;
  } finally {
    if (runner.busy.get(runId) === answer) runner.busy.delete(runId);
    makeRoom(runner);
  }
}

/** Puts a run at the end of the queue of those to be forgotten. */
export function remember(runner: Runner, runId: string, known: KnownRun): void {
  const isNew = !runner.runs.delete(runId);
  runner.runs.set(runId, known);
  if (isNew) runner.services.cachedRunsChanged?.(runner.runs.size);
}

/** Forgets a run: its code is disposed of, and its local activities are asked to stop. */
export function evict(runner: Runner, runId: string): void {
  const known = runner.runs.get(runId);
  if (!known) return;
  known.phase = 'gone';
  runner.runs.delete(runId);
  if (known.run.localActivities.running.size > 0) runner.services.cancelLocalActivities(runId, 'all');
  disposeOf(known);
  runner.services.cachedRunsChanged?.(runner.runs.size);
}

/** Forgets runs that are idle, the least recently used first, until no more are kept than may be. */
function makeRoom(runner: Runner): void {
  let tooMany = runner.runs.size - runner.options.maxCachedWorkflows;
  if (tooMany <= 0) return;
  for (const [runId, { phase, run }] of runner.runs) {
    if (phase !== 'idle' || outstandingLocalActivities(run) > 0) continue;
    evict(runner, runId);
    if (--tooMany <= 0) return;
  }
}
