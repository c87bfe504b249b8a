import type { Callback } from '@perdure/api/common';
import {
  EventType,
  RetryState,
  StartChildWorkflowExecutionFailedCause,
  VersioningBehavior,
  WorkflowTaskFailedCause,
} from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { toDuration } from '../../../kernel/time.ts';
import { isOpen } from '../close.ts';
import type { Given, Step } from '../given.fixture.ts';
import { type Delivery, isCallbackDue, recordDelivery } from '../machines/callback.ts';
import { beginChild, recordChildClosed, recordChildStarted, recordChildStartFailed } from '../machines/child.ts';
import { recordOutcome } from '../machines/external.ts';
import { updateRequest } from '../machines/update.fixture.ts';
import { sendUpdates } from '../machines/update.ts';
import { startWorkflowTask } from '../machines/workflow-task.ts';
import type { ActivityReference } from '../requests/activity-reference.ts';
import { attachRequest } from '../requests/attach.ts';
import { cancelActivityTask } from '../requests/cancel-activity-task.ts';
import { completeActivityTask } from '../requests/complete-activity-task.ts';
import * as control from '../requests/control-activity.ts';
import { requestDelete } from '../requests/delete.ts';
import { failActivityTask } from '../requests/fail-activity-task.ts';
import { heartbeatActivityTask } from '../requests/heartbeat-activity-task.ts';
import { pauseRun, unpauseRun } from '../requests/pause-run.ts';
import { requestCancel } from '../requests/request-cancel.ts';
import { resetTo } from '../requests/reset.fixture.ts';
import { terminateForReset } from '../requests/reset.ts';
import { startActivityTask } from '../requests/start-activity-task.ts';
import { admitUpdate } from '../requests/update.ts';
import { updateActivityOptions } from '../requests/update-activity-options.ts';
import { updateRunOptions } from '../requests/update-run-options.ts';
import type { Activity, Run } from '../state.ts';
import * as s from '../steps.fixture.ts';
import { remove } from '../transition.ts';
import { type Choose, seldom } from './choose.fixture.ts';
import { ACTIVITIES, chooseCommands, chooseMessages, TOO_LARGE, UPDATES } from './commands.fixture.ts';

/** Something that happens to a run: a transition, or so many ms pass. */
export interface Move {
  readonly name: string;
  readonly step: Step | number;
}

const move = (name: string, step: Step | number): Move => ({ name, step });
const identity = 'somebody';
const reason = 'because';
const CALLBACK: Callback = { nexus: { url: 'https://a', header: { a: 'b' } }, internal: null, links: [] };

/** Anything that can happen to the run as it now is, and some of what cannot. */
export function chooseMove(given: Given, choose: Choose): Move {
  const { run } = given;
  return choose<() => Move>([
    () => ofWorker(given, choose),
    () => ofWorker(given, choose),
    () => ofWorker(given, choose),
    () => ofClient(given, choose),
    () => ofActivity(run, choose),
    () => ofActivity(run, choose),
    () => ofOtherRun(run, choose),
    () => ofReceiver(given, choose),
    () => (run.head.pause || seldom(choose, 4) ? ofOperator(given, choose) : ofClient(given, choose)),
    () => time(choose),
  ])();
}

function time(choose: Choose): Move {
  const ms = choose([0, 500, 1_000, 3_000, 7_000, 20_000]);
  return move(`${ms} ms pass`, ms);
}

function ofWorker(given: Given, choose: Choose): Move {
  const { run } = given;
  const task = run.head.workflowTask;
  if (!task) return time(choose);
  if (task.startedEventId === 0) return move('take task', take);
  if (seldom(choose, 6)) {
    const cause = choose(Object.values(WorkflowTaskFailedCause));
    return move(`fail task ${cause}`, s.failed(cause));
  }
  if (seldom(choose, 30)) {
    const stale = { ...s.tokenOf(run), attempt: task.attempt + 1 };
    return move('complete task with a stale token', s.completedWith(stale));
  }
  return completeTask(run, choose);
}

/** As the host does: with it go the updates. */
const take: Step = (t) => sendUpdates(t, startWorkflowTask(t, { requestId: 'poll', identity: 'worker' }), true);

function completeTask(run: Run, choose: Choose): Move {
  const { messages, commands: ordering } = chooseMessages(run, choose);
  const commands = [...ordering, ...chooseCommands(run, choose)];
  const more = {
    messages,
    stickyAttributes: choose([
      null,
      { workerTaskQueue: { name: 'sticky' }, scheduleToStartTimeout: toDuration(5_000) },
    ]),
    returnNewWorkflowTask: choose([true, false]),
    forceCreateNewWorkflowTask: seldom(choose, 5),
    binaryChecksum: choose(['', '', 'build']),
    capabilities: { discardSpeculativeWorkflowTaskWithEvents: choose([true, false]) },
  };
  const said = [...messages.map(({ id }) => id), ...commands.map(({ commandType }) => commandType)].join(' ');
  return move(`complete task ${said}`, s.completed(commands, more));
}

function ofClient(given: Given, choose: Choose): Move {
  const requestId = choose(['', 'r1', 'r2', 'r3']);
  const updateId = choose(UPDATES);
  const callbacks = seldom(choose, 2) ? [CALLBACK] : [];
  return choose([
    move('signal', s.signalled('s', { requestId, ...(seldom(choose, 20) && { input: TOO_LARGE }) })),
    move('signal', s.signalled('s', { requestId })),
    move('update', (t) => admitUpdate(t, updateId, updateRequest(updateId))),
    move('update', (t) => admitUpdate(t, updateId, updateRequest(updateId))),
    move('request cancel', (t) => requestCancel(t, { reason, identity, requestId })),
    isOpen(given.run) && !given.run.requests.has(`attached-${requestId}`)
      ? move('attach', (t) => attachRequest(t, `attached-${requestId}`, null, callbacks))
      : time(choose),
  ]);
}

/** Somebody outside who is told how the run ended. */
function ofReceiver({ run, now }: Given, choose: Choose): Move {
  const due = [...run.callbacks].flatMap(([key, callback]) => (isCallbackDue(callback, now) ? [key] : []));
  const which = choose(due.length > 0 ? due : [0]);
  const deliveries: Delivery[] = [
    { kind: 'taken' },
    { kind: 'not-taken', message: 'no', retryable: true },
    { kind: 'not-taken', message: 'never', retryable: false },
  ];
  const delivery = choose(deliveries);
  return move(`callback ${which} ${delivery.kind}`, (t) => recordDelivery(t, which, delivery));
}

function ofActivity(run: Run, choose: Choose): Move {
  const activity = choose([...run.activities.values()]);
  if (!activity)
    return move('complete no activity', (t) => completeActivityTask(t, byId('none'), { result: null, identity }));
  const { scheduledEventId, stamp, attempt, activityId } = activity;
  if (activity.state === 'scheduled' && choose([true, true, false]))
    return move(`start activity ${activityId}`, (t) => startActivityTask(t, { scheduledEventId, stamp }, 'worker'));
  const stale = seldom(choose, 8) ? { ...attemptOf(activity), attempt: attempt + 1 } : attemptOf(activity);
  const reference = choose<ActivityReference>([stale, stale, byId(activityId)]);
  const details = choose([null, Buffer.from([10, 0]), seldom(choose, 10) ? TOO_LARGE : null]);
  const failure = Failure.encode({ message: 'no', applicationFailureInfo: { type: choose(['Fatal', 'Other']) } });
  return choose([
    move('complete activity', (t) => completeActivityTask(t, reference, { result: details, identity })),
    move('fail activity', (t) => failActivityTask(t, reference, { failure, lastHeartbeatDetails: details, identity })),
    move('cancel activity', (t) => cancelActivityTask(t, reference, { details, identity })),
    move('heartbeat', (t) => heartbeatActivityTask(t, reference, { details, identity })),
  ]);
}

const byId = (activityId: string): ActivityReference => ({ kind: 'id', activityId });
const attemptOf = ({ scheduledEventId, attempt, startedTime }: Activity) =>
  ({ kind: 'attempt', scheduledEventId, attempt, startedTime }) as const;

/** What the run hears of its children, of what it sent to others, and of its parent. */
function ofOtherRun(run: Run, choose: Choose): Move {
  const child = choose([...run.children.values(), null]);
  const external = choose([...run.externals.values()]);
  if (external && (!child || choose([true, false]))) {
    const undelivered = choose([null, null, 'not-found', 'signal-limit'] as const);
    return move(`external ${undelivered}`, (t) => recordOutcome(t, external.initiatedEventId, 'control', undelivered));
  }
  if (!child) return run.head.awaitsParent ? move('begin child', beginChild) : move('no parent', toldParent);
  const { initiatedEventId, state } = child;
  if (state === 'closing') return move('child closed', (t) => remove(t, 'children', initiatedEventId));
  const runId = child.runId || 'child-run';
  const closing = choose(CHILD_CLOSINGS);
  return choose([
    move('child started', (t) => recordChildStarted(t, initiatedEventId, runId, null)),
    move('child not started', (t) =>
      recordChildStartFailed(t, initiatedEventId, StartChildWorkflowExecutionFailedCause.WORKFLOW_ALREADY_EXISTS, ''),
    ),
    move('child closed', (t) => {
      const key = { ...run.key, workflowId: child.workflowId, runId: 'last-child-run' };
      const started = { ...run.started, parentInitiatedEventId: initiatedEventId, firstExecutionRunId: runId };
      recordChildClosed(t, { ...run, key, started }, closing);
    }),
  ]);
}

const CHILD_CLOSINGS = [
  { eventType: EventType.WORKFLOW_EXECUTION_COMPLETED },
  {
    eventType: EventType.WORKFLOW_EXECUTION_FAILED,
    workflowExecutionFailedEventAttributes: { retryState: RetryState.TIMEOUT },
  },
  { eventType: EventType.WORKFLOW_EXECUTION_TIMED_OUT },
  { eventType: EventType.WORKFLOW_EXECUTION_CANCELED },
  { eventType: EventType.WORKFLOW_EXECUTION_TERMINATED },
];

const toldParent: Step = (t) => {
  t.run.head.parentToTell = false;
};

function ofOperator(given: Given, choose: Choose): Move {
  const { run } = given;
  const request = { reason, identity, requestId: choose(['p1', 'p2']) };
  const target = choose<control.ActivityTarget>([
    { kind: 'id', activityId: choose(ACTIVITIES) },
    { kind: 'type', activityType: 'A' },
    { kind: 'all' },
  ]);
  const resetting = {
    resetHeartbeat: choose([true, false]),
    keepPaused: choose([true, false]),
    restoreOriginalOptions: choose([true, false]),
    jitter: choose([0, 1_000]),
  };
  const unpausing = { resetAttempts: choose([true, false]), resetHeartbeat: choose([true, false]), jitter: 0 };
  const priority = choose([null, { priorityKey: choose([1, 5]), fairnessKey: '', fairnessWeight: 0 }]);
  const versioningOverride = choose([null, toNewest]);
  const optionFields = choose([['priority'], ['versioningOverride'], ['priority', 'versioningOverride']]);
  const moves = [
    move('pause run', (t) => pauseRun(t, request)),
    ...(run.head.pause
      ? repeated(
          3,
          move('unpause run', (t) => unpauseRun(t, request)),
        )
      : []),
    move('pause activities', (t) => control.pauseActivities(t, target, request)),
    move('pause activities', (t) => control.pauseActivities(t, target, request)),
    move('unpause activities', (t) => control.unpauseActivities(t, target, unpausing)),
    move('reset activities', (t) => control.resetActivities(t, target, resetting)),
    changeOptions(target, choose),
    move('change options of run', (t) =>
      updateRunOptions(t, { priority, versioningOverride }, new Set(optionFields), identity),
    ),
    resetMove(given, choose),
  ];
  if (seldom(choose, 3) && isOpen(run)) moves.push(move('terminate', s.terminated));
  if (seldom(choose, 9)) moves.push(move('delete', requestDelete));
  return choose(moves);
}

const repeated = <T>(times: number, value: T): T[] => Array.from({ length: times }, () => value);

const toNewest = {
  pinned: null,
  autoUpgrade: null,
  oneTime: null,
  behavior: VersioningBehavior.AUTO_UPGRADE,
  deployment: null,
  pinnedVersion: '',
};

function changeOptions(target: control.ActivityTarget, choose: Choose): Move {
  const options = {
    taskQueue: null,
    scheduleToCloseTimeout: null,
    scheduleToStartTimeout: null,
    startToCloseTimeout: toDuration(choose([1_000, 60_000])),
    heartbeatTimeout: toDuration(choose([0, 500])),
    retryPolicy: null,
    priority: null,
    startDelay: null,
  };
  const fields = new Set(['startToCloseTimeout', 'heartbeatTimeout', ...(seldom(choose, 5) ? ['retryPolicy'] : [])]);
  const update = choose([{ options, fields }, { options, fields }, null]);
  return move('change options', (t) => updateActivityOptions(t, target, update));
}

/** Back to some event, most of which are no place to go back to. */
function resetMove(given: Given, choose: Choose): Move {
  const { run, history } = given;
  const places = history.flatMap(({ eventType, eventId }) =>
    eventType === EventType.WORKFLOW_TASK_SCHEDULED || eventType === EventType.WORKFLOW_TASK_STARTED
      ? [eventId + 1]
      : [],
  );
  const finishEventId = choose([...places, ...places, 2 + choose(history).eventId]);
  if (finishEventId > history.length) return time(choose);
  const exclude = { signals: seldom(choose, 3), updates: seldom(choose, 3), everything: seldom(choose, 5) };
  const held = [...run.buffered].map(([, { eventType, fields }]) => ({ ...fields, eventType }));
  const later = [...history.slice(finishEventId - 1), ...held];
  const newRunId = `${run.key.runId}-again`;
  return move(`reset to ${finishEventId}`, (t) => {
    resetTo(given, finishEventId, { exclude, later, newRunId })(t);
    if (isOpen(run)) terminateForReset(t, reason, () => true);
    t.run.head.resetRunId = newRunId;
  });
}
