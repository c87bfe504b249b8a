// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as activity from './activity.js';
import type * as common from './common.js';
import type * as deployment from './deployment.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';
import type * as taskqueue from './taskqueue.js';

export declare const VersioningOverride_PinnedOverrideBehavior: {
  readonly UNSPECIFIED: 0;
  readonly PINNED: 1;
};
export type VersioningOverride_PinnedOverrideBehavior = (typeof VersioningOverride_PinnedOverrideBehavior)[keyof typeof VersioningOverride_PinnedOverrideBehavior];

export interface WorkflowExecutionInfo {
  execution: common.WorkflowExecution | null;
  type: common.WorkflowType | null;
  startTime: googleProtobuf.Timestamp | null;
  closeTime: googleProtobuf.Timestamp | null;
  status: enums.WorkflowExecutionStatus;
  historyLength: number;
  parentNamespaceId: string;
  parentExecution: common.WorkflowExecution | null;
  executionTime: googleProtobuf.Timestamp | null;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  autoResetPoints: ResetPoints | null;
  taskQueue: string;
  stateTransitionCount: number;
  historySizeBytes: number;
  mostRecentWorkerVersionStamp: common.WorkerVersionStamp | null;
  executionDuration: googleProtobuf.Duration | null;
  rootExecution: common.WorkflowExecution | null;
  assignedBuildId: string;
  inheritedBuildId: string;
  firstRunId: string;
  versioningInfo: WorkflowExecutionVersioningInfo | null;
  workerDeploymentName: string;
  priority: common.Priority | null;
  externalPayloadSizeBytes: number;
  externalPayloadCount: number;
}
export declare const WorkflowExecutionInfo: Codec<WorkflowExecutionInfo>;

export interface WorkflowExecutionExtendedInfo {
  executionExpirationTime: googleProtobuf.Timestamp | null;
  runExpirationTime: googleProtobuf.Timestamp | null;
  cancelRequested: boolean;
  lastResetTime: googleProtobuf.Timestamp | null;
  originalStartTime: googleProtobuf.Timestamp | null;
  resetRunId: string;
  requestIdInfos: { [key: string]: RequestIdInfo };
  pauseInfo: WorkflowExecutionPauseInfo | null;
  timeSkippingInfo: common.TimeSkippingInfo | null;
}
export declare const WorkflowExecutionExtendedInfo: Codec<WorkflowExecutionExtendedInfo>;

export interface WorkflowExecutionVersioningInfo {
  behavior: enums.VersioningBehavior;
  deployment: deployment.Deployment | null;
  version: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  versioningOverride: VersioningOverride | null;
  deploymentTransition: DeploymentTransition | null;
  versionTransition: DeploymentVersionTransition | null;
  revisionNumber: number;
  continueAsNewInitialVersioningBehavior: enums.ContinueAsNewVersioningBehavior;
}
export declare const WorkflowExecutionVersioningInfo: Codec<WorkflowExecutionVersioningInfo>;

export interface DeploymentTransition {
  deployment: deployment.Deployment | null;
}
export declare const DeploymentTransition: Codec<DeploymentTransition>;

export interface DeploymentVersionTransition {
  version: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
}
export declare const DeploymentVersionTransition: Codec<DeploymentVersionTransition>;

export interface WorkflowExecutionConfig {
  taskQueue: taskqueue.TaskQueue | null;
  workflowExecutionTimeout: googleProtobuf.Duration | null;
  workflowRunTimeout: googleProtobuf.Duration | null;
  defaultWorkflowTaskTimeout: googleProtobuf.Duration | null;
  userMetadata: Uint8Array | null;
}
export declare const WorkflowExecutionConfig: Codec<WorkflowExecutionConfig>;

export interface PendingActivityInfo {
  activityId: string;
  activityType: common.ActivityType | null;
  state: enums.PendingActivityState;
  heartbeatDetails: Uint8Array | null;
  lastHeartbeatTime: googleProtobuf.Timestamp | null;
  lastStartedTime: googleProtobuf.Timestamp | null;
  attempt: number;
  maximumAttempts: number;
  scheduledTime: googleProtobuf.Timestamp | null;
  expirationTime: googleProtobuf.Timestamp | null;
  lastFailure: Uint8Array | null;
  lastWorkerIdentity: string;
  useWorkflowBuildId: googleProtobuf.Empty | null;
  lastIndependentlyAssignedBuildId: string | null;
  lastWorkerVersionStamp: common.WorkerVersionStamp | null;
  currentRetryInterval: googleProtobuf.Duration | null;
  lastAttemptCompleteTime: googleProtobuf.Timestamp | null;
  nextAttemptScheduleTime: googleProtobuf.Timestamp | null;
  paused: boolean;
  lastDeployment: deployment.Deployment | null;
  lastWorkerDeploymentVersion: string;
  lastDeploymentVersion: deployment.WorkerDeploymentVersion | null;
  priority: common.Priority | null;
  pauseInfo: PendingActivityInfo_PauseInfo | null;
  activityOptions: activity.ActivityOptions | null;
}
export declare const PendingActivityInfo: Codec<PendingActivityInfo>;

export interface PendingActivityInfo_PauseInfo {
  pauseTime: googleProtobuf.Timestamp | null;
  manual: PendingActivityInfo_PauseInfo_Manual | null;
  rule: PendingActivityInfo_PauseInfo_Rule | null;
}
export declare const PendingActivityInfo_PauseInfo: Codec<PendingActivityInfo_PauseInfo>;

export interface PendingActivityInfo_PauseInfo_Manual {
  identity: string;
  reason: string;
}
export declare const PendingActivityInfo_PauseInfo_Manual: Codec<PendingActivityInfo_PauseInfo_Manual>;

export interface PendingActivityInfo_PauseInfo_Rule {
  ruleId: string;
  identity: string;
  reason: string;
}
export declare const PendingActivityInfo_PauseInfo_Rule: Codec<PendingActivityInfo_PauseInfo_Rule>;

export interface PendingChildExecutionInfo {
  workflowId: string;
  runId: string;
  workflowTypeName: string;
  initiatedId: number;
  parentClosePolicy: enums.ParentClosePolicy;
}
export declare const PendingChildExecutionInfo: Codec<PendingChildExecutionInfo>;

export interface PendingWorkflowTaskInfo {
  state: enums.PendingWorkflowTaskState;
  scheduledTime: googleProtobuf.Timestamp | null;
  originalScheduledTime: googleProtobuf.Timestamp | null;
  startedTime: googleProtobuf.Timestamp | null;
  attempt: number;
}
export declare const PendingWorkflowTaskInfo: Codec<PendingWorkflowTaskInfo>;

export interface ResetPoints {
  points: ResetPointInfo[];
}
export declare const ResetPoints: Codec<ResetPoints>;

export interface ResetPointInfo {
  buildId: string;
  binaryChecksum: string;
  runId: string;
  firstWorkflowTaskCompletedId: number;
  createTime: googleProtobuf.Timestamp | null;
  expireTime: googleProtobuf.Timestamp | null;
  resettable: boolean;
}
export declare const ResetPointInfo: Codec<ResetPointInfo>;

export interface NewWorkflowExecutionInfo {
  workflowId: string;
  workflowType: common.WorkflowType | null;
  taskQueue: taskqueue.TaskQueue | null;
  input: Uint8Array | null;
  workflowExecutionTimeout: googleProtobuf.Duration | null;
  workflowRunTimeout: googleProtobuf.Duration | null;
  workflowTaskTimeout: googleProtobuf.Duration | null;
  workflowIdReusePolicy: enums.WorkflowIdReusePolicy;
  retryPolicy: common.RetryPolicy | null;
  cronSchedule: string;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  header: Uint8Array | null;
  userMetadata: Uint8Array | null;
  versioningOverride: VersioningOverride | null;
  priority: common.Priority | null;
}
export declare const NewWorkflowExecutionInfo: Codec<NewWorkflowExecutionInfo>;

export interface CallbackInfo {
  callback: common.Callback | null;
  trigger: CallbackInfo_Trigger | null;
  registrationTime: googleProtobuf.Timestamp | null;
  state: enums.CallbackState;
  attempt: number;
  lastAttemptCompleteTime: googleProtobuf.Timestamp | null;
  lastAttemptFailure: Uint8Array | null;
  nextAttemptScheduleTime: googleProtobuf.Timestamp | null;
  blockedReason: string;
}
export declare const CallbackInfo: Codec<CallbackInfo>;

export interface CallbackInfo_WorkflowClosed {}
export declare const CallbackInfo_WorkflowClosed: Codec<CallbackInfo_WorkflowClosed>;

export interface CallbackInfo_UpdateWorkflowExecutionCompleted {
  updateId: string;
}
export declare const CallbackInfo_UpdateWorkflowExecutionCompleted: Codec<CallbackInfo_UpdateWorkflowExecutionCompleted>;

export interface CallbackInfo_Trigger {
  workflowClosed: CallbackInfo_WorkflowClosed | null;
  updateWorkflowExecutionCompleted: CallbackInfo_UpdateWorkflowExecutionCompleted | null;
}
export declare const CallbackInfo_Trigger: Codec<CallbackInfo_Trigger>;

export interface PendingNexusOperationInfo {
  endpoint: string;
  service: string;
  operation: string;
  operationId: string;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  scheduledTime: googleProtobuf.Timestamp | null;
  state: enums.PendingNexusOperationState;
  attempt: number;
  lastAttemptCompleteTime: googleProtobuf.Timestamp | null;
  lastAttemptFailure: Uint8Array | null;
  nextAttemptScheduleTime: googleProtobuf.Timestamp | null;
  cancellationInfo: NexusOperationCancellationInfo | null;
  scheduledEventId: number;
  blockedReason: string;
  operationToken: string;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
}
export declare const PendingNexusOperationInfo: Codec<PendingNexusOperationInfo>;

export interface NexusOperationCancellationInfo {
  requestedTime: googleProtobuf.Timestamp | null;
  state: enums.NexusOperationCancellationState;
  attempt: number;
  lastAttemptCompleteTime: googleProtobuf.Timestamp | null;
  lastAttemptFailure: Uint8Array | null;
  nextAttemptScheduleTime: googleProtobuf.Timestamp | null;
  blockedReason: string;
}
export declare const NexusOperationCancellationInfo: Codec<NexusOperationCancellationInfo>;

export interface WorkflowExecutionOptions {
  versioningOverride: VersioningOverride | null;
  priority: common.Priority | null;
  timeSkippingConfig: common.TimeSkippingConfig | null;
}
export declare const WorkflowExecutionOptions: Codec<WorkflowExecutionOptions>;

export interface VersioningOverride {
  pinned: VersioningOverride_PinnedOverride | null;
  autoUpgrade: boolean | null;
  oneTime: VersioningOverride_OneTimeOverride | null;
  behavior: enums.VersioningBehavior;
  deployment: deployment.Deployment | null;
  pinnedVersion: string;
}
export declare const VersioningOverride: Codec<VersioningOverride>;

export interface VersioningOverride_PinnedOverride {
  behavior: VersioningOverride_PinnedOverrideBehavior;
  version: deployment.WorkerDeploymentVersion | null;
}
export declare const VersioningOverride_PinnedOverride: Codec<VersioningOverride_PinnedOverride>;

export interface VersioningOverride_OneTimeOverride {
  targetDeploymentVersion: deployment.WorkerDeploymentVersion | null;
}
export declare const VersioningOverride_OneTimeOverride: Codec<VersioningOverride_OneTimeOverride>;

export interface OnConflictOptions {
  attachRequestId: boolean;
  attachCompletionCallbacks: boolean;
  attachLinks: boolean;
}
export declare const OnConflictOptions: Codec<OnConflictOptions>;

export interface RequestIdInfo {
  eventType: enums.EventType;
  eventId: number;
  buffered: boolean;
}
export declare const RequestIdInfo: Codec<RequestIdInfo>;

export interface PostResetOperation {
  signalWorkflow: PostResetOperation_SignalWorkflow | null;
  updateWorkflowOptions: PostResetOperation_UpdateWorkflowOptions | null;
}
export declare const PostResetOperation: Codec<PostResetOperation>;

export interface PostResetOperation_SignalWorkflow {
  signalName: string;
  input: Uint8Array | null;
  header: Uint8Array | null;
  links: common.Link[];
}
export declare const PostResetOperation_SignalWorkflow: Codec<PostResetOperation_SignalWorkflow>;

export interface PostResetOperation_UpdateWorkflowOptions {
  workflowExecutionOptions: WorkflowExecutionOptions | null;
  updateMask: googleProtobuf.FieldMask | null;
}
export declare const PostResetOperation_UpdateWorkflowOptions: Codec<PostResetOperation_UpdateWorkflowOptions>;

export interface WorkflowExecutionPauseInfo {
  identity: string;
  pausedTime: googleProtobuf.Timestamp | null;
  reason: string;
}
export declare const WorkflowExecutionPauseInfo: Codec<WorkflowExecutionPauseInfo>;
