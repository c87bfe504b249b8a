import { isOpen } from './close.ts';
import { isTaskWithWorker } from './events.ts';
import type { Batch, Transition } from './transition.ts';

/**
 * Limits that end a run: it is terminated instead of what was about to happen to it. Whoever asked for that is refused
 * with the reason, and asking again finds the run closed. What closes the run still may happen.
 * Reference: history/workflow (context, force terminate).
 */
export interface Excess {
  readonly reason: string;
  readonly details: string;
}

const tooMuch = (what: string): Excess => ({ reason: `${what} exceeds limit.`, details: '' });

/** Asked before the transition is concluded: whether the run is too large for it. */
export function excessOfRun(t: Transition): Excess | null {
  const { run, limits, before } = t;
  if (!isOpen(run) || takesTask(t)) return null;
  if (before.historySize > limits.historySizeError) return tooMuch('Workflow history size');
  if (eventCount(t) > limits.historyCountError) return tooMuch('Workflow history count');
  return run.stateSize > limits.mutableStateSizeError ? tooMuch('Workflow mutable state size') : null;
}

/** Asked afterwards: whether that is more than is written at once. */
export function excessOfTransition({ limits }: Transition, batches: readonly Batch[]): Excess | null {
  const limit = limits.transactionSize;
  const size = Math.max(0, ...batches.map(({ bytes }) => bytes.length));
  if (size <= limit) return null;
  return {
    ...tooMuch('Transaction size'),
    details: `transaction size of ${size} bytes exceeds limit of ${limit} bytes`,
  };
}

/** With those that get their ids as the transition is concluded. */
const eventCount = (t: Transition): number =>
  t.run.head.nextEventId - 1 + (isTaskWithWorker(t) ? 0 : t.run.buffered.size);

/** A worker takes the task: it would not know what to do with a refusal, and comes back with the task. */
const takesTask = ({ before, run: { head } }: Transition): boolean =>
  before.workflowTask?.startedEventId === 0 && (head.workflowTask?.startedEventId ?? 0) !== 0;
