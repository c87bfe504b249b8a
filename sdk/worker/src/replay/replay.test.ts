import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Command, type HistoryEvent, history, long, play } from './given.fixture.ts';
import {
  Activity,
  activity,
  by,
  Child,
  cancelActivity,
  cancelChild,
  cancelTimer,
  child,
  childStarted,
  complete,
  fired,
  local,
  localMarker,
  of,
  patch,
  patchMarker,
  patchUpsert,
  signaled,
  timer,
  timerStarted,
  WorkflowTaskFailedCause,
  withActivity,
  withChild,
  withSignal,
} from './words.fixture.ts';

interface Case {
  readonly does: string;
  readonly events: readonly HistoryEvent[];
  readonly asks: readonly (readonly Command[])[];
  readonly told: readonly string[];
  readonly sends?: readonly string[];
  readonly lastIsOld?: boolean;
}

function cases(title: string, table: readonly Case[]): void {
  describe(title, () => {
    for (const { does, events, asks, told, sends = [], lastIsOld } of table)
      for (const pageSize of [events.length, 2])
        test(`${does}${pageSize === 2 ? ', in pages' : ''}`, () => {
          const played = play(events, asks, { pageSize, ...(lastIsOld && { lastIsOld }) });
          assert.deepEqual([played.told, played.sent], [told, sends]);
        });
  });
}

cases('tasks', [
  {
    does: 'a new run is begun',
    events: history().task().events,
    asks: [[timer(1)]],
    told: ['init'],
    sends: ['START_TIMER'],
  },
  {
    does: 'a task that failed or timed out is one with the next',
    events: withSignal(history().task().add('WORKFLOW_TASK_FAILED').task().add('WORKFLOW_TASK_TIMED_OUT')).task()
      .events,
    asks: [[complete]],
    told: ['init, signal s'],
    sends: ['COMPLETE_WORKFLOW_EXECUTION'],
  },
  {
    does: 'tasks that only kept something alive are one with the next',
    events: history().task().completed().task().completed().task().events,
    asks: [[timer(1)]],
    told: ['init'],
    sends: ['START_TIMER'],
  },
  {
    does: 'a history that is wholly old is told, and there is nothing to send',
    events: withSignal(history().task().completed().add('TIMER_STARTED', timerStarted)).task().events,
    asks: [[timer(1)]],
    told: ['init', 'signal s'],
    lastIsOld: true,
  },
  {
    does: 'a reset gives new random numbers',
    events: history()
      .task()
      .add('WORKFLOW_TASK_FAILED', {
        workflowTaskFailedEventAttributes: {
          cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
          newRunId: 'new',
        },
      })
      .task().events,
    asks: [[]],
    told: ['init, updateRandomSeed'],
  },
  {
    does: 'commands after the one that closes the run go before it',
    events: history().task().events,
    asks: [[complete, timer(1)]],
    told: ['init'],
    sends: ['START_TIMER', 'COMPLETE_WORKFLOW_EXECUTION'],
  },
]);

cases('activities', [
  {
    does: 'one that completed',
    events: withActivity()
      .add('ACTIVITY_TASK_STARTED', { activityTaskStartedEventAttributes: by(5) })
      .add('ACTIVITY_TASK_COMPLETED', { activityTaskCompletedEventAttributes: by(5) })
      .task().events,
    asks: [[activity(1)], [complete]],
    told: ['init', 'activity 1 completed'],
    sends: ['COMPLETE_WORKFLOW_EXECUTION'],
  },
  {
    does: 'one that timed out before it was started',
    events: withActivity()
      .add('ACTIVITY_TASK_TIMED_OUT', { activityTaskTimedOutEventAttributes: by(5) })
      .task().events,
    asks: [[activity(1)]],
    told: ['init', 'activity 1 failed'],
  },
  {
    does: 'one that is taken back in the task that asks for it',
    events: history().task().events,
    asks: [[activity(1), cancelActivity(1)]],
    told: ['init', 'activity 1 cancelled'],
  },
  {
    does: 'one that is cancelled without waiting: told at once, and no more',
    events: withSignal(withActivity())
      .task()
      .completed()
      .add('ACTIVITY_TASK_CANCEL_REQUESTED', { activityTaskCancelRequestedEventAttributes: by(5) })
      .add('ACTIVITY_TASK_STARTED', { activityTaskStartedEventAttributes: by(5) })
      .add('ACTIVITY_TASK_CANCELED', { activityTaskCanceledEventAttributes: by(5) })
      .task().events,
    asks: [[activity(1)], [cancelActivity(1)], []],
    told: ['init', 'signal s', 'activity 1 cancelled'],
  },
  {
    does: 'one whose cancellation is waited for',
    events: withSignal(withActivity())
      .task()
      .completed()
      .add('ACTIVITY_TASK_CANCEL_REQUESTED', { activityTaskCancelRequestedEventAttributes: by(5) })
      .add('ACTIVITY_TASK_STARTED', { activityTaskStartedEventAttributes: by(5) })
      .add('ACTIVITY_TASK_COMPLETED', { activityTaskCompletedEventAttributes: by(5) })
      .task().events,
    asks: [[activity(1, Activity.WAIT_CANCELLATION_COMPLETED)], [cancelActivity(1)]],
    told: ['init', 'signal s', 'activity 1 completed'],
  },
  {
    does: 'one that is abandoned: nothing is sent, and what comes of it is let pass',
    events: withSignal(withActivity())
      .task()
      .completed()
      .add('ACTIVITY_TASK_STARTED', { activityTaskStartedEventAttributes: by(5) })
      .add('ACTIVITY_TASK_COMPLETED', { activityTaskCompletedEventAttributes: by(5) })
      .task().events,
    asks: [[activity(1, Activity.ABANDON)], [cancelActivity(1)], []],
    told: ['init', 'signal s', 'activity 1 cancelled'],
  },
]);

cases('timers', [
  {
    does: 'one that fired',
    events: history().task().completed().add('TIMER_STARTED', timerStarted).add('TIMER_FIRED', fired(5)).task().events,
    asks: [[timer(1)], [complete]],
    told: ['init', 'timer 1'],
    sends: ['COMPLETE_WORKFLOW_EXECUTION'],
  },
  {
    does: 'one that is taken back is not sent',
    events: history().task().events,
    asks: [[timer(1), cancelTimer(1), timer(2)]],
    told: ['init'],
    sends: ['START_TIMER'],
  },
  {
    does: 'one that was cancelled later',
    events: withSignal(history().task().completed().add('TIMER_STARTED', timerStarted))
      .task()
      .completed()
      .add('TIMER_CANCELED', { timerCanceledEventAttributes: { startedEventId: long(5) } })
      .add('WORKFLOW_EXECUTION_SIGNALED', signaled('t'))
      .task().events,
    asks: [[timer(1)], [cancelTimer(1)], [complete]],
    told: ['init', 'signal s', 'signal t'],
    sends: ['COMPLETE_WORKFLOW_EXECUTION'],
  },
]);

cases('children', [
  {
    does: 'one that ran',
    events: withChild()
      .add('CHILD_WORKFLOW_EXECUTION_STARTED', childStarted)
      .add('CHILD_WORKFLOW_EXECUTION_COMPLETED', { childWorkflowExecutionCompletedEventAttributes: of(5) })
      .task().events,
    asks: [[child(1)]],
    told: ['init', 'child 1 started, child 1 completed'],
  },
  {
    does: 'one that could not be started',
    events: withChild()
      .add('START_CHILD_WORKFLOW_EXECUTION_FAILED', { startChildWorkflowExecutionFailedEventAttributes: of(5) })
      .task().events,
    asks: [[child(1)]],
    told: ['init', 'child 1 start failed'],
  },
  {
    does: 'one that is taken back',
    events: history().task().events,
    asks: [[child(1), cancelChild(1)]],
    told: ['init', 'child 1 start cancelled'],
  },
  {
    does: 'one that is cancelled without waiting is asked to, and the run knows at once',
    events: withChild().add('CHILD_WORKFLOW_EXECUTION_STARTED', childStarted).task().events,
    asks: [[child(1, Child.TRY_CANCEL)], [cancelChild(1)], [complete]],
    told: ['init', 'child 1 started', 'child 1 cancelled'],
    sends: ['REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION', 'COMPLETE_WORKFLOW_EXECUTION'],
  },
  {
    does: 'one whose cancellation is waited for',
    events: withChild()
      .add('CHILD_WORKFLOW_EXECUTION_STARTED', childStarted)
      .task()
      .completed()
      .add('REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED')
      .add('EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED', {
        externalWorkflowExecutionCancelRequestedEventAttributes: of(10),
      })
      .add('CHILD_WORKFLOW_EXECUTION_CANCELED', { childWorkflowExecutionCanceledEventAttributes: of(5) })
      .task().events,
    asks: [[child(1, Child.WAIT_CANCELLATION_COMPLETED)], [cancelChild(1)]],
    told: ['init', 'child 1 started', 'child 1 cancelled'],
  },
  {
    does: 'one that is abandoned',
    events: withChild().add('CHILD_WORKFLOW_EXECUTION_STARTED', childStarted).task().events,
    asks: [[child(1)], [cancelChild(1)]],
    told: ['init', 'child 1 started', 'child 1 cancelled'],
  },
]);

const signalExternal: Command = {
  signalExternalWorkflowExecution: { seq: 1, workflowExecution: { workflowId: 'o' }, signalName: 's' },
};
const signalInitiated = () => history().task().completed().add('SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED');

cases('other workflows', [
  {
    does: 'a signal that arrived',
    events: signalInitiated()
      .add('EXTERNAL_WORKFLOW_EXECUTION_SIGNALED', { externalWorkflowExecutionSignaledEventAttributes: of(5) })
      .task().events,
    asks: [[signalExternal]],
    told: ['init', 'signal-external 1 ok'],
  },
  {
    does: 'a signal that found nobody',
    events: signalInitiated()
      .add('SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED', {
        signalExternalWorkflowExecutionFailedEventAttributes: { ...of(5), cause: 1 },
      })
      .task().events,
    asks: [[signalExternal]],
    told: ['init', 'signal-external 1 ExternalWorkflowExecutionNotFound'],
  },
  {
    does: 'a signal that is taken back',
    events: history().task().events,
    asks: [[signalExternal, { cancelSignalWorkflow: { seq: 1 } }]],
    told: ['init', 'signal-external 1 canceled'],
  },
  {
    does: 'a request to cancel',
    events: history()
      .task()
      .completed()
      .add('REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED')
      .add('EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED', {
        externalWorkflowExecutionCancelRequestedEventAttributes: of(5),
      })
      .task().events,
    asks: [[{ requestCancelExternalWorkflowExecution: { seq: 1, workflowExecution: { workflowId: 'o' } } }]],
    told: ['init', 'cancel-external 1 ok'],
  },
]);

cases('patches', [
  {
    does: 'one that the history has is known before the code asks',
    events: withSignal(
      history()
        .task()
        .completed()
        .add('MARKER_RECORDED', patchMarker('p'))
        .add('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', patchUpsert),
    ).task().events,
    asks: [[patch('p')], [complete]],
    told: ['init, patch p', 'signal s'],
    sends: ['COMPLETE_WORKFLOW_EXECUTION'],
  },
  {
    does: 'one that is new is marked, once, and listed',
    events: history().task().events,
    asks: [[patch('p'), patch('p')]],
    told: ['init'],
    sends: ['RECORD_MARKER', 'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES'],
  },
  {
    does: 'one that the history does not have is passed over',
    events: withSignal(history().task().completed().add('TIMER_STARTED', timerStarted)).task().events,
    asks: [[patch('p'), timer(1)]],
    told: ['init', 'signal s'],
  },
  {
    does: 'a deprecated one that the code has not any more is passed over, with its upsert',
    events: withSignal(
      history()
        .task()
        .completed()
        .add('MARKER_RECORDED', patchMarker('p', true))
        .add('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', patchUpsert)
        .add('TIMER_STARTED', timerStarted),
    ).task().events,
    asks: [[timer(1)]],
    told: ['init, patch p', 'signal s'],
  },
]);

cases('local activities', [
  {
    does: 'one whose marker the history has does not run',
    events: withSignal(history().task().completed().add('MARKER_RECORDED', localMarker(1))).task().events,
    asks: [[local(1)], [], [complete]],
    told: ['init', 'local 1 completed', 'signal s'],
    sends: ['COMPLETE_WORKFLOW_EXECUTION'],
  },
  {
    does: 'one whose marker comes with a later task',
    events: withSignal(history().task().completed())
      .task()
      .completed()
      .add('MARKER_RECORDED', localMarker(1))
      .add('WORKFLOW_EXECUTION_SIGNALED', signaled('t'))
      .task().events,
    asks: [[local(1)]],
    told: ['init', 'signal s, local 1 completed', 'signal t'],
  },
]);
