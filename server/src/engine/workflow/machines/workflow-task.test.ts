import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SuggestContinueAsNewReason, TaskQueueKind, TimeoutType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { toDuration } from '../../../kernel/time.ts';
import { eventOf, type Given, given, START } from '../given.fixture.ts';
import { completed, failed, marker, signalled, taken, updateAdmitted } from '../steps.fixture.ts';
import { currentQueue, dropWorkflowTask, scheduleWorkflowTask, startWorkflowTask } from './workflow-task.ts';

const onSticky = {
  stickyAttributes: { workerTaskQueue: { name: 'sticky' }, scheduleToStartTimeout: toDuration(5_000) },
};
/** A run whose worker has it in its cache; it waits for something to do. */
const stuck = (): Given => given().when(taken).when(completed([], onSticky));
const dispatched = ['dispatch-workflow-task queue'];

describe('a workflow task', () => {
  test('is written when it is made, when a worker takes it and when the worker is done', () => {
    const run = given();
    run.gives({
      events: ['1 WORKFLOW_EXECUTION_STARTED', '2 WORKFLOW_TASK_SCHEDULED'],
      effects: dispatched,
      wakes: {},
    });
    run.later(400).when(taken);
    run.gives({ events: ['3 WORKFLOW_TASK_STARTED'], effects: [], wakes: { workflowTask: 10_000 } });
    run.later(1_000).when(completed());
    run.gives({
      events: ['4 WORKFLOW_TASK_COMPLETED'],
      effects: [],
      wakes: {},
      head: { workflowTask: null, previousStartedEventId: 3, lastCompletedEventId: 4 },
    });
    const scheduled = eventOf(run, 2).workflowTaskScheduledEventAttributes;
    assert.deepEqual([scheduled?.attempt, scheduled?.startToCloseTimeout], [1, toDuration(10_000)]);
    const started = eventOf(run, 3).workflowTaskStartedEventAttributes;
    assert.deepEqual([started?.scheduledEventId, started?.identity, started?.requestId], [2, 'worker', 'poll']);
    const done = eventOf(run, 4).workflowTaskCompletedEventAttributes;
    assert.deepEqual([done?.scheduledEventId, done?.startedEventId, done?.identity], [2, 3, 'worker']);
  });

  test('comes for what happens while the run waits, once', () => {
    const run = given().when(taken).when(completed());
    run.when(signalled()).gives({ events: ['5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED'] });
    run.when(signalled()).gives({ events: ['7 WORKFLOW_EXECUTION_SIGNALED'], effects: dispatched });
  });

  test('comes again for what happens while a worker has it', () => {
    const run = given().when(taken).when(signalled());
    run.when(completed()).gives({
      events: ['4 WORKFLOW_TASK_COMPLETED', '5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED'],
      effects: dispatched,
    });
  });

  test('is not made while another is open, nor started when there is none', () => {
    assert.throws(() => given().when(scheduleWorkflowTask), /is open already/);
    assert.throws(() => given().when(taken).when(completed()).when(taken), /no workflow task of run is open/);
  });

  test('that is dropped leaves nothing to do', () => {
    given({ madeUp: true })
      .when(dropWorkflowTask)
      .gives({ effects: [], wakes: {}, head: { workflowTask: null } });
  });

  test('has a stamp of its own, by which a stale dispatch is recognised', () => {
    const run = given();
    const stamps = [run.run.head.workflowTask?.stamp];
    for (let i = 0; i < 3; i++) stamps.push(run.when(taken).when(failed()).run.head.workflowTask?.stamp);
    assert.deepEqual(stamps, [1, 2, 3, 4]);
  });
});

describe('a workflow task that fails', () => {
  test('is followed by an attempt that is written only when it succeeds', () => {
    const run = given().when(taken).when(failed());
    run.gives({ events: ['4 WORKFLOW_TASK_FAILED'], effects: dispatched, head: { workflowTaskAttempt: 2 } });
    run
      .later(1_000)
      .when(taken)
      .gives({ events: [], wakes: { workflowTask: 10_000 } });
    const { workflowTask } = run.run.head;
    assert.deepEqual([workflowTask?.scheduledEventId, workflowTask?.startedEventId, workflowTask?.attempt], [5, 6, 2]);
    run.later(500).when(completed([marker('m')]));
    run.gives({
      events: [
        '5 WORKFLOW_TASK_SCHEDULED',
        '6 WORKFLOW_TASK_STARTED',
        '7 WORKFLOW_TASK_COMPLETED',
        '8 MARKER_RECORDED',
      ],
      head: { workflowTaskAttempt: 1, previousStartedEventId: 6 },
    });
    assert.equal(eventOf(run, 5).workflowTaskScheduledEventAttributes?.attempt, 2);
    const times = run.events.map(({ eventTime }) => (eventTime?.seconds ?? 0) * 1e3 + (eventTime?.nanos ?? 0) / 1e6);
    assert.deepEqual(times, [START, START + 1_000, START + 1_500, START + 1_500]);
  });

  test('writes one event per streak', () => {
    const run = given().when(taken).when(failed());
    run.when(taken).when(failed()).gives({ events: [] });
    run
      .when(taken)
      .later(10_000)
      .gives({ events: [], head: { workflowTaskAttempt: 4 } });
    run
      .when(taken)
      .when(completed())
      .gives({
        events: ['5 WORKFLOW_TASK_SCHEDULED', '6 WORKFLOW_TASK_STARTED', '7 WORKFLOW_TASK_COMPLETED'],
        head: { workflowTaskAttempt: 1, attemptsSinceLastSuccess: 0 },
      });
    run.when(signalled()).when(taken).when(failed());
    run.gives({ events: ['11 WORKFLOW_TASK_FAILED'], head: { attemptsSinceLastSuccess: 1 } });
  });

  test('begins anew when something happens before a worker takes the next attempt', () => {
    const run = given().when(taken).when(failed()).later(700).when(signalled());
    run.gives({ events: ['5 WORKFLOW_EXECUTION_SIGNALED'], effects: dispatched });
    run.later(700).when(taken);
    run.gives({ events: ['6 WORKFLOW_TASK_SCHEDULED', '7 WORKFLOW_TASK_STARTED'], head: { workflowTaskAttempt: 1 } });
    assert.equal(run.run.head.workflowTask?.attempt, 1);
  });

  test('begins anew when something happens during the next attempt', () => {
    const run = given().when(taken).when(failed()).when(taken).when(signalled()).when(failed());
    run.gives({
      events: ['5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED'],
      head: { workflowTaskAttempt: 1, attemptsSinceLastSuccess: 2 },
    });
  });

  test('counts from one again after a reset', () => {
    const run = given().when(taken).when(failed(WorkflowTaskFailedCause.RESET_WORKFLOW));
    run.gives({
      events: ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_TASK_SCHEDULED'],
      head: { workflowTaskAttempt: 1, attemptsSinceLastSuccess: 1 },
    });
  });
});

describe('a workflow task that no worker completes in time', () => {
  test('times out', () => {
    const run = given({ started: { workflowTaskTimeout: toDuration(1_000) } }).when(taken);
    run.later(999).gives({ events: [] });
    run
      .later(1)
      .gives({ events: ['4 WORKFLOW_TASK_TIMED_OUT'], effects: dispatched, head: { workflowTaskAttempt: 2 } });
    const { startedEventId, timeoutType } = eventOf(run, 4).workflowTaskTimedOutEventAttributes ?? {};
    assert.deepEqual([startedEventId, timeoutType], [3, TimeoutType.START_TO_CLOSE]);
  });

  test('hands on what was held back', () => {
    const run = given().when(taken).when(signalled()).later(10_000);
    run.gives({
      events: ['4 WORKFLOW_TASK_TIMED_OUT', '5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED'],
      head: { workflowTaskAttempt: 1 },
    });
  });

  test('has the plain timeout three times, then ever longer ones, with jitter, up to the longest', () => {
    const run = given({ limits: { workflowTaskRetryMaxInterval: 30_000 } });
    const timeouts: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt++) {
      timeouts.push(run.run.head.workflowTask?.startToCloseTimeout ?? 0);
      run.when(taken).when(failed());
    }
    assert.deepEqual(timeouts.slice(0, 3), [10_000, 10_000, 10_000]);
    const longest = [5_000, 10_000, 20_000, 30_000, 30_000];
    for (const [index, most] of longest.entries()) {
      const stretch = (timeouts[index + 3] ?? 0) - 10_000;
      assert.ok(stretch > most * 0.8 && stretch <= most, `${stretch} of ${most}`);
      assert.ok(Number.isInteger(stretch));
    }
    assert.notEqual(timeouts[6], timeouts[7], 'two of the same length differ by their jitter');
  });
});

describe('a worker that has the run in its cache', () => {
  test('gets the next task on its own queue', () => {
    const run = stuck().when(signalled());
    run.gives({ effects: ['dispatch-workflow-task sticky'], wakes: { workflowTask: 5_000 } });
    const queue = eventOf(run, 6).workflowTaskScheduledEventAttributes?.taskQueue;
    assert.deepEqual(queue, { name: 'sticky', kind: TaskQueueKind.STICKY, normalName: 'queue' });
    run.when(taken).gives({ wakes: { workflowTask: 10_000 } });
  });

  test('loses it when it does not take the task in time', () => {
    const run = stuck().when(signalled()).later(5_000);
    run.gives({
      events: ['7 WORKFLOW_TASK_TIMED_OUT', '8 WORKFLOW_TASK_SCHEDULED'],
      effects: dispatched,
      wakes: {},
      head: { sticky: null, workflowTaskAttempt: 1, attemptsSinceLastSuccess: 0, taskProblem: null },
    });
    const { startedEventId, timeoutType } = eventOf(run, 7).workflowTaskTimedOutEventAttributes ?? {};
    assert.deepEqual([startedEventId, timeoutType], [0, TimeoutType.SCHEDULE_TO_START]);
  });

  test('loses it when its task fails, which then begins anew on the normal queue', () => {
    const run = stuck().when(signalled()).when(taken).when(failed());
    run.gives({
      events: ['8 WORKFLOW_TASK_FAILED', '9 WORKFLOW_TASK_SCHEDULED'],
      effects: dispatched,
      head: { sticky: null, workflowTaskAttempt: 1, attemptsSinceLastSuccess: 0 },
    });
  });

  test('keeps it by saying so with each completion', () => {
    const run = stuck();
    const { sticky } = run.run.head;
    run.when(signalled()).when(taken).when(completed([], onSticky));
    assert.equal(run.run.head.sticky, sticky, 'nothing changed, so nothing of it is new');
    run
      .when(signalled())
      .when(taken)
      .when(completed())
      .gives({ head: { sticky: null } });
    assert.equal(currentQueue(run.run).name, 'queue');
  });
});

describe('a workflow task that is made for an update alone', () => {
  const idle = () => given().when(taken).when(completed());

  test('is not in history, and given up when no worker takes it', () => {
    const run = idle().when(updateAdmitted());
    run.gives({ events: [], effects: dispatched, wakes: { workflowTask: 5_000 } });
    run.later(5_000).gives({
      events: ['5 WORKFLOW_TASK_SCHEDULED', '6 WORKFLOW_TASK_TIMED_OUT', '7 WORKFLOW_TASK_SCHEDULED'],
      head: { workflowTaskAttempt: 1 },
    });
  });

  test('is written when something else happens before it is taken, in front of that', () => {
    const run = idle().when(updateAdmitted()).when(signalled());
    run.gives({ events: ['5 WORKFLOW_TASK_SCHEDULED', '6 WORKFLOW_EXECUTION_SIGNALED'] });
    run.when(taken).gives({ events: ['7 WORKFLOW_TASK_STARTED'] });
  });

  test('is written when something else happens while a worker has it, which is held back', () => {
    const run = idle().when(updateAdmitted()).when(taken).gives({ events: [] });
    run.when(signalled()).gives({ events: ['5 WORKFLOW_TASK_SCHEDULED', '6 WORKFLOW_TASK_STARTED'] });
    assert.equal(eventOf(run, 6).workflowTaskStartedEventAttributes?.identity, '');
  });

  test('is written when it fails or times out', () => {
    const written = ['5 WORKFLOW_TASK_SCHEDULED', '6 WORKFLOW_TASK_STARTED'];
    const run = () => idle().when(updateAdmitted()).when(taken);
    run()
      .when(failed())
      .gives({ events: [...written, '7 WORKFLOW_TASK_FAILED'] });
    run()
      .later(10_000)
      .gives({ events: [...written, '7 WORKFLOW_TASK_TIMED_OUT'] });
  });

  test('is an ordinary one when events wait to be written', () => {
    const run = idle().when((t) => {
      t.run.head.workflowTaskAttempt = 4;
      signalled()(t);
    });
    run.gives({
      events: ['5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED'],
      head: { workflowTaskAttempt: 1 },
    });
  });
});

describe('a worker is told to continue as new', () => {
  const { HISTORY_SIZE_TOO_LARGE, TOO_MANY_HISTORY_EVENTS, TOO_MANY_UPDATES } = SuggestContinueAsNewReason;
  const table = [
    { when: 'nothing is large', limits: {}, reasons: [] },
    {
      when: 'there are many events',
      limits: { historyCountSuggestContinueAsNew: 3 },
      reasons: [TOO_MANY_HISTORY_EVENTS],
    },
    { when: 'one event fewer', limits: { historyCountSuggestContinueAsNew: 4 }, reasons: [] },
    { when: 'history is large', limits: { historySizeSuggestContinueAsNew: 100 }, reasons: [HISTORY_SIZE_TOO_LARGE] },
    { when: 'there were many updates', limits: { maxUpdates: 1 }, reasons: [TOO_MANY_UPDATES] },
  ];
  for (const { when, limits, reasons } of table)
    test(`when ${when}`, () => {
      const run = given({ limits, started: { identity: 'x'.repeat(50) } });
      if (reasons[0] === TOO_MANY_UPDATES) run.when(updateAdmitted());
      const size = run.run.head.historySize;
      run.when((t) => startWorkflowTask(t, { requestId: 'poll', identity: 'worker' }));
      const started = eventOf(run, 3).workflowTaskStartedEventAttributes;
      assert.deepEqual(started?.suggestContinueAsNewReasons, reasons);
      assert.deepEqual([started?.suggestContinueAsNew, started?.historySizeBytes], [reasons.length > 0, size]);
    });
});
