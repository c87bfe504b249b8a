// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type { Method } from '../service.ts';
import type * as activity from './activity.js';
import type * as batch from './batch.js';
import type * as command from './command.js';
import type * as common from './common.js';
import type * as compute from './compute.js';
import type * as deployment from './deployment.js';
import type * as enums from './enums.js';
import type * as filter from './filter.js';
import type * as googleProtobuf from './google-protobuf.js';
import type * as namespace from './namespace.js';
import type * as nexus from './nexus.js';
import type * as protocol from './protocol.js';
import type * as query from './query.js';
import type * as replication from './replication.js';
import type * as rules from './rules.js';
import type * as schedule from './schedule.js';
import type * as sdk from './sdk.js';
import type * as taskqueue from './taskqueue.js';
import type * as update from './update.js';
import type * as version from './version.js';
import type * as worker from './worker.js';
import type * as workflow from './workflow.js';

export interface RegisterNamespaceRequest {
  namespace: string;
  description: string;
  ownerEmail: string;
  workflowExecutionRetentionPeriod: googleProtobuf.Duration | null;
  clusters: replication.ClusterReplicationConfig[];
  activeClusterName: string;
  data: { [key: string]: string };
  securityToken: string;
  isGlobalNamespace: boolean;
  historyArchivalState: enums.ArchivalState;
  historyArchivalUri: string;
  visibilityArchivalState: enums.ArchivalState;
  visibilityArchivalUri: string;
}
export declare const RegisterNamespaceRequest: Codec<RegisterNamespaceRequest>;

export interface RegisterNamespaceResponse {}
export declare const RegisterNamespaceResponse: Codec<RegisterNamespaceResponse>;

export interface ListNamespacesRequest {
  pageSize: number;
  nextPageToken: Uint8Array;
  namespaceFilter: namespace.NamespaceFilter | null;
}
export declare const ListNamespacesRequest: Codec<ListNamespacesRequest>;

export interface ListNamespacesResponse {
  namespaces: DescribeNamespaceResponse[];
  nextPageToken: Uint8Array;
}
export declare const ListNamespacesResponse: Codec<ListNamespacesResponse>;

export interface DescribeNamespaceRequest {
  namespace: string;
  id: string;
  weakConsistency: boolean;
}
export declare const DescribeNamespaceRequest: Codec<DescribeNamespaceRequest>;

export interface DescribeNamespaceResponse {
  namespaceInfo: namespace.NamespaceInfo | null;
  config: namespace.NamespaceConfig | null;
  replicationConfig: replication.NamespaceReplicationConfig | null;
  failoverVersion: number;
  isGlobalNamespace: boolean;
  failoverHistory: replication.FailoverStatus[];
  pollerGroupInfos: taskqueue.PollerGroupInfo[];
  pollerGroupsInfo: taskqueue.PollerGroupsInfo | null;
}
export declare const DescribeNamespaceResponse: Codec<DescribeNamespaceResponse>;

export interface UpdateNamespaceRequest {
  namespace: string;
  updateInfo: namespace.UpdateNamespaceInfo | null;
  config: namespace.NamespaceConfig | null;
  replicationConfig: replication.NamespaceReplicationConfig | null;
  securityToken: string;
  deleteBadBinary: string;
  promoteNamespace: boolean;
}
export declare const UpdateNamespaceRequest: Codec<UpdateNamespaceRequest>;

export interface UpdateNamespaceResponse {
  namespaceInfo: namespace.NamespaceInfo | null;
  config: namespace.NamespaceConfig | null;
  replicationConfig: replication.NamespaceReplicationConfig | null;
  failoverVersion: number;
  isGlobalNamespace: boolean;
}
export declare const UpdateNamespaceResponse: Codec<UpdateNamespaceResponse>;

export interface DeprecateNamespaceRequest {
  namespace: string;
  securityToken: string;
}
export declare const DeprecateNamespaceRequest: Codec<DeprecateNamespaceRequest>;

export interface DeprecateNamespaceResponse {}
export declare const DeprecateNamespaceResponse: Codec<DeprecateNamespaceResponse>;

export interface StartWorkflowExecutionRequest {
  namespace: string;
  workflowId: string;
  workflowType: common.WorkflowType | null;
  taskQueue: taskqueue.TaskQueue | null;
  input: Uint8Array | null;
  workflowExecutionTimeout: googleProtobuf.Duration | null;
  workflowRunTimeout: googleProtobuf.Duration | null;
  workflowTaskTimeout: googleProtobuf.Duration | null;
  identity: string;
  requestId: string;
  workflowIdReusePolicy: enums.WorkflowIdReusePolicy;
  workflowIdConflictPolicy: enums.WorkflowIdConflictPolicy;
  retryPolicy: common.RetryPolicy | null;
  cronSchedule: string;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  header: Uint8Array | null;
  requestEagerExecution: boolean;
  continuedFailure: Uint8Array | null;
  lastCompletionResult: Uint8Array | null;
  workflowStartDelay: googleProtobuf.Duration | null;
  completionCallbacks: common.Callback[];
  userMetadata: Uint8Array | null;
  links: common.Link[];
  versioningOverride: workflow.VersioningOverride | null;
  onConflictOptions: workflow.OnConflictOptions | null;
  priority: common.Priority | null;
  eagerWorkerDeploymentOptions: deployment.WorkerDeploymentOptions | null;
  timeSkippingConfig: common.TimeSkippingConfig | null;
}
export declare const StartWorkflowExecutionRequest: Codec<StartWorkflowExecutionRequest>;

export interface StartWorkflowExecutionResponse {
  runId: string;
  firstExecutionRunId: string;
  started: boolean;
  status: enums.WorkflowExecutionStatus;
  eagerWorkflowTask: PollWorkflowTaskQueueResponse | null;
  link: common.Link | null;
}
export declare const StartWorkflowExecutionResponse: Codec<StartWorkflowExecutionResponse>;

export interface GetWorkflowExecutionHistoryRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
  maximumPageSize: number;
  nextPageToken: Uint8Array;
  waitNewEvent: boolean;
  historyEventFilterType: enums.HistoryEventFilterType;
  skipArchival: boolean;
}
export declare const GetWorkflowExecutionHistoryRequest: Codec<GetWorkflowExecutionHistoryRequest>;

export interface GetWorkflowExecutionHistoryResponse {
  history: Uint8Array | null;
  rawHistory: common.DataBlob[];
  nextPageToken: Uint8Array;
  archived: boolean;
}
export declare const GetWorkflowExecutionHistoryResponse: Codec<GetWorkflowExecutionHistoryResponse>;

export interface GetWorkflowExecutionHistoryReverseRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
  maximumPageSize: number;
  nextPageToken: Uint8Array;
}
export declare const GetWorkflowExecutionHistoryReverseRequest: Codec<GetWorkflowExecutionHistoryReverseRequest>;

export interface GetWorkflowExecutionHistoryReverseResponse {
  history: Uint8Array | null;
  nextPageToken: Uint8Array;
}
export declare const GetWorkflowExecutionHistoryReverseResponse: Codec<GetWorkflowExecutionHistoryReverseResponse>;

export interface PollWorkflowTaskQueueRequest {
  namespace: string;
  taskQueue: taskqueue.TaskQueue | null;
  pollerGroupId: string;
  identity: string;
  workerInstanceKey: string;
  workerControlTaskQueue: string;
  binaryChecksum: string;
  workerVersionCapabilities: common.WorkerVersionCapabilities | null;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
}
export declare const PollWorkflowTaskQueueRequest: Codec<PollWorkflowTaskQueueRequest>;

export interface PollWorkflowTaskQueueResponse {
  taskToken: Uint8Array;
  workflowExecution: common.WorkflowExecution | null;
  workflowType: common.WorkflowType | null;
  previousStartedEventId: number;
  startedEventId: number;
  attempt: number;
  backlogCountHint: number;
  history: Uint8Array | null;
  nextPageToken: Uint8Array;
  query: query.WorkflowQuery | null;
  workflowExecutionTaskQueue: taskqueue.TaskQueue | null;
  scheduledTime: googleProtobuf.Timestamp | null;
  startedTime: googleProtobuf.Timestamp | null;
  queries: { [key: string]: query.WorkflowQuery };
  messages: protocol.Message[];
  pollerScalingDecision: taskqueue.PollerScalingDecision | null;
  pollerGroupId: string;
  pollerGroupInfos: taskqueue.PollerGroupInfo[];
  pollerGroupsInfo: taskqueue.PollerGroupsInfo | null;
}
export declare const PollWorkflowTaskQueueResponse: Codec<PollWorkflowTaskQueueResponse>;

export interface RespondWorkflowTaskCompletedRequest {
  taskToken: Uint8Array;
  commands: command.Command[];
  identity: string;
  stickyAttributes: taskqueue.StickyExecutionAttributes | null;
  returnNewWorkflowTask: boolean;
  forceCreateNewWorkflowTask: boolean;
  binaryChecksum: string;
  queryResults: { [key: string]: query.WorkflowQueryResult };
  namespace: string;
  resourceId: string;
  workerVersionStamp: common.WorkerVersionStamp | null;
  messages: protocol.Message[];
  sdkMetadata: Uint8Array | null;
  meteringMetadata: Uint8Array | null;
  capabilities: RespondWorkflowTaskCompletedRequest_Capabilities | null;
  deployment: deployment.Deployment | null;
  versioningBehavior: enums.VersioningBehavior;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
  workerInstanceKey: string;
  workerControlTaskQueue: string;
  pageNumber: number;
  intermediatePage: boolean;
}
export declare const RespondWorkflowTaskCompletedRequest: Codec<RespondWorkflowTaskCompletedRequest>;

export interface RespondWorkflowTaskCompletedRequest_Capabilities {
  discardSpeculativeWorkflowTaskWithEvents: boolean;
}
export declare const RespondWorkflowTaskCompletedRequest_Capabilities: Codec<RespondWorkflowTaskCompletedRequest_Capabilities>;

export interface RespondWorkflowTaskCompletedResponse {
  workflowTask: PollWorkflowTaskQueueResponse | null;
  activityTasks: PollActivityTaskQueueResponse[];
  resetHistoryEventId: number;
}
export declare const RespondWorkflowTaskCompletedResponse: Codec<RespondWorkflowTaskCompletedResponse>;

export interface RespondWorkflowTaskFailedRequest {
  taskToken: Uint8Array;
  cause: enums.WorkflowTaskFailedCause;
  failure: Uint8Array | null;
  identity: string;
  binaryChecksum: string;
  namespace: string;
  resourceId: string;
  messages: protocol.Message[];
  workerVersion: common.WorkerVersionStamp | null;
  deployment: deployment.Deployment | null;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
}
export declare const RespondWorkflowTaskFailedRequest: Codec<RespondWorkflowTaskFailedRequest>;

export interface RespondWorkflowTaskFailedResponse {}
export declare const RespondWorkflowTaskFailedResponse: Codec<RespondWorkflowTaskFailedResponse>;

export interface PollActivityTaskQueueRequest {
  namespace: string;
  taskQueue: taskqueue.TaskQueue | null;
  pollerGroupId: string;
  identity: string;
  workerInstanceKey: string;
  workerControlTaskQueue: string;
  taskQueueMetadata: taskqueue.TaskQueueMetadata | null;
  workerVersionCapabilities: common.WorkerVersionCapabilities | null;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
}
export declare const PollActivityTaskQueueRequest: Codec<PollActivityTaskQueueRequest>;

export interface PollActivityTaskQueueResponse {
  taskToken: Uint8Array;
  workflowNamespace: string;
  workflowType: common.WorkflowType | null;
  workflowExecution: common.WorkflowExecution | null;
  activityType: common.ActivityType | null;
  activityId: string;
  header: Uint8Array | null;
  input: Uint8Array | null;
  heartbeatDetails: Uint8Array | null;
  scheduledTime: googleProtobuf.Timestamp | null;
  currentAttemptScheduledTime: googleProtobuf.Timestamp | null;
  startedTime: googleProtobuf.Timestamp | null;
  attempt: number;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
  heartbeatTimeout: googleProtobuf.Duration | null;
  retryPolicy: common.RetryPolicy | null;
  pollerScalingDecision: taskqueue.PollerScalingDecision | null;
  priority: common.Priority | null;
  activityRunId: string;
  pollerGroupInfos: taskqueue.PollerGroupInfo[];
  pollerGroupsInfo: taskqueue.PollerGroupsInfo | null;
}
export declare const PollActivityTaskQueueResponse: Codec<PollActivityTaskQueueResponse>;

export interface RecordActivityTaskHeartbeatRequest {
  taskToken: Uint8Array;
  details: Uint8Array | null;
  identity: string;
  namespace: string;
  resourceId: string;
}
export declare const RecordActivityTaskHeartbeatRequest: Codec<RecordActivityTaskHeartbeatRequest>;

export interface RecordActivityTaskHeartbeatResponse {
  cancelRequested: boolean;
  activityPaused: boolean;
  activityReset: boolean;
}
export declare const RecordActivityTaskHeartbeatResponse: Codec<RecordActivityTaskHeartbeatResponse>;

export interface RecordActivityTaskHeartbeatByIdRequest {
  namespace: string;
  workflowId: string;
  runId: string;
  activityId: string;
  details: Uint8Array | null;
  identity: string;
  resourceId: string;
}
export declare const RecordActivityTaskHeartbeatByIdRequest: Codec<RecordActivityTaskHeartbeatByIdRequest>;

export interface RecordActivityTaskHeartbeatByIdResponse {
  cancelRequested: boolean;
  activityPaused: boolean;
  activityReset: boolean;
}
export declare const RecordActivityTaskHeartbeatByIdResponse: Codec<RecordActivityTaskHeartbeatByIdResponse>;

export interface RespondActivityTaskCompletedRequest {
  taskToken: Uint8Array;
  result: Uint8Array | null;
  identity: string;
  namespace: string;
  resourceId: string;
  workerVersion: common.WorkerVersionStamp | null;
  deployment: deployment.Deployment | null;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
}
export declare const RespondActivityTaskCompletedRequest: Codec<RespondActivityTaskCompletedRequest>;

export interface RespondActivityTaskCompletedResponse {}
export declare const RespondActivityTaskCompletedResponse: Codec<RespondActivityTaskCompletedResponse>;

export interface RespondActivityTaskCompletedByIdRequest {
  namespace: string;
  workflowId: string;
  runId: string;
  activityId: string;
  result: Uint8Array | null;
  identity: string;
  resourceId: string;
}
export declare const RespondActivityTaskCompletedByIdRequest: Codec<RespondActivityTaskCompletedByIdRequest>;

export interface RespondActivityTaskCompletedByIdResponse {}
export declare const RespondActivityTaskCompletedByIdResponse: Codec<RespondActivityTaskCompletedByIdResponse>;

export interface RespondActivityTaskFailedRequest {
  taskToken: Uint8Array;
  failure: Uint8Array | null;
  identity: string;
  namespace: string;
  resourceId: string;
  lastHeartbeatDetails: Uint8Array | null;
  workerVersion: common.WorkerVersionStamp | null;
  deployment: deployment.Deployment | null;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
}
export declare const RespondActivityTaskFailedRequest: Codec<RespondActivityTaskFailedRequest>;

export interface RespondActivityTaskFailedResponse {
  failures: Uint8Array[];
}
export declare const RespondActivityTaskFailedResponse: Codec<RespondActivityTaskFailedResponse>;

export interface RespondActivityTaskFailedByIdRequest {
  namespace: string;
  workflowId: string;
  runId: string;
  activityId: string;
  failure: Uint8Array | null;
  identity: string;
  lastHeartbeatDetails: Uint8Array | null;
  resourceId: string;
}
export declare const RespondActivityTaskFailedByIdRequest: Codec<RespondActivityTaskFailedByIdRequest>;

export interface RespondActivityTaskFailedByIdResponse {
  failures: Uint8Array[];
}
export declare const RespondActivityTaskFailedByIdResponse: Codec<RespondActivityTaskFailedByIdResponse>;

export interface RespondActivityTaskCanceledRequest {
  taskToken: Uint8Array;
  details: Uint8Array | null;
  identity: string;
  namespace: string;
  resourceId: string;
  workerVersion: common.WorkerVersionStamp | null;
  deployment: deployment.Deployment | null;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
}
export declare const RespondActivityTaskCanceledRequest: Codec<RespondActivityTaskCanceledRequest>;

export interface RespondActivityTaskCanceledResponse {}
export declare const RespondActivityTaskCanceledResponse: Codec<RespondActivityTaskCanceledResponse>;

export interface RespondActivityTaskCanceledByIdRequest {
  namespace: string;
  workflowId: string;
  runId: string;
  activityId: string;
  details: Uint8Array | null;
  identity: string;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
  resourceId: string;
}
export declare const RespondActivityTaskCanceledByIdRequest: Codec<RespondActivityTaskCanceledByIdRequest>;

export interface RespondActivityTaskCanceledByIdResponse {}
export declare const RespondActivityTaskCanceledByIdResponse: Codec<RespondActivityTaskCanceledByIdResponse>;

export interface RequestCancelWorkflowExecutionRequest {
  namespace: string;
  workflowExecution: common.WorkflowExecution | null;
  identity: string;
  requestId: string;
  firstExecutionRunId: string;
  reason: string;
  links: common.Link[];
}
export declare const RequestCancelWorkflowExecutionRequest: Codec<RequestCancelWorkflowExecutionRequest>;

export interface RequestCancelWorkflowExecutionResponse {}
export declare const RequestCancelWorkflowExecutionResponse: Codec<RequestCancelWorkflowExecutionResponse>;

export interface SignalWorkflowExecutionRequest {
  namespace: string;
  workflowExecution: common.WorkflowExecution | null;
  signalName: string;
  input: Uint8Array | null;
  identity: string;
  requestId: string;
  control: string;
  header: Uint8Array | null;
  links: common.Link[];
}
export declare const SignalWorkflowExecutionRequest: Codec<SignalWorkflowExecutionRequest>;

export interface SignalWorkflowExecutionResponse {
  link: common.Link | null;
}
export declare const SignalWorkflowExecutionResponse: Codec<SignalWorkflowExecutionResponse>;

export interface SignalWithStartWorkflowExecutionRequest {
  namespace: string;
  workflowId: string;
  workflowType: common.WorkflowType | null;
  taskQueue: taskqueue.TaskQueue | null;
  input: Uint8Array | null;
  workflowExecutionTimeout: googleProtobuf.Duration | null;
  workflowRunTimeout: googleProtobuf.Duration | null;
  workflowTaskTimeout: googleProtobuf.Duration | null;
  identity: string;
  requestId: string;
  workflowIdReusePolicy: enums.WorkflowIdReusePolicy;
  workflowIdConflictPolicy: enums.WorkflowIdConflictPolicy;
  signalName: string;
  signalInput: Uint8Array | null;
  control: string;
  retryPolicy: common.RetryPolicy | null;
  cronSchedule: string;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  header: Uint8Array | null;
  workflowStartDelay: googleProtobuf.Duration | null;
  userMetadata: Uint8Array | null;
  links: common.Link[];
  versioningOverride: workflow.VersioningOverride | null;
  priority: common.Priority | null;
  timeSkippingConfig: common.TimeSkippingConfig | null;
}
export declare const SignalWithStartWorkflowExecutionRequest: Codec<SignalWithStartWorkflowExecutionRequest>;

export interface SignalWithStartWorkflowExecutionResponse {
  runId: string;
  firstExecutionRunId: string;
  started: boolean;
  signalLink: common.Link | null;
}
export declare const SignalWithStartWorkflowExecutionResponse: Codec<SignalWithStartWorkflowExecutionResponse>;

export interface ResetWorkflowExecutionRequest {
  namespace: string;
  workflowExecution: common.WorkflowExecution | null;
  reason: string;
  workflowTaskFinishEventId: number;
  requestId: string;
  resetReapplyType: enums.ResetReapplyType;
  resetReapplyExcludeTypes: enums.ResetReapplyExcludeType[];
  postResetOperations: workflow.PostResetOperation[];
  identity: string;
}
export declare const ResetWorkflowExecutionRequest: Codec<ResetWorkflowExecutionRequest>;

export interface ResetWorkflowExecutionResponse {
  runId: string;
}
export declare const ResetWorkflowExecutionResponse: Codec<ResetWorkflowExecutionResponse>;

export interface TerminateWorkflowExecutionRequest {
  namespace: string;
  workflowExecution: common.WorkflowExecution | null;
  reason: string;
  details: Uint8Array | null;
  identity: string;
  firstExecutionRunId: string;
  links: common.Link[];
}
export declare const TerminateWorkflowExecutionRequest: Codec<TerminateWorkflowExecutionRequest>;

export interface TerminateWorkflowExecutionResponse {}
export declare const TerminateWorkflowExecutionResponse: Codec<TerminateWorkflowExecutionResponse>;

export interface DeleteWorkflowExecutionRequest {
  namespace: string;
  workflowExecution: common.WorkflowExecution | null;
}
export declare const DeleteWorkflowExecutionRequest: Codec<DeleteWorkflowExecutionRequest>;

export interface DeleteWorkflowExecutionResponse {}
export declare const DeleteWorkflowExecutionResponse: Codec<DeleteWorkflowExecutionResponse>;

export interface ListOpenWorkflowExecutionsRequest {
  namespace: string;
  maximumPageSize: number;
  nextPageToken: Uint8Array;
  startTimeFilter: filter.StartTimeFilter | null;
  executionFilter: filter.WorkflowExecutionFilter | null;
  typeFilter: filter.WorkflowTypeFilter | null;
}
export declare const ListOpenWorkflowExecutionsRequest: Codec<ListOpenWorkflowExecutionsRequest>;

export interface ListOpenWorkflowExecutionsResponse {
  executions: workflow.WorkflowExecutionInfo[];
  nextPageToken: Uint8Array;
}
export declare const ListOpenWorkflowExecutionsResponse: Codec<ListOpenWorkflowExecutionsResponse>;

export interface ListClosedWorkflowExecutionsRequest {
  namespace: string;
  maximumPageSize: number;
  nextPageToken: Uint8Array;
  startTimeFilter: filter.StartTimeFilter | null;
  executionFilter: filter.WorkflowExecutionFilter | null;
  typeFilter: filter.WorkflowTypeFilter | null;
  statusFilter: filter.StatusFilter | null;
}
export declare const ListClosedWorkflowExecutionsRequest: Codec<ListClosedWorkflowExecutionsRequest>;

export interface ListClosedWorkflowExecutionsResponse {
  executions: workflow.WorkflowExecutionInfo[];
  nextPageToken: Uint8Array;
}
export declare const ListClosedWorkflowExecutionsResponse: Codec<ListClosedWorkflowExecutionsResponse>;

export interface ListWorkflowExecutionsRequest {
  namespace: string;
  pageSize: number;
  nextPageToken: Uint8Array;
  query: string;
}
export declare const ListWorkflowExecutionsRequest: Codec<ListWorkflowExecutionsRequest>;

export interface ListWorkflowExecutionsResponse {
  executions: workflow.WorkflowExecutionInfo[];
  nextPageToken: Uint8Array;
}
export declare const ListWorkflowExecutionsResponse: Codec<ListWorkflowExecutionsResponse>;

export interface ListArchivedWorkflowExecutionsRequest {
  namespace: string;
  pageSize: number;
  nextPageToken: Uint8Array;
  query: string;
}
export declare const ListArchivedWorkflowExecutionsRequest: Codec<ListArchivedWorkflowExecutionsRequest>;

export interface ListArchivedWorkflowExecutionsResponse {
  executions: workflow.WorkflowExecutionInfo[];
  nextPageToken: Uint8Array;
}
export declare const ListArchivedWorkflowExecutionsResponse: Codec<ListArchivedWorkflowExecutionsResponse>;

export interface ScanWorkflowExecutionsRequest {
  namespace: string;
  pageSize: number;
  nextPageToken: Uint8Array;
  query: string;
}
export declare const ScanWorkflowExecutionsRequest: Codec<ScanWorkflowExecutionsRequest>;

export interface ScanWorkflowExecutionsResponse {
  executions: workflow.WorkflowExecutionInfo[];
  nextPageToken: Uint8Array;
}
export declare const ScanWorkflowExecutionsResponse: Codec<ScanWorkflowExecutionsResponse>;

export interface CountWorkflowExecutionsRequest {
  namespace: string;
  query: string;
}
export declare const CountWorkflowExecutionsRequest: Codec<CountWorkflowExecutionsRequest>;

export interface CountWorkflowExecutionsResponse {
  count: number;
  groups: CountWorkflowExecutionsResponse_AggregationGroup[];
}
export declare const CountWorkflowExecutionsResponse: Codec<CountWorkflowExecutionsResponse>;

export interface CountWorkflowExecutionsResponse_AggregationGroup {
  groupValues: Uint8Array[];
  count: number;
}
export declare const CountWorkflowExecutionsResponse_AggregationGroup: Codec<CountWorkflowExecutionsResponse_AggregationGroup>;

export interface GetSearchAttributesRequest {}
export declare const GetSearchAttributesRequest: Codec<GetSearchAttributesRequest>;

export interface GetSearchAttributesResponse {
  keys: { [key: string]: enums.IndexedValueType };
}
export declare const GetSearchAttributesResponse: Codec<GetSearchAttributesResponse>;

export interface RespondQueryTaskCompletedRequest {
  taskToken: Uint8Array;
  completedType: enums.QueryResultType;
  queryResult: Uint8Array | null;
  errorMessage: string;
  namespace: string;
  failure: Uint8Array | null;
  cause: enums.WorkflowTaskFailedCause;
  pollerGroupId: string;
}
export declare const RespondQueryTaskCompletedRequest: Codec<RespondQueryTaskCompletedRequest>;

export interface RespondQueryTaskCompletedResponse {}
export declare const RespondQueryTaskCompletedResponse: Codec<RespondQueryTaskCompletedResponse>;

export interface ResetStickyTaskQueueRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
}
export declare const ResetStickyTaskQueueRequest: Codec<ResetStickyTaskQueueRequest>;

export interface ResetStickyTaskQueueResponse {}
export declare const ResetStickyTaskQueueResponse: Codec<ResetStickyTaskQueueResponse>;

export interface ShutdownWorkerRequest {
  namespace: string;
  stickyTaskQueue: string;
  identity: string;
  reason: string;
  workerHeartbeat: worker.WorkerHeartbeat | null;
  workerInstanceKey: string;
  taskQueue: string;
  taskQueueTypes: enums.TaskQueueType[];
}
export declare const ShutdownWorkerRequest: Codec<ShutdownWorkerRequest>;

export interface ShutdownWorkerResponse {}
export declare const ShutdownWorkerResponse: Codec<ShutdownWorkerResponse>;

export interface QueryWorkflowRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
  query: query.WorkflowQuery | null;
  queryRejectCondition: enums.QueryRejectCondition;
}
export declare const QueryWorkflowRequest: Codec<QueryWorkflowRequest>;

export interface QueryWorkflowResponse {
  queryResult: Uint8Array | null;
  queryRejected: query.QueryRejected | null;
  link: common.Link | null;
}
export declare const QueryWorkflowResponse: Codec<QueryWorkflowResponse>;

export interface DescribeWorkflowExecutionRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
}
export declare const DescribeWorkflowExecutionRequest: Codec<DescribeWorkflowExecutionRequest>;

export interface DescribeWorkflowExecutionResponse {
  executionConfig: workflow.WorkflowExecutionConfig | null;
  workflowExecutionInfo: workflow.WorkflowExecutionInfo | null;
  pendingActivities: workflow.PendingActivityInfo[];
  pendingChildren: workflow.PendingChildExecutionInfo[];
  pendingWorkflowTask: workflow.PendingWorkflowTaskInfo | null;
  callbacks: workflow.CallbackInfo[];
  pendingNexusOperations: workflow.PendingNexusOperationInfo[];
  workflowExtendedInfo: workflow.WorkflowExecutionExtendedInfo | null;
}
export declare const DescribeWorkflowExecutionResponse: Codec<DescribeWorkflowExecutionResponse>;

export interface DescribeTaskQueueRequest {
  namespace: string;
  taskQueue: taskqueue.TaskQueue | null;
  taskQueueType: enums.TaskQueueType;
  reportStats: boolean;
  reportConfig: boolean;
  includeTaskQueueStatus: boolean;
  apiMode: enums.DescribeTaskQueueMode;
  versions: taskqueue.TaskQueueVersionSelection | null;
  taskQueueTypes: enums.TaskQueueType[];
  reportPollers: boolean;
  reportTaskReachability: boolean;
}
export declare const DescribeTaskQueueRequest: Codec<DescribeTaskQueueRequest>;

export interface DescribeTaskQueueResponse {
  pollers: taskqueue.PollerInfo[];
  stats: taskqueue.TaskQueueStats | null;
  statsByPriorityKey: { [key: string]: taskqueue.TaskQueueStats };
  versioningInfo: taskqueue.TaskQueueVersioningInfo | null;
  config: taskqueue.TaskQueueConfig | null;
  effectiveRateLimit: DescribeTaskQueueResponse_EffectiveRateLimit | null;
  taskQueueStatus: taskqueue.TaskQueueStatus | null;
  versionsInfo: { [key: string]: taskqueue.TaskQueueVersionInfo };
}
export declare const DescribeTaskQueueResponse: Codec<DescribeTaskQueueResponse>;

export interface DescribeTaskQueueResponse_EffectiveRateLimit {
  requestsPerSecond: number;
  rateLimitSource: enums.RateLimitSource;
}
export declare const DescribeTaskQueueResponse_EffectiveRateLimit: Codec<DescribeTaskQueueResponse_EffectiveRateLimit>;

export interface GetClusterInfoRequest {}
export declare const GetClusterInfoRequest: Codec<GetClusterInfoRequest>;

export interface GetClusterInfoResponse {
  supportedClients: { [key: string]: string };
  serverVersion: string;
  clusterId: string;
  versionInfo: version.VersionInfo | null;
  clusterName: string;
  historyShardCount: number;
  persistenceStore: string;
  visibilityStore: string;
  initialFailoverVersion: number;
  failoverVersionIncrement: number;
}
export declare const GetClusterInfoResponse: Codec<GetClusterInfoResponse>;

export interface GetSystemInfoRequest {}
export declare const GetSystemInfoRequest: Codec<GetSystemInfoRequest>;

export interface GetSystemInfoResponse {
  serverVersion: string;
  capabilities: GetSystemInfoResponse_Capabilities | null;
}
export declare const GetSystemInfoResponse: Codec<GetSystemInfoResponse>;

export interface GetSystemInfoResponse_Capabilities {
  signalAndQueryHeader: boolean;
  internalErrorDifferentiation: boolean;
  activityFailureIncludeHeartbeat: boolean;
  supportsSchedules: boolean;
  encodedFailureAttributes: boolean;
  buildIdBasedVersioning: boolean;
  upsertMemo: boolean;
  eagerWorkflowStart: boolean;
  sdkMetadata: boolean;
  countGroupByExecutionStatus: boolean;
  nexus: boolean;
  serverScaledDeployments: boolean;
  serverScaledProviderCloudRun: boolean;
}
export declare const GetSystemInfoResponse_Capabilities: Codec<GetSystemInfoResponse_Capabilities>;

export interface ListTaskQueuePartitionsRequest {
  namespace: string;
  taskQueue: taskqueue.TaskQueue | null;
}
export declare const ListTaskQueuePartitionsRequest: Codec<ListTaskQueuePartitionsRequest>;

export interface ListTaskQueuePartitionsResponse {
  activityTaskQueuePartitions: taskqueue.TaskQueuePartitionMetadata[];
  workflowTaskQueuePartitions: taskqueue.TaskQueuePartitionMetadata[];
}
export declare const ListTaskQueuePartitionsResponse: Codec<ListTaskQueuePartitionsResponse>;

export interface CreateScheduleRequest {
  namespace: string;
  scheduleId: string;
  schedule: schedule.Schedule | null;
  initialPatch: schedule.SchedulePatch | null;
  identity: string;
  requestId: string;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
}
export declare const CreateScheduleRequest: Codec<CreateScheduleRequest>;

export interface CreateScheduleResponse {
  conflictToken: Uint8Array;
}
export declare const CreateScheduleResponse: Codec<CreateScheduleResponse>;

export interface DescribeScheduleRequest {
  namespace: string;
  scheduleId: string;
}
export declare const DescribeScheduleRequest: Codec<DescribeScheduleRequest>;

export interface DescribeScheduleResponse {
  schedule: schedule.Schedule | null;
  info: schedule.ScheduleInfo | null;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  conflictToken: Uint8Array;
}
export declare const DescribeScheduleResponse: Codec<DescribeScheduleResponse>;

export interface UpdateScheduleRequest {
  namespace: string;
  scheduleId: string;
  schedule: schedule.Schedule | null;
  conflictToken: Uint8Array;
  identity: string;
  requestId: string;
  searchAttributes: common.SearchAttributes | null;
  memo: common.Memo | null;
}
export declare const UpdateScheduleRequest: Codec<UpdateScheduleRequest>;

export interface UpdateScheduleResponse {}
export declare const UpdateScheduleResponse: Codec<UpdateScheduleResponse>;

export interface PatchScheduleRequest {
  namespace: string;
  scheduleId: string;
  patch: schedule.SchedulePatch | null;
  identity: string;
  requestId: string;
}
export declare const PatchScheduleRequest: Codec<PatchScheduleRequest>;

export interface PatchScheduleResponse {}
export declare const PatchScheduleResponse: Codec<PatchScheduleResponse>;

export interface ListScheduleMatchingTimesRequest {
  namespace: string;
  scheduleId: string;
  startTime: googleProtobuf.Timestamp | null;
  endTime: googleProtobuf.Timestamp | null;
}
export declare const ListScheduleMatchingTimesRequest: Codec<ListScheduleMatchingTimesRequest>;

export interface ListScheduleMatchingTimesResponse {
  startTime: googleProtobuf.Timestamp[];
}
export declare const ListScheduleMatchingTimesResponse: Codec<ListScheduleMatchingTimesResponse>;

export interface DeleteScheduleRequest {
  namespace: string;
  scheduleId: string;
  identity: string;
}
export declare const DeleteScheduleRequest: Codec<DeleteScheduleRequest>;

export interface DeleteScheduleResponse {}
export declare const DeleteScheduleResponse: Codec<DeleteScheduleResponse>;

export interface ListSchedulesRequest {
  namespace: string;
  maximumPageSize: number;
  nextPageToken: Uint8Array;
  query: string;
}
export declare const ListSchedulesRequest: Codec<ListSchedulesRequest>;

export interface ListSchedulesResponse {
  schedules: schedule.ScheduleListEntry[];
  nextPageToken: Uint8Array;
}
export declare const ListSchedulesResponse: Codec<ListSchedulesResponse>;

export interface CountSchedulesRequest {
  namespace: string;
  query: string;
}
export declare const CountSchedulesRequest: Codec<CountSchedulesRequest>;

export interface CountSchedulesResponse {
  count: number;
  groups: CountSchedulesResponse_AggregationGroup[];
}
export declare const CountSchedulesResponse: Codec<CountSchedulesResponse>;

export interface CountSchedulesResponse_AggregationGroup {
  groupValues: Uint8Array[];
  count: number;
}
export declare const CountSchedulesResponse_AggregationGroup: Codec<CountSchedulesResponse_AggregationGroup>;

export interface UpdateWorkerBuildIdCompatibilityRequest {
  namespace: string;
  taskQueue: string;
  addNewBuildIdInNewDefaultSet: string | null;
  addNewCompatibleBuildId: UpdateWorkerBuildIdCompatibilityRequest_AddNewCompatibleVersion | null;
  promoteSetByBuildId: string | null;
  promoteBuildIdWithinSet: string | null;
  mergeSets: UpdateWorkerBuildIdCompatibilityRequest_MergeSets | null;
}
export declare const UpdateWorkerBuildIdCompatibilityRequest: Codec<UpdateWorkerBuildIdCompatibilityRequest>;

export interface UpdateWorkerBuildIdCompatibilityRequest_AddNewCompatibleVersion {
  newBuildId: string;
  existingCompatibleBuildId: string;
  makeSetDefault: boolean;
}
export declare const UpdateWorkerBuildIdCompatibilityRequest_AddNewCompatibleVersion: Codec<UpdateWorkerBuildIdCompatibilityRequest_AddNewCompatibleVersion>;

export interface UpdateWorkerBuildIdCompatibilityRequest_MergeSets {
  primarySetBuildId: string;
  secondarySetBuildId: string;
}
export declare const UpdateWorkerBuildIdCompatibilityRequest_MergeSets: Codec<UpdateWorkerBuildIdCompatibilityRequest_MergeSets>;

export interface UpdateWorkerBuildIdCompatibilityResponse {}
export declare const UpdateWorkerBuildIdCompatibilityResponse: Codec<UpdateWorkerBuildIdCompatibilityResponse>;

export interface GetWorkerBuildIdCompatibilityRequest {
  namespace: string;
  taskQueue: string;
  maxSets: number;
}
export declare const GetWorkerBuildIdCompatibilityRequest: Codec<GetWorkerBuildIdCompatibilityRequest>;

export interface GetWorkerBuildIdCompatibilityResponse {
  majorVersionSets: taskqueue.CompatibleVersionSet[];
}
export declare const GetWorkerBuildIdCompatibilityResponse: Codec<GetWorkerBuildIdCompatibilityResponse>;

export interface UpdateWorkerVersioningRulesRequest {
  namespace: string;
  taskQueue: string;
  conflictToken: Uint8Array;
  insertAssignmentRule: UpdateWorkerVersioningRulesRequest_InsertBuildIdAssignmentRule | null;
  replaceAssignmentRule: UpdateWorkerVersioningRulesRequest_ReplaceBuildIdAssignmentRule | null;
  deleteAssignmentRule: UpdateWorkerVersioningRulesRequest_DeleteBuildIdAssignmentRule | null;
  addCompatibleRedirectRule: UpdateWorkerVersioningRulesRequest_AddCompatibleBuildIdRedirectRule | null;
  replaceCompatibleRedirectRule: UpdateWorkerVersioningRulesRequest_ReplaceCompatibleBuildIdRedirectRule | null;
  deleteCompatibleRedirectRule: UpdateWorkerVersioningRulesRequest_DeleteCompatibleBuildIdRedirectRule | null;
  commitBuildId: UpdateWorkerVersioningRulesRequest_CommitBuildId | null;
}
export declare const UpdateWorkerVersioningRulesRequest: Codec<UpdateWorkerVersioningRulesRequest>;

export interface UpdateWorkerVersioningRulesRequest_InsertBuildIdAssignmentRule {
  ruleIndex: number;
  rule: taskqueue.BuildIdAssignmentRule | null;
}
export declare const UpdateWorkerVersioningRulesRequest_InsertBuildIdAssignmentRule: Codec<UpdateWorkerVersioningRulesRequest_InsertBuildIdAssignmentRule>;

export interface UpdateWorkerVersioningRulesRequest_ReplaceBuildIdAssignmentRule {
  ruleIndex: number;
  rule: taskqueue.BuildIdAssignmentRule | null;
  force: boolean;
}
export declare const UpdateWorkerVersioningRulesRequest_ReplaceBuildIdAssignmentRule: Codec<UpdateWorkerVersioningRulesRequest_ReplaceBuildIdAssignmentRule>;

export interface UpdateWorkerVersioningRulesRequest_DeleteBuildIdAssignmentRule {
  ruleIndex: number;
  force: boolean;
}
export declare const UpdateWorkerVersioningRulesRequest_DeleteBuildIdAssignmentRule: Codec<UpdateWorkerVersioningRulesRequest_DeleteBuildIdAssignmentRule>;

export interface UpdateWorkerVersioningRulesRequest_AddCompatibleBuildIdRedirectRule {
  rule: taskqueue.CompatibleBuildIdRedirectRule | null;
}
export declare const UpdateWorkerVersioningRulesRequest_AddCompatibleBuildIdRedirectRule: Codec<UpdateWorkerVersioningRulesRequest_AddCompatibleBuildIdRedirectRule>;

export interface UpdateWorkerVersioningRulesRequest_ReplaceCompatibleBuildIdRedirectRule {
  rule: taskqueue.CompatibleBuildIdRedirectRule | null;
}
export declare const UpdateWorkerVersioningRulesRequest_ReplaceCompatibleBuildIdRedirectRule: Codec<UpdateWorkerVersioningRulesRequest_ReplaceCompatibleBuildIdRedirectRule>;

export interface UpdateWorkerVersioningRulesRequest_DeleteCompatibleBuildIdRedirectRule {
  sourceBuildId: string;
}
export declare const UpdateWorkerVersioningRulesRequest_DeleteCompatibleBuildIdRedirectRule: Codec<UpdateWorkerVersioningRulesRequest_DeleteCompatibleBuildIdRedirectRule>;

export interface UpdateWorkerVersioningRulesRequest_CommitBuildId {
  targetBuildId: string;
  force: boolean;
}
export declare const UpdateWorkerVersioningRulesRequest_CommitBuildId: Codec<UpdateWorkerVersioningRulesRequest_CommitBuildId>;

export interface UpdateWorkerVersioningRulesResponse {
  assignmentRules: taskqueue.TimestampedBuildIdAssignmentRule[];
  compatibleRedirectRules: taskqueue.TimestampedCompatibleBuildIdRedirectRule[];
  conflictToken: Uint8Array;
}
export declare const UpdateWorkerVersioningRulesResponse: Codec<UpdateWorkerVersioningRulesResponse>;

export interface GetWorkerVersioningRulesRequest {
  namespace: string;
  taskQueue: string;
}
export declare const GetWorkerVersioningRulesRequest: Codec<GetWorkerVersioningRulesRequest>;

export interface GetWorkerVersioningRulesResponse {
  assignmentRules: taskqueue.TimestampedBuildIdAssignmentRule[];
  compatibleRedirectRules: taskqueue.TimestampedCompatibleBuildIdRedirectRule[];
  conflictToken: Uint8Array;
}
export declare const GetWorkerVersioningRulesResponse: Codec<GetWorkerVersioningRulesResponse>;

export interface GetWorkerTaskReachabilityRequest {
  namespace: string;
  buildIds: string[];
  taskQueues: string[];
  reachability: enums.TaskReachability;
}
export declare const GetWorkerTaskReachabilityRequest: Codec<GetWorkerTaskReachabilityRequest>;

export interface GetWorkerTaskReachabilityResponse {
  buildIdReachability: taskqueue.BuildIdReachability[];
}
export declare const GetWorkerTaskReachabilityResponse: Codec<GetWorkerTaskReachabilityResponse>;

export interface UpdateWorkflowExecutionRequest {
  namespace: string;
  workflowExecution: common.WorkflowExecution | null;
  firstExecutionRunId: string;
  waitPolicy: update.WaitPolicy | null;
  request: update.Request | null;
}
export declare const UpdateWorkflowExecutionRequest: Codec<UpdateWorkflowExecutionRequest>;

export interface UpdateWorkflowExecutionResponse {
  updateRef: update.UpdateRef | null;
  outcome: update.Outcome | null;
  stage: enums.UpdateWorkflowExecutionLifecycleStage;
  link: common.Link | null;
}
export declare const UpdateWorkflowExecutionResponse: Codec<UpdateWorkflowExecutionResponse>;

export interface StartBatchOperationRequest {
  namespace: string;
  visibilityQuery: string;
  jobId: string;
  reason: string;
  executions: common.WorkflowExecution[];
  targetExecutions: common.Execution[];
  maxOperationsPerSecond: number;
  terminationOperation: batch.BatchOperationTermination | null;
  signalOperation: batch.BatchOperationSignal | null;
  cancellationOperation: batch.BatchOperationCancellation | null;
  deletionOperation: batch.BatchOperationDeletion | null;
  resetOperation: batch.BatchOperationReset | null;
  updateWorkflowOptionsOperation: batch.BatchOperationUpdateWorkflowExecutionOptions | null;
  unpauseActivitiesOperation: batch.BatchOperationUnpauseActivities | null;
  resetActivitiesOperation: batch.BatchOperationResetActivities | null;
  updateActivityOptionsOperation: batch.BatchOperationUpdateActivityOptions | null;
  cancelActivitiesOperation: batch.BatchOperationCancelActivities | null;
  terminateActivitiesOperation: batch.BatchOperationTerminateActivities | null;
  deleteActivitiesOperation: batch.BatchOperationDeleteActivities | null;
}
export declare const StartBatchOperationRequest: Codec<StartBatchOperationRequest>;

export interface StartBatchOperationResponse {}
export declare const StartBatchOperationResponse: Codec<StartBatchOperationResponse>;

export interface StopBatchOperationRequest {
  namespace: string;
  jobId: string;
  reason: string;
  identity: string;
}
export declare const StopBatchOperationRequest: Codec<StopBatchOperationRequest>;

export interface StopBatchOperationResponse {}
export declare const StopBatchOperationResponse: Codec<StopBatchOperationResponse>;

export interface DescribeBatchOperationRequest {
  namespace: string;
  jobId: string;
}
export declare const DescribeBatchOperationRequest: Codec<DescribeBatchOperationRequest>;

export interface DescribeBatchOperationResponse {
  operationType: enums.BatchOperationType;
  jobId: string;
  state: enums.BatchOperationState;
  startTime: googleProtobuf.Timestamp | null;
  closeTime: googleProtobuf.Timestamp | null;
  totalOperationCount: number;
  completeOperationCount: number;
  failureOperationCount: number;
  identity: string;
  reason: string;
  query: string;
  executions: common.Execution[];
}
export declare const DescribeBatchOperationResponse: Codec<DescribeBatchOperationResponse>;

export interface ListBatchOperationsRequest {
  namespace: string;
  pageSize: number;
  nextPageToken: Uint8Array;
}
export declare const ListBatchOperationsRequest: Codec<ListBatchOperationsRequest>;

export interface ListBatchOperationsResponse {
  operationInfo: batch.BatchOperationInfo[];
  nextPageToken: Uint8Array;
}
export declare const ListBatchOperationsResponse: Codec<ListBatchOperationsResponse>;

export interface PollWorkflowExecutionUpdateRequest {
  namespace: string;
  updateRef: update.UpdateRef | null;
  identity: string;
  waitPolicy: update.WaitPolicy | null;
}
export declare const PollWorkflowExecutionUpdateRequest: Codec<PollWorkflowExecutionUpdateRequest>;

export interface PollWorkflowExecutionUpdateResponse {
  outcome: update.Outcome | null;
  stage: enums.UpdateWorkflowExecutionLifecycleStage;
  updateRef: update.UpdateRef | null;
}
export declare const PollWorkflowExecutionUpdateResponse: Codec<PollWorkflowExecutionUpdateResponse>;

export interface PollNexusTaskQueueRequest {
  namespace: string;
  taskQueue: taskqueue.TaskQueue | null;
  pollerGroupId: string;
  identity: string;
  workerInstanceKey: string;
  workerVersionCapabilities: common.WorkerVersionCapabilities | null;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
  workerHeartbeat: worker.WorkerHeartbeat[];
}
export declare const PollNexusTaskQueueRequest: Codec<PollNexusTaskQueueRequest>;

export interface PollNexusTaskQueueResponse {
  taskToken: Uint8Array;
  request: nexus.Request | null;
  pollerScalingDecision: taskqueue.PollerScalingDecision | null;
  pollerGroupId: string;
  pollerGroupInfos: taskqueue.PollerGroupInfo[];
  pollerGroupsInfo: taskqueue.PollerGroupsInfo | null;
}
export declare const PollNexusTaskQueueResponse: Codec<PollNexusTaskQueueResponse>;

export interface RespondNexusTaskCompletedRequest {
  namespace: string;
  identity: string;
  taskToken: Uint8Array;
  response: nexus.Response | null;
  pollerGroupId: string;
}
export declare const RespondNexusTaskCompletedRequest: Codec<RespondNexusTaskCompletedRequest>;

export interface RespondNexusTaskCompletedResponse {}
export declare const RespondNexusTaskCompletedResponse: Codec<RespondNexusTaskCompletedResponse>;

export interface RespondNexusTaskFailedRequest {
  namespace: string;
  identity: string;
  taskToken: Uint8Array;
  error: nexus.HandlerError | null;
  failure: Uint8Array | null;
  pollerGroupId: string;
}
export declare const RespondNexusTaskFailedRequest: Codec<RespondNexusTaskFailedRequest>;

export interface RespondNexusTaskFailedResponse {}
export declare const RespondNexusTaskFailedResponse: Codec<RespondNexusTaskFailedResponse>;

export interface ExecuteMultiOperationRequest {
  namespace: string;
  operations: ExecuteMultiOperationRequest_Operation[];
  resourceId: string;
}
export declare const ExecuteMultiOperationRequest: Codec<ExecuteMultiOperationRequest>;

export interface ExecuteMultiOperationRequest_Operation {
  startWorkflow: StartWorkflowExecutionRequest | null;
  updateWorkflow: UpdateWorkflowExecutionRequest | null;
}
export declare const ExecuteMultiOperationRequest_Operation: Codec<ExecuteMultiOperationRequest_Operation>;

export interface ExecuteMultiOperationResponse {
  responses: ExecuteMultiOperationResponse_Response[];
}
export declare const ExecuteMultiOperationResponse: Codec<ExecuteMultiOperationResponse>;

export interface ExecuteMultiOperationResponse_Response {
  startWorkflow: StartWorkflowExecutionResponse | null;
  updateWorkflow: UpdateWorkflowExecutionResponse | null;
}
export declare const ExecuteMultiOperationResponse_Response: Codec<ExecuteMultiOperationResponse_Response>;

export interface UpdateActivityOptionsRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
  identity: string;
  activityOptions: activity.ActivityOptions | null;
  updateMask: googleProtobuf.FieldMask | null;
  id: string | null;
  type: string | null;
  matchAll: boolean | null;
  restoreOriginal: boolean;
}
export declare const UpdateActivityOptionsRequest: Codec<UpdateActivityOptionsRequest>;

export interface UpdateActivityExecutionOptionsRequest {
  namespace: string;
  workflowId: string;
  activityId: string;
  runId: string;
  identity: string;
  activityOptions: activity.ActivityOptions | null;
  updateMask: googleProtobuf.FieldMask | null;
  restoreOriginal: boolean;
  resourceId: string;
  requestId: string;
}
export declare const UpdateActivityExecutionOptionsRequest: Codec<UpdateActivityExecutionOptionsRequest>;

export interface UpdateActivityOptionsResponse {
  activityOptions: activity.ActivityOptions | null;
}
export declare const UpdateActivityOptionsResponse: Codec<UpdateActivityOptionsResponse>;

export interface UpdateActivityExecutionOptionsResponse {
  activityOptions: activity.ActivityOptions | null;
}
export declare const UpdateActivityExecutionOptionsResponse: Codec<UpdateActivityExecutionOptionsResponse>;

export interface PauseActivityRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
  identity: string;
  id: string | null;
  type: string | null;
  reason: string;
  requestId: string;
}
export declare const PauseActivityRequest: Codec<PauseActivityRequest>;

export interface PauseActivityExecutionRequest {
  namespace: string;
  workflowId: string;
  activityId: string;
  runId: string;
  identity: string;
  reason: string;
  resourceId: string;
  requestId: string;
}
export declare const PauseActivityExecutionRequest: Codec<PauseActivityExecutionRequest>;

export interface PauseActivityResponse {}
export declare const PauseActivityResponse: Codec<PauseActivityResponse>;

export interface PauseActivityExecutionResponse {}
export declare const PauseActivityExecutionResponse: Codec<PauseActivityExecutionResponse>;

export interface UnpauseActivityRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
  identity: string;
  id: string | null;
  type: string | null;
  unpauseAll: boolean | null;
  resetAttempts: boolean;
  resetHeartbeat: boolean;
  jitter: googleProtobuf.Duration | null;
}
export declare const UnpauseActivityRequest: Codec<UnpauseActivityRequest>;

export interface UnpauseActivityExecutionRequest {
  namespace: string;
  workflowId: string;
  activityId: string;
  runId: string;
  identity: string;
  reason: string;
  jitter: googleProtobuf.Duration | null;
  resourceId: string;
  requestId: string;
}
export declare const UnpauseActivityExecutionRequest: Codec<UnpauseActivityExecutionRequest>;

export interface UnpauseActivityResponse {}
export declare const UnpauseActivityResponse: Codec<UnpauseActivityResponse>;

export interface UnpauseActivityExecutionResponse {}
export declare const UnpauseActivityExecutionResponse: Codec<UnpauseActivityExecutionResponse>;

export interface ResetActivityRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
  identity: string;
  id: string | null;
  type: string | null;
  matchAll: boolean | null;
  resetHeartbeat: boolean;
  keepPaused: boolean;
  jitter: googleProtobuf.Duration | null;
  restoreOriginalOptions: boolean;
}
export declare const ResetActivityRequest: Codec<ResetActivityRequest>;

export interface ResetActivityExecutionRequest {
  namespace: string;
  workflowId: string;
  activityId: string;
  runId: string;
  identity: string;
  keepPaused: boolean;
  jitter: googleProtobuf.Duration | null;
  restoreOriginalOptions: boolean;
  resourceId: string;
  requestId: string;
  resetHeartbeat: boolean;
}
export declare const ResetActivityExecutionRequest: Codec<ResetActivityExecutionRequest>;

export interface ResetActivityResponse {}
export declare const ResetActivityResponse: Codec<ResetActivityResponse>;

export interface ResetActivityExecutionResponse {}
export declare const ResetActivityExecutionResponse: Codec<ResetActivityExecutionResponse>;

export interface UpdateWorkflowExecutionOptionsRequest {
  namespace: string;
  workflowExecution: common.WorkflowExecution | null;
  workflowExecutionOptions: workflow.WorkflowExecutionOptions | null;
  updateMask: googleProtobuf.FieldMask | null;
  identity: string;
}
export declare const UpdateWorkflowExecutionOptionsRequest: Codec<UpdateWorkflowExecutionOptionsRequest>;

export interface UpdateWorkflowExecutionOptionsResponse {
  workflowExecutionOptions: workflow.WorkflowExecutionOptions | null;
  updateTime: googleProtobuf.Timestamp | null;
}
export declare const UpdateWorkflowExecutionOptionsResponse: Codec<UpdateWorkflowExecutionOptionsResponse>;

export interface DescribeDeploymentRequest {
  namespace: string;
  deployment: deployment.Deployment | null;
}
export declare const DescribeDeploymentRequest: Codec<DescribeDeploymentRequest>;

export interface DescribeDeploymentResponse {
  deploymentInfo: deployment.DeploymentInfo | null;
}
export declare const DescribeDeploymentResponse: Codec<DescribeDeploymentResponse>;

export interface DescribeWorkerDeploymentVersionRequest {
  namespace: string;
  version: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  reportTaskQueueStats: boolean;
}
export declare const DescribeWorkerDeploymentVersionRequest: Codec<DescribeWorkerDeploymentVersionRequest>;

export interface DescribeWorkerDeploymentVersionResponse {
  workerDeploymentVersionInfo: deployment.WorkerDeploymentVersionInfo | null;
  versionTaskQueues: DescribeWorkerDeploymentVersionResponse_VersionTaskQueue[];
}
export declare const DescribeWorkerDeploymentVersionResponse: Codec<DescribeWorkerDeploymentVersionResponse>;

export interface DescribeWorkerDeploymentVersionResponse_VersionTaskQueue {
  name: string;
  type: enums.TaskQueueType;
  stats: taskqueue.TaskQueueStats | null;
  statsByPriorityKey: { [key: string]: taskqueue.TaskQueueStats };
}
export declare const DescribeWorkerDeploymentVersionResponse_VersionTaskQueue: Codec<DescribeWorkerDeploymentVersionResponse_VersionTaskQueue>;

export interface DescribeWorkerDeploymentRequest {
  namespace: string;
  deploymentName: string;
}
export declare const DescribeWorkerDeploymentRequest: Codec<DescribeWorkerDeploymentRequest>;

export interface DescribeWorkerDeploymentResponse {
  conflictToken: Uint8Array;
  workerDeploymentInfo: deployment.WorkerDeploymentInfo | null;
}
export declare const DescribeWorkerDeploymentResponse: Codec<DescribeWorkerDeploymentResponse>;

export interface ListDeploymentsRequest {
  namespace: string;
  pageSize: number;
  nextPageToken: Uint8Array;
  seriesName: string;
}
export declare const ListDeploymentsRequest: Codec<ListDeploymentsRequest>;

export interface ListDeploymentsResponse {
  nextPageToken: Uint8Array;
  deployments: deployment.DeploymentListInfo[];
}
export declare const ListDeploymentsResponse: Codec<ListDeploymentsResponse>;

export interface SetCurrentDeploymentRequest {
  namespace: string;
  deployment: deployment.Deployment | null;
  identity: string;
  updateMetadata: deployment.UpdateDeploymentMetadata | null;
}
export declare const SetCurrentDeploymentRequest: Codec<SetCurrentDeploymentRequest>;

export interface SetCurrentDeploymentResponse {
  currentDeploymentInfo: deployment.DeploymentInfo | null;
  previousDeploymentInfo: deployment.DeploymentInfo | null;
}
export declare const SetCurrentDeploymentResponse: Codec<SetCurrentDeploymentResponse>;

export interface SetWorkerDeploymentCurrentVersionRequest {
  namespace: string;
  deploymentName: string;
  version: string;
  buildId: string;
  conflictToken: Uint8Array;
  identity: string;
  ignoreMissingTaskQueues: boolean;
  allowNoPollers: boolean;
}
export declare const SetWorkerDeploymentCurrentVersionRequest: Codec<SetWorkerDeploymentCurrentVersionRequest>;

export interface SetWorkerDeploymentCurrentVersionResponse {
  conflictToken: Uint8Array;
  previousVersion: string;
  previousDeploymentVersion: deployment.WorkerDeploymentVersion | null;
}
export declare const SetWorkerDeploymentCurrentVersionResponse: Codec<SetWorkerDeploymentCurrentVersionResponse>;

export interface SetWorkerDeploymentRampingVersionRequest {
  namespace: string;
  deploymentName: string;
  version: string;
  buildId: string;
  percentage: number;
  conflictToken: Uint8Array;
  identity: string;
  ignoreMissingTaskQueues: boolean;
  allowNoPollers: boolean;
}
export declare const SetWorkerDeploymentRampingVersionRequest: Codec<SetWorkerDeploymentRampingVersionRequest>;

export interface SetWorkerDeploymentRampingVersionResponse {
  conflictToken: Uint8Array;
  previousVersion: string;
  previousDeploymentVersion: deployment.WorkerDeploymentVersion | null;
  previousPercentage: number;
}
export declare const SetWorkerDeploymentRampingVersionResponse: Codec<SetWorkerDeploymentRampingVersionResponse>;

export interface CreateWorkerDeploymentRequest {
  namespace: string;
  deploymentName: string;
  identity: string;
  requestId: string;
}
export declare const CreateWorkerDeploymentRequest: Codec<CreateWorkerDeploymentRequest>;

export interface CreateWorkerDeploymentResponse {
  conflictToken: Uint8Array;
}
export declare const CreateWorkerDeploymentResponse: Codec<CreateWorkerDeploymentResponse>;

export interface ListWorkerDeploymentsRequest {
  namespace: string;
  pageSize: number;
  nextPageToken: Uint8Array;
}
export declare const ListWorkerDeploymentsRequest: Codec<ListWorkerDeploymentsRequest>;

export interface ListWorkerDeploymentsResponse {
  nextPageToken: Uint8Array;
  workerDeployments: ListWorkerDeploymentsResponse_WorkerDeploymentSummary[];
}
export declare const ListWorkerDeploymentsResponse: Codec<ListWorkerDeploymentsResponse>;

export interface ListWorkerDeploymentsResponse_WorkerDeploymentSummary {
  name: string;
  createTime: googleProtobuf.Timestamp | null;
  routingConfig: deployment.RoutingConfig | null;
  latestVersionSummary: deployment.WorkerDeploymentInfo_WorkerDeploymentVersionSummary | null;
  currentVersionSummary: deployment.WorkerDeploymentInfo_WorkerDeploymentVersionSummary | null;
  rampingVersionSummary: deployment.WorkerDeploymentInfo_WorkerDeploymentVersionSummary | null;
}
export declare const ListWorkerDeploymentsResponse_WorkerDeploymentSummary: Codec<ListWorkerDeploymentsResponse_WorkerDeploymentSummary>;

export interface CreateWorkerDeploymentVersionRequest {
  namespace: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  computeConfig: compute.ComputeConfig | null;
  identity: string;
  requestId: string;
}
export declare const CreateWorkerDeploymentVersionRequest: Codec<CreateWorkerDeploymentVersionRequest>;

export interface CreateWorkerDeploymentVersionResponse {}
export declare const CreateWorkerDeploymentVersionResponse: Codec<CreateWorkerDeploymentVersionResponse>;

export interface DeleteWorkerDeploymentVersionRequest {
  namespace: string;
  version: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  skipDrainage: boolean;
  identity: string;
}
export declare const DeleteWorkerDeploymentVersionRequest: Codec<DeleteWorkerDeploymentVersionRequest>;

export interface DeleteWorkerDeploymentVersionResponse {}
export declare const DeleteWorkerDeploymentVersionResponse: Codec<DeleteWorkerDeploymentVersionResponse>;

export interface DeleteWorkerDeploymentRequest {
  namespace: string;
  deploymentName: string;
  identity: string;
}
export declare const DeleteWorkerDeploymentRequest: Codec<DeleteWorkerDeploymentRequest>;

export interface DeleteWorkerDeploymentResponse {}
export declare const DeleteWorkerDeploymentResponse: Codec<DeleteWorkerDeploymentResponse>;

export interface UpdateWorkerDeploymentVersionComputeConfigRequest {
  namespace: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  computeConfigScalingGroups: { [key: string]: compute.ComputeConfigScalingGroupUpdate };
  removeComputeConfigScalingGroups: string[];
  identity: string;
  requestId: string;
}
export declare const UpdateWorkerDeploymentVersionComputeConfigRequest: Codec<UpdateWorkerDeploymentVersionComputeConfigRequest>;

export interface UpdateWorkerDeploymentVersionComputeConfigResponse {}
export declare const UpdateWorkerDeploymentVersionComputeConfigResponse: Codec<UpdateWorkerDeploymentVersionComputeConfigResponse>;

export interface ValidateWorkerDeploymentVersionComputeConfigRequest {
  namespace: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  computeConfigScalingGroups: { [key: string]: compute.ComputeConfigScalingGroupUpdate };
  removeComputeConfigScalingGroups: string[];
  identity: string;
}
export declare const ValidateWorkerDeploymentVersionComputeConfigRequest: Codec<ValidateWorkerDeploymentVersionComputeConfigRequest>;

export interface ValidateWorkerDeploymentVersionComputeConfigResponse {}
export declare const ValidateWorkerDeploymentVersionComputeConfigResponse: Codec<ValidateWorkerDeploymentVersionComputeConfigResponse>;

export interface UpdateWorkerDeploymentVersionMetadataRequest {
  namespace: string;
  version: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  upsertEntries: { [key: string]: Uint8Array };
  removeEntries: string[];
  identity: string;
}
export declare const UpdateWorkerDeploymentVersionMetadataRequest: Codec<UpdateWorkerDeploymentVersionMetadataRequest>;

export interface UpdateWorkerDeploymentVersionMetadataResponse {
  metadata: deployment.VersionMetadata | null;
}
export declare const UpdateWorkerDeploymentVersionMetadataResponse: Codec<UpdateWorkerDeploymentVersionMetadataResponse>;

export interface SetWorkerDeploymentManagerRequest {
  namespace: string;
  deploymentName: string;
  managerIdentity: string | null;
  self: boolean | null;
  conflictToken: Uint8Array;
  identity: string;
}
export declare const SetWorkerDeploymentManagerRequest: Codec<SetWorkerDeploymentManagerRequest>;

export interface SetWorkerDeploymentManagerResponse {
  conflictToken: Uint8Array;
  previousManagerIdentity: string;
}
export declare const SetWorkerDeploymentManagerResponse: Codec<SetWorkerDeploymentManagerResponse>;

export interface GetCurrentDeploymentRequest {
  namespace: string;
  seriesName: string;
}
export declare const GetCurrentDeploymentRequest: Codec<GetCurrentDeploymentRequest>;

export interface GetCurrentDeploymentResponse {
  currentDeploymentInfo: deployment.DeploymentInfo | null;
}
export declare const GetCurrentDeploymentResponse: Codec<GetCurrentDeploymentResponse>;

export interface GetDeploymentReachabilityRequest {
  namespace: string;
  deployment: deployment.Deployment | null;
}
export declare const GetDeploymentReachabilityRequest: Codec<GetDeploymentReachabilityRequest>;

export interface GetDeploymentReachabilityResponse {
  deploymentInfo: deployment.DeploymentInfo | null;
  reachability: enums.DeploymentReachability;
  lastUpdateTime: googleProtobuf.Timestamp | null;
}
export declare const GetDeploymentReachabilityResponse: Codec<GetDeploymentReachabilityResponse>;

export interface CreateWorkflowRuleRequest {
  namespace: string;
  spec: rules.WorkflowRuleSpec | null;
  forceScan: boolean;
  requestId: string;
  identity: string;
  description: string;
}
export declare const CreateWorkflowRuleRequest: Codec<CreateWorkflowRuleRequest>;

export interface CreateWorkflowRuleResponse {
  rule: rules.WorkflowRule | null;
  jobId: string;
}
export declare const CreateWorkflowRuleResponse: Codec<CreateWorkflowRuleResponse>;

export interface DescribeWorkflowRuleRequest {
  namespace: string;
  ruleId: string;
}
export declare const DescribeWorkflowRuleRequest: Codec<DescribeWorkflowRuleRequest>;

export interface DescribeWorkflowRuleResponse {
  rule: rules.WorkflowRule | null;
}
export declare const DescribeWorkflowRuleResponse: Codec<DescribeWorkflowRuleResponse>;

export interface DeleteWorkflowRuleRequest {
  namespace: string;
  ruleId: string;
}
export declare const DeleteWorkflowRuleRequest: Codec<DeleteWorkflowRuleRequest>;

export interface DeleteWorkflowRuleResponse {}
export declare const DeleteWorkflowRuleResponse: Codec<DeleteWorkflowRuleResponse>;

export interface ListWorkflowRulesRequest {
  namespace: string;
  nextPageToken: Uint8Array;
}
export declare const ListWorkflowRulesRequest: Codec<ListWorkflowRulesRequest>;

export interface ListWorkflowRulesResponse {
  rules: rules.WorkflowRule[];
  nextPageToken: Uint8Array;
}
export declare const ListWorkflowRulesResponse: Codec<ListWorkflowRulesResponse>;

export interface TriggerWorkflowRuleRequest {
  namespace: string;
  execution: common.WorkflowExecution | null;
  id: string | null;
  spec: rules.WorkflowRuleSpec | null;
  identity: string;
}
export declare const TriggerWorkflowRuleRequest: Codec<TriggerWorkflowRuleRequest>;

export interface TriggerWorkflowRuleResponse {
  applied: boolean;
}
export declare const TriggerWorkflowRuleResponse: Codec<TriggerWorkflowRuleResponse>;

export interface RecordWorkerHeartbeatRequest {
  namespace: string;
  identity: string;
  workerHeartbeat: worker.WorkerHeartbeat[];
  resourceId: string;
}
export declare const RecordWorkerHeartbeatRequest: Codec<RecordWorkerHeartbeatRequest>;

export interface RecordWorkerHeartbeatResponse {}
export declare const RecordWorkerHeartbeatResponse: Codec<RecordWorkerHeartbeatResponse>;

export interface ListWorkersRequest {
  namespace: string;
  pageSize: number;
  nextPageToken: Uint8Array;
  query: string;
  includeSystemWorkers: boolean;
}
export declare const ListWorkersRequest: Codec<ListWorkersRequest>;

export interface ListWorkersResponse {
  workersInfo: worker.WorkerInfo[];
  workers: worker.WorkerListInfo[];
  nextPageToken: Uint8Array;
}
export declare const ListWorkersResponse: Codec<ListWorkersResponse>;

export interface UpdateTaskQueueConfigRequest {
  namespace: string;
  identity: string;
  taskQueue: string;
  taskQueueType: enums.TaskQueueType;
  updateQueueRateLimit: UpdateTaskQueueConfigRequest_RateLimitUpdate | null;
  updateFairnessKeyRateLimitDefault: UpdateTaskQueueConfigRequest_RateLimitUpdate | null;
  setFairnessWeightOverrides: { [key: string]: number };
  unsetFairnessWeightOverrides: string[];
}
export declare const UpdateTaskQueueConfigRequest: Codec<UpdateTaskQueueConfigRequest>;

export interface UpdateTaskQueueConfigRequest_RateLimitUpdate {
  rateLimit: taskqueue.RateLimit | null;
  reason: string;
}
export declare const UpdateTaskQueueConfigRequest_RateLimitUpdate: Codec<UpdateTaskQueueConfigRequest_RateLimitUpdate>;

export interface UpdateTaskQueueConfigResponse {
  config: taskqueue.TaskQueueConfig | null;
}
export declare const UpdateTaskQueueConfigResponse: Codec<UpdateTaskQueueConfigResponse>;

export interface FetchWorkerConfigRequest {
  namespace: string;
  identity: string;
  reason: string;
  selector: common.WorkerSelector | null;
  resourceId: string;
}
export declare const FetchWorkerConfigRequest: Codec<FetchWorkerConfigRequest>;

export interface FetchWorkerConfigResponse {
  workerConfig: sdk.WorkerConfig | null;
}
export declare const FetchWorkerConfigResponse: Codec<FetchWorkerConfigResponse>;

export interface UpdateWorkerConfigRequest {
  namespace: string;
  identity: string;
  reason: string;
  workerConfig: sdk.WorkerConfig | null;
  updateMask: googleProtobuf.FieldMask | null;
  selector: common.WorkerSelector | null;
  resourceId: string;
}
export declare const UpdateWorkerConfigRequest: Codec<UpdateWorkerConfigRequest>;

export interface UpdateWorkerConfigResponse {
  workerConfig: sdk.WorkerConfig | null;
}
export declare const UpdateWorkerConfigResponse: Codec<UpdateWorkerConfigResponse>;

export interface DescribeWorkerRequest {
  namespace: string;
  workerInstanceKey: string;
}
export declare const DescribeWorkerRequest: Codec<DescribeWorkerRequest>;

export interface DescribeWorkerResponse {
  workerInfo: worker.WorkerInfo | null;
}
export declare const DescribeWorkerResponse: Codec<DescribeWorkerResponse>;

export interface CountWorkersRequest {
  namespace: string;
  query: string;
  includeSystemWorkers: boolean;
}
export declare const CountWorkersRequest: Codec<CountWorkersRequest>;

export interface CountWorkersResponse {
  count: number;
}
export declare const CountWorkersResponse: Codec<CountWorkersResponse>;

export interface PauseWorkflowExecutionRequest {
  namespace: string;
  workflowId: string;
  runId: string;
  identity: string;
  reason: string;
  requestId: string;
}
export declare const PauseWorkflowExecutionRequest: Codec<PauseWorkflowExecutionRequest>;

export interface PauseWorkflowExecutionResponse {}
export declare const PauseWorkflowExecutionResponse: Codec<PauseWorkflowExecutionResponse>;

export interface UnpauseWorkflowExecutionRequest {
  namespace: string;
  workflowId: string;
  runId: string;
  identity: string;
  reason: string;
  requestId: string;
}
export declare const UnpauseWorkflowExecutionRequest: Codec<UnpauseWorkflowExecutionRequest>;

export interface UnpauseWorkflowExecutionResponse {}
export declare const UnpauseWorkflowExecutionResponse: Codec<UnpauseWorkflowExecutionResponse>;

export interface StartActivityExecutionRequest {
  namespace: string;
  identity: string;
  requestId: string;
  activityId: string;
  activityType: common.ActivityType | null;
  taskQueue: taskqueue.TaskQueue | null;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
  heartbeatTimeout: googleProtobuf.Duration | null;
  retryPolicy: common.RetryPolicy | null;
  input: Uint8Array | null;
  idReusePolicy: enums.ActivityIdReusePolicy;
  idConflictPolicy: enums.ActivityIdConflictPolicy;
  searchAttributes: common.SearchAttributes | null;
  header: Uint8Array | null;
  userMetadata: Uint8Array | null;
  priority: common.Priority | null;
  completionCallbacks: common.Callback[];
  links: common.Link[];
  onConflictOptions: common.OnConflictOptions | null;
  startDelay: googleProtobuf.Duration | null;
}
export declare const StartActivityExecutionRequest: Codec<StartActivityExecutionRequest>;

export interface StartActivityExecutionResponse {
  runId: string;
  started: boolean;
  link: common.Link | null;
}
export declare const StartActivityExecutionResponse: Codec<StartActivityExecutionResponse>;

export interface DescribeActivityExecutionRequest {
  namespace: string;
  activityId: string;
  runId: string;
  includeInput: boolean;
  includeOutcome: boolean;
  longPollToken: Uint8Array;
  includeHeartbeatDetails: boolean;
  includeLastFailure: boolean;
}
export declare const DescribeActivityExecutionRequest: Codec<DescribeActivityExecutionRequest>;

export interface DescribeActivityExecutionResponse {
  runId: string;
  info: activity.ActivityExecutionInfo | null;
  input: Uint8Array | null;
  outcome: activity.ActivityExecutionOutcome | null;
  longPollToken: Uint8Array;
  callbacks: activity.CallbackInfo[];
}
export declare const DescribeActivityExecutionResponse: Codec<DescribeActivityExecutionResponse>;

export interface PollActivityExecutionRequest {
  namespace: string;
  activityId: string;
  runId: string;
}
export declare const PollActivityExecutionRequest: Codec<PollActivityExecutionRequest>;

export interface PollActivityExecutionResponse {
  runId: string;
  outcome: activity.ActivityExecutionOutcome | null;
}
export declare const PollActivityExecutionResponse: Codec<PollActivityExecutionResponse>;

export interface ListActivityExecutionsRequest {
  namespace: string;
  pageSize: number;
  nextPageToken: Uint8Array;
  query: string;
}
export declare const ListActivityExecutionsRequest: Codec<ListActivityExecutionsRequest>;

export interface ListActivityExecutionsResponse {
  executions: activity.ActivityExecutionListInfo[];
  nextPageToken: Uint8Array;
}
export declare const ListActivityExecutionsResponse: Codec<ListActivityExecutionsResponse>;

export interface StartNexusOperationExecutionRequest {
  namespace: string;
  identity: string;
  requestId: string;
  operationId: string;
  endpoint: string;
  service: string;
  operation: string;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
  input: Uint8Array | null;
  idReusePolicy: enums.NexusOperationIdReusePolicy;
  idConflictPolicy: enums.NexusOperationIdConflictPolicy;
  searchAttributes: common.SearchAttributes | null;
  nexusHeader: { [key: string]: string };
  userMetadata: Uint8Array | null;
}
export declare const StartNexusOperationExecutionRequest: Codec<StartNexusOperationExecutionRequest>;

export interface StartNexusOperationExecutionResponse {
  runId: string;
  started: boolean;
}
export declare const StartNexusOperationExecutionResponse: Codec<StartNexusOperationExecutionResponse>;

export interface DescribeNexusOperationExecutionRequest {
  namespace: string;
  operationId: string;
  runId: string;
  includeInput: boolean;
  includeOutcome: boolean;
  longPollToken: Uint8Array;
}
export declare const DescribeNexusOperationExecutionRequest: Codec<DescribeNexusOperationExecutionRequest>;

export interface DescribeNexusOperationExecutionResponse {
  runId: string;
  info: nexus.NexusOperationExecutionInfo | null;
  input: Uint8Array | null;
  result: Uint8Array | null;
  failure: Uint8Array | null;
  longPollToken: Uint8Array;
}
export declare const DescribeNexusOperationExecutionResponse: Codec<DescribeNexusOperationExecutionResponse>;

export interface PollNexusOperationExecutionRequest {
  namespace: string;
  operationId: string;
  runId: string;
  waitStage: enums.NexusOperationWaitStage;
}
export declare const PollNexusOperationExecutionRequest: Codec<PollNexusOperationExecutionRequest>;

export interface PollNexusOperationExecutionResponse {
  runId: string;
  waitStage: enums.NexusOperationWaitStage;
  operationToken: string;
  result: Uint8Array | null;
  failure: Uint8Array | null;
}
export declare const PollNexusOperationExecutionResponse: Codec<PollNexusOperationExecutionResponse>;

export interface ListNexusOperationExecutionsRequest {
  namespace: string;
  pageSize: number;
  nextPageToken: Uint8Array;
  query: string;
}
export declare const ListNexusOperationExecutionsRequest: Codec<ListNexusOperationExecutionsRequest>;

export interface ListNexusOperationExecutionsResponse {
  operations: nexus.NexusOperationExecutionListInfo[];
  nextPageToken: Uint8Array;
}
export declare const ListNexusOperationExecutionsResponse: Codec<ListNexusOperationExecutionsResponse>;

export interface CountActivityExecutionsRequest {
  namespace: string;
  query: string;
}
export declare const CountActivityExecutionsRequest: Codec<CountActivityExecutionsRequest>;

export interface CountActivityExecutionsResponse {
  count: number;
  groups: CountActivityExecutionsResponse_AggregationGroup[];
}
export declare const CountActivityExecutionsResponse: Codec<CountActivityExecutionsResponse>;

export interface CountActivityExecutionsResponse_AggregationGroup {
  groupValues: Uint8Array[];
  count: number;
}
export declare const CountActivityExecutionsResponse_AggregationGroup: Codec<CountActivityExecutionsResponse_AggregationGroup>;

export interface CountNexusOperationExecutionsRequest {
  namespace: string;
  query: string;
}
export declare const CountNexusOperationExecutionsRequest: Codec<CountNexusOperationExecutionsRequest>;

export interface CountNexusOperationExecutionsResponse {
  count: number;
  groups: CountNexusOperationExecutionsResponse_AggregationGroup[];
}
export declare const CountNexusOperationExecutionsResponse: Codec<CountNexusOperationExecutionsResponse>;

export interface CountNexusOperationExecutionsResponse_AggregationGroup {
  groupValues: Uint8Array[];
  count: number;
}
export declare const CountNexusOperationExecutionsResponse_AggregationGroup: Codec<CountNexusOperationExecutionsResponse_AggregationGroup>;

export interface RequestCancelActivityExecutionRequest {
  namespace: string;
  activityId: string;
  runId: string;
  identity: string;
  requestId: string;
  reason: string;
}
export declare const RequestCancelActivityExecutionRequest: Codec<RequestCancelActivityExecutionRequest>;

export interface RequestCancelActivityExecutionResponse {}
export declare const RequestCancelActivityExecutionResponse: Codec<RequestCancelActivityExecutionResponse>;

export interface TerminateActivityExecutionRequest {
  namespace: string;
  activityId: string;
  runId: string;
  identity: string;
  requestId: string;
  reason: string;
}
export declare const TerminateActivityExecutionRequest: Codec<TerminateActivityExecutionRequest>;

export interface TerminateActivityExecutionResponse {}
export declare const TerminateActivityExecutionResponse: Codec<TerminateActivityExecutionResponse>;

export interface DeleteActivityExecutionRequest {
  namespace: string;
  activityId: string;
  runId: string;
}
export declare const DeleteActivityExecutionRequest: Codec<DeleteActivityExecutionRequest>;

export interface DeleteActivityExecutionResponse {}
export declare const DeleteActivityExecutionResponse: Codec<DeleteActivityExecutionResponse>;

export interface RequestCancelNexusOperationExecutionRequest {
  namespace: string;
  operationId: string;
  runId: string;
  identity: string;
  requestId: string;
  reason: string;
}
export declare const RequestCancelNexusOperationExecutionRequest: Codec<RequestCancelNexusOperationExecutionRequest>;

export interface RequestCancelNexusOperationExecutionResponse {}
export declare const RequestCancelNexusOperationExecutionResponse: Codec<RequestCancelNexusOperationExecutionResponse>;

export interface TerminateNexusOperationExecutionRequest {
  namespace: string;
  operationId: string;
  runId: string;
  identity: string;
  requestId: string;
  reason: string;
}
export declare const TerminateNexusOperationExecutionRequest: Codec<TerminateNexusOperationExecutionRequest>;

export interface TerminateNexusOperationExecutionResponse {}
export declare const TerminateNexusOperationExecutionResponse: Codec<TerminateNexusOperationExecutionResponse>;

export interface DeleteNexusOperationExecutionRequest {
  namespace: string;
  operationId: string;
  runId: string;
}
export declare const DeleteNexusOperationExecutionRequest: Codec<DeleteNexusOperationExecutionRequest>;

export interface DeleteNexusOperationExecutionResponse {}
export declare const DeleteNexusOperationExecutionResponse: Codec<DeleteNexusOperationExecutionResponse>;

export interface PollWorkflowExecutionTimeSkippingRequest {
  namespace: string;
  workflowExecution: common.WorkflowExecution | null;
  fastForwardId: string;
}
export declare const PollWorkflowExecutionTimeSkippingRequest: Codec<PollWorkflowExecutionTimeSkippingRequest>;

export interface PollWorkflowExecutionTimeSkippingResponse {
  fastForwardPollingResult: enums.FastForwardPollingResult;
  failedReason: string;
  fastForwardInfo: common.TimeSkippingFastForwardInfo | null;
}
export declare const PollWorkflowExecutionTimeSkippingResponse: Codec<PollWorkflowExecutionTimeSkippingResponse>;

export declare const WorkflowService: {
  readonly name: 'temporal.api.workflowservice.v1.WorkflowService';
  readonly methods: {
    readonly RegisterNamespace: Method<'RegisterNamespace', RegisterNamespaceRequest, RegisterNamespaceResponse>;
    readonly DescribeNamespace: Method<'DescribeNamespace', DescribeNamespaceRequest, DescribeNamespaceResponse>;
    readonly ListNamespaces: Method<'ListNamespaces', ListNamespacesRequest, ListNamespacesResponse>;
    readonly UpdateNamespace: Method<'UpdateNamespace', UpdateNamespaceRequest, UpdateNamespaceResponse>;
    readonly DeprecateNamespace: Method<'DeprecateNamespace', DeprecateNamespaceRequest, DeprecateNamespaceResponse>;
    readonly StartWorkflowExecution: Method<'StartWorkflowExecution', StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>;
    readonly ExecuteMultiOperation: Method<'ExecuteMultiOperation', ExecuteMultiOperationRequest, ExecuteMultiOperationResponse>;
    readonly GetWorkflowExecutionHistory: Method<'GetWorkflowExecutionHistory', GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>;
    readonly GetWorkflowExecutionHistoryReverse: Method<'GetWorkflowExecutionHistoryReverse', GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>;
    readonly PollWorkflowTaskQueue: Method<'PollWorkflowTaskQueue', PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse>;
    readonly RespondWorkflowTaskCompleted: Method<'RespondWorkflowTaskCompleted', RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>;
    readonly RespondWorkflowTaskFailed: Method<'RespondWorkflowTaskFailed', RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>;
    readonly PollActivityTaskQueue: Method<'PollActivityTaskQueue', PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>;
    readonly RecordActivityTaskHeartbeat: Method<'RecordActivityTaskHeartbeat', RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse>;
    readonly RecordActivityTaskHeartbeatById: Method<'RecordActivityTaskHeartbeatById', RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse>;
    readonly RespondActivityTaskCompleted: Method<'RespondActivityTaskCompleted', RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>;
    readonly RespondActivityTaskCompletedById: Method<'RespondActivityTaskCompletedById', RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>;
    readonly RespondActivityTaskFailed: Method<'RespondActivityTaskFailed', RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>;
    readonly RespondActivityTaskFailedById: Method<'RespondActivityTaskFailedById', RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>;
    readonly RespondActivityTaskCanceled: Method<'RespondActivityTaskCanceled', RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>;
    readonly RespondActivityTaskCanceledById: Method<'RespondActivityTaskCanceledById', RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>;
    readonly RequestCancelWorkflowExecution: Method<'RequestCancelWorkflowExecution', RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>;
    readonly SignalWorkflowExecution: Method<'SignalWorkflowExecution', SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>;
    readonly SignalWithStartWorkflowExecution: Method<'SignalWithStartWorkflowExecution', SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>;
    readonly ResetWorkflowExecution: Method<'ResetWorkflowExecution', ResetWorkflowExecutionRequest, ResetWorkflowExecutionResponse>;
    readonly TerminateWorkflowExecution: Method<'TerminateWorkflowExecution', TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>;
    readonly DeleteWorkflowExecution: Method<'DeleteWorkflowExecution', DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse>;
    readonly ListOpenWorkflowExecutions: Method<'ListOpenWorkflowExecutions', ListOpenWorkflowExecutionsRequest, ListOpenWorkflowExecutionsResponse>;
    readonly ListClosedWorkflowExecutions: Method<'ListClosedWorkflowExecutions', ListClosedWorkflowExecutionsRequest, ListClosedWorkflowExecutionsResponse>;
    readonly ListWorkflowExecutions: Method<'ListWorkflowExecutions', ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>;
    readonly ListArchivedWorkflowExecutions: Method<'ListArchivedWorkflowExecutions', ListArchivedWorkflowExecutionsRequest, ListArchivedWorkflowExecutionsResponse>;
    readonly ScanWorkflowExecutions: Method<'ScanWorkflowExecutions', ScanWorkflowExecutionsRequest, ScanWorkflowExecutionsResponse>;
    readonly CountWorkflowExecutions: Method<'CountWorkflowExecutions', CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse>;
    readonly GetSearchAttributes: Method<'GetSearchAttributes', GetSearchAttributesRequest, GetSearchAttributesResponse>;
    readonly RespondQueryTaskCompleted: Method<'RespondQueryTaskCompleted', RespondQueryTaskCompletedRequest, RespondQueryTaskCompletedResponse>;
    readonly ResetStickyTaskQueue: Method<'ResetStickyTaskQueue', ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse>;
    readonly ShutdownWorker: Method<'ShutdownWorker', ShutdownWorkerRequest, ShutdownWorkerResponse>;
    readonly QueryWorkflow: Method<'QueryWorkflow', QueryWorkflowRequest, QueryWorkflowResponse>;
    readonly DescribeWorkflowExecution: Method<'DescribeWorkflowExecution', DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>;
    readonly DescribeTaskQueue: Method<'DescribeTaskQueue', DescribeTaskQueueRequest, DescribeTaskQueueResponse>;
    readonly GetClusterInfo: Method<'GetClusterInfo', GetClusterInfoRequest, GetClusterInfoResponse>;
    readonly GetSystemInfo: Method<'GetSystemInfo', GetSystemInfoRequest, GetSystemInfoResponse>;
    readonly ListTaskQueuePartitions: Method<'ListTaskQueuePartitions', ListTaskQueuePartitionsRequest, ListTaskQueuePartitionsResponse>;
    readonly CreateSchedule: Method<'CreateSchedule', CreateScheduleRequest, CreateScheduleResponse>;
    readonly DescribeSchedule: Method<'DescribeSchedule', DescribeScheduleRequest, DescribeScheduleResponse>;
    readonly UpdateSchedule: Method<'UpdateSchedule', UpdateScheduleRequest, UpdateScheduleResponse>;
    readonly PatchSchedule: Method<'PatchSchedule', PatchScheduleRequest, PatchScheduleResponse>;
    readonly ListScheduleMatchingTimes: Method<'ListScheduleMatchingTimes', ListScheduleMatchingTimesRequest, ListScheduleMatchingTimesResponse>;
    readonly DeleteSchedule: Method<'DeleteSchedule', DeleteScheduleRequest, DeleteScheduleResponse>;
    readonly ListSchedules: Method<'ListSchedules', ListSchedulesRequest, ListSchedulesResponse>;
    readonly CountSchedules: Method<'CountSchedules', CountSchedulesRequest, CountSchedulesResponse>;
    readonly UpdateWorkerBuildIdCompatibility: Method<'UpdateWorkerBuildIdCompatibility', UpdateWorkerBuildIdCompatibilityRequest, UpdateWorkerBuildIdCompatibilityResponse>;
    readonly GetWorkerBuildIdCompatibility: Method<'GetWorkerBuildIdCompatibility', GetWorkerBuildIdCompatibilityRequest, GetWorkerBuildIdCompatibilityResponse>;
    readonly UpdateWorkerVersioningRules: Method<'UpdateWorkerVersioningRules', UpdateWorkerVersioningRulesRequest, UpdateWorkerVersioningRulesResponse>;
    readonly GetWorkerVersioningRules: Method<'GetWorkerVersioningRules', GetWorkerVersioningRulesRequest, GetWorkerVersioningRulesResponse>;
    readonly GetWorkerTaskReachability: Method<'GetWorkerTaskReachability', GetWorkerTaskReachabilityRequest, GetWorkerTaskReachabilityResponse>;
    readonly DescribeDeployment: Method<'DescribeDeployment', DescribeDeploymentRequest, DescribeDeploymentResponse>;
    readonly DescribeWorkerDeploymentVersion: Method<'DescribeWorkerDeploymentVersion', DescribeWorkerDeploymentVersionRequest, DescribeWorkerDeploymentVersionResponse>;
    readonly ListDeployments: Method<'ListDeployments', ListDeploymentsRequest, ListDeploymentsResponse>;
    readonly GetDeploymentReachability: Method<'GetDeploymentReachability', GetDeploymentReachabilityRequest, GetDeploymentReachabilityResponse>;
    readonly GetCurrentDeployment: Method<'GetCurrentDeployment', GetCurrentDeploymentRequest, GetCurrentDeploymentResponse>;
    readonly SetCurrentDeployment: Method<'SetCurrentDeployment', SetCurrentDeploymentRequest, SetCurrentDeploymentResponse>;
    readonly SetWorkerDeploymentCurrentVersion: Method<'SetWorkerDeploymentCurrentVersion', SetWorkerDeploymentCurrentVersionRequest, SetWorkerDeploymentCurrentVersionResponse>;
    readonly DescribeWorkerDeployment: Method<'DescribeWorkerDeployment', DescribeWorkerDeploymentRequest, DescribeWorkerDeploymentResponse>;
    readonly DeleteWorkerDeployment: Method<'DeleteWorkerDeployment', DeleteWorkerDeploymentRequest, DeleteWorkerDeploymentResponse>;
    readonly DeleteWorkerDeploymentVersion: Method<'DeleteWorkerDeploymentVersion', DeleteWorkerDeploymentVersionRequest, DeleteWorkerDeploymentVersionResponse>;
    readonly SetWorkerDeploymentRampingVersion: Method<'SetWorkerDeploymentRampingVersion', SetWorkerDeploymentRampingVersionRequest, SetWorkerDeploymentRampingVersionResponse>;
    readonly ListWorkerDeployments: Method<'ListWorkerDeployments', ListWorkerDeploymentsRequest, ListWorkerDeploymentsResponse>;
    readonly CreateWorkerDeployment: Method<'CreateWorkerDeployment', CreateWorkerDeploymentRequest, CreateWorkerDeploymentResponse>;
    readonly CreateWorkerDeploymentVersion: Method<'CreateWorkerDeploymentVersion', CreateWorkerDeploymentVersionRequest, CreateWorkerDeploymentVersionResponse>;
    readonly UpdateWorkerDeploymentVersionComputeConfig: Method<'UpdateWorkerDeploymentVersionComputeConfig', UpdateWorkerDeploymentVersionComputeConfigRequest, UpdateWorkerDeploymentVersionComputeConfigResponse>;
    readonly ValidateWorkerDeploymentVersionComputeConfig: Method<'ValidateWorkerDeploymentVersionComputeConfig', ValidateWorkerDeploymentVersionComputeConfigRequest, ValidateWorkerDeploymentVersionComputeConfigResponse>;
    readonly UpdateWorkerDeploymentVersionMetadata: Method<'UpdateWorkerDeploymentVersionMetadata', UpdateWorkerDeploymentVersionMetadataRequest, UpdateWorkerDeploymentVersionMetadataResponse>;
    readonly SetWorkerDeploymentManager: Method<'SetWorkerDeploymentManager', SetWorkerDeploymentManagerRequest, SetWorkerDeploymentManagerResponse>;
    readonly UpdateWorkflowExecution: Method<'UpdateWorkflowExecution', UpdateWorkflowExecutionRequest, UpdateWorkflowExecutionResponse>;
    readonly PollWorkflowExecutionUpdate: Method<'PollWorkflowExecutionUpdate', PollWorkflowExecutionUpdateRequest, PollWorkflowExecutionUpdateResponse>;
    readonly StartBatchOperation: Method<'StartBatchOperation', StartBatchOperationRequest, StartBatchOperationResponse>;
    readonly StopBatchOperation: Method<'StopBatchOperation', StopBatchOperationRequest, StopBatchOperationResponse>;
    readonly DescribeBatchOperation: Method<'DescribeBatchOperation', DescribeBatchOperationRequest, DescribeBatchOperationResponse>;
    readonly ListBatchOperations: Method<'ListBatchOperations', ListBatchOperationsRequest, ListBatchOperationsResponse>;
    readonly PollNexusTaskQueue: Method<'PollNexusTaskQueue', PollNexusTaskQueueRequest, PollNexusTaskQueueResponse>;
    readonly RespondNexusTaskCompleted: Method<'RespondNexusTaskCompleted', RespondNexusTaskCompletedRequest, RespondNexusTaskCompletedResponse>;
    readonly RespondNexusTaskFailed: Method<'RespondNexusTaskFailed', RespondNexusTaskFailedRequest, RespondNexusTaskFailedResponse>;
    readonly UpdateActivityOptions: Method<'UpdateActivityOptions', UpdateActivityOptionsRequest, UpdateActivityOptionsResponse>;
    readonly UpdateWorkflowExecutionOptions: Method<'UpdateWorkflowExecutionOptions', UpdateWorkflowExecutionOptionsRequest, UpdateWorkflowExecutionOptionsResponse>;
    readonly PauseActivity: Method<'PauseActivity', PauseActivityRequest, PauseActivityResponse>;
    readonly UnpauseActivity: Method<'UnpauseActivity', UnpauseActivityRequest, UnpauseActivityResponse>;
    readonly ResetActivity: Method<'ResetActivity', ResetActivityRequest, ResetActivityResponse>;
    readonly CreateWorkflowRule: Method<'CreateWorkflowRule', CreateWorkflowRuleRequest, CreateWorkflowRuleResponse>;
    readonly DescribeWorkflowRule: Method<'DescribeWorkflowRule', DescribeWorkflowRuleRequest, DescribeWorkflowRuleResponse>;
    readonly DeleteWorkflowRule: Method<'DeleteWorkflowRule', DeleteWorkflowRuleRequest, DeleteWorkflowRuleResponse>;
    readonly ListWorkflowRules: Method<'ListWorkflowRules', ListWorkflowRulesRequest, ListWorkflowRulesResponse>;
    readonly TriggerWorkflowRule: Method<'TriggerWorkflowRule', TriggerWorkflowRuleRequest, TriggerWorkflowRuleResponse>;
    readonly RecordWorkerHeartbeat: Method<'RecordWorkerHeartbeat', RecordWorkerHeartbeatRequest, RecordWorkerHeartbeatResponse>;
    readonly ListWorkers: Method<'ListWorkers', ListWorkersRequest, ListWorkersResponse>;
    readonly CountWorkers: Method<'CountWorkers', CountWorkersRequest, CountWorkersResponse>;
    readonly UpdateTaskQueueConfig: Method<'UpdateTaskQueueConfig', UpdateTaskQueueConfigRequest, UpdateTaskQueueConfigResponse>;
    readonly FetchWorkerConfig: Method<'FetchWorkerConfig', FetchWorkerConfigRequest, FetchWorkerConfigResponse>;
    readonly UpdateWorkerConfig: Method<'UpdateWorkerConfig', UpdateWorkerConfigRequest, UpdateWorkerConfigResponse>;
    readonly DescribeWorker: Method<'DescribeWorker', DescribeWorkerRequest, DescribeWorkerResponse>;
    readonly PauseWorkflowExecution: Method<'PauseWorkflowExecution', PauseWorkflowExecutionRequest, PauseWorkflowExecutionResponse>;
    readonly UnpauseWorkflowExecution: Method<'UnpauseWorkflowExecution', UnpauseWorkflowExecutionRequest, UnpauseWorkflowExecutionResponse>;
    readonly StartActivityExecution: Method<'StartActivityExecution', StartActivityExecutionRequest, StartActivityExecutionResponse>;
    readonly StartNexusOperationExecution: Method<'StartNexusOperationExecution', StartNexusOperationExecutionRequest, StartNexusOperationExecutionResponse>;
    readonly DescribeActivityExecution: Method<'DescribeActivityExecution', DescribeActivityExecutionRequest, DescribeActivityExecutionResponse>;
    readonly DescribeNexusOperationExecution: Method<'DescribeNexusOperationExecution', DescribeNexusOperationExecutionRequest, DescribeNexusOperationExecutionResponse>;
    readonly PollActivityExecution: Method<'PollActivityExecution', PollActivityExecutionRequest, PollActivityExecutionResponse>;
    readonly PollNexusOperationExecution: Method<'PollNexusOperationExecution', PollNexusOperationExecutionRequest, PollNexusOperationExecutionResponse>;
    readonly ListActivityExecutions: Method<'ListActivityExecutions', ListActivityExecutionsRequest, ListActivityExecutionsResponse>;
    readonly ListNexusOperationExecutions: Method<'ListNexusOperationExecutions', ListNexusOperationExecutionsRequest, ListNexusOperationExecutionsResponse>;
    readonly CountActivityExecutions: Method<'CountActivityExecutions', CountActivityExecutionsRequest, CountActivityExecutionsResponse>;
    readonly CountNexusOperationExecutions: Method<'CountNexusOperationExecutions', CountNexusOperationExecutionsRequest, CountNexusOperationExecutionsResponse>;
    readonly RequestCancelActivityExecution: Method<'RequestCancelActivityExecution', RequestCancelActivityExecutionRequest, RequestCancelActivityExecutionResponse>;
    readonly RequestCancelNexusOperationExecution: Method<'RequestCancelNexusOperationExecution', RequestCancelNexusOperationExecutionRequest, RequestCancelNexusOperationExecutionResponse>;
    readonly TerminateActivityExecution: Method<'TerminateActivityExecution', TerminateActivityExecutionRequest, TerminateActivityExecutionResponse>;
    readonly DeleteActivityExecution: Method<'DeleteActivityExecution', DeleteActivityExecutionRequest, DeleteActivityExecutionResponse>;
    readonly PauseActivityExecution: Method<'PauseActivityExecution', PauseActivityExecutionRequest, PauseActivityExecutionResponse>;
    readonly ResetActivityExecution: Method<'ResetActivityExecution', ResetActivityExecutionRequest, ResetActivityExecutionResponse>;
    readonly UnpauseActivityExecution: Method<'UnpauseActivityExecution', UnpauseActivityExecutionRequest, UnpauseActivityExecutionResponse>;
    readonly UpdateActivityExecutionOptions: Method<'UpdateActivityExecutionOptions', UpdateActivityExecutionOptionsRequest, UpdateActivityExecutionOptionsResponse>;
    readonly TerminateNexusOperationExecution: Method<'TerminateNexusOperationExecution', TerminateNexusOperationExecutionRequest, TerminateNexusOperationExecutionResponse>;
    readonly DeleteNexusOperationExecution: Method<'DeleteNexusOperationExecution', DeleteNexusOperationExecutionRequest, DeleteNexusOperationExecutionResponse>;
    readonly PollWorkflowExecutionTimeSkipping: Method<'PollWorkflowExecutionTimeSkipping', PollWorkflowExecutionTimeSkippingRequest, PollWorkflowExecutionTimeSkippingResponse>;
  };
};
