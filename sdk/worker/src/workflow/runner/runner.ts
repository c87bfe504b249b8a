/**
 * The runs of one thread: which are in memory, and who works on what. Everything here happens on the thread that it is
 * called on; `../threads/` moves it to others.
 */

import { forgetLastTask } from '../../replay/index.ts';
import type { WorkflowHost, WorkflowTaskAnswer } from '../host.ts';
import { evict, makeRoom } from './memory.ts';
import { newIsolate, type Runner, type RunnerOptions, type RunnerServices } from './state.ts';
import { readTask, type WorkflowTask } from './task.ts';
import { work } from './work.ts';

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
