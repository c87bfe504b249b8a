import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskFailedRequest } from '@perdure/api/workflowservice';
import { toDuration } from '../../kernel/time.ts';
import type { Step } from './given.fixture.ts';
import { startWorkflowTask } from './machines/workflow-task.ts';
import { completeWorkflowTask, type TaskReference } from './requests/complete-workflow-task.ts';
import { failWorkflowTask } from './requests/fail-workflow-task.ts';
import { signalRun } from './requests/signal.ts';
import { terminateRun } from './requests/terminate.ts';
import { admitUpdate } from './requests/update.ts';
import type { Run } from './state.ts';

/** What can happen to a run, for `given(…).when(…)`. */

/** A worker takes the open workflow task. */
export const taken: Step = (t) => startWorkflowTask(t, { requestId: 'poll', identity: 'worker' });

/** The worker that has the task completes it. */
export const completed =
  (commands: readonly Init<Command>[] = [], more: Init<RespondWorkflowTaskCompletedRequest> = {}): Step =>
  (t) =>
    completeWorkflowTask(t, tokenOf(t.run), completion(commands, more));

/** Completes with the token of an earlier moment. */
export const completedWith =
  (token: TaskReference, commands: readonly Init<Command>[] = []): Step =>
  (t) =>
    completeWorkflowTask(t, token, completion(commands, {}));

function completion(
  commands: readonly Init<Command>[],
  more: Init<RespondWorkflowTaskCompletedRequest>,
): RespondWorkflowTaskCompletedRequest {
  const codec = RespondWorkflowTaskCompletedRequest;
  return codec.decode(codec.encode({ identity: 'worker', commands: [...commands], ...more }));
}

/** The worker that has the task could not process it. */
export const failed =
  (
    cause: WorkflowTaskFailedCause = WorkflowTaskFailedCause.WORKFLOW_WORKER_UNHANDLED_FAILURE,
    failure = Failure.encode({ message: 'broke' }),
  ): Step =>
  (t) => {
    const codec = RespondWorkflowTaskFailedRequest;
    failWorkflowTask(t, tokenOf(t.run), codec.decode(codec.encode({ cause, failure, identity: 'worker' })));
  };

export const tokenOf = ({ head }: Run): TaskReference => {
  const { scheduledEventId, startedEventId, attempt, startedTime } = head.workflowTask ?? nothing;
  return { scheduledEventId, startedEventId, attempt, startedTime };
};
const nothing: TaskReference = { scheduledEventId: 0, startedEventId: 0, attempt: 0, startedTime: 0 };

export const signalled =
  (signalName = 's', more: { readonly requestId?: string; readonly input?: Uint8Array } = {}): Step =>
  (t) =>
    signalRun(t, { signalName, input: null, header: null, identity: 'client', requestId: '', ...more });

export const terminated: Step = (t) => terminateRun(t, { reason: 'enough', details: null, identity: 'client' });

export const updateAdmitted =
  (updateId = 'u'): Step =>
  (t) =>
    admitUpdate(t, updateId, {
      meta: { updateId, identity: 'client' },
      input: { header: null, name: 'update', args: null },
      requestId: '',
      completionCallbacks: [],
      links: [],
    });

/** A command as a worker sends it. */
export const command = (type: keyof typeof CommandType, attributes: Init<Command>): Init<Command> => ({
  commandType: CommandType[type],
  ...attributes,
});

export const complete = (result: Uint8Array | null = null): Init<Command> =>
  command('COMPLETE_WORKFLOW_EXECUTION', { completeWorkflowExecutionCommandAttributes: { result } });

export const fail = (failure: Uint8Array = Failure.encode({ message: 'no' })): Init<Command> =>
  command('FAIL_WORKFLOW_EXECUTION', { failWorkflowExecutionCommandAttributes: { failure } });

export const cancel = (): Init<Command> =>
  command('CANCEL_WORKFLOW_EXECUTION', { cancelWorkflowExecutionCommandAttributes: {} });

type ContinueAsNew = Init<Command>['continueAsNewWorkflowExecutionCommandAttributes'];
export const continueAsNew = (attributes: ContinueAsNew = {}): Init<Command> =>
  command('CONTINUE_AS_NEW_WORKFLOW_EXECUTION', { continueAsNewWorkflowExecutionCommandAttributes: attributes });

export const startTimer = (timerId: string, ms: number): Init<Command> =>
  command('START_TIMER', { startTimerCommandAttributes: { timerId, startToFireTimeout: toDuration(ms) } });

export const cancelTimer = (timerId: string): Init<Command> =>
  command('CANCEL_TIMER', { cancelTimerCommandAttributes: { timerId } });

export const marker = (markerName: string): Init<Command> =>
  command('RECORD_MARKER', { recordMarkerCommandAttributes: { markerName } });

export const activity = (activityId: string): Init<Command> =>
  command('SCHEDULE_ACTIVITY_TASK', {
    scheduleActivityTaskCommandAttributes: {
      activityId,
      activityType: { name: 'A' },
      taskQueue: { name: 'queue' },
      startToCloseTimeout: toDuration(10_000),
      retryPolicy: { maximumAttempts: 1 },
    },
  });
