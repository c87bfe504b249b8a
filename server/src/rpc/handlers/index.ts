import type { Handlers } from '../context.ts';
import { getWorkflowExecutionHistory } from './get-workflow-execution-history.ts';
import { pollWorkflowTaskQueue } from './poll-workflow-task-queue.ts';
import { requestCancelWorkflowExecution } from './request-cancel-workflow-execution.ts';
import { respondWorkflowTaskCompleted } from './respond-workflow-task-completed.ts';
import { respondWorkflowTaskFailed } from './respond-workflow-task-failed.ts';
import { signalWithStartWorkflowExecution } from './signal-with-start-workflow-execution.ts';
import { signalWorkflowExecution } from './signal-workflow-execution.ts';
import { startWorkflowExecution } from './start-workflow-execution.ts';
import { terminateWorkflowExecution } from './terminate-workflow-execution.ts';

/** Every RPC of WorkflowService that is built; the others answer UNIMPLEMENTED. */
export const handlers: Handlers = {
  GetWorkflowExecutionHistory: getWorkflowExecutionHistory,
  PollWorkflowTaskQueue: pollWorkflowTaskQueue,
  RespondWorkflowTaskCompleted: respondWorkflowTaskCompleted,
  RespondWorkflowTaskFailed: respondWorkflowTaskFailed,
  SignalWithStartWorkflowExecution: signalWithStartWorkflowExecution,
  StartWorkflowExecution: startWorkflowExecution,
  SignalWorkflowExecution: signalWorkflowExecution,
  RequestCancelWorkflowExecution: requestCancelWorkflowExecution,
  TerminateWorkflowExecution: terminateWorkflowExecution,
};
