import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import { changesHead, changesSomethingDurable, conclude } from './conclude.ts';
import { addEvent } from './events.ts';
import { eventOf, given, type Step } from './given.fixture.ts';
import { completed, marker, signalled, taken, updateAdmitted } from './steps.fixture.ts';
import { begin, put } from './transition.ts';

const context = (run: ReturnType<typeof given>) => begin(run.run, run.context());

describe('a transition is', () => {
  const table: [string, boolean, boolean, Step][] = [
    ['nothing to store when it does nothing', false, false, () => {}],
    ['nothing to store when it only waits for a worker to answer an update', false, false, updateAdmitted()],
    ['a head and events to store when something happens', true, true, signalled()],
    ['a head to store when the run knows something new', true, true, (t) => void t.run.head.signalCount++],
    [
      'an entry to store, and no head, when only that changed',
      true,
      false,
      (t) => put(t, 'timers', 't', { timerId: 't', startedEventId: 5, fireTime: 0 }),
    ],
  ];
  for (const [name, durable, head, step] of table)
    test(name, () => {
      const run = given().when(taken).when(completed());
      const t = context(run);
      step(t);
      conclude(t);
      assert.deepEqual([changesSomethingDurable(t), changesHead(t)], [durable, head]);
    });
});

describe('the size of history', () => {
  test('is that of the batches as they are stored', () => {
    const run = given()
      .when(taken)
      .when(signalled())
      .when(completed([marker('m')]));
    const batches = [
      [1, 2],
      [3, 3],
      [4, 7],
    ].map(([from, to]) => run.history.slice((from ?? 0) - 1, to));
    const size = batches.reduce((sum, events) => sum + History.encode({ events }).length, 0);
    assert.equal(run.run.head.historySize, size);
  });
  test('also with events of more than 16 KiB, whose length takes more bytes', () => {
    const run = given();
    for (const length of [100, 128, 16_383, 16_384, 3_000_000 / 2])
      run.when(signalled('s', { input: Buffer.alloc(length, 1) }));
    const input = eventOf(run, 7).workflowExecutionSignaledEventAttributes?.input;
    assert.equal(input?.length, 1_500_000);
  });
});

test('the number of transitions counts what is stored', () => {
  const run = given().when(taken).when(completed());
  const { transitions } = run.run.head;
  run.when(() => {}).gives({ head: { transitions } });
  run.when(updateAdmitted()).gives({ head: { transitions } });
  run.when(signalled()).gives({ head: { transitions: transitions + 1 } });
});

test('several batches of one transition follow each other', () => {
  const run = given();
  const t = context(run);
  addEvent(t, EventType.MARKER_RECORDED, {});
  t.batches.push([]);
  addEvent(t, EventType.MARKER_RECORDED, {});
  addEvent(t, EventType.TIMER_FIRED, {});
  assert.deepEqual(
    conclude(t).map(({ firstEventId, count }) => [firstEventId, count]),
    [
      [3, 1],
      [4, 2],
    ],
  );
});

describe('a worker that keeps its task while events pile up', () => {
  const forced = [
    '4 WORKFLOW_TASK_FAILED',
    '5 WORKFLOW_EXECUTION_SIGNALED',
    '6 WORKFLOW_EXECUTION_SIGNALED',
    '7 WORKFLOW_EXECUTION_SIGNALED',
    '8 WORKFLOW_TASK_SCHEDULED',
  ];
  test('loses it above the number of events that may be held back', () => {
    const run = given({ limits: { maxBufferedEvents: 2 } })
      .when(taken)
      .when(signalled())
      .when(signalled());
    run.gives({ events: [] });
    run.when(signalled()).gives({ events: forced, effects: ['dispatch-workflow-task queue'] });
    const attributes = eventOf(run, 4).workflowTaskFailedEventAttributes;
    assert.equal(attributes?.cause, WorkflowTaskFailedCause.FORCE_CLOSE_COMMAND);
    assert.equal(run.run.head.workflowTask?.attempt, 1);
  });
  test('loses it above the bytes that may be held back', () => {
    const run = given({ limits: { maxBufferedBytes: 2_000 } })
      .when(taken)
      .when(signalled())
      .when(signalled());
    run.gives({ events: [] });
    run.when(signalled('s', { input: Buffer.alloc(2_000) })).gives({ events: forced, head: { bufferedBytes: 0 } });
  });
  test('keeps it while nothing is added', () => {
    given({ limits: { maxBufferedEvents: 0 } })
      .when(taken)
      .gives({ events: ['3 WORKFLOW_TASK_STARTED'] });
  });
});
