import type { Effect } from '../../engine/workflow/derive.ts';
import { type Delivery, isCallbackDue, recordDelivery } from '../../engine/workflow/machines/callback.ts';
import type { CompletionCallback, RunKey } from '../../engine/workflow/state.ts';
import type { Cancel } from '../../kernel/clock.ts';
import { ServiceError } from '../../kernel/errors.ts';
import { durableOrUnavailable, type Host } from '../host.ts';
import { type Loaded, latest } from '../loaded.ts';
import { type CallbackRequest, callbackRequest } from './completion.ts';

/**
 * Tells those who asked for it how runs ended.
 *
 * Nothing is sent before the end is durable. What came of it is written into the run, and until then it is still to be
 * done: a crash in between means that it is sent again. When to try again is in the run, too.
 */
export interface Callbacks {
  perform(effect: CallBackEffect, loaded: Loaded): void;
  /** Gives up what is under way; it is taken up again after the next start. */
  close(): Promise<void>;
}

/** Sends a request to where it is addressed, and says what came of it; never rejects. */
export type Post = (request: CallbackRequest, timeoutMs: number, signal: AbortSignal) => Promise<Delivery>;

export type CallBackEffect = Extract<Effect, { kind: 'call-back' }>;

/** Further ones wait: receivers are others' machines, and connections are not for free. */
const MAX_UNDER_WAY = 50;
const AGAIN_MS = 1_000;

interface Delivering {
  readonly key: RunKey;
  readonly callback: number;
}

export function createCallbacks(host: Host, post: Post, onBug: (error: unknown) => void): Callbacks {
  const closing = new AbortController();
  /** Those that wait, are under way, or are to be looked at again, with what calls that off. */
  const known = new Map<string, Cancel | null>();
  const waiting: [string, Delivering][] = [];
  const underWay = new Set<Promise<void>>();

  function next(): void {
    while (underWay.size < MAX_UNDER_WAY && !closing.signal.aborted) {
      const first = waiting.shift();
      if (!first) return;
      const attempt = attemptOnce(...first).finally(() => {
        underWay.delete(attempt);
        next();
      });
      underWay.add(attempt);
    }
  }

  async function attemptOnce(id: string, delivering: Delivering): Promise<void> {
    try {
      // Gone before the run changes: what the change asks for may be the next attempt.
      await deliver(host, post, delivering, closing.signal, () => known.delete(id));
    } catch (error) {
      if (closing.signal.aborted) return;
      if (!(error instanceof ServiceError)) onBug(error);
      const again = (): void => {
        known.set(id, null);
        waiting.push([id, delivering]);
        next();
      };
      known.set(id, host.clock.schedule(host.clock.now() + AGAIN_MS, again));
    }
  }

  return {
    perform({ callback }, { run: { key } }) {
      const id = `${key.runId}/${callback}`;
      if (closing.signal.aborted || known.has(id)) return;
      known.set(id, null);
      waiting.push([id, { key, callback }]);
      queueMicrotask(next);
    },
    async close() {
      closing.abort();
      for (const cancel of known.values()) cancel?.();
      await Promise.all(underWay);
    },
  };
}

/** The run's time may be ahead of a clock that went back. */
const isDue = ({ clock }: Host, { run }: Loaded, callback: CompletionCallback): boolean =>
  isCallbackDue(callback, Math.max(clock.now(), run.head.lastEventTime));

async function deliver(
  host: Host,
  post: Post,
  { key, callback: which }: Delivering,
  signal: AbortSignal,
  done: () => void,
): Promise<void> {
  const found = host.cached(key.runId) ?? (await host.load(key));
  const callback = found?.run.callbacks.get(which);
  if (!found || !callback || !isDue(host, found, callback)) return done();
  await durableOrUnavailable(found.settled);
  const closing = await host.readEvent(found, found.run.head.closeEventId);
  if (signal.aborted) return;
  const request = callbackRequest(found.namespace.name, found.run, callback, closing);
  const delivery = await post(request, host.limits.callbackRequestTimeout, signal);
  if (signal.aborted && delivery.kind === 'not-taken') return;
  const still = host.cached(key.runId) ?? (await host.load(key));
  done();
  if (still) host.change(latest(host, still), (t) => recordDelivery(t, which, delivery));
}
