import type { Clock } from '../kernel/clock.ts';
import type { RunKey, Storage } from '../storage/contract.ts';

/** Deletes closed runs once their namespace's retention is over, a while late at most. */
export interface Retention {
  start(): void;
  /** A run closes, and expires at `at` (epoch ms). */
  expects(at: number): void;
  /** Ends after the sweep under way, if any. */
  close(): Promise<void>;
}

export interface RetentionOptions {
  readonly clock: Clock;
  readonly storage: Pick<Storage, 'expiredRuns' | 'nextExpiry'>;
  readonly deleteRun: (key: RunKey) => Promise<void>;
  readonly onBug: (error: unknown) => void;
  /** How long (ms) between two looks. Default 1 minute. */
  readonly everyMs?: number;
}

/** Runs deleted in one commit. Small, so that a large backlog does not hold up everything else. */
const PAGE = 200;

export function createRetention({ clock, storage, deleteRun, onBug, everyMs = 60_000 }: RetentionOptions): Retention {
  let cancel: () => void = () => {};
  let closed = false;
  let sweeping: Promise<void> = Promise.resolve();
  /** No run expires before. Where time is skipped there is a look at every jump: mostly this is all it takes. */
  let next = Number.NEGATIVE_INFINITY;

  const expects = (at: number): void => {
    next = Math.min(next, at);
  };

  async function sweep(): Promise<void> {
    for (;;) {
      const expired = await storage.expiredRuns(clock.now(), PAGE);
      await Promise.all(expired.map(deleteRun));
      if (closed) return;
      if (expired.length < PAGE) break;
    }
    // What closes while storage is being asked says so itself.
    next = Number.POSITIVE_INFINITY;
    expects((await storage.nextExpiry()) ?? next);
  }

  function plan(): void {
    if (closed) return;
    const look = (): void => {
      if (clock.now() < next) return plan();
      const done = clock.hold('work');
      sweeping = sweep()
        .catch((error: unknown) => {
          next = Number.NEGATIVE_INFINITY;
          onBug(error);
        })
        .finally(() => {
          plan();
          done();
        });
    };
    cancel = clock.schedule(clock.now() + everyMs, look, 'housekeeping');
  }

  return {
    start: plan,
    expects,
    close() {
      closed = true;
      cancel();
      return sweeping;
    },
  };
}
