/**
 * How many polls of a kind may be open at once.
 *
 * With a fixed maximum that is the maximum. With autoscaling the server says with its answers whether more or fewer
 * would be better. Fewer is believed at once; more only while more also brought more tasks: when two periods in a row
 * take in the same, the worker is as fast as it gets.
 */
import { Status } from '@perdure/transport';
import { afterFailedPoll } from '../backoff.ts';
import { codeOf, createWaits } from '../service.ts';

export type ScalingBehavior =
  | { readonly type: 'simple-maximum'; readonly maximum: number }
  | { readonly type: 'autoscaling'; readonly minimum: number; readonly initial: number; readonly maximum: number };

/** What of an answer matters here. */
export interface PollOutcome {
  /** No task came: the poll ran out of time. */
  readonly empty: boolean;
  /** How many polls more (or fewer, when negative) the server would like. */
  readonly suggestedChange: number | undefined;
}

export interface PollerScaling {
  readonly autoscaling: boolean;
  /** How many polls to have open. */
  target(): number;
  answered(outcome: PollOutcome): void;
  /** Returns how long to wait before the next attempt (ms). */
  failed(error: unknown): number;
  /** Whether tasks come so often that a poll need not wait long for one. */
  busy(): boolean;
}

/** Tasks are counted over periods of this length (ms). */
const PERIOD = 100;
/** More polls are worth it while a period takes in at least this much more than the one before. */
const GROWTH = 1.1;

export interface ScalingOptions {
  readonly behavior: ScalingBehavior;
  /** The namespace says that its server makes suggestions, so their absence means something too. */
  readonly serverScales: boolean;
  readonly now?: () => number;
}

export function createScaling({ behavior, serverScales, now = Date.now }: ScalingOptions): PollerScaling {
  const waits = createWaits(afterFailedPoll);
  if (behavior.type === 'simple-maximum') {
    return {
      autoscaling: false,
      target: () => behavior.maximum,
      answered: () => waits.reset(),
      failed: (error) => waits.after(error),
      busy: () => false,
    };
  }
  const { minimum, maximum, initial } = behavior;
  let target = initial;
  let suggested = serverScales;
  const taken = createRate(now);
  const setTarget = (value: number) => {
    target = Math.min(maximum, Math.max(minimum, value));
  };
  return {
    autoscaling: true,
    target: () => target,
    answered({ empty, suggestedChange }) {
      waits.reset();
      if (!empty) taken.count();
      if (suggestedChange === undefined) {
        // A server that never suggests anything would never let the number rise again.
        if (suggested && empty) setTarget(target - 1);
        return;
      }
      suggested = true;
      if (suggestedChange < 0 || (suggestedChange > 0 && taken.grows())) setTarget(target + suggestedChange);
    },
    failed(error) {
      if (suggested) setTarget(codeOf(error) === Status.RESOURCE_EXHAUSTED ? Math.floor(target / 2) : target - 1);
      return waits.after(error);
    },
    busy: () => taken.inPeriod() > 1,
  };
}

/** Counts by period. No timer: the periods that went by are made up for when somebody asks. */
function createRate(now: () => number): { count(): void; grows(): boolean; inPeriod(): number } {
  let began = now();
  let current = 0;
  let growing = true;
  let last = 0;
  const catchUp = () => {
    const passed = Math.floor((now() - began) / PERIOD);
    if (passed === 0) return;
    growing = passed > 1 || current >= Math.floor(last * GROWTH);
    last = passed > 1 ? 0 : current;
    current = 0;
    began += passed * PERIOD;
  };
  return {
    count() {
      catchUp();
      current += 1;
    },
    grows() {
      catchUp();
      return growing;
    },
    inPeriod() {
      catchUp();
      return current;
    },
  };
}
