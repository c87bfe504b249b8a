/**
 * Sticky and normal queue share the worker's workflow slots. Neither may take all of them, and when the sticky queue
 * has a backlog it goes first: its tasks can be done here only.
 */
import { createGate } from '../gate.ts';

export interface QueueBalance {
  /** Resolves to true when a poll of that queue may be opened, to false when `stop` is aborted first. */
  mayPoll(queue: QueueKind, stop: AbortSignal): Promise<boolean>;
  opened(queue: QueueKind): void;
  closed(queue: QueueKind): void;
  /** What the sticky queue said was waiting in it. */
  stickyBacklog(count: number): void;
}

export type QueueKind = 'sticky' | 'normal';

/** @param slots How many workflow slots there are, if that is known. */
export function createBalance(slots: number | undefined): QueueBalance {
  const open = { sticky: 0, normal: 0 };
  let backlog = 0;
  const gate = createGate();

  const allowed = (queue: QueueKind): boolean => {
    if (slots === undefined || open[queue] === 0) return true;
    const other = queue === 'sticky' ? 'normal' : 'sticky';
    if (open[other] === 0 && open[queue] + 1 >= slots) return false;
    if (backlog > 1 && backlog > open.sticky) return queue === 'sticky';
    return open.sticky + open.normal < slots;
  };

  return {
    mayPoll: (queue, stop) => gate.until(() => allowed(queue), stop),
    opened(queue) {
      open[queue] += 1;
      gate.notify();
    },
    closed(queue) {
      open[queue] -= 1;
      gate.notify();
    },
    stickyBacklog(count) {
      if (count === backlog) return;
      backlog = count;
      gate.notify();
    },
  };
}
