import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventType } from '@perdure/api/enums';
import { addEvent, dropBuffered, endBatch, flushBuffered, hasBufferedEvents, isTaskWithWorker } from './events.ts';
import { eventOf, type Given, given as givenRun, outline, START, type Step } from './given.fixture.ts';
import type { EventAttributes } from './state.ts';
import { completed, failed, marker, signalled, taken } from './steps.fixture.ts';
import { put } from './transition.ts';

/** Only the order of events matters here, not what they say. */
const given = (): Given => givenRun({ madeUp: true });

const add =
  (type: keyof typeof EventType, fields: EventAttributes = {}): Step =>
  (t) =>
    addEvent(t, EventType[type], fields);

const activityStarted = (scheduledEventId: number) =>
  add('ACTIVITY_TASK_STARTED', { activityTaskStartedEventAttributes: { scheduledEventId } });
const activityCompleted = (scheduledEventId: number, startedEventId = 0) =>
  add('ACTIVITY_TASK_COMPLETED', { activityTaskCompletedEventAttributes: { scheduledEventId, startedEventId } });

/** Runs all steps as one transition. */
const together =
  (...steps: Step[]): Step =>
  (t) =>
    steps.map((step) => step(t));

describe('an event gets its id', () => {
  const written: (keyof typeof EventType)[] = [
    'WORKFLOW_TASK_FAILED',
    'ACTIVITY_TASK_SCHEDULED',
    'ACTIVITY_TASK_CANCEL_REQUESTED',
    'TIMER_STARTED',
    'TIMER_CANCELED',
    'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
    'MARKER_RECORDED',
    'START_CHILD_WORKFLOW_EXECUTION_INITIATED',
    'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
    'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES',
    'WORKFLOW_PROPERTIES_MODIFIED',
    'NEXUS_OPERATION_SCHEDULED',
    'NEXUS_OPERATION_CANCEL_REQUESTED',
    'WORKFLOW_EXECUTION_UPDATE_ACCEPTED',
    'WORKFLOW_EXECUTION_UPDATE_COMPLETED',
  ];
  for (const type of written)
    test(`at once: ${type}, even while a worker has the task`, () => {
      const run = given()
        .when(taken)
        .when(add(type))
        .gives({ events: [`4 ${type}`] });
      assert.equal(run.reply, 4);
    });

  const heldBack: (keyof typeof EventType)[] = [
    'WORKFLOW_EXECUTION_SIGNALED',
    'WORKFLOW_EXECUTION_CANCEL_REQUESTED',
    'TIMER_FIRED',
    'ACTIVITY_TASK_STARTED',
    'ACTIVITY_TASK_COMPLETED',
    'CHILD_WORKFLOW_EXECUTION_STARTED',
    'START_CHILD_WORKFLOW_EXECUTION_FAILED',
    'EXTERNAL_WORKFLOW_EXECUTION_SIGNALED',
    'WORKFLOW_EXECUTION_OPTIONS_UPDATED',
    'WORKFLOW_EXECUTION_UPDATE_ADMITTED',
    'WORKFLOW_EXECUTION_PAUSED',
    'NEXUS_OPERATION_COMPLETED',
  ];
  for (const type of heldBack) {
    test(`at the end of the transition: ${type}`, () => {
      const run = given().when(together(add(type), add('MARKER_RECORDED')));
      run.gives({ events: ['3 MARKER_RECORDED', `4 ${type}`] });
      assert.deepEqual(run.reply, [0, 3]);
    });
    test(`after the task that a worker has: ${type}`, () => {
      const run = given().when(taken).when(add(type)).gives({ events: [] });
      assert.equal(run.run.buffered.size, 1);
      run.when(completed([marker('m')])).gives({
        events: ['4 WORKFLOW_TASK_COMPLETED', '5 MARKER_RECORDED', `6 ${type}`, '7 WORKFLOW_TASK_SCHEDULED'],
      });
      assert.equal(run.run.buffered.size, 0);
    });
  }
});

test('held back events keep their order, but results go behind all others', () => {
  const run = given()
    .when(taken)
    .when(activityStarted(2))
    .when(activityCompleted(2))
    .when(signalled('one'))
    .when(add('TIMER_FIRED'))
    .when(add('NEXUS_OPERATION_FAILED', { nexusOperationFailedEventAttributes: { scheduledEventId: 3 } }))
    .when(signalled('two'))
    .when(failed());
  assert.deepEqual(outline(run.events).slice(1, -1), [
    '5 ACTIVITY_TASK_STARTED',
    '6 WORKFLOW_EXECUTION_SIGNALED',
    '7 TIMER_FIRED',
    '8 WORKFLOW_EXECUTION_SIGNALED',
    '9 ACTIVITY_TASK_COMPLETED',
    '10 NEXUS_OPERATION_FAILED',
  ]);
});

describe('a result learns the id of the STARTED event that was held back with it', () => {
  test('of an activity', () => {
    const run = given()
      .when(taken)
      .when(together(activityStarted(7), activityStarted(8)));
    run.when(activityCompleted(8)).when(activityCompleted(7)).when(failed());
    const results = run.events.flatMap((event) => event.activityTaskCompletedEventAttributes ?? []);
    assert.deepEqual(
      results.map(({ scheduledEventId, startedEventId }) => [scheduledEventId, startedEventId]),
      [
        [8, 6],
        [7, 5],
      ],
    );
  });
  test('of a child, which also notes it', () => {
    const child = { initiatedEventId: 9, startedEventId: 0, state: 'started' };
    const run = given()
      .when(taken)
      .when((t) => put(t, 'children', 9, { ...child } as never))
      .when(
        add('CHILD_WORKFLOW_EXECUTION_STARTED', {
          childWorkflowExecutionStartedEventAttributes: { initiatedEventId: 9 },
        }),
      )
      .when(
        add('CHILD_WORKFLOW_EXECUTION_COMPLETED', {
          childWorkflowExecutionCompletedEventAttributes: { initiatedEventId: 9 },
        }),
      )
      .when(failed());
    assert.equal(eventOf(run, 6).childWorkflowExecutionCompletedEventAttributes?.startedEventId, 5);
    assert.equal(run.run.children.get(9)?.startedEventId, 5);
  });
  test('but not of another, whose STARTED event is in history already', () => {
    const run = given()
      .when(taken)
      .when(together(activityStarted(7), activityCompleted(8, 3)))
      .when(failed());
    assert.equal(eventOf(run, 6).activityTaskCompletedEventAttributes?.startedEventId, 3);
  });
});

test('the id of a held back signal is entered with its request', () => {
  const run = given()
    .when(taken)
    .when(signalled('s', { requestId: 'r' }));
  assert.equal(run.run.requests.get('signal/r')?.eventId, 0);
  run.when(completed());
  assert.equal(run.run.requests.get('signal/r')?.eventId, 5);
});

test('a held back event can be dropped, and only the first that matches', () => {
  const run = given().when(taken).when(signalled('a')).when(signalled('b')).when(signalled('a'));
  const { bufferedBytes } = run.run.head;
  assert.ok(bufferedBytes > 0);
  const isA: Parameters<typeof dropBuffered>[1] = ({ fields }) =>
    fields.workflowExecutionSignaledEventAttributes?.signalName === 'a';
  run.when((t) => dropBuffered(t, isA));
  assert.equal(run.reply, true);
  assert.equal(run.run.head.bufferedBytes, (bufferedBytes / 3) * 2);
  run.when((t) => dropBuffered(t, () => false));
  assert.equal(run.reply, false);
  run.when(completed());
  const names = run.events.flatMap((e) => e.workflowExecutionSignaledEventAttributes?.signalName ?? []);
  assert.deepEqual(names, ['b', 'a']);
  assert.equal(run.run.head.bufferedBytes, 0);
});

test('an event that was held back does not take history back in time', () => {
  const run = given().when(taken);
  run.now = START + 1_000;
  run.when(signalled());
  run.now = START + 3_000;
  run.when(completed());
  const times = run.history.map(({ eventTime }) => (eventTime?.seconds ?? 0) * 1000 - START);
  assert.deepEqual(times, [0, 0, 0, 3_000, 3_000, 3_000]);
});

test('nothing is written after the closing event', () => {
  const run = given().when((t) => {
    addEvent(t, EventType.TIMER_FIRED, {});
    t.run.head.closeEventId = addEvent(t, EventType.WORKFLOW_EXECUTION_TERMINATED, {});
  });
  run.gives({ events: ['3 WORKFLOW_EXECUTION_TERMINATED'] });
  assert.equal(run.run.buffered.size, 0);
});

test('a batch can be ended: what follows is the next', () => {
  const batches = (run: Given) => run.reply as number[];
  const run = given().when((t) => {
    addEvent(t, EventType.MARKER_RECORDED, {});
    endBatch(t);
    endBatch(t);
    addEvent(t, EventType.MARKER_RECORDED, {});
    addEvent(t, EventType.MARKER_RECORDED, {});
    return t.batches.map((batch) => batch.length);
  });
  assert.deepEqual(batches(run), [1, 2]);
});

test('a task is with a worker from its start to its end', () => {
  const states: boolean[] = [];
  const look: Step = (t) => states.push(isTaskWithWorker(t));
  given().when(look).when(taken).when(look).when(completed()).when(look);
  // Every step is rehearsed once.
  assert.deepEqual(states, [false, false, true, true, false, false]);
});

test('flushing without anything held back does nothing', () => {
  const run = given().when((t) => {
    assert.equal(hasBufferedEvents(t), false);
    flushBuffered(t);
  });
  run.gives({ events: [] });
});
