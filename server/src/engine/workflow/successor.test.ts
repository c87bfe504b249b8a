import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import {
  ContinueAsNewInitiator as By,
  EventType,
  RetryState,
  TaskQueueKind,
  WorkflowExecutionStatus,
} from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import { durationMs, toDuration, toTimestamp } from '../../kernel/time.ts';
import { eventOf, type Given, given, outline, START } from './given.fixture.ts';
import * as s from './steps.fixture.ts';
import { put } from './transition.ts';

type Started = Init<WorkflowExecutionStartedEventAttributes>;
const seconds = (count: number) => toDuration(count * 1_000);
const failure = Failure.encode({ message: 'no', applicationFailureInfo: { type: 'T' } });
const retryPolicy = {
  initialInterval: seconds(10),
  backoffCoefficient: 2,
  maximumInterval: seconds(15),
  maximumAttempts: 4,
  nonRetryableErrorTypes: ['Fatal'],
};

/** The run after it ended with that command, so long after its start. */
const ended = (started: Started, command: Init<Command>, after = 60_000): Given =>
  endedBy(given({ started }), command, after);

function endedBy(run: Given, command: Init<Command>, after: number): Given {
  run.now += after;
  return run.when(s.taken).when(s.completed([command]));
}

function next(run: Given): Given {
  assert.equal(run.successors.length, 1);
  return run.successors[0] as Given;
}

/** What a run is started with that the one after it may get as well. */
const everything: Started = {
  workflowType: { name: 'Type' },
  taskQueue: { name: 'queue', kind: TaskQueueKind.NORMAL },
  input: Buffer.of(10, 0),
  header: Buffer.of(),
  workflowExecutionTimeout: seconds(3_600),
  workflowExecutionExpirationTime: toTimestamp(START + 3_600_000),
  workflowRunTimeout: seconds(600),
  workflowTaskTimeout: seconds(7),
  memo: { fields: { m: Buffer.from([18, 1, 49]) } },
  searchAttributes: { indexedFields: { Size: Buffer.from([18, 1, 49]) } },
  priority: { priorityKey: 2 },
  parentWorkflowNamespace: 'default',
  parentWorkflowNamespaceId: 'namespace-id',
  parentWorkflowExecution: { workflowId: 'parent', runId: 'p' },
  parentInitiatedEventId: 9,
  rootWorkflowExecution: { workflowId: 'root', runId: 'r' },
  identity: 'client',
  firstExecutionRunId: 'first',
};
const CHAIN = [
  'workflowType',
  'taskQueue',
  'workflowExecutionTimeout',
  'workflowExecutionExpirationTime',
  'workflowRunTimeout',
  'workflowTaskTimeout',
  'priority',
  'parentWorkflowNamespace',
  'parentWorkflowNamespaceId',
  'parentWorkflowExecution',
  'parentInitiatedEventId',
  'rootWorkflowExecution',
  'firstExecutionRunId',
  'workflowId',
] as const;
const OWN = ['input', 'header', 'memo', 'searchAttributes', 'retryPolicy', 'cronSchedule'] as const;

/** The names of fields that are the same in the run and the next. */
const shared = (run: Given, names: readonly (keyof WorkflowExecutionStartedEventAttributes)[]) =>
  names.filter((name) => {
    try {
      assert.deepEqual(next(run).run.started[name], run.run.started[name]);
      return true;
    } catch {
      return false;
    }
  });

describe('every run that carries on', () => {
  const started = { ...everything, retryPolicy, cronSchedule: '@every 1h' };
  const ways: Record<string, [Init<Command>, readonly string[], By]> = {
    'after a failure, by its retry policy': [s.fail(failure), OWN, By.RETRY],
    'after a completion, by its schedule': [s.complete(), OWN, By.CRON_SCHEDULE],
    'as the workflow says': [s.continueAsNew(), [], By.WORKFLOW],
  };
  for (const [name, [command, own, initiator]] of Object.entries(ways))
    test(`${name}, is of the same chain`, () => {
      const run = ended(started, command);
      const { run: successor } = next(run);
      assert.deepEqual(shared(run, CHAIN), CHAIN);
      assert.deepEqual(shared(run, OWN), own);
      assert.equal(successor.started.continuedExecutionRunId, 'run');
      assert.equal(successor.started.originalExecutionRunId, successor.key.runId);
      assert.equal(successor.started.initiator, initiator);
      assert.equal(successor.started.identity, '');
      assert.equal(run.run.head.successorRunId, successor.key.runId);
      assert.notEqual(successor.key.runId, 'run');
      assert.deepEqual([...successor.requests.values()].length, 1);
      assert.equal(successor.head.status, WorkflowExecutionStatus.RUNNING);
    });

  test('has the memo and search attributes of the start, not what the run made of them', () => {
    const run = given({ madeUp: true, started: { ...everything, retryPolicy } }).when((t) =>
      put(t, 'fields', 'memo', { m: Buffer.of(2), n: Buffer.of(3) }),
    );
    assert.deepEqual(shared(endedBy(run, s.fail(failure), 60_000), ['memo', 'searchAttributes']), [
      'memo',
      'searchAttributes',
    ]);
  });

  test('hands its completion callbacks on, but not to the next run of a schedule', () => {
    const callbacks = [{ nexus: { url: 'http://localhost/' } }];
    const count = (command: Init<Command>) =>
      next(ended({ retryPolicy, cronSchedule: '@every 1h', completionCallbacks: callbacks }, command)).run.started
        .completionCallbacks.length;
    assert.deepEqual([count(s.fail(failure)), count(s.continueAsNew()), count(s.complete())], [1, 1, 0]);
  });
});

describe('a run that fails is tried again', () => {
  const attempt = (attempt: number, more: Started = {}, by = failure) =>
    ended({ retryPolicy, attempt, ...more }, s.fail(by));
  const stateOf = (run: Given) => eventOf(run, 5).workflowExecutionFailedEventAttributes?.retryState;

  for (const [nth, wait] of [
    [1, 10_000],
    [2, 15_000],
    [3, 15_000],
  ] as const)
    test(`after attempt ${nth}, ${wait} ms later`, () => {
      const run = attempt(nth);
      run.gives({ events: ['4 WORKFLOW_TASK_COMPLETED', '5 WORKFLOW_EXECUTION_FAILED'] });
      assert.equal(stateOf(run), RetryState.IN_PROGRESS);
      assert.equal(eventOf(run, 5).workflowExecutionFailedEventAttributes?.newExecutionRunId, next(run).run.key.runId);
      next(run).gives({ events: ['1 WORKFLOW_EXECUTION_STARTED'], effects: [], wakes: { backoff: wait } });
      assert.equal(next(run).run.started.attempt, nth + 1);
      assert.deepEqual(Buffer.from(next(run).run.started.continuedFailure ?? []), Buffer.from(failure));
      next(run)
        .later(wait)
        .gives({ events: ['2 WORKFLOW_TASK_SCHEDULED'] });
    });

  const soon = toTimestamp(START + 65_000);
  const table: [string, () => Given, RetryState][] = [
    ['without a policy', () => ended({}, s.fail()), RetryState.RETRY_POLICY_NOT_SET],
    ['after the last attempt', () => attempt(4), RetryState.MAXIMUM_ATTEMPTS_REACHED],
    [
      'when the failure is of a type that is not worth it',
      () => attempt(1, {}, Failure.encode({ applicationFailureInfo: { type: 'Fatal' } })),
      RetryState.NON_RETRYABLE_FAILURE,
    ],
    [
      'when the failure says so',
      () => attempt(1, {}, Failure.encode({ applicationFailureInfo: { type: 'T', nonRetryable: true } })),
      RetryState.NON_RETRYABLE_FAILURE,
    ],
    [
      'when the chain’s time will be over by then',
      () => attempt(1, { workflowExecutionExpirationTime: soon }),
      RetryState.TIMEOUT,
    ],
  ];
  for (const [name, run, state] of table)
    test(`but not ${name}`, () => {
      assert.equal(stateOf(run()), state);
      assert.deepEqual(run().successors, []);
      assert.equal(run().run.head.successorRunId, '');
    });

  test('when the failure asks for it, after the delay that it asks for', () => {
    const asked = Failure.encode({ applicationFailureInfo: { type: 'T', nextRetryDelay: seconds(3) } });
    next(attempt(1, {}, asked)).gives({ wakes: { backoff: 3_000 } });
  });

  test('before its schedule has the next run', () => {
    const run = attempt(1, { cronSchedule: '@every 1h' });
    assert.equal(next(run).run.started.initiator, By.RETRY);
  });
});

describe('a schedule has its next run', () => {
  const cronSchedule = '@every 90s';
  const result = Buffer.of(10, 1, 0);

  test('after a completion, with the result', () => {
    const run = ended({ cronSchedule, lastCompletionResult: Buffer.of(1) }, s.complete(result));
    const closing = eventOf(run, 5).workflowExecutionCompletedEventAttributes;
    assert.equal(closing?.newExecutionRunId, next(run).run.key.runId);
    next(run).gives({ effects: [], wakes: { backoff: 30_000 } });
    const { attempt, lastCompletionResult, continuedFailure } = next(run).run.started;
    assert.deepEqual([attempt, Buffer.from(lastCompletionResult ?? []), continuedFailure], [1, result, null]);
  });

  test('after a completion without a result, which clears the last one', () => {
    const run = ended({ cronSchedule, lastCompletionResult: result }, s.complete());
    assert.equal(next(run).run.started.lastCompletionResult, null);
  });

  test('after a failure, with the failure and the last result', () => {
    const run = ended({ cronSchedule, attempt: 3, lastCompletionResult: result }, s.fail(failure));
    assert.equal(eventOf(run, 5).workflowExecutionFailedEventAttributes?.retryState, RetryState.RETRY_POLICY_NOT_SET);
    const { attempt, lastCompletionResult, continuedFailure } = next(run).run.started;
    assert.equal(attempt, 1);
    assert.deepEqual(Buffer.from(lastCompletionResult ?? []), result);
    assert.deepEqual(Buffer.from(continuedFailure ?? []), Buffer.from(failure));
  });

  test('counted from when its last one really began', () => {
    const run = given({ started: { cronSchedule, firstWorkflowTaskBackoff: seconds(20) } }).later(20_000);
    run
      .when(s.taken)
      .later(0)
      .when(s.completed([s.complete()]));
    next(run).gives({ wakes: { backoff: 90_000 } });
  });

  test('also when the chain’s time is over before it begins: that run times out', () => {
    const run = ended({ cronSchedule, workflowExecutionExpirationTime: toTimestamp(START + 70_000) }, s.complete());
    next(run).gives({ wakes: { backoff: 30_000, run: 10_000 } });
    next(run)
      .later(10_000)
      .gives({ events: ['2 WORKFLOW_EXECUTION_TIMED_OUT'] });
    assert.deepEqual(next(run).successors, []);
  });

  test('not after a cancellation or a termination', () => {
    assert.deepEqual(ended({ cronSchedule, retryPolicy }, s.cancel()).successors, []);
    assert.deepEqual(given({ started: { cronSchedule, retryPolicy } }).when(s.terminated).successors, []);
  });
});

describe('a run that continues as new', () => {
  test('begins at once when the one before it lived long enough', () => {
    const run = ended({}, s.continueAsNew({ input: Buffer.of(10, 0) }));
    run.gives({ events: ['4 WORKFLOW_TASK_COMPLETED', '5 WORKFLOW_EXECUTION_CONTINUED_AS_NEW'], effects: [] });
    next(run).gives({
      events: ['1 WORKFLOW_EXECUTION_STARTED', '2 WORKFLOW_TASK_SCHEDULED'],
      effects: ['dispatch-workflow-task queue'],
    });
    assert.equal(next(run).run.started.firstWorkflowTaskBackoff, null);
  });

  const waits: [string, number, number, number][] = [
    ['a second after the start at the earliest', 300, 0, 700],
    ['at once, a second after the start', 1_000, 0, 0],
    ['after the delay that was asked for', 60_000, 5_000, 5_000],
    ['after the delay that was asked for and no sooner than a second after the start', 300, 200, 700],
    ['after a delay that reaches over that second', 300, 800, 800],
  ];
  for (const [name, lifetime, asked, wait] of waits)
    test(`begins ${name}`, () => {
      const run = ended({}, s.continueAsNew({ backoffStartInterval: toDuration(asked) }), lifetime);
      const { started, head } = next(run).run;
      assert.deepEqual(
        [durationMs(started.firstWorkflowTaskBackoff), head.backoffUntil],
        [wait, wait > 0 ? run.now + wait : null],
      );
      const event = eventOf(run, 5).workflowExecutionContinuedAsNewEventAttributes;
      assert.equal(durationMs(event?.backoffStartInterval), wait);
    });

  test('counts its attempts on when the worker says that it is a retry', () => {
    const run = ended({ attempt: 3 }, s.continueAsNew({ initiator: By.RETRY, failure }));
    assert.deepEqual([next(run).run.started.attempt, next(run).run.started.initiator], [4, By.RETRY]);
  });

  test('keeps the run ids of the chain', () => {
    const first = ended({ firstExecutionRunId: 'run' }, s.continueAsNew());
    const second = next(first);
    endedBy(second, s.continueAsNew(), 60_000);
    const third = next(second).run;
    assert.deepEqual(
      [third.started.firstExecutionRunId, third.started.continuedExecutionRunId],
      ['run', second.run.key.runId],
    );
    assert.deepEqual(outline(second.history).at(-1), '5 WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
    assert.equal(third.requests.values().next().value?.eventType, EventType.WORKFLOW_EXECUTION_STARTED);
  });

  test('is not limited by the minimal interval where there is none', () => {
    const run = given({ limits: { workflowIdReuseMinimalInterval: 0 } })
      .when(s.taken)
      .when(s.completed([s.continueAsNew()]));
    next(run).gives({ effects: ['dispatch-workflow-task queue'], wakes: {} });
  });
});
