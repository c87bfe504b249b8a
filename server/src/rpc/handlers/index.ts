import type { Handlers } from '../context.ts';
import { countWorkflowExecutions } from './count-workflow-executions.ts';
import { deleteWorkflowExecution } from './delete-workflow-execution.ts';
import { describeNamespace } from './describe-namespace.ts';
import { describeTaskQueue } from './describe-task-queue.ts';
import { describeWorkflowExecution } from './describe-workflow-execution.ts';
import { executeMultiOperation } from './execute-multi-operation.ts';
import { getClusterInfo, getSearchAttributes, getSystemInfo } from './get-system-info.ts';
import { getWorkflowExecutionHistory } from './get-workflow-execution-history.ts';
import { getWorkflowExecutionHistoryReverse } from './get-workflow-execution-history-reverse.ts';
import { listArchivedWorkflowExecutions } from './list-archived-workflow-executions.ts';
import { listNamespaces } from './list-namespaces.ts';
import { listTaskQueuePartitions } from './list-task-queue-partitions.ts';
import { countWorkers, describeWorker, listWorkers } from './list-workers.ts';
import { listWorkflowExecutions, scanWorkflowExecutions } from './list-workflow-executions.ts';
import { listClosedWorkflowExecutions, listOpenWorkflowExecutions } from './list-workflow-executions-by-filter.ts';
import { pauseActivity, pauseActivityExecution } from './pause-activity.ts';
import { pauseWorkflowExecution, unpauseWorkflowExecution } from './pause-workflow-execution.ts';
import { pollActivityTaskQueue } from './poll-activity-task-queue.ts';
import { pollNexusTaskQueue } from './poll-nexus-task-queue.ts';
import { pollWorkflowExecutionTimeSkipping } from './poll-workflow-execution-time-skipping.ts';
import { pollWorkflowExecutionUpdate } from './poll-workflow-execution-update.ts';
import { pollWorkflowTaskQueue } from './poll-workflow-task-queue.ts';
import { queryWorkflow } from './query-workflow.ts';
import { recordActivityTaskHeartbeat, recordActivityTaskHeartbeatById } from './record-activity-task-heartbeat.ts';
import { recordWorkerHeartbeat } from './record-worker-heartbeat.ts';
import { registerNamespace } from './register-namespace.ts';
import { requestCancelWorkflowExecution } from './request-cancel-workflow-execution.ts';
import { resetActivity, resetActivityExecution } from './reset-activity.ts';
import { resetStickyTaskQueue } from './reset-sticky-task-queue.ts';
import { resetWorkflowExecution } from './reset-workflow-execution.ts';
import { respondActivityTaskCanceled, respondActivityTaskCanceledById } from './respond-activity-task-canceled.ts';
import { respondActivityTaskCompleted, respondActivityTaskCompletedById } from './respond-activity-task-completed.ts';
import { respondActivityTaskFailed, respondActivityTaskFailedById } from './respond-activity-task-failed.ts';
import { respondQueryTaskCompleted } from './respond-query-task-completed.ts';
import { respondWorkflowTaskCompleted } from './respond-workflow-task-completed.ts';
import { respondWorkflowTaskFailed } from './respond-workflow-task-failed.ts';
import { shutdownWorker } from './shutdown-worker.ts';
import { signalWithStartWorkflowExecution } from './signal-with-start-workflow-execution.ts';
import { signalWorkflowExecution } from './signal-workflow-execution.ts';
import { startWorkflowExecution } from './start-workflow-execution.ts';
import { terminateWorkflowExecution } from './terminate-workflow-execution.ts';
import { unpauseActivity, unpauseActivityExecution } from './unpause-activity.ts';
import { updateActivityExecutionOptions, updateActivityOptions } from './update-activity-options.ts';
import { deprecateNamespace, updateNamespace } from './update-namespace.ts';
import { updateTaskQueueConfig } from './update-task-queue-config.ts';
import { updateWorkflowExecution } from './update-workflow-execution.ts';
import { updateWorkflowExecutionOptions } from './update-workflow-execution-options.ts';

/** Every RPC of WorkflowService that is built; the others answer UNIMPLEMENTED. */
export const handlers: Handlers = {
  GetWorkflowExecutionHistoryReverse: getWorkflowExecutionHistoryReverse,
  RecordWorkerHeartbeat: recordWorkerHeartbeat,
  ListWorkers: listWorkers,
  CountWorkers: countWorkers,
  DescribeWorker: describeWorker,
  ShutdownWorker: shutdownWorker,
  ListTaskQueuePartitions: listTaskQueuePartitions,
  DescribeTaskQueue: describeTaskQueue,
  DescribeWorkflowExecution: describeWorkflowExecution,
  DeprecateNamespace: deprecateNamespace,
  DescribeNamespace: describeNamespace,
  GetClusterInfo: getClusterInfo,
  GetSearchAttributes: getSearchAttributes,
  GetSystemInfo: getSystemInfo,
  ListNamespaces: listNamespaces,
  CountWorkflowExecutions: countWorkflowExecutions,
  ListArchivedWorkflowExecutions: listArchivedWorkflowExecutions,
  ListClosedWorkflowExecutions: listClosedWorkflowExecutions,
  ListOpenWorkflowExecutions: listOpenWorkflowExecutions,
  ListWorkflowExecutions: listWorkflowExecutions,
  ScanWorkflowExecutions: scanWorkflowExecutions,
  RegisterNamespace: registerNamespace,
  UpdateNamespace: updateNamespace,
  GetWorkflowExecutionHistory: getWorkflowExecutionHistory,
  PollActivityTaskQueue: pollActivityTaskQueue,
  PollNexusTaskQueue: pollNexusTaskQueue,
  PollWorkflowTaskQueue: pollWorkflowTaskQueue,
  UpdateWorkflowExecution: updateWorkflowExecution,
  PollWorkflowExecutionUpdate: pollWorkflowExecutionUpdate,
  ExecuteMultiOperation: executeMultiOperation,
  QueryWorkflow: queryWorkflow,
  RespondQueryTaskCompleted: respondQueryTaskCompleted,
  ResetStickyTaskQueue: resetStickyTaskQueue,
  RecordActivityTaskHeartbeat: recordActivityTaskHeartbeat,
  RecordActivityTaskHeartbeatById: recordActivityTaskHeartbeatById,
  RespondActivityTaskCanceled: respondActivityTaskCanceled,
  RespondActivityTaskCanceledById: respondActivityTaskCanceledById,
  RespondActivityTaskCompleted: respondActivityTaskCompleted,
  RespondActivityTaskCompletedById: respondActivityTaskCompletedById,
  RespondActivityTaskFailed: respondActivityTaskFailed,
  RespondActivityTaskFailedById: respondActivityTaskFailedById,
  RespondWorkflowTaskCompleted: respondWorkflowTaskCompleted,
  RespondWorkflowTaskFailed: respondWorkflowTaskFailed,
  SignalWithStartWorkflowExecution: signalWithStartWorkflowExecution,
  StartWorkflowExecution: startWorkflowExecution,
  SignalWorkflowExecution: signalWorkflowExecution,
  RequestCancelWorkflowExecution: requestCancelWorkflowExecution,
  TerminateWorkflowExecution: terminateWorkflowExecution,
  ResetWorkflowExecution: resetWorkflowExecution,
  DeleteWorkflowExecution: deleteWorkflowExecution,
  PauseActivity: pauseActivity,
  PauseActivityExecution: pauseActivityExecution,
  UnpauseActivity: unpauseActivity,
  UnpauseActivityExecution: unpauseActivityExecution,
  ResetActivity: resetActivity,
  ResetActivityExecution: resetActivityExecution,
  UpdateActivityOptions: updateActivityOptions,
  UpdateActivityExecutionOptions: updateActivityExecutionOptions,
  UpdateWorkflowExecutionOptions: updateWorkflowExecutionOptions,
  PollWorkflowExecutionTimeSkipping: pollWorkflowExecutionTimeSkipping,
  PauseWorkflowExecution: pauseWorkflowExecution,
  UnpauseWorkflowExecution: unpauseWorkflowExecution,
  UpdateTaskQueueConfig: updateTaskQueueConfig,
};
