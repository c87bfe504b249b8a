import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ContinueAsNewInitiator, RetryState, WorkflowExecutionStatus } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { toDuration, toTimestamp } from '../../../kernel/time.ts';
import { eventOf, given, outline, START } from '../given.fixture.ts';
import { completed, signalled, startTimer, taken, updateAdmitted } from '../steps.fixture.ts';
import { wake } from './wake.ts';

const seconds = (count: number) => toDuration(count * 1_000);

describe('a timer', () => {
  test('fires when its time has come, and wakes the workflow', () => {
    const run = given()
      .when(taken)
      .when(completed([startTimer('a', 2_000), startTimer('b', 3_000)]));
    run.later(1_999).gives({ events: [], wakes: { 'timers/a': 1, 'timers/b': 1_001 } });
    run.later(1).gives({
      events: ['7 TIMER_FIRED', '8 WORKFLOW_TASK_SCHEDULED'],
      effects: ['dispatch-workflow-task queue'],
      wakes: { 'timers/b': 1_000 },
    });
    const { timerId, startedEventId } = eventOf(run, 7).timerFiredEventAttributes ?? {};
    assert.deepEqual([timerId, startedEventId], ['a', 5]);
  });

  test('fires in the order of the deadlines, also when all are late, and once', () => {
    const run = given()
      .when(taken)
      .when(completed([startTimer('late', 3_000), startTimer('early', 1_000)]));
    run.later(60_000).gives({ events: ['7 TIMER_FIRED', '8 WORKFLOW_TASK_SCHEDULED', '9 TIMER_FIRED'] });
    assert.equal(eventOf(run, 7).timerFiredEventAttributes?.timerId, 'early');
    run.when((t) => wake(t, [{ name: 'timers', key: 'early' }])).gives({ events: [] });
  });

  test('that is not due yet is left alone', () => {
    const run = given()
      .when(taken)
      .when(completed([startTimer('t', 1_000)]));
    run.when((t) => wake(t, [{ name: 'timers', key: 't' }])).gives({ events: [], wakes: { 'timers/t': 1_000 } });
  });
});

describe('a run that is held back', () => {
  const started = { firstWorkflowTaskBackoff: seconds(5) };
  test('gets its first task when the time has come', () => {
    const run = given({ started });
    run.gives({ events: ['1 WORKFLOW_EXECUTION_STARTED'], effects: [], wakes: { backoff: 5_000 } });
    run.when(signalled()).gives({ events: ['2 WORKFLOW_EXECUTION_SIGNALED'], effects: [] });
    run.later(5_000).gives({ events: ['3 WORKFLOW_TASK_SCHEDULED'], wakes: {}, head: { backoffUntil: null } });
  });
  test('is not any more once an update has made its first task', () => {
    const run = given({ started }).when(updateAdmitted()).when(taken);
    run.gives({ events: [], wakes: { workflowTask: 10_000, backoff: 5_000 } });
    run.when(completed()).gives({ wakes: {}, head: { backoffUntil: null } });
  });
});

describe('a run that takes too long', () => {
  test('times out', () => {
    const run = given({ started: { workflowRunTimeout: seconds(30) } });
    run.gives({ wakes: { run: 30_000 } });
    run.later(30_000).gives({
      events: ['3 WORKFLOW_EXECUTION_TIMED_OUT'],
      effects: [],
      wakes: {},
      head: { status: WorkflowExecutionStatus.TIMED_OUT },
    });
    const { retryState, newExecutionRunId } = eventOf(run, 3).workflowExecutionTimedOutEventAttributes ?? {};
    assert.deepEqual([retryState, newExecutionRunId], [RetryState.RETRY_POLICY_NOT_SET, '']);
  });

  test('counts from the end of its back-off', () => {
    const started = { workflowRunTimeout: seconds(30), firstWorkflowTaskBackoff: seconds(10) };
    given({ started }).gives({ wakes: { backoff: 10_000, run: 40_000 } });
  });

  test('fails the task that is with a worker, and hears what was held back', () => {
    const run = given({ started: { workflowRunTimeout: seconds(5) } })
      .when(taken)
      .when(signalled())
      .later(5_000);
    run.gives({
      events: ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_EXECUTION_TIMED_OUT'],
    });
  });

  test('is not woken for anything else of the same moment', () => {
    const run = given({ started: { workflowRunTimeout: seconds(5) } })
      .when(taken)
      .when(completed([startTimer('t', 5_000)]));
    const due = [
      { name: 'run', key: 0 },
      { name: 'timers', key: 't' },
    ] as const;
    run.now = START + 5_000;
    run.when((t) => wake(t, due)).gives({ events: ['6 WORKFLOW_EXECUTION_TIMED_OUT'] });
  });

  test('is tried again as its retry policy says', () => {
    const retryPolicy = { initialInterval: seconds(1), backoffCoefficient: 2, maximumAttempts: 2 };
    const run = given({ started: { workflowRunTimeout: seconds(5), retryPolicy } }).later(5_000);
    const [next] = run.successors;
    assert.ok(next);
    const { retryState, newExecutionRunId } = eventOf(run, 3).workflowExecutionTimedOutEventAttributes ?? {};
    assert.deepEqual([retryState, newExecutionRunId], [RetryState.IN_PROGRESS, next.run.key.runId]);
    const { initiator, attempt, continuedFailure } = next.run.started;
    assert.deepEqual([initiator, attempt], [ContinueAsNewInitiator.RETRY, 2]);
    assert.equal(continuedFailure && Failure.decode(continuedFailure).message, 'workflow timeout');
    next.gives({ wakes: { backoff: 1_000, run: 6_000 } });
    next.later(1_000).later(5_000);
    assert.deepEqual(outline(next.events), ['3 WORKFLOW_EXECUTION_TIMED_OUT']);
    const last = eventOf(next, 3).workflowExecutionTimedOutEventAttributes;
    assert.equal(last?.retryState, RetryState.MAXIMUM_ATTEMPTS_REACHED);
  });

  test('is not tried again when the time of all runs together is over', () => {
    const retryPolicy = { initialInterval: seconds(1), backoffCoefficient: 2 };
    const workflowExecutionExpirationTime = toTimestamp(START + 5_000);
    const run = given({ started: { workflowExecutionExpirationTime, retryPolicy, cronSchedule: '@every 1s' } });
    run.gives({ wakes: { run: 5_000 } });
    run.later(5_000).gives({ events: ['3 WORKFLOW_EXECUTION_TIMED_OUT'] });
    assert.deepEqual(run.successors, []);
    assert.equal(eventOf(run, 3).workflowExecutionTimedOutEventAttributes?.retryState, RetryState.TIMEOUT);
  });
});

test('a part without a deadline is never due', () => {
  given()
    .when((t) =>
      wake(t, [
        { name: 'parent', key: 0 },
        { name: 'requests', key: 'start-request' },
        { name: 'timers', key: 'none' },
      ]),
    )
    .gives({ events: [] });
});
