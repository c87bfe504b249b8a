import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventType, WorkflowExecutionStatus, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { Code } from '../../../kernel/errors.ts';
import { toDuration } from '../../../kernel/time.ts';
import { eventOf, type Given, given, outline, START, type Step } from '../given.fixture.ts';
import { recordChildStarted } from '../machines/child.ts';
import * as s from '../steps.fixture.ts';
import { NEW_RUN, reset, resetTo } from './reset.fixture.ts';
import { terminateForReset } from './reset.ts';

/** Events: 4 completed, 5 timer, 6 activity, 7 signal, 8–10 task, 11 marker. */
const worked = (options = {}): Given =>
  given(options)
    .when(s.taken)
    .when(s.completed([s.startTimer('t', 60_000), s.activity('a')]))
    .when(s.signalled('kept', { requestId: 'signal' }))
    .when(s.taken)
    .when(s.completed([s.marker('m')]));

describe('a run that a reset makes', () => {
  test('begins with the history before the event, and fails the task there', () => {
    const run = reset(worked(), 10);
    assert.deepEqual(outline(run.history).slice(7), [
      '8 WORKFLOW_TASK_SCHEDULED',
      '9 WORKFLOW_TASK_STARTED',
      '10 WORKFLOW_TASK_FAILED',
      '11 WORKFLOW_TASK_SCHEDULED',
    ]);
    const failed = eventOf(run, 10).workflowTaskFailedEventAttributes;
    assert.ok(failed?.failure);
    assert.equal(Failure.decode(failed.failure).message, 'again');
    assert.ok(Failure.decode(failed.failure).resetWorkflowFailureInfo);
    const { cause, baseRunId, newRunId, scheduledEventId, startedEventId, identity } = failed;
    assert.deepEqual(
      { cause, baseRunId, newRunId, scheduledEventId, startedEventId, identity },
      {
        cause: WorkflowTaskFailedCause.RESET_WORKFLOW,
        baseRunId: 'run',
        newRunId: NEW_RUN,
        scheduledEventId: 8,
        startedEventId: 9,
        identity: 'history-service',
      },
    );
  });

  test('has what was pending there, and hands it out anew', () => {
    const base = worked().later(10_000);
    const run = reset(base, 10);
    run.gives({
      effects: ['dispatch-workflow-task queue', 'dispatch-activity queue 6'],
      wakes: { 'timers/t': 50_000 },
    });
    const activity = run.run.activities.get(6);
    assert.deepEqual([activity?.attempt, activity?.scheduledTime, activity?.state], [1, START + 10_000, 'scheduled']);
  });

  test('knows nothing of what was pending only later', () => {
    const run = reset(worked(), 4);
    run.gives({ effects: ['dispatch-workflow-task queue'], wakes: {} });
  });

  test('begins when it is made, and remembers when the workflow did', () => {
    const { run } = reset(worked().later(5_000), 4);
    assert.deepEqual([run.startTime, run.originalStartTime], [START + 5_000, START]);
  });

  test('has the time of its timeouts from then on', () => {
    const started = { workflowRunTimeout: toDuration(100_000), workflowExecutionTimeout: toDuration(90_000) };
    const { head } = reset(worked({ started }).later(5_000), 4).run;
    assert.deepEqual([head.runDeadline, head.executionDeadline], [START + 95_000, START + 95_000]);
  });

  test('is known by the request that started the base run', () => {
    assert.equal(reset(worked(), 4).run.requests.get('start-request')?.eventId, 1);
  });

  test('counts the history that it begins with as its own', () => {
    const base = worked();
    const { historySize } = reset(base, 10).run.head;
    assert.ok(historySize > base.run.head.historySize / 2, `${historySize}`);
  });

  test('can go on, and be reset again', () => {
    const first = reset(worked(), 10)
      .when(s.taken)
      .when(s.completed([s.marker('second')]));
    assert.deepEqual(outline(first.events), ['13 WORKFLOW_TASK_COMPLETED', '14 MARKER_RECORDED']);
    const second = reset(first, 13);
    assert.deepEqual(
      second.run.head.forkedFrom.map(({ runId, beforeEventId }) => [runId, beforeEventId]),
      [
        [NEW_RUN, 13],
        ['run', 10],
      ],
    );
    second.when(s.taken).when(s.completed([s.complete()]));
    assert.equal(second.run.head.status, WorkflowExecutionStatus.COMPLETED);
  });

  test('starts a task that nobody had taken, to fail it', () => {
    const base = worked();
    const run = reset(base, 3);
    assert.deepEqual(outline(run.history), [
      '1 WORKFLOW_EXECUTION_STARTED',
      '2 WORKFLOW_TASK_SCHEDULED',
      '3 WORKFLOW_TASK_STARTED',
      '4 WORKFLOW_TASK_FAILED',
      '5 WORKFLOW_EXECUTION_SIGNALED',
      '6 WORKFLOW_TASK_SCHEDULED',
    ]);
  });
});

describe('a reset is refused', () => {
  for (const finishEventId of [2, 5, 7, 8, 11])
    test(`to event ${finishEventId}, before which no workflow task is open`, () => {
      const base = worked();
      base
        .when(resetTo(base, finishEventId))
        .refused(
          Code.INVALID_ARGUMENT,
          `Can only reset workflow to event ID in range [WorkflowTaskScheduled +1, WorkflowTaskStarted + 1]: ${finishEventId}`,
        );
    });
});

describe('a run that is terminated for a reset', () => {
  test('fails the task that a worker has, writes what was held back, and ends', () => {
    const run = worked()
      .when(s.signalled())
      .when(s.taken)
      .when(s.signalled('late'))
      .when((t) => terminateForReset(t, 'again', () => true));
    assert.deepEqual(outline(run.events), [
      '15 WORKFLOW_TASK_FAILED',
      '16 WORKFLOW_EXECUTION_SIGNALED',
      '17 WORKFLOW_EXECUTION_TERMINATED',
    ]);
    const end = eventOf(run, 17).workflowExecutionTerminatedEventAttributes;
    assert.deepEqual([end?.reason, end?.identity], ['again', 'history-resetter']);
    run.gives({ effects: [], wakes: {} });
  });

  const started = { parentWorkflowExecution: { workflowId: 'parent', runId: 'parent-run' } };
  test('has nothing to tell its parent, who waits for the new run', () => {
    const run = given({ started }).when((t) => terminateForReset(t, 'again', () => true));
    assert.equal(run.run.head.parentToTell, false);
  });

  const childCommand = s.command('START_CHILD_WORKFLOW_EXECUTION', {
    startChildWorkflowExecutionCommandAttributes: { workflowId: 'child', workflowType: { name: 'C' } },
  });
  const childStarted: Step = (t) => recordChildStarted(t, 5, 'child-run', null);
  for (const [name, isKept, effects] of [
    ['leaves children to the new run', true, []],
    ['does to other children what their policy says', false, ['close-child 5']],
  ] as const)
    test(name, () => {
      given()
        .when(s.taken)
        .when(s.completed([childCommand]))
        .when(childStarted)
        .when((t) => terminateForReset(t, 'again', () => isKept))
        .gives({ effects });
    });
});

test('what happened is reapplied after the task that failed, and before the next', () => {
  const run = reset(worked().when(s.signalled('another')), 4);
  assert.deepEqual(outline(run.history).slice(3), [
    '4 WORKFLOW_TASK_FAILED',
    '5 WORKFLOW_EXECUTION_SIGNALED',
    '6 WORKFLOW_EXECUTION_SIGNALED',
    '7 WORKFLOW_TASK_SCHEDULED',
  ]);
  assert.equal(run.run.head.signalCount, 2);
  assert.equal(run.run.requests.get('signal/signal')?.eventId, 5);
  const types = run.history.map(({ eventType }) => eventType);
  assert.ok(!types.includes(EventType.MARKER_RECORDED), 'what the workflow did itself is not');
});
