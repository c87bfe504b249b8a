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
  /** Settles when what was skipped so far is stored; never rejects. */
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
  const clock = skippingClock({
    base: wall,
    later: setImmediate,
    skipped: record ? Number(Buffer.from(record.value).toString()) : 0,
    locks,
    onSkip(skipped) {
      const value = Buffer.from(String(skipped));
      // In the same commit as what falls due there. If that fails, it is the commit's callers who are told.
      stored = stage?.([{ collection: COLLECTION, key: KEY, value }]).catch(() => {}) ?? stored;
    },
  });
  const timeLocks = createTimeLocks(clock);
  return {
    clock,
    locks: timeLocks,
    durable: () => stored,
    storeBy(by) {
      stage = by;
    },
    diagnose: () => diagnosis(clock.state(), timeLocks.all()),
  };
}
