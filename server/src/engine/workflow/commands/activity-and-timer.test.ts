import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { Command, ScheduleActivityTaskCommandAttributes, StartTimerCommandAttributes } from '@perdure/api/command';
import { Payload } from '@perdure/api/common';
import { CommandType, EventType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { addEvent } from '../events.ts';
import { ensureWorkflowTask } from '../machines/workflow-task.ts';
import type { TestedOptions } from '../testing.ts';
import {
  change,
  command,
  completeTask,
  effects,
  lastEvent,
  outlineFrom,
  pass,
  START,
  step,
  takeTask,
  testRun,
} from '../testing.ts';

const seconds = (s: number) => ({ seconds: s, nanos: 0 });
const payload = (value: unknown) =>
  Payload.encode({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) });

const activity = (more: Init<ScheduleActivityTaskCommandAttributes> = {}) =>
  command(CommandType.SCHEDULE_ACTIVITY_TASK, {
    scheduleActivityTaskCommandAttributes: {
      activityId: 'a',
      activityType: { name: 'A' },
      taskQueue: { name: 'activities' },
      startToCloseTimeout: seconds(10),
      ...more,
    },
  });
const timer = (more: Init<StartTimerCommandAttributes> = {}) =>
  command(CommandType.START_TIMER, {
    startTimerCommandAttributes: { timerId: 't', startToFireTimeout: seconds(5), ...more },
  });
const cancelTimer = (timerId = 't') => command(CommandType.CANCEL_TIMER, { cancelTimerCommandAttributes: { timerId } });
const marker = (markerName: string, details: Record<string, Uint8Array> = {}) =>
  command(CommandType.RECORD_MARKER, { recordMarkerCommandAttributes: { markerName, details } });
const upsert = (indexedFields: Record<string, Uint8Array>) =>
  command(CommandType.UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, {
    upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields } },
  });
const memo = (fields: Record<string, Uint8Array>) =>
  command(CommandType.MODIFY_WORKFLOW_PROPERTIES, {
    modifyWorkflowPropertiesCommandAttributes: { upsertedMemo: { fields } },
  });
const bare = (type: CommandType) => command(type, {});
const complete = command(CommandType.COMPLETE_WORKFLOW_EXECUTION, { completeWorkflowExecutionCommandAttributes: {} });

describe('a completion is refused when', () => {
  const long = 'x'.repeat(1001);
  const { SCHEDULE_ACTIVITY_TASK, REQUEST_CANCEL_ACTIVITY_TASK, START_TIMER, CANCEL_TIMER, RECORD_MARKER } =
    CommandType;
  const table: [does: string, commands: Init<Command>[], says: string | RegExp, options?: TestedOptions][] = [
    [
      'an activity has no attributes',
      [bare(SCHEDULE_ACTIVITY_TASK)],
      /^BadScheduleActivityAttributes: ScheduleActivityTaskCommandAttributes is not set/,
    ],
    [
      'an activity has no queue',
      [activity({ taskQueue: null })],
      'BadScheduleActivityAttributes: taskQueue is not set',
    ],
    ['an activity has no id', [activity({ activityId: '' })], 'BadScheduleActivityAttributes: activityId is not set'],
    [
      'an activity has no type',
      [activity({ activityType: null })],
      'BadScheduleActivityAttributes: activityType is not set',
    ],
    [
      'an activity’s id is too long',
      [activity({ activityId: long })],
      'BadScheduleActivityAttributes: activityId exceeds length limit. Length=1001 Limit=1000',
    ],
    [
      'an activity has no timeout',
      [activity({ startToCloseTimeout: null })],
      'BadScheduleActivityAttributes: a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. ActivityId=a ActivityType=A',
    ],
    [
      'a timeout is negative',
      [activity({ heartbeatTimeout: seconds(-1) })],
      'BadScheduleActivityAttributes: invalid HeartbeatTimeout: negative duration',
    ],
    [
      'a retry policy is bad',
      [activity({ retryPolicy: { backoffCoefficient: 0.2 } })],
      'BadScheduleActivityAttributes: BackoffCoefficient cannot be less than 1 on retry policy.',
    ],
    [
      'a priority is bad',
      [activity({ priority: { priorityKey: -1 } })],
      "BadScheduleActivityAttributes: invalid priorities: priority key can't be negative",
    ],
    [
      'an activity’s id is pending already',
      [activity(), activity()],
      'ScheduleActivityDuplicateId: invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: a',
    ],
    [
      'too many activities are pending',
      [activity(), activity({ activityId: 'b' })],
      'PendingActivitiesLimitExceeded: the number of pending activities, 1, has reached the per-workflow limit of 1',
      { limits: { maxPendingActivities: 1 } },
    ],
    [
      'an unknown activity is cancelled',
      [command(REQUEST_CANCEL_ACTIVITY_TASK, { requestCancelActivityTaskCommandAttributes: { scheduledEventId: 77 } })],
      /^BadRequestCancelActivityAttributes: .*ScheduledEventID: 77$/,
    ],
    [
      'no activity is named',
      [command(REQUEST_CANCEL_ACTIVITY_TASK, { requestCancelActivityTaskCommandAttributes: {} })],
      'BadRequestCancelActivityAttributes: ScheduledEventId is not set on RequestCancelActivityTaskCommand.',
    ],
    ['a timer has no attributes', [bare(START_TIMER)], /^BadStartTimerAttributes: /],
    [
      'a timer has no id',
      [timer({ timerId: '' })],
      'BadStartTimerAttributes: TimerId is not set on StartTimerCommand.',
    ],
    [
      'a timer’s id is too long',
      [timer({ timerId: long })],
      `BadStartTimerAttributes: TimerId on StartTimerCommand exceeds length limit. TimerId=${long} Length=1001 Limit=1000`,
    ],
    [
      'a timer’s duration is negative',
      [timer({ startToFireTimeout: seconds(-1) })],
      'BadStartTimerAttributes: An invalid StartToFireTimeout is set on StartTimerCommand: negative duration. TimerId=t',
    ],
    [
      'a timer’s id is running already',
      [timer(), timer()],
      'StartTimerDuplicateId: invalid history builder state for action: add-timer-started-event, TimerID: t',
    ],
    [
      'an unknown timer is cancelled',
      [cancelTimer('nobody')],
      'BadCancelTimerAttributes: invalid history builder state for action: add-timer-canceled-event, TimerID: nobody',
    ],
    ['no timer is named', [cancelTimer('')], 'BadCancelTimerAttributes: TimerId is not set on CancelTimerCommand.'],
    ['a timer’s cancellation has no attributes', [bare(CANCEL_TIMER)], /^BadCancelTimerAttributes: /],
    ['a marker has no name', [marker('')], 'BadRecordMarkerAttributes: MarkerName is not set on RecordMarkerCommand.'],
    [
      'a marker’s name is too long',
      [marker(long)],
      /^BadRecordMarkerAttributes: MarkerName on RecordMarkerCommand exceeds length limit/,
    ],
    ['a marker has no attributes', [bare(RECORD_MARKER)], /^BadRecordMarkerAttributes: /],
    [
      'a search attribute is unknown',
      [upsert({ Smell: payload('x') })],
      'BadSearchAttributes: Namespace default has no mapping defined for search attribute Smell',
    ],
    [
      'a search attribute is of another type',
      [upsert({ Size: payload('large') })],
      'BadSearchAttributes: invalid value for search attribute Size of type Int: large',
    ],
    [
      'no search attributes are given',
      [upsert({})],
      'BadSearchAttributes: IndexedFields is not set on UpsertWorkflowSearchAttributesCommand.',
    ],
    [
      'no memo is given',
      [memo({})],
      'BadModifyWorkflowPropertiesAttributes: UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand.',
    ],
  ];
  for (const [does, commands, says, options] of table)
    test(`${does}, and nothing of it is done`, () => {
      const run = testRun(options);
      const { error } = step(run, marker('before'), ...commands);
      const message = error?.message ?? 'no error';
      if (typeof says === 'string') assert.equal(message, says);
      else assert.match(message, says);
      assert.deepEqual(outlineFrom(run, 4), ['4 WORKFLOW_TASK_FAILED']);
      assert.deepEqual([run.run.activities.size, run.run.activityIds.size, run.run.timers.size], [0, 0, 0]);
    });
});

describe('a payload over the limit ends the run:', () => {
  const options = { limits: { blobSizeError: 30, memoSizeError: 30 } };
  const large = payload('x'.repeat(40));
  const table: [does: string, command: Init<Command>, cause: WorkflowTaskFailedCause][] = [
    ['an activity’s input', activity({ input: large }), WorkflowTaskFailedCause.BAD_SCHEDULE_ACTIVITY_ATTRIBUTES],
    ['a marker’s details', marker('m', { d: large }), WorkflowTaskFailedCause.BAD_RECORD_MARKER_ATTRIBUTES],
    ['search attributes', upsert({ Color: large }), WorkflowTaskFailedCause.BAD_SEARCH_ATTRIBUTES],
    ['a memo', memo({ m: large }), WorkflowTaskFailedCause.BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES],
  ];
  for (const [does, given, cause] of table)
    test(does, () => {
      const run = testRun(options);
      assert.match(step(run, given).error?.message ?? '', /exceeds size limit/);
      assert.equal(lastEvent(run, EventType.WORKFLOW_TASK_FAILED).workflowTaskFailedEventAttributes?.cause, cause);
      assert.deepEqual(outlineFrom(run, 5), ['5 WORKFLOW_EXECUTION_TERMINATED']);
    });
});

describe('timeouts of an activity', () => {
  type Timeouts = Partial<Record<'whole' | 'start' | 'attempt' | 'beat', number>>;
  const table: [does: string, given: Timeouts, filled: Required<Timeouts>, runTimeout?: number][] = [
    ['are left at none', { attempt: 5 }, { whole: 0, start: 0, attempt: 5, beat: 0 }],
    ['are those of the whole', { whole: 5 }, { whole: 5, start: 5, attempt: 5, beat: 0 }],
    [
      'are no longer than the whole',
      { whole: 20, start: 30, attempt: 50 },
      { whole: 20, start: 20, attempt: 20, beat: 0 },
    ],
    [
      'are no longer than the run',
      { whole: 600, start: 700, attempt: 500, beat: 800 },
      { whole: 100, start: 100, attempt: 100, beat: 100 },
      100,
    ],
    ['are those of the run where there are none', { attempt: 5 }, { whole: 100, start: 100, attempt: 5, beat: 0 }, 100],
    [
      'let no heartbeat be longer than its attempt',
      { attempt: 5, beat: 9 },
      { whole: 0, start: 0, attempt: 5, beat: 5 },
    ],
  ];
  const wire = (s: number | undefined) => (s === undefined ? null : seconds(s));
  for (const [does, given, filled, runTimeout] of table)
    test(does, () => {
      const run = testRun({ started: runTimeout ? { workflowRunTimeout: seconds(runTimeout) } : {} });
      step(
        run,
        activity({
          scheduleToCloseTimeout: wire(given.whole),
          scheduleToStartTimeout: wire(given.start),
          startToCloseTimeout: wire(given.attempt),
          heartbeatTimeout: wire(given.beat),
        }),
      );
      const event = lastEvent(run, EventType.ACTIVITY_TASK_SCHEDULED).activityTaskScheduledEventAttributes;
      assert.deepEqual(
        [
          event?.scheduleToCloseTimeout,
          event?.scheduleToStartTimeout,
          event?.startToCloseTimeout,
          event?.heartbeatTimeout,
        ],
        [filled.whole, filled.start, filled.attempt, filled.beat].map(seconds),
      );
    });
});

describe('a timer', () => {
  test('fires when its time has come, and no sooner', () => {
    const run = testRun();
    step(run, timer());
    pass(run, 4_999);
    assert.deepEqual(outlineFrom(run, 5), ['5 TIMER_STARTED']);
    pass(run, 1);
    assert.deepEqual(outlineFrom(run, 6), ['6 TIMER_FIRED', '7 WORKFLOW_TASK_SCHEDULED']);
    assert.deepEqual(
      effects(run).map(({ kind }) => kind),
      ['dispatch-workflow-task'],
    );
  });

  test('of no duration fires at once', () => {
    const run = testRun();
    step(run, timer({ startToFireTimeout: null }));
    pass(run, 0);
    assert.deepEqual(outlineFrom(run, 6), ['6 TIMER_FIRED', '7 WORKFLOW_TASK_SCHEDULED']);
  });

  test('cancelled by the task that starts it never fires', () => {
    const run = testRun();
    step(run, timer(), cancelTimer());
    pass(run, 10_000);
    assert.deepEqual(outlineFrom(run, 5), ['5 TIMER_STARTED', '6 TIMER_CANCELED']);
  });

  test('that fired behind the worker’s back is cancelled, and the run may close', () => {
    const run = testRun({ madeUp: true });
    step(run, timer());
    change(run, (t) => {
      addEvent(t, EventType.WORKFLOW_EXECUTION_SIGNALED, { workflowExecutionSignaledEventAttributes: {} });
      ensureWorkflowTask(t);
    });
    takeTask(run);
    pass(run, 6_000);
    assert.equal(run.run.timers.size, 0);
    assert.equal(completeTask(run, cancelTimer(), complete).error, null);
    assert.deepEqual(outlineFrom(run, 9), [
      '9 WORKFLOW_TASK_COMPLETED',
      '10 TIMER_CANCELED',
      '11 WORKFLOW_EXECUTION_COMPLETED',
    ]);
    assert.equal(lastEvent(run, EventType.TIMER_CANCELED).timerCanceledEventAttributes?.startedEventId, 5);
  });

  test('does not outlive its run', () => {
    const run = testRun();
    step(run, timer(), complete);
    pass(run, 10_000);
    assert.deepEqual(outlineFrom(run, 6), ['6 WORKFLOW_EXECUTION_COMPLETED']);
    assert.ok(run.now > START);
  });
});

describe('search attributes and memo', () => {
  test('are merged, marked with their type, and taken away by null', () => {
    const run = testRun({
      started: { searchAttributes: { indexedFields: { Color: payload('red'), Size: payload(1) } } },
    });
    step(run, upsert({ Size: payload(2) }), upsert({ Color: payload(null) }));
    const fields = run.run.fields.get('searchAttributes') ?? {};
    assert.deepEqual(Object.keys(fields), ['Size']);
    const { data, metadata } = Payload.decode(fields['Size'] ?? Buffer.alloc(0));
    assert.deepEqual(
      [data, metadata['type'] ?? []].map((bytes) => Buffer.from(bytes).toString()),
      ['2', 'Int'],
    );
  });

  test('a memo keeps what is not named', () => {
    const run = testRun({ started: { memo: { fields: { a: payload(1), b: payload(2) } } } });
    step(run, memo({ a: payload(10), b: payload(null), c: payload(3) }));
    assert.deepEqual(run.run.fields.get('memo'), { a: payload(10), c: payload(3) });
    const event = lastEvent(run, EventType.WORKFLOW_PROPERTIES_MODIFIED).workflowPropertiesModifiedEventAttributes;
    assert.deepEqual(Object.keys(event?.upsertedMemo?.fields ?? {}), ['a', 'b', 'c']);
  });
});
