import type { Clock } from '../kernel/clock.ts';
import type { RunKey, Storage } from '../storage/contract.ts';

/** Deletes closed runs once their namespace's retention is over, a while late at most. */
export interface Retention {
  start(): void;
  /** Ends after the sweep under way, if any. */
  close(): Promise<void>;
}

export interface RetentionOptions {
  readonly clock: Clock;
  readonly storage: Pick<Storage, 'expiredRuns'>;
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

  async function sweep(): Promise<void> {
    for (;;) {
      const expired = await storage.expiredRuns(clock.now(), PAGE);
      await Promise.all(expired.map(deleteRun));
      if (expired.length < PAGE || closed) return;
    }
  }

  function plan(): void {
    if (closed) return;
    const look = (): void => {
      const done = clock.hold('work');
      sweeping = sweep()
        .catch(onBug)
        .finally(() => {
          plan();
          done();
        });
    };
    cancel = clock.schedule(clock.now() + everyMs, look, 'housekeeping');
  }

  return {
    start: plan,
    close() {
      closed = true;
      cancel();
      return sweeping;
    },
  };
}
