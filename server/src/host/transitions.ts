import { isOpen } from '../engine/workflow/close.ts';
import { type Batch, changesHead, changesSomethingDurable, conclude } from '../engine/workflow/conclude.ts';
import { allParts, effectOf, type Part, touchedParts } from '../engine/workflow/derive.ts';
import { type Excess, excessOfRun, excessOfTransition } from '../engine/workflow/hard-limits.ts';
import { overLimit, terminateRun } from '../engine/workflow/requests/terminate.ts';
import { aheadOf } from '../engine/workflow/time-skipping.ts';
import {
  begin,
  type Context,
  type NamespaceView,
  type Notice,
  rollBack,
  type Transition,
} from '../engine/workflow/transition.ts';
import { changesVisibility } from '../engine/workflow/visibility-record.ts';
import { invalidArgument } from '../kernel/errors.ts';
import { createLoaded, extendTail, type Loaded, lost, nextDue, updateDerived } from './loaded.ts';
import { live, register } from './runs.ts';
import type { RunChange } from './staged-run.ts';
import type { HostState } from './state.ts';

export interface Changed<T> {
  readonly reply: T;
  /** Settles when the change, and what it rests on, is durable; null when it is already. */
  readonly durable: Promise<void> | null;
}

export function contextFor({ options }: HostState, namespace: NamespaceView): Context {
  const { clock, random, limits } = options;
  return { now: clock.now(), random, limits, namespace };
}

export interface ChangeOptions {
  /**
   * No answer rests on the change, and a crash may undo it: it is stored with the run's next, or a moment later.
   * `durable` then is of what it rests on.
   */
  readonly mayBeLost?: boolean;
}

/**
 * One transition of one run, in this turn. What `apply` throws undoes it. A run that is too large for it is terminated
 * instead, and INVALID_ARGUMENT thrown.
 */
export function change<T>(
  state: HostState,
  given: Loaded,
  apply: (t: Transition) => T,
  { mayBeLost = false }: ChangeOptions = {},
): Changed<T> {
  const loaded = live(state, given);
  if (!loaded) throw lost();
  const t = begin(loaded.run, contextFor(state, loaded.namespace));
  let reply: T;
  let concluded: Concluded[] = [];
  let excess: Excess | null;
  try {
    reply = apply(t);
    excess = changesSomethingDurable(t) ? excessOfRun(t) : null;
    if (excess === null) {
      concluded = concludeAll(loaded, t);
      excess = excessOfTransition(t, concluded[0]?.batches ?? []);
    }
  } catch (error) {
    rollBack(t);
    throw error;
  }
  if (excess !== null) {
    rollBack(t);
    endRun(state, loaded, excess);
    throw invalidArgument(excess.reason);
  }
  for (const each of concluded) settle(state, each, each.t !== t, mayBeLost);
  return { reply, durable: loaded.settled };
}

function endRun(state: HostState, loaded: Loaded, excess: Excess): void {
  if (!isOpen(loaded.run)) return;
  const t = begin(loaded.run, contextFor(state, loaded.namespace));
  terminateRun(t, overLimit(excess));
  for (const each of concludeAll(loaded, t)) settle(state, each, false);
}

/** Stages a run that a transition brought into being, as the latest of its workflow id. */
export function create(state: HostState, t: Transition, namespace: NamespaceView): Changed<Loaded> {
  const loaded = createLoaded(t.run, namespace);
  for (const each of concludeAll(loaded, t)) settle(state, each, true);
  return { reply: loaded, durable: loaded.settled };
}

interface Concluded {
  readonly loaded: Loaded;
  readonly t: Transition;
  readonly batches: readonly Batch[];
}

/** The transition and those of the runs that came into being with it. */
function concludeAll(loaded: Loaded, t: Transition): Concluded[] {
  const successors = t.successors.flatMap((s) => concludeAll(createLoaded(s.run, loaded.namespace), s));
  return [{ loaded, t, batches: conclude(t) }, ...successors];
}

/** Stages what came of a transition, then does what the run now asks for. */
function settle(state: HostState, { loaded, t, batches }: Concluded, makeCurrent: boolean, mayBeLost = false): void {
  if (t.creates) loaded.durableNextEventId = 1;
  extendTail(loaded, batches);
  const parts = changedParts(t);
  updateDerived(loaded, parts, t.serverNow);
  state.timeLocks.update(loaded.run, parts, t.serverNow);
  const { creates, dirty, notices } = t;
  if (changesSomethingDurable(t)) {
    const runChange: RunChange = {
      create: creates,
      head: changesHead(t),
      makeCurrent,
      visibility: changesVisibility(t),
      dirty,
      batches,
      notices,
    };
    if (mayBeLost) state.commits.parkRun(loaded, runChange);
    else void state.commits.stageRun(loaded, runChange);
  } else notifyAfter(loaded.settled, loaded, notices);
  if (creates) register(state, loaded, makeCurrent);
  else state.wakeUps.update(loaded.run.key, nextDue(loaded));
  perform(state, loaded, parts, t.serverNow);
}

function changedParts(t: Transition): Part[] {
  // In a time that was skipped everything is due earlier.
  if (t.before.timeSkipping?.skipped !== t.run.head.timeSkipping?.skipped) return allParts(t.run);
  const taskChanged = t.creates || t.before.workflowTask !== t.run.head.workflowTask;
  return touchedParts(t).filter(({ name }) => name !== 'workflowTask' || taskChanged);
}

/** Does what these parts of the run ask for, as of `now` by the server's time. */
export function perform({ options }: HostState, loaded: Loaded, parts: readonly Part[], now: number): void {
  for (const part of parts) {
    const effect = effectOf(loaded.run, part, now + aheadOf(loaded.run));
    if (effect) options.perform(effect, loaded);
  }
}

/** Nothing was stored, but what the notices say may rest on something that is only staged. */
function notifyAfter(durable: Promise<void> | null, loaded: Loaded, notices: readonly Notice[]): void {
  if (notices.length === 0) return;
  const tell = () => {
    for (const watcher of [...loaded.watchers]) watcher(notices);
  };
  if (durable !== null) durable.then(tell, () => {});
  else queueMicrotask(tell);
}
