/**
 * Keeps polls of one queue open: a slot is reserved first, then the poll is opened, and the slot goes with the task
 * that comes. A poll that brings nothing gives its slot back.
 *
 *   wait for a turn ──▶ reserve a slot ──▶ open a poll ──▶ task: hand over task and slot ──▶ again
 *                                            │  │
 *                                            │  └─ nothing came: give the slot back ──▶ again
 *                                            └─ failed: back off ──▶ again, or give up on a refusal that stays
 */
import { Status } from '@perdure/transport';
import { afterFailedPoll } from '../backoff.ts';
import { createGate, pause } from '../gate.ts';
import { codeOf, mayRetry } from '../service.ts';
import type { Permit, Slots } from '../slots/slots.ts';
import { Tally } from '../tally.ts';
import type { PollerScaling, PollOutcome } from './scaling.ts';

/** What a poll brought: `task` is looked at only if it is not empty. */
export interface Polled<Task> extends PollOutcome {
  readonly task: Task;
}

export interface PollerOptions<Info, Task> {
  /** One attempt; `timeout` is how long the server may let it wait (ms). */
  readonly poll: (timeout: number, cancel: AbortSignal) => Promise<Polled<Task>>;
  readonly slots: Slots<Info>;
  /** Whether the slots are for sticky tasks. */
  readonly sticky?: boolean;
  readonly scaling: PollerScaling;
  /** Waited for before a slot is reserved; false means that the worker stops. */
  readonly turn?: (stop: AbortSignal) => Promise<boolean>;
  /** No new polls once this is aborted. */
  readonly stop: AbortSignal;
  /** Ends the polls that are open. */
  readonly cancel: AbortSignal;
  readonly onTask: (task: Task, permit: Permit<Info>) => void;
  readonly onOpen?: () => void;
  readonly onClose?: () => void;
  /** A poll failed, and will be tried again after `wait` ms. */
  readonly onFailure: (error: unknown, attempt: number) => void;
}

export interface Poller {
  open(): number;
  /** When a poll last succeeded, in epoch milliseconds. */
  lastSuccess(): number | undefined;
  /** Resolves when the worker stops and all polls have ended; rejects when the server refuses to be polled. */
  readonly ended: Promise<void>;
}

/** How long the server may let a poll wait (ms). */
const LONG_POLL = 70_000;
/** The same while there is so much to do that open polls would only be left over afterwards. */
const BUSY_POLL = 11_000;
/** Refusals that would otherwise be final are put up with for this long: proxies say odd things while they start (ms). */
const REFUSAL_GRACE = 60_000;

export function startPoller<Info, Task>(options: PollerOptions<Info, Task>): Poller {
  const { slots, scaling, stop, cancel, turn } = options;
  const gate = createGate();
  const polls = new Tally();
  const refused = new AbortController();
  const over = AbortSignal.any([stop, refused.signal]);
  let lastSuccess: number | undefined;

  const attempt = async (): Promise<Polled<Task>> => {
    const polled = await options.poll(scaling.busy() ? BUSY_POLL : LONG_POLL, cancel);
    lastSuccess = Date.now();
    scaling.answered(polled);
    return polled;
  };

  const pollOnce = async (permit: Permit<Info>): Promise<void> => {
    try {
      const polled = await untilAnswered(attempt, options, over);
      if (polled === undefined || polled.empty) permit.release();
      else options.onTask(polled.task, permit);
    } catch (error) {
      permit.release();
      throw error;
    }
  };

  const run = async (): Promise<void> => {
    while (!over.aborted) {
      if (turn && !(await turn(over))) return;
      const permit = await slots.reserve(over, options.sticky ?? false);
      if (permit === undefined) return;
      if (!(await gate.until(() => polls.count < scaling.target(), over))) return permit.release();
      options.onOpen?.();
      polls.enter();
      pollOnce(permit)
        .catch((error: unknown) => refused.abort(error))
        .finally(() => {
          polls.leave();
          options.onClose?.();
          gate.notify();
        });
    }
  };

  const ended = run().then(async () => {
    await polls.idle();
    if (refused.signal.aborted) throw refused.signal.reason;
  });
  return { open: () => polls.count, lastSuccess: () => lastSuccess, ended };
}

/** Polls until the server answers; undefined when the worker stops first. Rejects with a refusal that stays. */
async function untilAnswered<Task>(
  attempt: () => Promise<Polled<Task>>,
  { scaling, onFailure, cancel }: Pick<PollerOptions<never, Task>, 'scaling' | 'onFailure' | 'cancel'>,
  stop: AbortSignal,
): Promise<Polled<Task> | undefined> {
  const began = Date.now();
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (cancel.aborted || stop.aborted) return undefined;
      const passing = mayRetry(error) || ranOut(error);
      if (!passing && Date.now() - began > REFUSAL_GRACE) throw error;
      onFailure(error, attempts);
      const wait = scaling.failed(error);
      if (!(await pause(passing ? wait : afterFailedPoll.max, stop))) return undefined;
    }
  }
}

/** A long poll that ran out of time, or was cut off on its way, is simply done again. */
const ranOut = (error: unknown): boolean =>
  codeOf(error) === Status.DEADLINE_EXCEEDED || codeOf(error) === Status.CANCELLED;
