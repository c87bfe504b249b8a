import type { Cancel, Clock } from './clock.ts';
import { failedPrecondition } from './errors.ts';
import { createHeap, type Heap, heapPeek, heapPop, heapPush, heapRemove, heapSize } from './heap.ts';

/**
 * Time that is skipped while nobody needs it.
 *
 * Its time is that of the clock underneath plus all that was skipped so far; so it goes at the usual pace, except that
 * it jumps to the next thing due as soon as all of this is true:
 *
 *   1. Nothing is locked: the locks of callers and the tasks that are out, less the sleepers, add up to nothing. They are
 *      one sum. A sleeper takes one lock away while it sleeps, be it a caller's or that of a task: this is how an activity
 *      waits for time to be skipped.
 *   2. The server is in the middle of nothing (`hold('work')`): what happened is stored, and what follows from it is done.
 *   3. Something is due. Without that there is nowhere to jump to.
 *
 * It jumps in a turn of the event loop of its own, once per turn, so whoever calls in between is heard. At the place to
 * which it jumped, housekeeping is done first, and what is due once that has ended. Then the rules are asked again.
 * A jump is told to `onSkip`, for whoever wants time to be no earlier after a restart.
 */
export interface SkippingClock extends Clock {
  /** One lock more: time is not skipped while there is any. */
  lock(): void;
  /** One lock less. Throws FAILED_PRECONDITION when there is neither a lock nor a task out. */
  unlock(): void;
  /** Takes one lock away until it is cancelled. Throws like `unlock`. */
  sleep(): Cancel;
  state(): SkippingState;
  /** No jump any more, and nothing is run. */
  close(): void;
}

export interface SkippingState {
  /** Epoch ms. */
  readonly now: number;
  /** How far (ms) time is ahead of the clock underneath. */
  readonly skipped: number;
  /** Locks of callers. */
  readonly locks: number;
  readonly tasks: number;
  /** Locks, of callers or of tasks, that are taken away for a while. */
  readonly sleepers: number;
  /** How many things the server is in the middle of. */
  readonly works: number;
  /** Where time would jump to next (epoch ms), or null. */
  readonly nextDue: number | null;
}

export interface SkippingOptions {
  /** What keeps the pace. */
  readonly base: Clock;
  /** Runs something in a later turn of the event loop. */
  readonly later: (run: () => void) => void;
  /** How far (ms) time was ahead when it was last told. */
  readonly skipped: number;
  /** Locks of callers to begin with. */
  readonly locks: number;
  readonly onSkip: (skipped: number) => void;
}

interface Planned {
  /** Null once it was called off. */
  run: (() => void) | null;
}

interface State {
  readonly options: Pick<SkippingOptions, 'base' | 'later' | 'onSkip'>;
  readonly due: Heap<Planned>;
  readonly housekeeping: Heap<Planned>;
  skipped: number;
  locks: number;
  tasks: number;
  sleepers: number;
  works: number;
  /** Whatever rounding and the clock underneath do: what time jumped to is reached. */
  reached: number;
  /** Time has jumped, and what is due there waits for the housekeeping to end. */
  tidying: boolean;
  /** The housekeeping of a jump is being begun, in this very turn. */
  beginsTidying: boolean;
  /** Works that were begun with it. */
  tidyings: number;
  turnIsPlanned: boolean;
  closed: boolean;
  /** The instant for which the clock underneath has a timer, in skipped time. */
  armedFor: number;
  disarm: Cancel | null;
}

const NEVER = Number.POSITIVE_INFINITY;

export function skippingClock({ skipped, locks, ...options }: SkippingOptions): SkippingClock {
  const state: State = {
    options,
    due: createHeap(),
    housekeeping: createHeap(),
    skipped,
    locks,
    tasks: 0,
    sleepers: 0,
    works: 0,
    reached: Number.NEGATIVE_INFINITY,
    tidying: false,
    beginsTidying: false,
    tidyings: 0,
    turnIsPlanned: false,
    closed: false,
    armedFor: NEVER,
    disarm: null,
  };
  return {
    now: () => nowOf(state),
    schedule: (at, run, what = 'due') => schedule(state, what === 'due' ? state.due : state.housekeeping, at, run),
    jumps: true,
    hold: (why) => hold(state, why),
    lock() {
      state.locks++;
    },
    unlock() {
      refuseUnlocked(state);
      state.locks--;
      planTurn(state);
    },
    sleep() {
      refuseUnlocked(state);
      return takeLockAway(state);
    },
    state: () => ({
      now: nowOf(state),
      skipped: state.skipped,
      locks: state.locks,
      tasks: state.tasks,
      sleepers: state.sleepers,
      works: state.works,
      nextDue: heapPeek(state.due)?.at ?? null,
    }),
    close() {
      state.closed = true;
      unarm(state);
    },
  };
}

const nowOf = ({ options, skipped, reached }: State): number => Math.max(options.base.now() + skipped, reached);

function schedule(state: State, heap: Heap<Planned>, at: number, run: () => void): Cancel {
  const planned: Planned = { run };
  const entry = heapPush(heap, at, planned);
  arm(state);
  planTurn(state);
  return () => {
    planned.run = null;
    heapRemove(heap, entry);
  };
}

function hold(state: State, why: 'task' | 'work'): Cancel {
  const isTidying = state.beginsTidying && why === 'work';
  const change = (by: number): void => {
    if (why === 'task') state.tasks += by;
    else state.works += by;
    if (isTidying) state.tidyings += by;
  };
  let held = true;
  change(1);
  return () => {
    if (!held) return;
    held = false;
    change(-1);
    planTurn(state);
  };
}

function refuseUnlocked({ locks, tasks }: State): void {
  if (locks + tasks <= 0) throw failedPrecondition('Unbalanced lock and unlock calls: skipping of time is not locked.');
}

function takeLockAway(state: State): Cancel {
  let sleeps = true;
  state.sleepers++;
  planTurn(state);
  return () => {
    if (sleeps) state.sleepers--;
    sleeps = false;
  };
}

/** Whether time may jump, or go on with what is due where it jumped to. */
function isFree({ tidying, tidyings, works, locks, tasks, sleepers, due }: State): boolean {
  if (tidying) return tidyings === 0;
  return works === 0 && locks + tasks - sleepers <= 0 && heapSize(due) > 0;
}

function planTurn(state: State): void {
  if (state.closed || state.turnIsPlanned || !isFree(state)) return;
  state.turnIsPlanned = true;
  state.options.later(() => turn(state));
}

function turn(state: State): void {
  state.turnIsPlanned = false;
  if (state.closed || !isFree(state)) return;
  if (state.tidying) {
    state.tidying = false;
  } else {
    const next = heapPeek(state.due);
    if (next) jump(state, next.at);
    state.beginsTidying = true;
    runDue(state, state.housekeeping);
    state.beginsTidying = false;
    state.tidying = state.tidyings > 0;
  }
  pass(state);
}

function jump(state: State, to: number): void {
  if (to <= nowOf(state)) return;
  state.skipped = to - state.options.base.now();
  state.reached = to;
  unarm(state);
  state.options.onSkip(state.skipped);
}

/** Runs what the time has come for. */
function pass(state: State): void {
  if (state.closed) return;
  runDue(state, state.housekeeping);
  if (!state.tidying) runDue(state, state.due);
  arm(state);
  planTurn(state);
}

function runDue(state: State, heap: Heap<Planned>): void {
  const until = nowOf(state);
  const come: Planned[] = [];
  for (let next = heapPeek(heap); next && next.at <= until; next = heapPeek(heap)) {
    heapPop(heap);
    come.push(next.value);
  }
  for (const { run } of come) run?.();
}

function arm(state: State): void {
  const { due, housekeeping, tidying, closed, armedFor, options } = state;
  const next = Math.min(heapPeek(housekeeping)?.at ?? NEVER, tidying ? NEVER : (heapPeek(due)?.at ?? NEVER));
  if (closed || next >= armedFor) return;
  state.disarm?.();
  state.armedFor = next;
  state.disarm = options.base.schedule(next - state.skipped, () => {
    state.disarm = null;
    state.armedFor = NEVER;
    pass(state);
  });
}

function unarm(state: State): void {
  state.disarm?.();
  state.disarm = null;
  state.armedFor = NEVER;
}
