/** What code asks for and what histories say, in few words. */
import { coresdk, temporal } from '@perdure/proto';
import { type Command, history, long } from './given.fixture.ts';
import { jsonPayload } from './payloads.ts';

export const { ActivityCancellationType: Activity } = coresdk.workflow_commands;
export const { ChildWorkflowCancellationType: Child } = coresdk.child_workflow;
export const { WorkflowTaskFailedCause } = temporal.api.enums.v1;

export const activity = (seq: number, cancellationType = Activity.TRY_CANCEL): Command => ({
  scheduleActivity: { seq, activityId: `a${seq}`, activityType: 'A', cancellationType },
});
export const cancelActivity = (seq: number): Command => ({ requestCancelActivity: { seq } });
export const timer = (seq: number): Command => ({ startTimer: { seq } });
export const cancelTimer = (seq: number): Command => ({ cancelTimer: { seq } });
export const child = (seq: number, cancellationType = Child.ABANDON): Command => ({
  startChildWorkflowExecution: { seq, workflowId: `c${seq}`, workflowType: 'C', cancellationType },
});
export const cancelChild = (seq: number): Command => ({
  cancelChildWorkflowExecution: { childWorkflowSeq: seq, reason: 'r' },
});
export const local = (seq: number): Command => ({
  scheduleLocalActivity: { seq, activityId: `l${seq}`, activityType: 'L' },
});
export const patch = (patchId: string): Command => ({ setPatchMarker: { patchId, deprecated: false } });
export const complete: Command = { completeWorkflowExecution: {} };

export const scheduled = (activityId: string, type = 'A') => ({
  activityTaskScheduledEventAttributes: { activityId, activityType: { name: type } },
});
export const by = (scheduledEventId: number) => ({ scheduledEventId: long(scheduledEventId) });
export const of = (initiatedEventId: number) => ({ initiatedEventId: long(initiatedEventId) });
export const timerStarted = { timerStartedEventAttributes: {} };
export const fired = (startedEventId: number) => ({
  timerFiredEventAttributes: { startedEventId: long(startedEventId) },
});
export const signaled = (signalName: string) => ({ workflowExecutionSignaledEventAttributes: { signalName } });
export const patchMarker = (id: string, deprecated = false) => ({
  markerRecordedEventAttributes: {
    markerName: 'core_patch',
    details: { 'patch-data': { payloads: [jsonPayload({ id, deprecated })] } },
  },
});
export const patchUpsert = {
  upsertWorkflowSearchAttributesEventAttributes: {
    searchAttributes: { indexedFields: { TemporalChangeVersion: jsonPayload(['p']) } },
  },
};
export const localMarker = (seq: number) => ({
  markerRecordedEventAttributes: {
    markerName: 'core_local_activity',
    details: {
      data: { payloads: [jsonPayload({ seq, attempt: 1, activity_id: `l${seq}`, activity_type: 'L' })] },
      result: { payloads: [jsonPayload('done')] },
    },
  },
});

/** An activity that was scheduled by the first task; then a signal brings the second one. */
export const withActivity = () => history().task().completed().add('ACTIVITY_TASK_SCHEDULED', scheduled('a1'));
export const withSignal = (from: ReturnType<typeof history>) => from.add('WORKFLOW_EXECUTION_SIGNALED', signaled('s'));
/** A child that was asked for by the first task (event 5). */
export const withChild = () =>
  history()
    .task()
    .completed()
    .add('START_CHILD_WORKFLOW_EXECUTION_INITIATED', {
      startChildWorkflowExecutionInitiatedEventAttributes: { workflowId: 'c1', workflowType: { name: 'C' } },
    });
export const childStarted = {
  childWorkflowExecutionStartedEventAttributes: { ...of(5), workflowExecution: { runId: 'cr' } },
};
