import type { Deadlines } from '../kernel/deadlines.ts';
import type { HeapEntry } from '../kernel/heap.ts';
import type { Linked, List } from './list.ts';
import { append, unlink } from './list.ts';

/**
 * Somebody who stands in a line until served, until a deadline, or until its caller goes away.
 *
 *   waiting ── settle(result) ──▶ served
 *      ├────── deadline, abort, settle(null) ──▶ gone empty-handed
 */
export interface Waiter<Q, S, R> extends Linked<Waiter<Q, S, R>> {
  readonly queue: Q;
  readonly line: List<Waiter<Q, S, R>>;
  readonly subject: S;
  readonly resolve: (result: R | null) => void;
  /** Since when it has been waiting (epoch ms). */
  readonly since: number;
  readonly signal: AbortSignal | undefined;
  onAbort: (() => void) | null;
  due: HeapEntry<Waiter<Q, S, R>> | null;
}

export type Line<Q, S, R> = List<Waiter<Q, S, R>>;

/** The promise resolves with what `settle` is given; null on abort. Who holds the deadlines settles what is due. */
export function wait<Q, S, R>(
  queue: Q,
  line: Line<Q, S, R>,
  subject: S,
  since: number,
  deadline: number,
  signal: AbortSignal | undefined,
  deadlines: Deadlines<Waiter<Q, S, R>>,
): Promise<R | null> {
  return new Promise((resolve) => {
    const waiter: Waiter<Q, S, R> = {
      queue,
      line,
      subject,
      resolve,
      since,
      signal,
      onAbort: null,
      due: null,
      previous: null,
      next: null,
    };
    waiter.due = deadlines.add(deadline, waiter);
    append(line, waiter);
    if (signal === undefined) return;
    waiter.onAbort = () => settle(waiter, null, deadlines);
    signal.addEventListener('abort', waiter.onAbort);
  });
}

/** Takes it out of its line and tells it. Once per waiter. */
export function settle<Q, S, R>(
  waiter: Waiter<Q, S, R>,
  result: R | null,
  deadlines: Deadlines<Waiter<Q, S, R>>,
): void {
  unlink(waiter.line, waiter);
  if (waiter.due !== null) deadlines.remove(waiter.due);
  if (waiter.onAbort !== null) waiter.signal?.removeEventListener('abort', waiter.onAbort);
  waiter.resolve(result);
}
