import assert from 'node:assert/strict';
import type { Init } from '@perdure/api';
import { EventType, IndexedValueType, TaskQueueKind } from '@perdure/api/enums';
import { History, type HistoryEvent, type WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import { type Code, ServiceError } from '../../kernel/errors.ts';
import { defaultLimits, type Limits } from '../../kernel/limits.ts';
import { seededRandom } from '../../kernel/seeded-random.ts';
import { type Batch, conclude } from './conclude.ts';
import { type Creation, createRun } from './create.ts';
import { allParts, deadlineOf, type Effect, effectOf } from './derive.ts';
import {
  checkBatches,
  checkNothingForgotten,
  checkShape,
  checkUnchanged,
  checkUntouched,
  checkWhole,
  freezeValues,
  partName,
  snapshot,
} from './invariants.fixture.ts';
import { checkReplay } from './replay.fixture.ts';
import { wake } from './requests/wake.ts';
import type { Head, Run } from './state.ts';
import { begin, type Context, type NamespaceView, type Notice, rollBack, type Transition } from './transition.ts';

/**
 * Tests of the engine as tables: `given(a run).when(something happens).gives(events, effects, deadlines)`.
 *
 * Every step is also held against what must always be true, see `invariants.fixture.ts`: it is done twice and must come
 * out the same, with the state exactly as before in between.
 */
export interface Given {
  readonly run: Run;
  readonly limits: Limits;
  readonly madeUp: boolean;
  readonly observe: Observe | undefined;
  /** The clock (epoch ms). */
  now: number;
  /** Every event so far. */
  readonly history: HistoryEvent[];
  /** Of the last step, as the rest is. */
  events: readonly HistoryEvent[];
  reply: unknown;
  notices: readonly Notice[];
  /** Runs that came into being. */
  successors: readonly Given[];
  refusal: ServiceError | null;
  /** As of now. */
  context(): Context;
  /** One transition. */
  when(step: Step): Given;
  /** Time passes; one transition of everything that has fallen due by then, in order. */
  later(ms: number): Given;
  gives(expected: Expected): Given;
  /** The last step was refused, and so left no trace. */
  refused(code: Code, message: string): Given;
}

export type Step = (t: Transition) => unknown;

export interface Expected {
  /** Of the last step: `5 TIMER_STARTED`. */
  readonly events?: readonly string[];
  /** All that is now outstanding: `dispatch-workflow-task queue`, `start-child 5`. */
  readonly effects?: readonly string[];
  /** All deadlines, in ms from now, by part: `timers/t`. */
  readonly wakes?: Readonly<Record<string, number>>;
  readonly notices?: readonly Notice[];
  /** Some fields of the head. */
  readonly head?: Partial<Head>;
}

export interface RunOptions {
  readonly started?: Init<WorkflowExecutionStartedEventAttributes>;
  readonly limits?: Partial<Limits>;
  readonly creation?: Partial<Creation>;
  /** The test makes up events or state, so that the one need not follow from the other. */
  readonly madeUp?: boolean;
  /** Sees every transition, of the run and of those that come of it, once it is concluded. */
  readonly observe?: Observe;
}

export type Observe = (t: Transition, batches: readonly Batch[]) => void;

/** When test runs start. */
export const START = Date.UTC(2024, 0, 1);

const namespace: NamespaceView = {
  id: 'namespace-id',
  name: 'default',
  searchAttributes: new Map([
    ['Color', IndexedValueType.KEYWORD],
    ['Size', IndexedValueType.INT],
  ]),
  idOf: (name) => (name === 'default' ? 'namespace-id' : undefined),
  retention: 86_400_000,
};

const contextOf = (now: number, limits: Limits, seed: number): Context => ({
  now,
  limits,
  namespace,
  random: seededRandom(seed, () => now),
});

/** A run of workflow type `W` on task queue `queue` that has just been started. */
export function given({ started, limits, creation, madeUp, observe }: RunOptions = {}): Given {
  const all = { ...defaultLimits, ...limits };
  const t = createRun(contextOf(START, all, 0), {
    key: { namespaceId: namespace.id, workflowId: 'workflow', runId: 'run' },
    requestId: 'start-request',
    started: {
      workflowType: { name: 'W' },
      taskQueue: { name: 'queue', kind: TaskQueueKind.NORMAL },
      workflowTaskTimeout: { seconds: 10, nanos: 0 },
      firstExecutionRunId: 'run',
      originalExecutionRunId: 'run',
      workflowId: 'workflow',
      attempt: 1,
      ...started,
    },
    ...creation,
  });
  return givenNew(t, all, START, madeUp, observe);
}

function givenNew(t: Transition, limits: Limits, now: number, madeUp = false, observe?: Observe): Given {
  const history: HistoryEvent[] = [];
  const batches = conclude(t);
  checkBatches(t.run, history, batches, 0);
  history.push(...batches.flatMap(({ bytes }) => History.decode(bytes).events));
  freezeValues(t.run);
  if (!madeUp) checkAgainstHistory(t.run, history, contextOf(now, limits, 0));
  observe?.(t, batches);
  let steps = 0;
  const self: Given = {
    run: t.run,
    limits,
    madeUp,
    observe,
    now,
    history,
    events: [...history],
    reply: undefined,
    notices: t.notices,
    successors: [],
    refusal: null,
    context: () => contextOf(self.now, limits, steps),
    when: (step) => Object.assign(self, transact(self, ++steps, step)),
    later(ms) {
      self.now += ms;
      const due = dueParts(self);
      return self.when((next) => wake(next, due));
    },
    gives(expected) {
      if (self.refusal) throw self.refusal;
      check(self, expected);
      return self;
    },
    refused(code, message) {
      assert.ok(self.refusal, 'it was not refused');
      assert.deepEqual([self.refusal.code, self.refusal.message], [code, message]);
      return self;
    },
  };
  return self;
}

type Done = Pick<Given, 'reply' | 'events' | 'notices' | 'successors' | 'refusal'>;

function transact(of: Given, seed: number, step: Step): Done {
  const { run, history } = of;
  const before = snapshot(run, of.now);
  const rehearsal = attempt(of, seed, step);
  rollBack(rehearsal.t);
  checkUnchanged(run, before, of.now);
  const { refusal } = rehearsal;
  if (refusal) return { reply: undefined, events: [], notices: [], successors: [], refusal };
  const { t, reply, batches } = attempt(of, seed, step);
  assert.deepEqual(batches, rehearsal.batches, 'the same step has the same events');
  checkBatches(run, history, batches, before.head.historySize);
  checkUntouched(t, before, of.now);
  freezeValues(run);
  const events = batches.flatMap(({ bytes }) => History.decode(bytes).events);
  history.push(...events);
  if (!of.madeUp) checkAgainstHistory(run, history, contextOf(of.now, of.limits, seed));
  of.observe?.(t, batches);
  const successors = t.successors.map((successor) => givenNew(successor, of.limits, of.now, of.madeUp, of.observe));
  return { reply, events, notices: t.notices, successors, refusal };
}

function checkAgainstHistory(run: Run, history: readonly HistoryEvent[], context: Context): void {
  checkWhole(run, history);
  checkShape(run);
  checkNothingForgotten(run, history);
  checkReplay(run, history, context);
}

function attempt({ run, now, limits }: Given, seed: number, step: Step) {
  const t = begin(run, contextOf(now, limits, seed));
  try {
    const reply = step(t);
    return { t, reply, batches: conclude(t), refusal: null };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { t, reply: undefined, batches: [], refusal: error };
  }
}

function dueParts({ run, now }: Given) {
  const due = allParts(run).flatMap((part) => {
    const at = deadlineOf(run, part, now);
    return at !== null && at <= now ? [{ part, at }] : [];
  });
  return due.sort((a, b) => a.at - b.at).map(({ part }) => part);
}

function check({ run, now, events, notices }: Given, expected: Expected): void {
  if (expected.events) assert.deepEqual(outline(events), expected.events);
  if (expected.effects) {
    const effects = allParts(run).flatMap((part) => effectOf(run, part, now) ?? []);
    assert.deepEqual(effects.map(effectName), expected.effects);
  }
  if (expected.wakes) {
    const wakes = allParts(run).flatMap((part) => {
      const at = deadlineOf(run, part, now);
      return at === null ? [] : [[partName(part), at - now]];
    });
    assert.deepEqual(Object.fromEntries(wakes), expected.wakes);
  }
  if (expected.notices) assert.deepEqual(notices, expected.notices);
  for (const [name, value] of Object.entries(expected.head ?? {}))
    assert.deepEqual(run.head[name as keyof Head], value, name);
}

function effectName(effect: Effect): string {
  switch (effect.kind) {
    case 'dispatch-workflow-task':
      return `${effect.kind} ${effect.queue.name}`;
    case 'dispatch-activity':
      return `${effect.kind} ${effect.taskQueue} ${effect.scheduledEventId}`;
    case 'call-back':
      return `${effect.kind} ${effect.callback}`;
    default:
      return 'initiatedEventId' in effect ? `${effect.kind} ${effect.initiatedEventId}` : effect.kind;
  }
}

const typeNames = new Map<EventType, string>(Object.entries(EventType).map(([name, type]) => [type, name]));

/** `5 TIMER_STARTED` and so on. */
export const outline = (events: readonly HistoryEvent[]): string[] =>
  events.map(({ eventId, eventType }) => `${eventId} ${typeNames.get(eventType)}`);

/** An event of the history so far, by its id. */
export function eventOf({ history }: Given, eventId: number): HistoryEvent {
  const event = history[eventId - 1];
  assert.ok(event, `there is no event ${eventId}`);
  return event;
}
