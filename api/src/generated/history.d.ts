// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as common from './common.js';
import type * as deployment from './deployment.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';
import type * as sdk from './sdk.js';
import type * as taskqueue from './taskqueue.js';
import type * as update from './update.js';
import type * as workflow from './workflow.js';

export interface WorkflowExecutionStartedEventAttributes {
  workflowType: common.WorkflowType | null;
  parentWorkflowNamespace: string;
  parentWorkflowNamespaceId: string;
  parentWorkflowExecution: common.WorkflowExecution | null;
  parentInitiatedEventId: number;
  taskQueue: taskqueue.TaskQueue | null;
  input: Uint8Array | null;
  workflowExecutionTimeout: googleProtobuf.Duration | null;
  workflowRunTimeout: googleProtobuf.Duration | null;
  workflowTaskTimeout: googleProtobuf.Duration | null;
  continuedExecutionRunId: string;
  initiator: enums.ContinueAsNewInitiator;
  continuedFailure: Uint8Array | null;
  lastCompletionResult: Uint8Array | null;
  originalExecutionRunId: string;
  identity: string;
  firstExecutionRunId: string;
  retryPolicy: common.RetryPolicy | null;
  attempt: number;
  workflowExecutionExpirationTime: googleProtobuf.Timestamp | null;
  cronSchedule: string;
  firstWorkflowTaskBackoff: googleProtobuf.Duration | null;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  prevAutoResetPoints: workflow.ResetPoints | null;
  header: Uint8Array | null;
  parentInitiatedEventVersion: number;
  workflowId: string;
  sourceVersionStamp: common.WorkerVersionStamp | null;
  completionCallbacks: common.Callback[];
  rootWorkflowExecution: common.WorkflowExecution | null;
  inheritedBuildId: string;
  versioningOverride: workflow.VersioningOverride | null;
  parentPinnedWorkerDeploymentVersion: string;
  priority: common.Priority | null;
  inheritedPinnedVersion: deployment.WorkerDeploymentVersion | null;
  inheritedAutoUpgradeInfo: deployment.InheritedAutoUpgradeInfo | null;
  eagerExecutionAccepted: boolean;
  declinedTargetVersionUpgrade: DeclinedTargetVersionUpgrade | null;
  timeSkippingConfig: common.TimeSkippingConfig | null;
  timeSkippingStatePropagation: common.TimeSkippingStatePropagation | null;
}
export declare const WorkflowExecutionStartedEventAttributes: Codec<WorkflowExecutionStartedEventAttributes>;

export interface DeclinedTargetVersionUpgrade {
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  revisionNumber: number;
}
export declare const DeclinedTargetVersionUpgrade: Codec<DeclinedTargetVersionUpgrade>;

export interface WorkflowExecutionCompletedEventAttributes {
  result: Uint8Array | null;
  workflowTaskCompletedEventId: number;
  newExecutionRunId: string;
}
export declare const WorkflowExecutionCompletedEventAttributes: Codec<WorkflowExecutionCompletedEventAttributes>;

export interface WorkflowExecutionFailedEventAttributes {
  failure: Uint8Array | null;
  retryState: enums.RetryState;
  workflowTaskCompletedEventId: number;
  newExecutionRunId: string;
}
export declare const WorkflowExecutionFailedEventAttributes: Codec<WorkflowExecutionFailedEventAttributes>;

export interface WorkflowExecutionTimedOutEventAttributes {
  retryState: enums.RetryState;
  newExecutionRunId: string;
}
export declare const WorkflowExecutionTimedOutEventAttributes: Codec<WorkflowExecutionTimedOutEventAttributes>;

export interface WorkflowExecutionContinuedAsNewEventAttributes {
  newExecutionRunId: string;
  workflowType: common.WorkflowType | null;
  taskQueue: taskqueue.TaskQueue | null;
  input: Uint8Array | null;
  workflowRunTimeout: googleProtobuf.Duration | null;
  workflowTaskTimeout: googleProtobuf.Duration | null;
  workflowTaskCompletedEventId: number;
  backoffStartInterval: googleProtobuf.Duration | null;
  initiator: enums.ContinueAsNewInitiator;
  failure: Uint8Array | null;
  lastCompletionResult: Uint8Array | null;
  header: Uint8Array | null;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  inheritBuildId: boolean;
  initialVersioningBehavior: enums.ContinueAsNewVersioningBehavior;
}
export declare const WorkflowExecutionContinuedAsNewEventAttributes: Codec<WorkflowExecutionContinuedAsNewEventAttributes>;

export interface WorkflowTaskScheduledEventAttributes {
  taskQueue: taskqueue.TaskQueue | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
  attempt: number;
}
export declare const WorkflowTaskScheduledEventAttributes: Codec<WorkflowTaskScheduledEventAttributes>;

export interface WorkflowTaskStartedEventAttributes {
  scheduledEventId: number;
  identity: string;
  requestId: string;
  suggestContinueAsNew: boolean;
  suggestContinueAsNewReasons: enums.SuggestContinueAsNewReason[];
  targetWorkerDeploymentVersionChanged: boolean;
  historySizeBytes: number;
  workerVersion: common.WorkerVersionStamp | null;
  buildIdRedirectCounter: number;
}
export declare const WorkflowTaskStartedEventAttributes: Codec<WorkflowTaskStartedEventAttributes>;

export interface WorkflowTaskCompletedEventAttributes {
  scheduledEventId: number;
  startedEventId: number;
  identity: string;
  binaryChecksum: string;
  workerVersion: common.WorkerVersionStamp | null;
  sdkMetadata: Uint8Array | null;
  meteringMetadata: Uint8Array | null;
  deployment: deployment.Deployment | null;
  versioningBehavior: enums.VersioningBehavior;
  workerDeploymentVersion: string;
  workerDeploymentName: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
}
export declare const WorkflowTaskCompletedEventAttributes: Codec<WorkflowTaskCompletedEventAttributes>;

export interface WorkflowTaskTimedOutEventAttributes {
  scheduledEventId: number;
  startedEventId: number;
  timeoutType: enums.TimeoutType;
}
export declare const WorkflowTaskTimedOutEventAttributes: Codec<WorkflowTaskTimedOutEventAttributes>;

export interface WorkflowTaskFailedEventAttributes {
  scheduledEventId: number;
  startedEventId: number;
  cause: enums.WorkflowTaskFailedCause;
  failure: Uint8Array | null;
  identity: string;
  baseRunId: string;
  newRunId: string;
  forkEventVersion: number;
  binaryChecksum: string;
  workerVersion: common.WorkerVersionStamp | null;
}
export declare const WorkflowTaskFailedEventAttributes: Codec<WorkflowTaskFailedEventAttributes>;

export interface ActivityTaskScheduledEventAttributes {
  activityId: string;
  activityType: common.ActivityType | null;
  taskQueue: taskqueue.TaskQueue | null;
  header: Uint8Array | null;
  input: Uint8Array | null;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
  heartbeatTimeout: googleProtobuf.Duration | null;
  workflowTaskCompletedEventId: number;
  retryPolicy: common.RetryPolicy | null;
  useWorkflowBuildId: boolean;
  priority: common.Priority | null;
}
export declare const ActivityTaskScheduledEventAttributes: Codec<ActivityTaskScheduledEventAttributes>;

export interface ActivityTaskStartedEventAttributes {
  scheduledEventId: number;
  identity: string;
  requestId: string;
  attempt: number;
  lastFailure: Uint8Array | null;
  workerVersion: common.WorkerVersionStamp | null;
  buildIdRedirectCounter: number;
}
export declare const ActivityTaskStartedEventAttributes: Codec<ActivityTaskStartedEventAttributes>;

export interface ActivityTaskCompletedEventAttributes {
  result: Uint8Array | null;
  scheduledEventId: number;
  startedEventId: number;
  identity: string;
  workerVersion: common.WorkerVersionStamp | null;
}
export declare const ActivityTaskCompletedEventAttributes: Codec<ActivityTaskCompletedEventAttributes>;

export interface ActivityTaskFailedEventAttributes {
  failure: Uint8Array | null;
  scheduledEventId: number;
  startedEventId: number;
  identity: string;
  retryState: enums.RetryState;
  workerVersion: common.WorkerVersionStamp | null;
}
export declare const ActivityTaskFailedEventAttributes: Codec<ActivityTaskFailedEventAttributes>;

export interface ActivityTaskTimedOutEventAttributes {
  failure: Uint8Array | null;
  scheduledEventId: number;
  startedEventId: number;
  retryState: enums.RetryState;
}
export declare const ActivityTaskTimedOutEventAttributes: Codec<ActivityTaskTimedOutEventAttributes>;

export interface ActivityTaskCancelRequestedEventAttributes {
  scheduledEventId: number;
  workflowTaskCompletedEventId: number;
}
export declare const ActivityTaskCancelRequestedEventAttributes: Codec<ActivityTaskCancelRequestedEventAttributes>;

export interface ActivityTaskCanceledEventAttributes {
  details: Uint8Array | null;
  latestCancelRequestedEventId: number;
  scheduledEventId: number;
  startedEventId: number;
  identity: string;
  workerVersion: common.WorkerVersionStamp | null;
}
export declare const ActivityTaskCanceledEventAttributes: Codec<ActivityTaskCanceledEventAttributes>;

export interface TimerStartedEventAttributes {
  timerId: string;
  startToFireTimeout: googleProtobuf.Duration | null;
  workflowTaskCompletedEventId: number;
}
export declare const TimerStartedEventAttributes: Codec<TimerStartedEventAttributes>;

export interface TimerFiredEventAttributes {
  timerId: string;
  startedEventId: number;
}
export declare const TimerFiredEventAttributes: Codec<TimerFiredEventAttributes>;

export interface TimerCanceledEventAttributes {
  timerId: string;
  startedEventId: number;
  workflowTaskCompletedEventId: number;
  identity: string;
}
export declare const TimerCanceledEventAttributes: Codec<TimerCanceledEventAttributes>;

export interface WorkflowExecutionCancelRequestedEventAttributes {
  cause: string;
  externalInitiatedEventId: number;
  externalWorkflowExecution: common.WorkflowExecution | null;
  identity: string;
}
export declare const WorkflowExecutionCancelRequestedEventAttributes: Codec<WorkflowExecutionCancelRequestedEventAttributes>;

export interface WorkflowExecutionCanceledEventAttributes {
  workflowTaskCompletedEventId: number;
  details: Uint8Array | null;
}
export declare const WorkflowExecutionCanceledEventAttributes: Codec<WorkflowExecutionCanceledEventAttributes>;

export interface MarkerRecordedEventAttributes {
  markerName: string;
  details: { [key: string]: Uint8Array };
  workflowTaskCompletedEventId: number;
  header: Uint8Array | null;
  failure: Uint8Array | null;
}
export declare const MarkerRecordedEventAttributes: Codec<MarkerRecordedEventAttributes>;

export interface WorkflowExecutionSignaledEventAttributes {
  signalName: string;
  input: Uint8Array | null;
  identity: string;
  header: Uint8Array | null;
  skipGenerateWorkflowTask: boolean;
  externalWorkflowExecution: common.WorkflowExecution | null;
  requestId: string;
}
export declare const WorkflowExecutionSignaledEventAttributes: Codec<WorkflowExecutionSignaledEventAttributes>;

export interface WorkflowExecutionTerminatedEventAttributes {
  reason: string;
  details: Uint8Array | null;
  identity: string;
}
export declare const WorkflowExecutionTerminatedEventAttributes: Codec<WorkflowExecutionTerminatedEventAttributes>;

export interface RequestCancelExternalWorkflowExecutionInitiatedEventAttributes {
  workflowTaskCompletedEventId: number;
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  control: string;
  childWorkflowOnly: boolean;
  reason: string;
}
export declare const RequestCancelExternalWorkflowExecutionInitiatedEventAttributes: Codec<RequestCancelExternalWorkflowExecutionInitiatedEventAttributes>;

export interface RequestCancelExternalWorkflowExecutionFailedEventAttributes {
  cause: enums.CancelExternalWorkflowExecutionFailedCause;
  workflowTaskCompletedEventId: number;
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  initiatedEventId: number;
  control: string;
}
export declare const RequestCancelExternalWorkflowExecutionFailedEventAttributes: Codec<RequestCancelExternalWorkflowExecutionFailedEventAttributes>;

export interface ExternalWorkflowExecutionCancelRequestedEventAttributes {
  initiatedEventId: number;
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
}
export declare const ExternalWorkflowExecutionCancelRequestedEventAttributes: Codec<ExternalWorkflowExecutionCancelRequestedEventAttributes>;

export interface SignalExternalWorkflowExecutionInitiatedEventAttributes {
  workflowTaskCompletedEventId: number;
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  signalName: string;
  input: Uint8Array | null;
  control: string;
  childWorkflowOnly: boolean;
  header: Uint8Array | null;
}
export declare const SignalExternalWorkflowExecutionInitiatedEventAttributes: Codec<SignalExternalWorkflowExecutionInitiatedEventAttributes>;

export interface SignalExternalWorkflowExecutionFailedEventAttributes {
  cause: enums.SignalExternalWorkflowExecutionFailedCause;
  workflowTaskCompletedEventId: number;
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  initiatedEventId: number;
  control: string;
}
export declare const SignalExternalWorkflowExecutionFailedEventAttributes: Codec<SignalExternalWorkflowExecutionFailedEventAttributes>;

export interface ExternalWorkflowExecutionSignaledEventAttributes {
  initiatedEventId: number;
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  control: string;
}
export declare const ExternalWorkflowExecutionSignaledEventAttributes: Codec<ExternalWorkflowExecutionSignaledEventAttributes>;

export interface UpsertWorkflowSearchAttributesEventAttributes {
  workflowTaskCompletedEventId: number;
  searchAttributes: common.SearchAttributes | null;
}
export declare const UpsertWorkflowSearchAttributesEventAttributes: Codec<UpsertWorkflowSearchAttributesEventAttributes>;

export interface WorkflowPropertiesModifiedEventAttributes {
  workflowTaskCompletedEventId: number;
  upsertedMemo: common.Memo | null;
}
export declare const WorkflowPropertiesModifiedEventAttributes: Codec<WorkflowPropertiesModifiedEventAttributes>;

export interface StartChildWorkflowExecutionInitiatedEventAttributes {
  namespace: string;
  namespaceId: string;
  workflowId: string;
  workflowType: common.WorkflowType | null;
  taskQueue: taskqueue.TaskQueue | null;
  input: Uint8Array | null;
  workflowExecutionTimeout: googleProtobuf.Duration | null;
  workflowRunTimeout: googleProtobuf.Duration | null;
  workflowTaskTimeout: googleProtobuf.Duration | null;
  parentClosePolicy: enums.ParentClosePolicy;
  control: string;
  workflowTaskCompletedEventId: number;
  workflowIdReusePolicy: enums.WorkflowIdReusePolicy;
  retryPolicy: common.RetryPolicy | null;
  cronSchedule: string;
  header: Uint8Array | null;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  inheritBuildId: boolean;
  priority: common.Priority | null;
  timeSkippingConfig: common.TimeSkippingConfig | null;
  timeSkippingStatePropagation: common.TimeSkippingStatePropagation | null;
  versioningOverride: workflow.VersioningOverride | null;
}
export declare const StartChildWorkflowExecutionInitiatedEventAttributes: Codec<StartChildWorkflowExecutionInitiatedEventAttributes>;

export interface StartChildWorkflowExecutionFailedEventAttributes {
  namespace: string;
  namespaceId: string;
  workflowId: string;
  workflowType: common.WorkflowType | null;
  cause: enums.StartChildWorkflowExecutionFailedCause;
  control: string;
  initiatedEventId: number;
  workflowTaskCompletedEventId: number;
}
export declare const StartChildWorkflowExecutionFailedEventAttributes: Codec<StartChildWorkflowExecutionFailedEventAttributes>;

export interface ChildWorkflowExecutionStartedEventAttributes {
  namespace: string;
  namespaceId: string;
  initiatedEventId: number;
  workflowExecution: common.WorkflowExecution | null;
  workflowType: common.WorkflowType | null;
  header: Uint8Array | null;
}
export declare const ChildWorkflowExecutionStartedEventAttributes: Codec<ChildWorkflowExecutionStartedEventAttributes>;

export interface ChildWorkflowExecutionCompletedEventAttributes {
  result: Uint8Array | null;
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  workflowType: common.WorkflowType | null;
  initiatedEventId: number;
  startedEventId: number;
}
export declare const ChildWorkflowExecutionCompletedEventAttributes: Codec<ChildWorkflowExecutionCompletedEventAttributes>;

export interface ChildWorkflowExecutionFailedEventAttributes {
  failure: Uint8Array | null;
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  workflowType: common.WorkflowType | null;
  initiatedEventId: number;
  startedEventId: number;
  retryState: enums.RetryState;
}
export declare const ChildWorkflowExecutionFailedEventAttributes: Codec<ChildWorkflowExecutionFailedEventAttributes>;

export interface ChildWorkflowExecutionCanceledEventAttributes {
  details: Uint8Array | null;
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  workflowType: common.WorkflowType | null;
  initiatedEventId: number;
  startedEventId: number;
}
export declare const ChildWorkflowExecutionCanceledEventAttributes: Codec<ChildWorkflowExecutionCanceledEventAttributes>;

export interface ChildWorkflowExecutionTimedOutEventAttributes {
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  workflowType: common.WorkflowType | null;
  initiatedEventId: number;
  startedEventId: number;
  retryState: enums.RetryState;
}
export declare const ChildWorkflowExecutionTimedOutEventAttributes: Codec<ChildWorkflowExecutionTimedOutEventAttributes>;

export interface ChildWorkflowExecutionTerminatedEventAttributes {
  namespace: string;
  namespaceId: string;
  workflowExecution: common.WorkflowExecution | null;
  workflowType: common.WorkflowType | null;
  initiatedEventId: number;
  startedEventId: number;
}
export declare const ChildWorkflowExecutionTerminatedEventAttributes: Codec<ChildWorkflowExecutionTerminatedEventAttributes>;

export interface WorkflowExecutionOptionsUpdatedEventAttributes {
  versioningOverride: workflow.VersioningOverride | null;
  unsetVersioningOverride: boolean;
  attachedRequestId: string;
  attachedCompletionCallbacks: common.Callback[];
  identity: string;
  priority: common.Priority | null;
  timeSkippingConfig: common.TimeSkippingConfig | null;
  timeSkippingConfigUpdated: boolean;
  workflowUpdateOptions: WorkflowExecutionOptionsUpdatedEventAttributes_WorkflowUpdateOptionsUpdate[];
}
export declare const WorkflowExecutionOptionsUpdatedEventAttributes: Codec<WorkflowExecutionOptionsUpdatedEventAttributes>;

export interface WorkflowExecutionOptionsUpdatedEventAttributes_WorkflowUpdateOptionsUpdate {
  updateId: string;
  attachedRequestId: string;
  attachedCompletionCallbacks: common.Callback[];
}
export declare const WorkflowExecutionOptionsUpdatedEventAttributes_WorkflowUpdateOptionsUpdate: Codec<WorkflowExecutionOptionsUpdatedEventAttributes_WorkflowUpdateOptionsUpdate>;

export interface WorkflowPropertiesModifiedExternallyEventAttributes {
  newTaskQueue: string;
  newWorkflowTaskTimeout: googleProtobuf.Duration | null;
  newWorkflowRunTimeout: googleProtobuf.Duration | null;
  newWorkflowExecutionTimeout: googleProtobuf.Duration | null;
  upsertedMemo: common.Memo | null;
}
export declare const WorkflowPropertiesModifiedExternallyEventAttributes: Codec<WorkflowPropertiesModifiedExternallyEventAttributes>;

export interface ActivityPropertiesModifiedExternallyEventAttributes {
  scheduledEventId: number;
  newRetryPolicy: common.RetryPolicy | null;
}
export declare const ActivityPropertiesModifiedExternallyEventAttributes: Codec<ActivityPropertiesModifiedExternallyEventAttributes>;

export interface WorkflowExecutionUpdateAcceptedEventAttributes {
  protocolInstanceId: string;
  acceptedRequestMessageId: string;
  acceptedRequestSequencingEventId: number;
  acceptedRequest: update.Request | null;
}
export declare const WorkflowExecutionUpdateAcceptedEventAttributes: Codec<WorkflowExecutionUpdateAcceptedEventAttributes>;

export interface WorkflowExecutionUpdateCompletedEventAttributes {
  meta: update.Meta | null;
  acceptedEventId: number;
  outcome: update.Outcome | null;
}
export declare const WorkflowExecutionUpdateCompletedEventAttributes: Codec<WorkflowExecutionUpdateCompletedEventAttributes>;

export interface WorkflowExecutionUpdateRejectedEventAttributes {
  protocolInstanceId: string;
  rejectedRequestMessageId: string;
  rejectedRequestSequencingEventId: number;
  rejectedRequest: update.Request | null;
  failure: Uint8Array | null;
}
export declare const WorkflowExecutionUpdateRejectedEventAttributes: Codec<WorkflowExecutionUpdateRejectedEventAttributes>;

export interface WorkflowExecutionUpdateAdmittedEventAttributes {
  request: update.Request | null;
  origin: enums.UpdateAdmittedEventOrigin;
}
export declare const WorkflowExecutionUpdateAdmittedEventAttributes: Codec<WorkflowExecutionUpdateAdmittedEventAttributes>;

export interface WorkflowExecutionPausedEventAttributes {
  identity: string;
  reason: string;
  requestId: string;
}
export declare const WorkflowExecutionPausedEventAttributes: Codec<WorkflowExecutionPausedEventAttributes>;

export interface WorkflowExecutionUnpausedEventAttributes {
  identity: string;
  reason: string;
  requestId: string;
}
export declare const WorkflowExecutionUnpausedEventAttributes: Codec<WorkflowExecutionUnpausedEventAttributes>;

export interface WorkflowExecutionTimeSkippingTransitionedEventAttributes {
  targetTime: googleProtobuf.Timestamp | null;
  disabledAfterFastForward: boolean;
  wallClockTime: googleProtobuf.Timestamp | null;
}
export declare const WorkflowExecutionTimeSkippingTransitionedEventAttributes: Codec<WorkflowExecutionTimeSkippingTransitionedEventAttributes>;

export interface NexusOperationScheduledEventAttributes {
  endpoint: string;
  service: string;
  operation: string;
  input: Uint8Array | null;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  nexusHeader: { [key: string]: string };
  workflowTaskCompletedEventId: number;
  requestId: string;
  endpointId: string;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
}
export declare const NexusOperationScheduledEventAttributes: Codec<NexusOperationScheduledEventAttributes>;

export interface NexusOperationStartedEventAttributes {
  scheduledEventId: number;
  operationId: string;
  requestId: string;
  operationToken: string;
}
export declare const NexusOperationStartedEventAttributes: Codec<NexusOperationStartedEventAttributes>;

export interface NexusOperationCompletedEventAttributes {
  scheduledEventId: number;
  result: Uint8Array | null;
  requestId: string;
}
export declare const NexusOperationCompletedEventAttributes: Codec<NexusOperationCompletedEventAttributes>;

export interface NexusOperationFailedEventAttributes {
  scheduledEventId: number;
  failure: Uint8Array | null;
  requestId: string;
}
export declare const NexusOperationFailedEventAttributes: Codec<NexusOperationFailedEventAttributes>;

export interface NexusOperationTimedOutEventAttributes {
  scheduledEventId: number;
  failure: Uint8Array | null;
  requestId: string;
}
export declare const NexusOperationTimedOutEventAttributes: Codec<NexusOperationTimedOutEventAttributes>;

export interface NexusOperationCanceledEventAttributes {
  scheduledEventId: number;
  failure: Uint8Array | null;
  requestId: string;
}
export declare const NexusOperationCanceledEventAttributes: Codec<NexusOperationCanceledEventAttributes>;

export interface NexusOperationCancelRequestedEventAttributes {
  scheduledEventId: number;
  workflowTaskCompletedEventId: number;
}
export declare const NexusOperationCancelRequestedEventAttributes: Codec<NexusOperationCancelRequestedEventAttributes>;

export interface NexusOperationCancelRequestCompletedEventAttributes {
  requestedEventId: number;
  workflowTaskCompletedEventId: number;
  scheduledEventId: number;
}
export declare const NexusOperationCancelRequestCompletedEventAttributes: Codec<NexusOperationCancelRequestCompletedEventAttributes>;

export interface NexusOperationCancelRequestFailedEventAttributes {
  requestedEventId: number;
  workflowTaskCompletedEventId: number;
  failure: Uint8Array | null;
  scheduledEventId: number;
}
export declare const NexusOperationCancelRequestFailedEventAttributes: Codec<NexusOperationCancelRequestFailedEventAttributes>;

export interface HistoryEvent {
  eventId: number;
  eventTime: googleProtobuf.Timestamp | null;
  eventType: enums.EventType;
  version: number;
  taskId: number;
  workerMayIgnore: boolean;
  userMetadata: Uint8Array | null;
  links: common.Link[];
  principal: common.Principal | null;
  eventGroupMarkers: sdk.EventGroupMarker[];
  workflowExecutionStartedEventAttributes: WorkflowExecutionStartedEventAttributes | null;
  workflowExecutionCompletedEventAttributes: WorkflowExecutionCompletedEventAttributes | null;
  workflowExecutionFailedEventAttributes: WorkflowExecutionFailedEventAttributes | null;
  workflowExecutionTimedOutEventAttributes: WorkflowExecutionTimedOutEventAttributes | null;
  workflowTaskScheduledEventAttributes: WorkflowTaskScheduledEventAttributes | null;
  workflowTaskStartedEventAttributes: WorkflowTaskStartedEventAttributes | null;
  workflowTaskCompletedEventAttributes: WorkflowTaskCompletedEventAttributes | null;
  workflowTaskTimedOutEventAttributes: WorkflowTaskTimedOutEventAttributes | null;
  workflowTaskFailedEventAttributes: WorkflowTaskFailedEventAttributes | null;
  activityTaskScheduledEventAttributes: ActivityTaskScheduledEventAttributes | null;
  activityTaskStartedEventAttributes: ActivityTaskStartedEventAttributes | null;
  activityTaskCompletedEventAttributes: ActivityTaskCompletedEventAttributes | null;
  activityTaskFailedEventAttributes: ActivityTaskFailedEventAttributes | null;
  activityTaskTimedOutEventAttributes: ActivityTaskTimedOutEventAttributes | null;
  timerStartedEventAttributes: TimerStartedEventAttributes | null;
  timerFiredEventAttributes: TimerFiredEventAttributes | null;
  activityTaskCancelRequestedEventAttributes: ActivityTaskCancelRequestedEventAttributes | null;
  activityTaskCanceledEventAttributes: ActivityTaskCanceledEventAttributes | null;
  timerCanceledEventAttributes: TimerCanceledEventAttributes | null;
  markerRecordedEventAttributes: MarkerRecordedEventAttributes | null;
  workflowExecutionSignaledEventAttributes: WorkflowExecutionSignaledEventAttributes | null;
  workflowExecutionTerminatedEventAttributes: WorkflowExecutionTerminatedEventAttributes | null;
  workflowExecutionCancelRequestedEventAttributes: WorkflowExecutionCancelRequestedEventAttributes | null;
  workflowExecutionCanceledEventAttributes: WorkflowExecutionCanceledEventAttributes | null;
  requestCancelExternalWorkflowExecutionInitiatedEventAttributes: RequestCancelExternalWorkflowExecutionInitiatedEventAttributes | null;
  requestCancelExternalWorkflowExecutionFailedEventAttributes: RequestCancelExternalWorkflowExecutionFailedEventAttributes | null;
  externalWorkflowExecutionCancelRequestedEventAttributes: ExternalWorkflowExecutionCancelRequestedEventAttributes | null;
  workflowExecutionContinuedAsNewEventAttributes: WorkflowExecutionContinuedAsNewEventAttributes | null;
  startChildWorkflowExecutionInitiatedEventAttributes: StartChildWorkflowExecutionInitiatedEventAttributes | null;
  startChildWorkflowExecutionFailedEventAttributes: StartChildWorkflowExecutionFailedEventAttributes | null;
  childWorkflowExecutionStartedEventAttributes: ChildWorkflowExecutionStartedEventAttributes | null;
  childWorkflowExecutionCompletedEventAttributes: ChildWorkflowExecutionCompletedEventAttributes | null;
  childWorkflowExecutionFailedEventAttributes: ChildWorkflowExecutionFailedEventAttributes | null;
  childWorkflowExecutionCanceledEventAttributes: ChildWorkflowExecutionCanceledEventAttributes | null;
  childWorkflowExecutionTimedOutEventAttributes: ChildWorkflowExecutionTimedOutEventAttributes | null;
  childWorkflowExecutionTerminatedEventAttributes: ChildWorkflowExecutionTerminatedEventAttributes | null;
  signalExternalWorkflowExecutionInitiatedEventAttributes: SignalExternalWorkflowExecutionInitiatedEventAttributes | null;
  signalExternalWorkflowExecutionFailedEventAttributes: SignalExternalWorkflowExecutionFailedEventAttributes | null;
  externalWorkflowExecutionSignaledEventAttributes: ExternalWorkflowExecutionSignaledEventAttributes | null;
  upsertWorkflowSearchAttributesEventAttributes: UpsertWorkflowSearchAttributesEventAttributes | null;
  workflowExecutionUpdateAcceptedEventAttributes: WorkflowExecutionUpdateAcceptedEventAttributes | null;
  workflowExecutionUpdateRejectedEventAttributes: WorkflowExecutionUpdateRejectedEventAttributes | null;
  workflowExecutionUpdateCompletedEventAttributes: WorkflowExecutionUpdateCompletedEventAttributes | null;
  workflowPropertiesModifiedExternallyEventAttributes: WorkflowPropertiesModifiedExternallyEventAttributes | null;
  activityPropertiesModifiedExternallyEventAttributes: ActivityPropertiesModifiedExternallyEventAttributes | null;
  workflowPropertiesModifiedEventAttributes: WorkflowPropertiesModifiedEventAttributes | null;
  workflowExecutionUpdateAdmittedEventAttributes: WorkflowExecutionUpdateAdmittedEventAttributes | null;
  nexusOperationScheduledEventAttributes: NexusOperationScheduledEventAttributes | null;
  nexusOperationStartedEventAttributes: NexusOperationStartedEventAttributes | null;
  nexusOperationCompletedEventAttributes: NexusOperationCompletedEventAttributes | null;
  nexusOperationFailedEventAttributes: NexusOperationFailedEventAttributes | null;
  nexusOperationCanceledEventAttributes: NexusOperationCanceledEventAttributes | null;
  nexusOperationTimedOutEventAttributes: NexusOperationTimedOutEventAttributes | null;
  nexusOperationCancelRequestedEventAttributes: NexusOperationCancelRequestedEventAttributes | null;
  workflowExecutionOptionsUpdatedEventAttributes: WorkflowExecutionOptionsUpdatedEventAttributes | null;
  nexusOperationCancelRequestCompletedEventAttributes: NexusOperationCancelRequestCompletedEventAttributes | null;
  nexusOperationCancelRequestFailedEventAttributes: NexusOperationCancelRequestFailedEventAttributes | null;
  workflowExecutionPausedEventAttributes: WorkflowExecutionPausedEventAttributes | null;
  workflowExecutionUnpausedEventAttributes: WorkflowExecutionUnpausedEventAttributes | null;
  workflowExecutionTimeSkippingTransitionedEventAttributes: WorkflowExecutionTimeSkippingTransitionedEventAttributes | null;
}
export declare const HistoryEvent: Codec<HistoryEvent>;

export interface History {
  events: HistoryEvent[];
}
export declare const History: Codec<History>;
