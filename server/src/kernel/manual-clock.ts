import { type Cancel, type Clock, holdsNothing } from './clock.ts';
import { createHeap, heapPeek, heapPop, heapPush, heapRemove } from './heap.ts';

/** A clock that moves only when told to. For tests and the simulator. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, running what falls due on the way, in order, each at its own time. */
  advance(ms: number): void;
  /** Moves on to an instant (epoch milliseconds), as `advance` does. Never moves back. */
  advanceTo(at: number): void;
  /** The instant of the next thing due, or null when nothing is scheduled. */
  nextAt(): number | null;
}

/** `start` is in epoch milliseconds; the default is a day in 2024. */
export function manualClock(start: number = Date.UTC(2024, 0, 1)): ManualClock {
  const due = createHeap<() => void>();
  let now = start;

  function schedule(at: number, run: () => void): Cancel {
    const entry = heapPush(due, at, run);
    return () => void heapRemove(due, entry);
  }

  function advanceTo(target: number): void {
    for (let next = heapPeek(due); next !== undefined && next.at <= target; next = heapPeek(due)) {
      heapPop(due);
      now = Math.max(now, next.at);
      next.value();
    }
    now = Math.max(now, target);
  }

  return {
    now: () => now,
    schedule,
    jumps: false,
    hold: holdsNothing,
    advance: (ms) => advanceTo(now + ms),
    advanceTo,
    nextAt: () => heapPeek(due)?.at ?? null,
  };
}
