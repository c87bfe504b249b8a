import type { Clock } from '../kernel/clock.ts';
import { createDeadlines } from '../kernel/deadlines.ts';
import type { HeapEntry } from '../kernel/heap.ts';
import type { RunKey, Storage } from '../storage/contract.ts';
import { type Loaded, nextDue } from './loaded.ts';

/**
 * Wakes runs when their next deadline comes. Storage knows every run's; in memory are those of the runs that are
 * loaded, and those that fall due before the horizon. A million sleepers are rows.
 */
export interface WakeUps {
  /** The run's next deadline is this now. */
  update(key: RunKey, due: number | null): void;
  /** The run left memory. Its wake-up is kept only if storage will not be asked for it in time. */
  forget(loaded: Loaded): void;
  start(): Promise<void>;
  close(): void;
}

export interface WakeUpOptions {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly onDue: (key: RunKey) => void;
  readonly onBug: (error: unknown) => void;
}

const HORIZON_MS = 60_000;
const LOOK_EVERY_MS = 30_000;
const LOOK_RETRY_MS = 1_000;
const PAGE = 5_000;

export function createWakeUps({ clock, storage, onDue, onBug }: WakeUpOptions): WakeUps {
  const entries = new Map<string, HeapEntry<RunKey>>();
  let closed = false;
  let horizon = 0;
  let cancelLook: () => void = () => {};

  const deadlines = createDeadlines<RunKey>(clock, (key) => {
    entries.delete(key.runId);
    onDue(key);
  });

  function update(key: RunKey, due: number | null): void {
    const entry = entries.get(key.runId);
    if (entry?.at === due || closed) return;
    if (entry) {
      deadlines.remove(entry);
      entries.delete(key.runId);
    }
    if (due !== null) entries.set(key.runId, deadlines.add(due, key));
  }

  /** Takes from storage what falls due before the horizon. A page that is full ends the horizon early. */
  async function look(): Promise<void> {
    const until = clock.now() + HORIZON_MS;
    // From now on: what leaves memory while storage is being asked may not be in the answer.
    horizon = Math.max(horizon, until);
    const due = await storage.dueRuns(until, PAGE);
    for (const run of due) if (!entries.has(run.key.runId)) update(run.key, run.due);
    const last = due.at(-1);
    const isFull = due.length === PAGE && last !== undefined;
    horizon = isFull ? last.due : until;
    planLook(isFull ? Math.max(clock.now() + 1, horizon) : clock.now() + LOOK_EVERY_MS);
  }

  function planLook(at: number): void {
    if (closed) return;
    cancelLook = clock.schedule(at, () => {
      look().catch((error: unknown) => {
        onBug(error);
        planLook(clock.now() + LOOK_RETRY_MS);
      });
    });
  }

  /** Where time jumps to what is due next, that has to be known: everything stays in memory. */
  async function takeAll(): Promise<void> {
    horizon = Number.POSITIVE_INFINITY;
    for (const { key, due } of await storage.dueRuns(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER))
      if (!entries.has(key.runId)) update(key, due);
  }

  return {
    update,
    forget(loaded) {
      const due = nextDue(loaded);
      if (due === null || due > horizon) update(loaded.run.key, null);
    },
    start: clock.jumps ? takeAll : look,
    close() {
      closed = true;
      cancelLook();
      deadlines.close();
    },
  };
}
