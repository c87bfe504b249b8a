import { type Awaited, awaitedOf } from '../engine/workflow/awaited.ts';
import type { Part } from '../engine/workflow/derive.ts';
import type { Run, RunKey } from '../engine/workflow/state.ts';
import { aheadOf } from '../engine/workflow/time-skipping.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';
import { partId } from './loaded.ts';

/**
 * What the runs are in the middle of, all of them, also those that left memory: it keeps time from being skipped.
 * Follows from their states, part by part, like their deadlines; after a restart it is derived again.
 */
export interface TimeLocks {
  /** Brings what these parts of a run hold up to date. */
  update(run: Run, parts: readonly Part[], now: number): void;
  /** The run is deleted. */
  forget(runId: string): void;
  /** Those that began first come first. */
  all(): readonly LockOfRun[];
}

export interface LockOfRun {
  readonly key: RunKey;
  readonly workflowType: string;
  readonly awaited: Awaited;
}

interface Held extends LockOfRun {
  readonly release: Cancel;
}

/** Where time is not skipped nothing is kept. */
export const noTimeLocks: TimeLocks = { update: () => {}, forget: () => {}, all: () => [] };

export function createTimeLocks(clock: Clock): TimeLocks {
  const byRun = new Map<string, Map<string, Held>>();

  function updatePart(held: Map<string, Held>, run: Run, part: Part, now: number): void {
    const id = partId(part);
    const before = held.get(id);
    const awaited = awaitedOf(run, part, now + aheadOf(run));
    if (awaited) {
      const workflowType = run.started.workflowType?.name ?? '';
      const release = before?.release ?? clock.hold(awaited.kind === 'other-run' ? 'work' : 'task');
      held.set(id, { key: run.key, workflowType, awaited, release });
    } else if (before) {
      held.delete(id);
      before.release();
    }
  }

  return {
    update(run, parts, now) {
      const held = byRun.get(run.key.runId) ?? new Map<string, Held>();
      for (const part of parts) updatePart(held, run, part, now);
      if (held.size > 0) byRun.set(run.key.runId, held);
      else byRun.delete(run.key.runId);
    },
    forget(runId) {
      for (const { release } of byRun.get(runId)?.values() ?? []) release();
      byRun.delete(runId);
    },
    all: () => [...byRun.values()].flatMap((held) => [...held.values()]),
  };
}
