// One plain request for every RPC: well-formed, but about things that do not exist (or are new), as a starting point
// for tables of bad requests. `plain(t)` gives { 'RPC name': request }.
import protos from '@temporalio/proto';
import { randomUUID } from 'node:crypto';
import { payloads, payload, seconds } from './conversation.mjs';
const { temporal } = protos;

const GARBAGE_TOKEN = Buffer.from('not a task token').toString('base64');

export function plain(t) {
  const id = t.name('wf'), tq = t.name('tq'), uuid = '11111111-2222-4333-8444-555555555555';
  const run = { workflowId: id, runId: uuid }, identity = 'oracle', requestId = randomUUID();
  const taskQueue = { name: tq, kind: 'TASK_QUEUE_KIND_NORMAL' };
  const scheduleId = t.name('schedule'), activityId = t.name('activity'), operationId = t.name('operation'), jobId = t.name('job');
  const version = { deploymentName: t.name('deployment'), buildId: 'b1' };
  const failure = { message: 'boom', applicationFailureInfo: { type: 'T' } };
  const start = { workflowId: id, workflowType: { name: 'W' }, taskQueue, requestId, identity };
  const schedule = { spec: { interval: [{ interval: seconds(3600) }] }, action: { startWorkflow: { workflowId: id, workflowType: { name: 'W' }, taskQueue } } };
  const update = { meta: { updateId: 'u1', identity }, input: { name: 'update', args: payloads(1) } };
  return {
    // namespaces
    DescribeNamespace: { namespace: t.name('namespace') },
    UpdateNamespace: { namespace: t.name('namespace'), updateInfo: { description: 'd' } },
    DeprecateNamespace: { namespace: t.name('namespace') },
    // workflows
    StartWorkflowExecution: start,
    SignalWithStartWorkflowExecution: { ...start, signalName: 's', signalInput: payloads(1) },
    ExecuteMultiOperation: { operations: [
      { startWorkflow: { namespace: t.namespace, ...start, workflowIdConflictPolicy: 'WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING' } },
      { updateWorkflow: { namespace: t.namespace, workflowExecution: { workflowId: id }, request: update, waitPolicy: { lifecycleStage: 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED' } } }] },
    GetWorkflowExecutionHistory: { execution: run },
    GetWorkflowExecutionHistoryReverse: { execution: run },
    DescribeWorkflowExecution: { execution: run },
    RequestCancelWorkflowExecution: { workflowExecution: run, identity, requestId, reason: 'r' },
    SignalWorkflowExecution: { workflowExecution: run, signalName: 's', identity, requestId },
    TerminateWorkflowExecution: { workflowExecution: run, identity, reason: 'r' },
    DeleteWorkflowExecution: { workflowExecution: run },
    ResetWorkflowExecution: { workflowExecution: run, reason: 'r', workflowTaskFinishEventId: 4, requestId, identity },
    QueryWorkflow: { execution: run, query: { queryType: 'q' } },
    UpdateWorkflowExecution: { workflowExecution: run, request: update, waitPolicy: { lifecycleStage: 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED' } },
    PollWorkflowExecutionUpdate: { updateRef: { workflowExecution: run, updateId: 'u1' }, identity },
    UpdateWorkflowExecutionOptions: { workflowExecution: run, workflowExecutionOptions: { priority: { priorityKey: 1 } }, updateMask: { paths: ['priority'] }, identity },
    PauseWorkflowExecution: { workflowId: id, runId: uuid, identity, reason: 'r', requestId },
    UnpauseWorkflowExecution: { workflowId: id, runId: uuid, identity, reason: 'r', requestId },
    ResetStickyTaskQueue: { execution: run },
    // visibility
    ListWorkflowExecutions: { query: `WorkflowId = '${id}'` },
    ScanWorkflowExecutions: { query: `WorkflowId = '${id}'` },
    CountWorkflowExecutions: { query: `WorkflowId = '${id}'` },
    ListOpenWorkflowExecutions: { startTimeFilter: { earliestTime: { seconds: 0 }, latestTime: { seconds: 1 } }, executionFilter: { workflowId: id } },
    ListClosedWorkflowExecutions: { startTimeFilter: { earliestTime: { seconds: 0 }, latestTime: { seconds: 1 } }, executionFilter: { workflowId: id } },
    ListArchivedWorkflowExecutions: { query: `WorkflowId = '${id}'` },
    // tasks
    PollWorkflowTaskQueue: { taskQueue, identity },
    PollActivityTaskQueue: { taskQueue, identity },
    PollNexusTaskQueue: { taskQueue, identity },
    RespondWorkflowTaskCompleted: { taskToken: GARBAGE_TOKEN, identity },
    RespondWorkflowTaskFailed: { taskToken: GARBAGE_TOKEN, identity, failure },
    RespondQueryTaskCompleted: { taskToken: GARBAGE_TOKEN, completedType: 'QUERY_RESULT_TYPE_ANSWERED' },
    RecordActivityTaskHeartbeat: { taskToken: GARBAGE_TOKEN, identity },
    RespondActivityTaskCompleted: { taskToken: GARBAGE_TOKEN, identity },
    RespondActivityTaskFailed: { taskToken: GARBAGE_TOKEN, identity, failure },
    RespondActivityTaskCanceled: { taskToken: GARBAGE_TOKEN, identity },
    RespondNexusTaskCompleted: { taskToken: GARBAGE_TOKEN, identity, response: { startOperation: { syncSuccess: { payload: payload(1) } } } },
    RespondNexusTaskFailed: { taskToken: GARBAGE_TOKEN, identity, error: { errorType: 'INTERNAL' } },
    RecordActivityTaskHeartbeatById: { ...run, activityId, identity },
    RespondActivityTaskCompletedById: { ...run, activityId, identity },
    RespondActivityTaskFailedById: { ...run, activityId, identity, failure },
    RespondActivityTaskCanceledById: { ...run, activityId, identity },
    UpdateActivityOptions: { execution: run, id: activityId, identity, activityOptions: { startToCloseTimeout: seconds(9) }, updateMask: { paths: ['start_to_close_timeout'] } },
    PauseActivity: { execution: run, id: activityId, identity },
    UnpauseActivity: { execution: run, id: activityId, identity },
    ResetActivity: { execution: run, id: activityId, identity },
    // task queues and workers
    DescribeTaskQueue: { taskQueue, taskQueueType: 'TASK_QUEUE_TYPE_WORKFLOW' },
    ListTaskQueuePartitions: { taskQueue },
    UpdateTaskQueueConfig: { taskQueue: tq, identity, taskQueueType: 'TASK_QUEUE_TYPE_ACTIVITY', updateQueueRateLimit: { rateLimit: { requestsPerSecond: 10 }, reason: 'r' } },
    ShutdownWorker: { stickyTaskQueue: t.name('sticky'), identity, reason: 'r' },
    RecordWorkerHeartbeat: { identity, workerHeartbeat: [{ workerInstanceKey: randomUUID(), taskQueue: tq }] },
    ListWorkers: { query: `TaskQueue = '${tq}'` },
    CountWorkers: { query: `TaskQueue = '${tq}'` },
    DescribeWorker: { workerInstanceKey: uuid },
    // schedules
    CreateSchedule: { scheduleId, schedule, identity, requestId },
    DescribeSchedule: { scheduleId },
    UpdateSchedule: { scheduleId, schedule, identity, requestId },
    PatchSchedule: { scheduleId, patch: { pause: 'p' }, identity, requestId },
    ListScheduleMatchingTimes: { scheduleId, startTime: { seconds: 0 }, endTime: { seconds: 1 } },
    DeleteSchedule: { scheduleId, identity },
    ListSchedules: { query: `ScheduleId = '${scheduleId}'` },
    CountSchedules: { query: `ScheduleId = '${scheduleId}'` },
    // batch jobs
    StartBatchOperation: { jobId, visibilityQuery: `WorkflowId = '${id}'`, reason: 'r', terminationOperation: { identity } },
    StopBatchOperation: { jobId, reason: 'r', identity },
    DescribeBatchOperation: { jobId },
    ListBatchOperations: {},
    // worker deployments
    DescribeWorkerDeployment: { deploymentName: version.deploymentName },
    DescribeWorkerDeploymentVersion: { deploymentVersion: version },
    ListWorkerDeployments: {},
    SetWorkerDeploymentCurrentVersion: { ...version, identity },
    SetWorkerDeploymentRampingVersion: { ...version, identity, percentage: 10 },
    DeleteWorkerDeployment: { deploymentName: version.deploymentName, identity },
    DeleteWorkerDeploymentVersion: { deploymentVersion: version, identity },
    UpdateWorkerDeploymentVersionMetadata: { deploymentVersion: version, upsertEntries: { k: payload(1) }, identity },
    SetWorkerDeploymentManager: { deploymentName: version.deploymentName, managerIdentity: 'm', identity },
    // standalone activities
    StartActivityExecution: { activityId, activityType: { name: 'A' }, taskQueue, startToCloseTimeout: seconds(10), requestId, identity },
    DescribeActivityExecution: { activityId, runId: uuid },
    PollActivityExecution: { activityId, runId: uuid },
    ListActivityExecutions: { query: `ActivityId = '${activityId}'` },
    CountActivityExecutions: { query: `ActivityId = '${activityId}'` },
    RequestCancelActivityExecution: { activityId, runId: uuid, identity, requestId, reason: 'r' },
    TerminateActivityExecution: { activityId, runId: uuid, identity, requestId, reason: 'r' },
    DeleteActivityExecution: { activityId, runId: uuid },
    PauseActivityExecution: { activityId, runId: uuid, workflowId: id, identity, reason: 'r', requestId },
    UnpauseActivityExecution: { activityId, runId: uuid, workflowId: id, identity, reason: 'r', requestId },
    ResetActivityExecution: { activityId, runId: uuid, workflowId: id, identity, requestId },
    UpdateActivityExecutionOptions: { activityId, runId: uuid, workflowId: id, identity, requestId, activityOptions: { startToCloseTimeout: seconds(9) }, updateMask: { paths: ['start_to_close_timeout'] } },
    // standalone Nexus operations
    StartNexusOperationExecution: { operationId, endpoint: t.name('endpoint'), service: 'svc', operation: 'op', requestId, identity },
    DescribeNexusOperationExecution: { operationId, runId: uuid },
    PollNexusOperationExecution: { operationId, runId: uuid, waitStage: 'NEXUS_OPERATION_WAIT_STAGE_CLOSED' },
    ListNexusOperationExecutions: { query: `OperationId = '${operationId}'` },
    CountNexusOperationExecutions: { query: `OperationId = '${operationId}'` },
    RequestCancelNexusOperationExecution: { operationId, runId: uuid, identity, requestId, reason: 'r' },
    TerminateNexusOperationExecution: { operationId, runId: uuid, identity, requestId, reason: 'r' },
    DeleteNexusOperationExecution: { operationId, runId: uuid },
  };
}

/** The places of all strings in a request, as dotted paths, without the namespace. */
export function stringsOf(request, at = '') {
  return Object.entries(request).flatMap(([key, value]) => {
    const where = at ? `${at}.${key}` : key;
    if (typeof value === 'string') return key === 'namespace' || isEnum(value) || isBytes(key) ? [] : [where];
    return value !== null && typeof value === 'object' ? stringsOf(value, where) : [];
  });
}
const isEnum = (value) => /^[A-Z]+(_[A-Z]+){2,}$/.test(value);
const isBytes = (key) => /^(taskToken|nextPageToken|conflictToken|data|encoding)$/.test(key);

/** A copy of the request with one place set to another value. */
export function set(request, where, value) {
  const [head, ...rest] = where.split('.');
  const copy = Array.isArray(request) ? [...request] : { ...request };
  copy[head] = rest.length ? set(request[head], rest.join('.'), value) : value;
  return copy;
}

/** Names of the top-level fields of an RPC's request that have this type, e.g. 'Duration', or are enums. */
export function fieldsOf(rpc, type) {
  const Type = temporal.api.workflowservice.v1[`${rpc}Request`];
  return Type.fieldsArray.filter((f) => {
    f.resolve();
    return !f.repeated && !f.map && (type === 'enum' ? f.resolvedType?.values : f.resolvedType?.name === type);
  }).map((f) => f.name);
}
