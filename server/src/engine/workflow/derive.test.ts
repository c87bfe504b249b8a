import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TaskQueueKind } from '@perdure/api/enums';
import { allParts, deadlineOf, effectOf, type Part, touchedParts } from './derive.ts';
import { type Given, given as givenRun, type RunOptions, START } from './given.fixture.ts';
import { startActivityTask } from './requests/start-activity-task.ts';
import type { Head, Run } from './state.ts';
import * as s from './steps.fixture.ts';
import { begin, put, remove } from './transition.ts';

/** What is derived follows from the state alone, which these tests make up. */
const given = (options: RunOptions = {}): Given => givenRun({ madeUp: true, ...options });

const WORKFLOW_TASK: Part = { name: 'workflowTask', key: 0 };
const at = ({ run, now }: Given, part: Part) => deadlineOf(run, part, now);
const of = ({ run, now }: Given, part: Part) => effectOf(run, part, now);
const withHead = (run: Given, head: Partial<Head>): Run => ({ ...run.run, head: { ...run.run.head, ...head } });

describe('a workflow task', () => {
  test('that waits is to be dispatched, and on a normal queue waits for as long as it takes', () => {
    const run = given();
    assert.deepEqual(of(run, WORKFLOW_TASK), {
      kind: 'dispatch-workflow-task',
      fairnessKey: '',
      fairnessWeight: 1,
      queue: { name: 'queue', kind: TaskQueueKind.NORMAL, normalName: '' },
      scheduledEventId: 2,
      stamp: 1,
      priority: 3,
      scheduledTime: START,
    });
    assert.equal(at(run, WORKFLOW_TASK), null);
  });
  test('goes out with the priority of its run', () => {
    const effect = of(given({ started: { priority: { priorityKey: 1 } } }), WORKFLOW_TASK);
    assert.equal(effect?.kind === 'dispatch-workflow-task' && effect.priority, 1);
  });
  test('that a worker has is due at its timeout', () => {
    const run = given().later(500).when(s.taken);
    assert.deepEqual([of(run, WORKFLOW_TASK), at(run, WORKFLOW_TASK)], [null, START + 10_500]);
  });
  test('that is not there asks for nothing', () => {
    const run = given().when(s.taken).when(s.completed());
    assert.deepEqual([of(run, WORKFLOW_TASK), at(run, WORKFLOW_TASK)], [null, null]);
  });
});

describe('a run', () => {
  const deadlines: [string, Partial<Head>, number | null][] = [
    ['has no end in sight', {}, null],
    ['ends with itself', { runDeadline: 5 }, 5],
    ['ends with its chain', { executionDeadline: 7 }, 7],
    ['ends with whichever comes first', { runDeadline: 5, executionDeadline: 3 }, 3],
    ['that is closed has ended', { runDeadline: 5, executionDeadline: 3, closeEventId: 9 }, null],
  ];
  for (const [name, head, deadline] of deadlines)
    test(name, () => assert.equal(deadlineOf(withHead(given(), head), { name: 'run', key: 0 }, START), deadline));

  const backoffs: [string, Partial<Head>, number | null][] = [
    ['begins at once', {}, null],
    ['begins when its back-off is over', { backoffUntil: 5 }, 5],
    ['does not begin when it is closed before', { backoffUntil: 5, closeEventId: 3 }, null],
  ];
  for (const [name, head, deadline] of backoffs)
    test(name, () => assert.equal(deadlineOf(withHead(given(), head), { name: 'backoff', key: 0 }, START), deadline));

  const parents: [string, Partial<Head>, string | undefined][] = [
    ['has no business with a parent', {}, undefined],
    ['waits for its parent’s word', { awaitsParent: true }, 'confirm-with-parent'],
    ['needs no word any more when it is closed', { awaitsParent: true, closeEventId: 3 }, undefined],
    ['that is closed tells its parent', { parentToTell: true, closeEventId: 3 }, 'tell-parent'],
  ];
  for (const [name, head, kind] of parents)
    test(name, () => assert.equal(effectOf(withHead(given(), head), { name: 'parent', key: 0 }, START)?.kind, kind));
});

describe('an activity', () => {
  const part: Part = { name: 'activities', key: 5 };
  const scheduled = (priorityKey = 0) =>
    given({ started: { priority: { priorityKey } } })
      .when(s.taken)
      .when(s.completed([s.activity('a')]));

  test('that waits is to be dispatched', () => {
    assert.deepEqual(of(scheduled(), part), {
      kind: 'dispatch-activity',
      fairnessKey: '',
      fairnessWeight: 1,
      taskQueue: 'queue',
      scheduledEventId: 5,
      stamp: 1,
      priority: 3,
      scheduledTime: START,
    });
  });
  test('goes out with the priority of its run, unless it has its own', () => {
    const run = scheduled(2);
    const effect = of(run, part);
    assert.equal(effect?.kind === 'dispatch-activity' && effect.priority, 2);
    run.when((t) => {
      const activity = t.run.activities.get(5);
      if (activity)
        put(t, 'activities', 5, { ...activity, priority: { priorityKey: 4, fairnessKey: '', fairnessWeight: 0 } });
    });
    const own = of(run, part);
    assert.equal(own?.kind === 'dispatch-activity' && own.priority, 4);
  });
  test('that a worker has is due at its timeout', () => {
    const run = scheduled().later(100);
    run.when((t) => startActivityTask(t, { scheduledEventId: 5, stamp: 1 }, 'worker'));
    assert.deepEqual([of(run, part), at(run, part)], [null, START + 10_100]);
  });
  test('that backs off is due, and to be dispatched, when the back-off is over', () => {
    const run = scheduled();
    run.when((t) => {
      const activity = t.run.activities.get(5);
      if (activity) put(t, 'activities', 5, { ...activity, attempt: 2, scheduledTime: START + 1_000 });
    });
    assert.deepEqual([of(run, part), at(run, part)], [null, START + 1_000]);
    run.now = START + 1_000;
    assert.deepEqual([of(run, part)?.kind, at(run, part)], ['dispatch-activity', null]);
  });
  test('that is not there asks for nothing', () => {
    assert.deepEqual([of(given(), part), at(given(), part)], [null, null]);
  });
});

describe('the parts of a run', () => {
  const busy = () =>
    given()
      .when(s.taken)
      .when(s.completed([s.activity('a'), s.startTimer('t', 1_000), s.startTimer('u', 1_000)]));
  const names = (parts: readonly Part[]) => parts.map(({ name, key }) => `${name}/${key}`);
  const head = ['workflowTask/0', 'run/0', 'backoff/0', 'parent/0', 'timeSkipping/0'];

  test('are those of its head and everything pending', () => {
    assert.deepEqual(names(allParts(busy().run)), [...head, 'activities/5', 'timers/t', 'timers/u']);
  });
  test('that a transition touched are those of the head and what it changed, not what the run holds', () => {
    const run = busy();
    const t = begin(run.run, run.context());
    assert.deepEqual(names(touchedParts(t)), head);
    remove(t, 'timers', 'u');
    put(t, 'fields', 'memo', {});
    assert.deepEqual(names(touchedParts(t)), [...head, 'timers/u']);
  });
});
