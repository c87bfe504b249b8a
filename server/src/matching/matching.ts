import type { Cancel, Clock } from '../kernel/clock.ts';
import type { Deadlines } from '../kernel/deadlines.ts';
import { createDeadlines } from '../kernel/deadlines.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import { backlogCount, drop, limitsChanged, pass, put, readyAt, take, takeAll } from './backlog.ts';
import type { Fairness, Matching, MatchingOptions, Offer, Polled, Poller, PollUntil, QueueId } from './contract.ts';
import { nextTokenAt, setRate, takeToken } from './limit.ts';
import type { Queue, WaitingOffer, WaitingPoll } from './queue.ts';
import { countAdded, countDispatched, createQueue, describeNothing, describeQueue, isIdle } from './queue.ts';
import { pollersWanted } from './scaling.ts';
import { forgetPollers, forgetUntil, note } from './seen.ts';
import { settle, wait } from './waiter.ts';

interface State<T> {
  readonly clock: Clock;
  readonly options: MatchingOptions;
  readonly queues: Map<string, Queue<T>>;
  readonly pollsDue: Deadlines<WaitingPoll<T>>;
  readonly offersDue: Deadlines<WaitingOffer<T>>;
  cancelSweep: Cancel | null;
  closed: boolean;
}

const SWEEP_EVERY_MS = 60_000;

const defaults: MatchingOptions = {
  limitOf: () => null,
  keyLimitOf: () => ({ weight: null, perSecond: null }),
  longPollMs: 60_000,
  maxWaiting: 10_000,
  maxPollersSeen: 1_000,
  rememberMs: 300_000,
};

/** Task queues in memory. See README.md in this folder. */
export function createMatching<T>(clock: Clock, options: Partial<MatchingOptions> = {}): Matching<T> {
  const state: State<T> = {
    clock,
    options: { ...defaults, ...options },
    queues: new Map(),
    pollsDue: createDeadlines(clock, (poll) => {
      noteEnd(state, poll);
      settle(poll, null, state.pollsDue);
    }),
    offersDue: createDeadlines(clock, (offer) => settle(offer, null, state.offersDue)),
    cancelSweep: null,
    closed: false,
  };
  return {
    add: (queue, offer, where = 'back') => add(state, queue, offer, where),
    remove: (queue, id) => {
      const known = find(state, queue);
      return known !== undefined && drop(known.backlog, id);
    },
    poll: (queue, poller, until) => poll(state, queue, poller, until),
    offerOnly: (queue, offer, until) => offerOnly(state, queue, offer, until),
    hasRecentPoller: (queue, withinMs) => {
      const known = find(state, queue);
      if (known === undefined) return false;
      return known.polls.size > 0 || known.seen.lastPollAt > clock.now() - withinMs;
    },
    limitChanged: (queue) => {
      const known = find(state, queue);
      if (known === undefined) return;
      const now = clock.now();
      limitsChanged(known.backlog, (key) => fairnessOf(state, queue, { key, weight: 1, perSecond: null }), now);
      applyLimit(state, known, now);
      handOverInTime(state, known, now);
    },
    describe: (queue) => {
      const now = clock.now();
      const known = find(state, queue);
      return known === undefined ? describeNothing(now) : describeQueue(known, now, now - state.options.rememberMs);
    },
    completePolls: (matches) => completePolls(state, matches),
    forgetQueue: (queue) => forgetQueue(state, queue),
    close: () => close(state),
  };
}

const keyOf = (queue: QueueId): string => `${queue.type}/${queue.namespaceId}/${queue.name}`;

const find = <T>(state: State<T>, id: QueueId): Queue<T> | undefined => state.queues.get(keyOf(id));

function queueFor<T>(state: State<T>, id: QueueId, now: number): Queue<T> {
  const key = keyOf(id);
  let queue = state.queues.get(key);
  if (queue === undefined) {
    queue = createQueue(id, now);
    state.queues.set(key, queue);
    applyLimit(state, queue, now);
    if (state.cancelSweep === null) planSweep(state, now);
  }
  queue.usedAt = now;
  return queue;
}

/** What was set for a key counts, or else what its task says. A limit is that of weight 1. */
function fairnessOf<T>(state: State<T>, id: QueueId, { key, weight: own }: Fairness): Fairness {
  const set = state.options.keyLimitOf(id, key);
  const weight = set.weight ?? own;
  return { key, weight, perSecond: set.perSecond === null ? null : set.perSecond * weight };
}

function add<T>(state: State<T>, id: QueueId, given: Offer<T>, where: 'back' | 'front'): void {
  if (state.closed) return;
  const offer = { ...given, fairness: fairnessOf(state, id, given.fairness) };
  const now = state.clock.now();
  const queue = queueFor(state, id, now);
  if (where === 'back') countAdded(queue, offer.priority, now);
  const waiting = queue.polls.head;
  // While a limit holds back a backlog, nothing overtakes it.
  if (waiting !== null && readyAt(queue.backlog, now) !== now && nextTokenAt(queue.limit, now) === now) {
    if (pass(queue.backlog, offer, now)) {
      takeToken(queue.limit, now);
      handOver(state, waiting, offer, now);
      return;
    }
  }
  put(queue.backlog, offer, where, now);
  if (waiting !== null && queue.cancelHandOver === null) handOverInTime(state, queue, now);
}

/** Gives the backlog to the polls that wait, as fast as the limit allows. */
function handOverInTime<T>(state: State<T>, queue: Queue<T>, now: number): void {
  queue.cancelHandOver?.();
  queue.cancelHandOver = null;
  for (let poll = queue.polls.head; poll !== null; poll = queue.polls.head) {
    const next = nextFor(state, queue, now);
    if (next === null) break;
    noteEnd(state, poll);
    settle(poll, next, state.pollsDue);
  }
  if (queue.polls.head === null || backlogCount(queue.backlog) === 0) return;
  const at = nextTokenAt(queue.limit, now);
  const ready = readyAt(queue.backlog, now);
  if (at !== null && ready !== null) {
    const then = Math.max(at, ready);
    queue.cancelHandOver = state.clock.schedule(then, () => handOverInTime(state, queue, state.clock.now()));
  }
}

/** What was set from outside counts, or else what the workers ask for. */
function applyLimit<T>(state: State<T>, queue: Queue<T>, now: number): void {
  const perSecond = Math.max(0, state.options.limitOf(queue.id) ?? queue.workerRate ?? Number.POSITIVE_INFINITY);
  if (perSecond === queue.limit.perSecond) return;
  setRate(queue.limit, perSecond, now);
  handOverInTime(state, queue, now);
}

function handOver<T>(state: State<T>, poll: WaitingPoll<T>, offer: Offer<T>, now: number): void {
  countDispatched(poll.queue, offer.priority, now);
  noteEnd(state, poll);
  const pollerDelta = pollersWanted(poll.queue, now, now - poll.since, true);
  settle(poll, { offer, syncMatch: true, backlogCount: 0, pollerDelta }, state.pollsDue);
}

function nextFor<T>(state: State<T>, queue: Queue<T>, now: number): Polled<T> | null {
  const waiting = queue.offers.head;
  if (waiting === null && (readyAt(queue.backlog, now) !== now || !takeToken(queue.limit, now))) return null;
  const offer = waiting === null ? take(queue.backlog, now) : waiting.subject;
  if (offer === null) return null;
  if (waiting !== null) settle(waiting, true, state.offersDue);
  countDispatched(queue, offer.priority, now);
  const pollerDelta = pollersWanted(queue, now, 0, false);
  return { offer, syncMatch: waiting !== null, backlogCount: backlogCount(queue.backlog), pollerDelta };
}

function poll<T>(state: State<T>, id: QueueId, poller: Poller, until: PollUntil): Promise<Polled<T> | null> {
  const now = state.clock.now();
  if (isOver(state, until, now)) return Promise.resolve(null);
  const queue = queueFor(state, id, now);
  note(queue.seen, poller, now, state.options.maxPollersSeen);
  if (poller.ratePerSecond !== null && poller.ratePerSecond !== queue.workerRate) {
    queue.workerRate = poller.ratePerSecond;
    applyLimit(state, queue, now);
  }
  const next = nextFor(state, queue, now);
  if (next !== null) return Promise.resolve(next);
  if (queue.polls.size >= state.options.maxWaiting) return Promise.reject(tooMany('polls', queue));
  const deadline = Math.min(until.deadline, now + state.options.longPollMs);
  const polled = wait(queue, queue.polls, poller, now, deadline, until.signal, state.pollsDue);
  if (backlogCount(queue.backlog) > 0 && queue.cancelHandOver === null) handOverInTime(state, queue, now);
  return polled;
}

async function offerOnly<T>(state: State<T>, id: QueueId, offer: Offer<T>, until: PollUntil): Promise<boolean> {
  const now = state.clock.now();
  if (isOver(state, until, now)) return false;
  const queue = queueFor(state, id, now);
  countAdded(queue, offer.priority, now);
  if (queue.polls.head !== null) {
    handOver(state, queue.polls.head, offer, now);
    return true;
  }
  if (queue.offers.size >= state.options.maxWaiting) throw tooMany('queries', queue);
  return (await wait(queue, queue.offers, offer, now, until.deadline, until.signal, state.offersDue)) !== null;
}

const isOver = <T>(state: State<T>, until: PollUntil, now: number): boolean =>
  state.closed || until.deadline <= now || until.signal?.aborted === true;

function tooMany<T>(what: string, { id }: Queue<T>): ServiceError {
  const message = `too many ${what} are waiting on ${id.type} task queue ${id.name} already`;
  return new ServiceError(Code.RESOURCE_EXHAUSTED, message, [], { 'x-resource-exhausted-cause': 'ConcurrentLimit' });
}

/** A poll that its caller left does not come here: whoever leaves is not there any more from when it last came. */
function noteEnd<T>(state: State<T>, { queue, subject }: WaitingPoll<T>): void {
  const now = state.clock.now();
  queue.usedAt = now;
  note(queue.seen, subject, now, state.options.maxPollersSeen);
}

function completePolls<T>(state: State<T>, matches: (poller: Poller, queue: QueueId) => boolean): number {
  let ended = 0;
  for (const queue of state.queues.values()) {
    for (let poll = queue.polls.head; poll !== null; ) {
      const { next, subject } = poll;
      if (matches(subject, queue.id)) {
        settle(poll, null, state.pollsDue);
        ended++;
      }
      poll = next;
    }
    forgetPollers(queue.seen, (poller) => matches(poller, queue.id));
  }
  return ended;
}

function forgetQueue<T>(state: State<T>, id: QueueId): Offer<T>[] {
  const queue = find(state, id);
  if (queue === undefined) return [];
  endWaiting(state, queue);
  state.queues.delete(keyOf(id));
  return takeAll(queue.backlog);
}

function endWaiting<T>(state: State<T>, queue: Queue<T>): void {
  queue.cancelHandOver?.();
  queue.cancelHandOver = null;
  while (queue.polls.head !== null) settle(queue.polls.head, null, state.pollsDue);
  while (queue.offers.head !== null) settle(queue.offers.head, null, state.offersDue);
}

function planSweep<T>(state: State<T>, now: number): void {
  state.cancelSweep = state.clock.schedule(now + SWEEP_EVERY_MS, () => sweep(state));
}

function sweep<T>(state: State<T>): void {
  const now = state.clock.now();
  const since = now - state.options.rememberMs;
  for (const [key, queue] of state.queues) {
    if (isIdle(queue, since)) state.queues.delete(key);
    else forgetUntil(queue.seen, since);
  }
  state.cancelSweep = null;
  if (state.queues.size > 0) planSweep(state, now);
}

function close<T>(state: State<T>): void {
  state.closed = true;
  for (const queue of state.queues.values()) endWaiting(state, queue);
  state.queues.clear();
  state.pollsDue.close();
  state.offersDue.close();
  state.cancelSweep?.();
}
