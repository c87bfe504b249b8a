import { createTimeLocks, type TimeLocks } from './host/time-locks.ts';
import type { Clock } from './kernel/clock.ts';
import { type SkippingClock, skippingClock } from './kernel/skipping-clock.ts';
import type { RecordWrite, Storage } from './storage/contract.ts';
import type { TimeDiagnosis } from './time-diagnosis.ts';
import { diagnosis } from './time-diagnosis.ts';

/** The time of a server that skips it. It goes on where it was when such a server starts again on the same database. */
export interface SkippedTime {
  readonly clock: SkippingClock;
  readonly locks: TimeLocks;
  /** Settles when what was skipped so far is stored; rejects if it could not be, which is tried again when asked next. */
  durable(): Promise<void>;
  /** From now on what is skipped is stored by this. Until then it is not. */
  storeBy(stage: (records: readonly RecordWrite[]) => Promise<void>): void;
  diagnose(): TimeDiagnosis;
}

const COLLECTION = 'clock';
const KEY = 'skipped';

/** `locks` of callers to begin with. */
export async function openSkippedTime(storage: Storage, wall: Clock, locks: number): Promise<SkippedTime> {
  const [record] = await storage.records(COLLECTION);
  let stage: ((records: readonly RecordWrite[]) => Promise<void>) | null = null;
  let stored: Promise<void> = Promise.resolve();
  let isLost = false;
  const store = (skipped: number, again: boolean): void => {
    if (!stage) return;
    // In the same commit as what falls due there.
    const storing = stage([{ collection: COLLECTION, key: KEY, value: Buffer.from(String(skipped)) }]);
    stored = storing;
    isLost = false;
    storing.catch(() => {
      if (stored !== storing) return;
      // Before the runs that this commit took with it, as they are taken up again at that time.
      if (again) store(skipped, false);
      else isLost = true;
    });
  };
  const clock = skippingClock({
    base: wall,
    later: setImmediate,
    skipped: record ? Number(Buffer.from(record.value).toString()) : 0,
    locks,
    onSkip: (skipped) => store(skipped, true),
  });
  const timeLocks = createTimeLocks(clock);
  return {
    clock,
    locks: timeLocks,
    durable() {
      if (isLost) store(clock.state().skipped, false);
      return stored;
    },
    storeBy(by) {
      stage = by;
    },
    diagnose: () => diagnosis(clock.state(), timeLocks.all()),
  };
}
