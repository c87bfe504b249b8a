/**
 * The runs of one thread: which are in memory, and who works on what. Everything here happens on the thread that it is
 * called on; `../threads/` moves it to others.
 */

import { PassingMap } from '../../passing-map.ts';
import { forgetLastTask } from '../../replay/index.ts';
import type { WorkflowHost, WorkflowTaskAnswer } from '../host.ts';
import { evict, makeRoom } from './memory.ts';
import { newIsolate, type Runner, type RunnerOptions, type RunnerServices } from './state.ts';
import { readTask, type WorkflowTask } from './task.ts';
import { work } from './work.ts';

/** A host that does its work on this thread. Throws if the bundle cannot be evaluated. */
export function createRunner(options: RunnerOptions, services: RunnerServices): WorkflowHost {
  const { maxCachedWorkflows } = options;
  const runner: Runner = {
    options,
    services,
    isolate: null,
    maxCachedWorkflows,
    runs: new PassingMap(),
    turns: new PassingMap(),
    lastTurn: undefined,
  };
  if (options.reuseV8Context) runner.isolate = newIsolate(runner, true);
  return {
    handleTask: (bytes) => inTurn(runner, readTask(bytes)),
    taskAnswered(runId, outcome) {
      const known = runner.runs.get(runId);
      if (known?.phase !== 'answered') return;
      if ('failed' in outcome) {
        known.isClosing = false;
        return evict(runner, runId);
      }
      if (outcome.resetHistoryEventId) forgetLastTask(known.run, outcome.resetHistoryEventId);
      if (known.isClosing) return evict(runner, runId);
      known.phase = 'idle';
      known.onAnswered?.();
      makeRoom(runner);
    },
    cachedRuns: () => runner.runs.size,
    async evictAll() {
      for (const [runId, { phase }] of runner.runs.entries()) if (phase !== 'working') evict(runner, runId);
    },
    async shutdown() {
      for (const [runId] of runner.runs.entries()) evict(runner, runId);
    },
  };
}

/**
 * One task of a run after another. The turn of one lasts until it is known what the server said to its answer: a task can
 * overtake that, and what it is to be added to is not what was answered if the server refused the answer.
 */
async function inTurn(runner: Runner, task: WorkflowTask): Promise<WorkflowTaskAnswer> {
  const { runId } = task;
  const before = runner.turns.get(runId);
  const { promise, resolve } = Promise.withResolvers<void>();
  runner.turns.set(runId, promise);
  const end = () => {
    if (runner.turns.get(runId) === promise) runner.turns.delete(runId);
    resolve();
  };
  if (before !== undefined) await before;
  const answer = await work(runner, task);
  const known = runner.runs.get(runId);
  if (known?.phase === 'answered') known.onAnswered = end;
  else end();
  makeRoom(runner);
  return answer;
}
