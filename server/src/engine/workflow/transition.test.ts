import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventType } from '@perdure/api/enums';
import { defaultLimits } from '../../kernel/limits.ts';
import { seededRandom } from '../../kernel/seeded-random.ts';
import { addEvent } from './events.ts';
import { given, START } from './given.fixture.ts';
import { snapshot } from './invariants.fixture.ts';
import type { Run, Timer } from './state.ts';
import {
  begin,
  type CollectionName,
  type Context,
  put,
  putDerived,
  remove,
  rollBack,
  rollBackTo,
  savepoint,
  type Transition,
} from './transition.ts';

const context: Context = {
  now: START,
  limits: defaultLimits,
  random: seededRandom(1),
  namespace: { id: '', name: '', searchAttributes: new Map(), idOf: () => undefined, retention: 0 },
};

const timer = (timerId: string, fireTime = 0): Timer => ({ timerId, startedEventId: 5, fireTime });

/** A run with the timer `kept`, as if loaded from storage, and a transition of it. */
function beginning(): { run: Run; t: Transition } {
  const { run } = given();
  run.timers.set('kept', timer('kept'));
  return { run, t: begin(run, context) };
}

const dirtyOf = ({ dirty }: Transition) =>
  Object.fromEntries([...dirty].map(([name, keys]) => [name, [...keys]])) as Partial<Record<CollectionName, unknown[]>>;

describe('what a transition has to store', () => {
  const table: [string, (t: Transition) => void, Partial<Record<CollectionName, unknown[]>>][] = [
    ['is nothing at first', () => {}, {}],
    ['is what it put', (t) => put(t, 'timers', 'new', timer('new')), { timers: ['new'] }],
    ['is what it replaced', (t) => put(t, 'timers', 'kept', timer('kept', 1)), { timers: ['kept'] }],
    ['is the removal of what was there', (t) => remove(t, 'timers', 'kept'), { timers: ['kept'] }],
    ['is nothing for removing what is not there', (t) => remove(t, 'timers', 'nowhere'), {}],
    [
      'is nothing of what came and went',
      (t) => {
        put(t, 'timers', 'brief', timer('brief'));
        put(t, 'timers', 'brief', timer('brief', 1));
        remove(t, 'timers', 'brief');
      },
      {},
    ],
    [
      'is what was there, went and came again',
      (t) => {
        remove(t, 'timers', 'kept');
        put(t, 'timers', 'kept', timer('kept', 1));
      },
      { timers: ['kept'] },
    ],
    [
      'is the removal of what was there, went, came again and went',
      (t) => {
        remove(t, 'timers', 'kept');
        put(t, 'timers', 'kept', timer('kept', 1));
        remove(t, 'timers', 'kept');
      },
      { timers: ['kept'] },
    ],
    [
      'is what came and went, when its going is undone',
      (t) => {
        put(t, 'timers', 'brief', timer('brief'));
        const point = savepoint(t);
        remove(t, 'timers', 'brief');
        rollBackTo(t, point);
      },
      { timers: ['brief'] },
    ],
  ];
  for (const [name, change, dirty] of table)
    test(name, () => {
      const { t } = beginning();
      change(t);
      assert.deepEqual(dirtyOf(t), dirty);
    });
});

test('rolling back leaves the state as it was, whatever was done', () => {
  const { run, t } = beginning();
  rollBack(t);
  const before = snapshot(run, START);
  const again = begin(run, context);
  run.head.signalCount = 7;
  put(again, 'timers', 'kept', timer('kept', 9));
  put(again, 'timers', 'new', timer('new'));
  remove(again, 'timers', 'kept');
  remove(again, 'requests', 'start-request');
  put(again, 'fields', 'memo', { m: Buffer.of(1) });
  putDerived(again, run.activityIds, 'a', 5);
  addEvent(again, EventType.TIMER_FIRED, {});
  addEvent(again, EventType.MARKER_RECORDED, {});
  rollBack(again);
  assert.deepEqual(snapshot(run, START), before);
});

test('rolling back to a savepoint undoes what came after it, and only that', () => {
  const { run, t } = beginning();
  put(t, 'timers', 'first', timer('first'));
  addEvent(t, EventType.MARKER_RECORDED, {});
  run.head.signalCount = 1;
  const before = snapshot(run, START);
  const point = savepoint(t);
  addEvent(t, EventType.MARKER_RECORDED, {});
  remove(t, 'timers', 'first');
  remove(t, 'timers', 'kept');
  putDerived(t, run.activityIds, 'a', 5);
  run.head.signalCount = 2;
  t.notices.push({ kind: 'update-aborted', updateId: 'u', reason: 'workflow-completed' });
  t.successors.push(t);
  rollBackTo(t, point);
  assert.deepEqual(snapshot(run, START), before);
  assert.deepEqual([t.batches.flat().length, t.notices, t.successors], [1, [], []]);
});

test('a savepoint can be gone back to more than once', () => {
  const { run, t } = beginning();
  const point = savepoint(t);
  for (let i = 0; i < 2; i++) {
    put(t, 'timers', 'kept', timer('kept', i));
    addEvent(t, EventType.MARKER_RECORDED, {});
    rollBackTo(t, point);
    assert.deepEqual([run.timers.get('kept'), run.head.nextEventId, t.batches.flat()], [timer('kept'), 3, []]);
  }
});

test('time does not go back when the clock does', () => {
  const { run } = given();
  assert.equal(begin(run, { ...context, now: START - 5_000 }).now, START);
  assert.equal(begin(run, { ...context, now: START + 5_000 }).now, START + 5_000);
});

test('the head before a transition is kept while the run has its own copy', () => {
  const { run } = given();
  const { head } = run;
  const t = begin(run, context);
  run.head.signalCount = 3;
  assert.equal(t.before, head);
  assert.equal(t.before.signalCount, 0);
});
