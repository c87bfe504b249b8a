import type { Init } from '@perdure/api';
import type { IndexedValueType } from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import type { Outcome as UpdateOutcome } from '@perdure/api/update';
import type { Random } from '../../kernel/ids.ts';
import type { Limits } from '../../kernel/limits.ts';
import type { CollectionName, Head, Key, Run, Value } from './state.ts';
import { entrySize } from './state-size.ts';

export type { CollectionName, Value };

/** A batch of new events in the form in which it is stored and sent: the fields of a `History` message. */
export interface Batch {
  readonly firstEventId: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** Something that waiting callers want to know and that no stored state will tell them later. */
export type Notice =
  /** Completed, rejected, or failed because the run closed before it was completed. */
  | { readonly kind: 'update-answered'; readonly updateId: string; readonly outcome: UpdateOutcome }
  /** Nothing will come of it, and nothing of it is in history. */
  | { readonly kind: 'update-aborted'; readonly updateId: string; readonly reason: AbortReason };
export type AbortReason = 'workflow-completed' | 'workflow-continuing' | 'workflow-task-failed';

interface Undo {
  /** Null for what is not stored. */
  readonly name: CollectionName | null;
  readonly map: Map<string | number, unknown>;
  readonly key: string | number;
  readonly before: unknown;
}

/**
 * One transition under way: the run it changes and what came of it so far. Everything done through `put`, `remove` and
 * assignments to `run.head` can be undone, wholly (`rollBack`) or back to a `savepoint`.
 */
export interface Transition {
  readonly run: Run;
  /** In the run's own time, if it skips any. Never before its last event, whatever the clock says. */
  readonly now: number;
  /** The server's time. */
  readonly serverNow: number;
  readonly random: Random;
  readonly limits: Limits;
  readonly namespace: NamespaceView;
  /** The head as it was before; `run.head` is a copy from the start. */
  readonly before: Head;
  /** True for a run that this transition brings into being. */
  readonly creates: boolean;
  /** Of a run that a reset makes: the history it begins with. */
  inherited: readonly Batch[];
  /** New events, cut into batches as they will be stored. */
  batches: Init<HistoryEvent>[][];
  undo: Undo[];
  /** Keys that changed, by collection. */
  readonly dirty: Map<CollectionName, Set<string | number>>;
  /** Those of them that were not there before: what is gone again by the end need not be removed from storage. */
  readonly fresh: Map<CollectionName, Set<string | number>>;
  /** Runs that come into being together with this transition (continued as new, retried, next cron run). */
  successors: Transition[];
  notices: Notice[];
}

/** What the engine may know of the namespace a run is in. */
export interface NamespaceView {
  readonly id: string;
  readonly name: string;
  /** Custom and system search attributes and their types. */
  readonly searchAttributes: ReadonlyMap<string, IndexedValueType>;
  /** Finds another namespace by name. */
  idOf(name: string): string | undefined;
  /** How long closed runs are kept (ms). */
  readonly retention: number;
}

export interface Context {
  readonly now: number;
  readonly random: Random;
  readonly limits: Limits;
  readonly namespace: NamespaceView;
}

export function begin(run: Run, context: Context, creates = false): Transition {
  const before = run.head;
  run.head = { ...before };
  return {
    run,
    now: Math.max(context.now + (before.timeSkipping?.skipped ?? 0), before.lastEventTime),
    serverNow: context.now,
    random: context.random,
    limits: context.limits,
    namespace: context.namespace,
    before,
    creates,
    inherited: [],
    batches: [],
    undo: [],
    dirty: new Map(),
    fresh: new Map(),
    successors: [],
    notices: [],
  };
}

export function put<N extends CollectionName>(t: Transition, name: N, key: Key<N>, value: Value<N>): void {
  const map = collection(t.run, name);
  if (!map.has(key) && !t.dirty.get(name)?.has(key)) addKey(t.fresh, name, key);
  note(t, name, map, key);
  setEntry(t.run, name, key, value);
}

export function remove<N extends CollectionName>(t: Transition, name: N, key: Key<N>): void {
  const map = collection(t.run, name);
  if (!map.has(key)) return;
  note(t, name, map, key);
  setEntry(t.run, name, key, undefined);
  if (!t.fresh.get(name)?.delete(key)) return;
  const changed = t.dirty.get(name);
  changed?.delete(key);
  if (changed?.size === 0) t.dirty.delete(name);
}

/** Sets an entry, or removes it, outside of any transition: as it is read, or brought back. */
export function setEntry(run: Run, name: CollectionName, key: string | number, value: unknown): void {
  const map = collection(run, name);
  const before = map.get(key);
  if (before !== undefined) run.stateSize -= entrySize(name, before);
  if (value === undefined) {
    map.delete(key);
    return;
  }
  run.stateSize += entrySize(name, value);
  map.set(key, value);
}

/** Changes what follows from the collections and is not stored: it is undone like the rest. `undefined` removes. */
export function putDerived<K extends string, V>(t: Transition, derived: Map<K, V>, key: K, value: V | undefined): void {
  t.undo.push({ name: null, map: derived as Map<string | number, unknown>, key, before: derived.get(key) });
  if (value === undefined) derived.delete(key);
  else derived.set(key, value);
}

function note(t: Transition, name: CollectionName, map: Map<string | number, unknown>, key: string | number): void {
  t.undo.push({ name, map, key, before: map.get(key) });
  addKey(t.dirty, name, key);
}

function addKey(keys: Transition['dirty'], name: CollectionName, key: string | number): void {
  const known = keys.get(name);
  if (known) known.add(key);
  else keys.set(name, new Set([key]));
}

export function collection(run: Run, name: CollectionName): Map<string | number, unknown> {
  return run[name] as Map<string | number, unknown>;
}

export interface Savepoint {
  readonly head: Head;
  readonly undo: number;
  readonly batches: readonly (readonly Init<HistoryEvent>[])[];
  readonly successors: readonly Transition[];
  readonly notices: readonly Notice[];
}

export function savepoint(t: Transition): Savepoint {
  return {
    head: { ...t.run.head },
    undo: t.undo.length,
    batches: t.batches.map((batch) => [...batch]),
    successors: [...t.successors],
    notices: [...t.notices],
  };
}

/** Undoes what was done since the savepoint. Keys stay marked as changed, which only costs a needless write. */
export function rollBackTo(t: Transition, point: Savepoint): void {
  undoDownTo(t, point.undo);
  t.run.head = { ...point.head };
  t.batches = point.batches.map((batch) => [...batch]);
  t.successors = [...point.successors];
  t.notices = [...point.notices];
}

/** Undoes the whole transition. */
export function rollBack(t: Transition): void {
  undoDownTo(t, 0);
  t.run.head = t.before;
}

function undoDownTo(t: Transition, length: number): void {
  while (t.undo.length > length) {
    const { name, map, key, before } = t.undo.pop() as Undo;
    if (name !== null) {
      setEntry(t.run, name, key, before);
      if (before !== undefined) addKey(t.dirty, name, key);
    } else if (before === undefined) map.delete(key);
    else map.set(key, before);
  }
}
