/** Which runs are in memory, and for how long. */
import { outstandingLocalActivities } from '../../replay/index.ts';
import { disposeOf } from './code.ts';
import type { KnownRun } from './known-run.ts';
import type { Runner } from './state.ts';

/** Puts a run at the end of the queue of those to be forgotten. */
export function remember(runner: Runner, runId: string, known: KnownRun): void {
  const isNew = runner.runs.get(runId) === undefined;
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
  known.onAnswered?.();
  if (!known.isClosing) runner.services.runForcedOut?.();
  runner.services.cachedRunsChanged?.(runner.runs.size);
}

/** Forgets runs that are idle, the least recently used first, until no more are kept than may be. */
export function makeRoom(runner: Runner): void {
  let tooMany = runner.runs.size - runner.maxCachedWorkflows;
  if (tooMany <= 0) return;
  for (const [runId, { phase, run }] of runner.runs.entries()) {
    if (phase !== 'idle' || outstandingLocalActivities(run) > 0) continue;
    evict(runner, runId);
    if (--tooMany <= 0) return;
  }
}
