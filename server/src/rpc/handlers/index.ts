import type { Handlers } from '../context.ts';
import { describeNamespace } from './describe-namespace.ts';
import { getClusterInfo, getSearchAttributes, getSystemInfo } from './get-system-info.ts';
import { getWorkflowExecutionHistory } from './get-workflow-execution-history.ts';
import { listNamespaces } from './list-namespaces.ts';
import { pollWorkflowTaskQueue } from './poll-workflow-task-queue.ts';
import { registerNamespace } from './register-namespace.ts';
import { requestCancelWorkflowExecution } from './request-cancel-workflow-execution.ts';
import { respondWorkflowTaskCompleted } from './respond-workflow-task-completed.ts';
import { respondWorkflowTaskFailed } from './respond-workflow-task-failed.ts';
import { signalWithStartWorkflowExecution } from './signal-with-start-workflow-execution.ts';
import { signalWorkflowExecution } from './signal-workflow-execution.ts';
import { startWorkflowExecution } from './start-workflow-execution.ts';
import { terminateWorkflowExecution } from './terminate-workflow-execution.ts';
import { deprecateNamespace, updateNamespace } from './update-namespace.ts';

/** Every RPC of WorkflowService that is built; the others answer UNIMPLEMENTED. */
export const handlers: Handlers = {
  DeprecateNamespace: deprecateNamespace,
  DescribeNamespace: describeNamespace,
  GetClusterInfo: getClusterInfo,
  GetSearchAttributes: getSearchAttributes,
  GetSystemInfo: getSystemInfo,
  ListNamespaces: listNamespaces,
  RegisterNamespace: registerNamespace,
  UpdateNamespace: updateNamespace,
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
