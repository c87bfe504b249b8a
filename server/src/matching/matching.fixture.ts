import { manualClock } from '../kernel/manual-clock.ts';
import type { MatchingOptions, Offer, Polled, Poller, QueueId } from './contract.ts';
import { noFairness } from './contract.ts';
import { createMatching } from './matching.ts';

export const queue: QueueId = { namespaceId: 'ns', name: 'tq', type: 'workflow' };
export const other: QueueId = { ...queue, type: 'activity' };
export const poller = (identity = 'worker', metadata: unknown = null): Poller => ({
  identity,
  kind: 'normal',
  ratePerSecond: null,
  metadata,
});

export function setup(options: Partial<MatchingOptions> = {}) {
  const clock = manualClock(1_000_000);
  const matching = createMatching<string>(clock, options);
  const offer = (id: string, priority = 3): Offer<string> => ({
    task: id,
    id,
    priority,
    fairness: noFairness,
    createdAt: clock.now(),
  });
  return {
    clock,
    matching,
    offer,
    add: (...ids: string[]) => {
      for (const id of ids) matching.add(queue, offer(id));
    },
    poll: (ms = 10_000, signal?: AbortSignal, by = poller()) =>
      settling(matching.poll(queue, by, { deadline: clock.now() + ms, signal })),
    query: (id: string, ms = 10_000, signal?: AbortSignal) =>
      settling(matching.offerOnly(queue, offer(id), { deadline: clock.now() + ms, signal })),
  };
}

/** A promise, and what has become of it by now. */
export function settling<R>(promise: Promise<R>) {
  const state: { promise: Promise<R>; now: R | 'waiting' | Error } = { promise, now: 'waiting' };
  promise.then(
    (result) => {
      state.now = result;
    },
    (error: Error) => {
      state.now = error;
    },
  );
  return state;
}

/** Lets every promise that can go on go on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
export const taskOf = (state: { now: Polled<string> | null | 'waiting' | Error }): string | null => {
  if (state.now === null || state.now === 'waiting') return state.now;
  if (state.now instanceof Error) throw state.now;
  return state.now.offer.task;
};
