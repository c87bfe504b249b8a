// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.

export declare const EncodingType: {
  readonly UNSPECIFIED: 0;
  readonly PROTO3: 1;
  readonly JSON: 2;
};
export type EncodingType = (typeof EncodingType)[keyof typeof EncodingType];

export declare const IndexedValueType: {
  readonly UNSPECIFIED: 0;
  readonly TEXT: 1;
  readonly KEYWORD: 2;
  readonly INT: 3;
  readonly DOUBLE: 4;
  readonly BOOL: 5;
  readonly DATETIME: 6;
  readonly KEYWORD_LIST: 7;
};
export type IndexedValueType = (typeof IndexedValueType)[keyof typeof IndexedValueType];

export declare const Severity: {
  readonly UNSPECIFIED: 0;
  readonly HIGH: 1;
  readonly MEDIUM: 2;
  readonly LOW: 3;
};
export type Severity = (typeof Severity)[keyof typeof Severity];

export declare const CallbackState: {
  readonly UNSPECIFIED: 0;
  readonly STANDBY: 1;
  readonly SCHEDULED: 2;
  readonly BACKING_OFF: 3;
  readonly FAILED: 4;
  readonly SUCCEEDED: 5;
  readonly BLOCKED: 6;
};
export type CallbackState = (typeof CallbackState)[keyof typeof CallbackState];

export declare const PendingNexusOperationState: {
  readonly UNSPECIFIED: 0;
  readonly SCHEDULED: 1;
  readonly BACKING_OFF: 2;
  readonly STARTED: 3;
  readonly BLOCKED: 4;
};
export type PendingNexusOperationState = (typeof PendingNexusOperationState)[keyof typeof PendingNexusOperationState];

export declare const NexusOperationCancellationState: {
  readonly UNSPECIFIED: 0;
  readonly SCHEDULED: 1;
  readonly BACKING_OFF: 2;
  readonly SUCCEEDED: 3;
  readonly FAILED: 4;
  readonly TIMED_OUT: 5;
  readonly BLOCKED: 6;
};
export type NexusOperationCancellationState = (typeof NexusOperationCancellationState)[keyof typeof NexusOperationCancellationState];

export declare const ApplicationErrorCategory: {
  readonly UNSPECIFIED: 0;
  readonly BENIGN: 1;
};
export type ApplicationErrorCategory = (typeof ApplicationErrorCategory)[keyof typeof ApplicationErrorCategory];

export declare const WorkerStatus: {
  readonly UNSPECIFIED: 0;
  readonly RUNNING: 1;
  readonly SHUTTING_DOWN: 2;
  readonly SHUTDOWN: 3;
};
export type WorkerStatus = (typeof WorkerStatus)[keyof typeof WorkerStatus];

export declare const ExecutionType: {
  readonly UNSPECIFIED: 0;
  readonly WORKFLOW: 1;
  readonly ACTIVITY: 2;
};
export type ExecutionType = (typeof ExecutionType)[keyof typeof ExecutionType];

export declare const EventType: {
  readonly UNSPECIFIED: 0;
  readonly WORKFLOW_EXECUTION_STARTED: 1;
  readonly WORKFLOW_EXECUTION_COMPLETED: 2;
  readonly WORKFLOW_EXECUTION_FAILED: 3;
  readonly WORKFLOW_EXECUTION_TIMED_OUT: 4;
  readonly WORKFLOW_TASK_SCHEDULED: 5;
  readonly WORKFLOW_TASK_STARTED: 6;
  readonly WORKFLOW_TASK_COMPLETED: 7;
  readonly WORKFLOW_TASK_TIMED_OUT: 8;
  readonly WORKFLOW_TASK_FAILED: 9;
  readonly ACTIVITY_TASK_SCHEDULED: 10;
  readonly ACTIVITY_TASK_STARTED: 11;
  readonly ACTIVITY_TASK_COMPLETED: 12;
  readonly ACTIVITY_TASK_FAILED: 13;
  readonly ACTIVITY_TASK_TIMED_OUT: 14;
  readonly ACTIVITY_TASK_CANCEL_REQUESTED: 15;
  readonly ACTIVITY_TASK_CANCELED: 16;
  readonly TIMER_STARTED: 17;
  readonly TIMER_FIRED: 18;
  readonly TIMER_CANCELED: 19;
  readonly WORKFLOW_EXECUTION_CANCEL_REQUESTED: 20;
  readonly WORKFLOW_EXECUTION_CANCELED: 21;
  readonly REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: 22;
  readonly REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED: 23;
  readonly EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED: 24;
  readonly MARKER_RECORDED: 25;
  readonly WORKFLOW_EXECUTION_SIGNALED: 26;
  readonly WORKFLOW_EXECUTION_TERMINATED: 27;
  readonly WORKFLOW_EXECUTION_CONTINUED_AS_NEW: 28;
  readonly START_CHILD_WORKFLOW_EXECUTION_INITIATED: 29;
  readonly START_CHILD_WORKFLOW_EXECUTION_FAILED: 30;
  readonly CHILD_WORKFLOW_EXECUTION_STARTED: 31;
  readonly CHILD_WORKFLOW_EXECUTION_COMPLETED: 32;
  readonly CHILD_WORKFLOW_EXECUTION_FAILED: 33;
  readonly CHILD_WORKFLOW_EXECUTION_CANCELED: 34;
  readonly CHILD_WORKFLOW_EXECUTION_TIMED_OUT: 35;
  readonly CHILD_WORKFLOW_EXECUTION_TERMINATED: 36;
  readonly SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: 37;
  readonly SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED: 38;
  readonly EXTERNAL_WORKFLOW_EXECUTION_SIGNALED: 39;
  readonly UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: 40;
  readonly WORKFLOW_EXECUTION_UPDATE_ADMITTED: 47;
  readonly WORKFLOW_EXECUTION_UPDATE_ACCEPTED: 41;
  readonly WORKFLOW_EXECUTION_UPDATE_REJECTED: 42;
  readonly WORKFLOW_EXECUTION_UPDATE_COMPLETED: 43;
  readonly WORKFLOW_PROPERTIES_MODIFIED_EXTERNALLY: 44;
  readonly ACTIVITY_PROPERTIES_MODIFIED_EXTERNALLY: 45;
  readonly WORKFLOW_PROPERTIES_MODIFIED: 46;
  readonly NEXUS_OPERATION_SCHEDULED: 48;
  readonly NEXUS_OPERATION_STARTED: 49;
  readonly NEXUS_OPERATION_COMPLETED: 50;
  readonly NEXUS_OPERATION_FAILED: 51;
  readonly NEXUS_OPERATION_CANCELED: 52;
  readonly NEXUS_OPERATION_TIMED_OUT: 53;
  readonly NEXUS_OPERATION_CANCEL_REQUESTED: 54;
  readonly WORKFLOW_EXECUTION_OPTIONS_UPDATED: 55;
  readonly NEXUS_OPERATION_CANCEL_REQUEST_COMPLETED: 56;
  readonly NEXUS_OPERATION_CANCEL_REQUEST_FAILED: 57;
  readonly WORKFLOW_EXECUTION_PAUSED: 58;
  readonly WORKFLOW_EXECUTION_UNPAUSED: 59;
  readonly WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED: 60;
};
export type EventType = (typeof EventType)[keyof typeof EventType];

export declare const ResetReapplyExcludeType: {
  readonly UNSPECIFIED: 0;
  readonly SIGNAL: 1;
  readonly UPDATE: 2;
  readonly NEXUS: 3;
  readonly CANCEL_REQUEST: 4;
};
export type ResetReapplyExcludeType = (typeof ResetReapplyExcludeType)[keyof typeof ResetReapplyExcludeType];

export declare const ResetReapplyType: {
  readonly UNSPECIFIED: 0;
  readonly SIGNAL: 1;
  readonly NONE: 2;
  readonly ALL_ELIGIBLE: 3;
};
export type ResetReapplyType = (typeof ResetReapplyType)[keyof typeof ResetReapplyType];

export declare const ResetType: {
  readonly UNSPECIFIED: 0;
  readonly FIRST_WORKFLOW_TASK: 1;
  readonly LAST_WORKFLOW_TASK: 2;
};
export type ResetType = (typeof ResetType)[keyof typeof ResetType];

export declare const WorkflowIdReusePolicy: {
  readonly UNSPECIFIED: 0;
  readonly ALLOW_DUPLICATE: 1;
  readonly ALLOW_DUPLICATE_FAILED_ONLY: 2;
  readonly REJECT_DUPLICATE: 3;
  readonly TERMINATE_IF_RUNNING: 4;
};
export type WorkflowIdReusePolicy = (typeof WorkflowIdReusePolicy)[keyof typeof WorkflowIdReusePolicy];

export declare const WorkflowIdConflictPolicy: {
  readonly UNSPECIFIED: 0;
  readonly FAIL: 1;
  readonly USE_EXISTING: 2;
  readonly TERMINATE_EXISTING: 3;
};
export type WorkflowIdConflictPolicy = (typeof WorkflowIdConflictPolicy)[keyof typeof WorkflowIdConflictPolicy];

export declare const ParentClosePolicy: {
  readonly UNSPECIFIED: 0;
  readonly TERMINATE: 1;
  readonly ABANDON: 2;
  readonly REQUEST_CANCEL: 3;
};
export type ParentClosePolicy = (typeof ParentClosePolicy)[keyof typeof ParentClosePolicy];

export declare const ContinueAsNewInitiator: {
  readonly UNSPECIFIED: 0;
  readonly WORKFLOW: 1;
  readonly RETRY: 2;
  readonly CRON_SCHEDULE: 3;
};
export type ContinueAsNewInitiator = (typeof ContinueAsNewInitiator)[keyof typeof ContinueAsNewInitiator];

export declare const WorkflowExecutionStatus: {
  readonly UNSPECIFIED: 0;
  readonly RUNNING: 1;
  readonly COMPLETED: 2;
  readonly FAILED: 3;
  readonly CANCELED: 4;
  readonly TERMINATED: 5;
  readonly CONTINUED_AS_NEW: 6;
  readonly TIMED_OUT: 7;
  readonly PAUSED: 8;
};
export type WorkflowExecutionStatus = (typeof WorkflowExecutionStatus)[keyof typeof WorkflowExecutionStatus];

export declare const PendingActivityState: {
  readonly UNSPECIFIED: 0;
  readonly SCHEDULED: 1;
  readonly STARTED: 2;
  readonly CANCEL_REQUESTED: 3;
  readonly PAUSED: 4;
  readonly PAUSE_REQUESTED: 5;
};
export type PendingActivityState = (typeof PendingActivityState)[keyof typeof PendingActivityState];

export declare const PendingWorkflowTaskState: {
  readonly UNSPECIFIED: 0;
  readonly SCHEDULED: 1;
  readonly STARTED: 2;
};
export type PendingWorkflowTaskState = (typeof PendingWorkflowTaskState)[keyof typeof PendingWorkflowTaskState];

export declare const HistoryEventFilterType: {
  readonly UNSPECIFIED: 0;
  readonly ALL_EVENT: 1;
  readonly CLOSE_EVENT: 2;
};
export type HistoryEventFilterType = (typeof HistoryEventFilterType)[keyof typeof HistoryEventFilterType];

export declare const RetryState: {
  readonly UNSPECIFIED: 0;
  readonly IN_PROGRESS: 1;
  readonly NON_RETRYABLE_FAILURE: 2;
  readonly TIMEOUT: 3;
  readonly MAXIMUM_ATTEMPTS_REACHED: 4;
  readonly RETRY_POLICY_NOT_SET: 5;
  readonly INTERNAL_SERVER_ERROR: 6;
  readonly CANCEL_REQUESTED: 7;
};
export type RetryState = (typeof RetryState)[keyof typeof RetryState];

export declare const TimeoutType: {
  readonly UNSPECIFIED: 0;
  readonly START_TO_CLOSE: 1;
  readonly SCHEDULE_TO_START: 2;
  readonly SCHEDULE_TO_CLOSE: 3;
  readonly HEARTBEAT: 4;
};
export type TimeoutType = (typeof TimeoutType)[keyof typeof TimeoutType];

export declare const VersioningBehavior: {
  readonly UNSPECIFIED: 0;
  readonly PINNED: 1;
  readonly AUTO_UPGRADE: 2;
};
export type VersioningBehavior = (typeof VersioningBehavior)[keyof typeof VersioningBehavior];

export declare const ContinueAsNewVersioningBehavior: {
  readonly UNSPECIFIED: 0;
  readonly AUTO_UPGRADE: 1;
  readonly USE_RAMPING_VERSION: 2;
};
export type ContinueAsNewVersioningBehavior = (typeof ContinueAsNewVersioningBehavior)[keyof typeof ContinueAsNewVersioningBehavior];

export declare const SuggestContinueAsNewReason: {
  readonly UNSPECIFIED: 0;
  readonly HISTORY_SIZE_TOO_LARGE: 1;
  readonly TOO_MANY_HISTORY_EVENTS: 2;
  readonly TOO_MANY_UPDATES: 3;
};
export type SuggestContinueAsNewReason = (typeof SuggestContinueAsNewReason)[keyof typeof SuggestContinueAsNewReason];

export declare const NexusHandlerErrorRetryBehavior: {
  readonly UNSPECIFIED: 0;
  readonly RETRYABLE: 1;
  readonly NON_RETRYABLE: 2;
};
export type NexusHandlerErrorRetryBehavior = (typeof NexusHandlerErrorRetryBehavior)[keyof typeof NexusHandlerErrorRetryBehavior];

export declare const NexusOperationExecutionStatus: {
  readonly UNSPECIFIED: 0;
  readonly RUNNING: 1;
  readonly COMPLETED: 2;
  readonly FAILED: 3;
  readonly CANCELED: 4;
  readonly TERMINATED: 5;
  readonly TIMED_OUT: 6;
};
export type NexusOperationExecutionStatus = (typeof NexusOperationExecutionStatus)[keyof typeof NexusOperationExecutionStatus];

export declare const NexusOperationWaitStage: {
  readonly UNSPECIFIED: 0;
  readonly STARTED: 1;
  readonly CLOSED: 2;
};
export type NexusOperationWaitStage = (typeof NexusOperationWaitStage)[keyof typeof NexusOperationWaitStage];

export declare const NexusOperationIdReusePolicy: {
  readonly UNSPECIFIED: 0;
  readonly ALLOW_DUPLICATE: 1;
  readonly ALLOW_DUPLICATE_FAILED_ONLY: 2;
  readonly REJECT_DUPLICATE: 3;
};
export type NexusOperationIdReusePolicy = (typeof NexusOperationIdReusePolicy)[keyof typeof NexusOperationIdReusePolicy];

export declare const NexusOperationIdConflictPolicy: {
  readonly UNSPECIFIED: 0;
  readonly FAIL: 1;
  readonly USE_EXISTING: 2;
};
export type NexusOperationIdConflictPolicy = (typeof NexusOperationIdConflictPolicy)[keyof typeof NexusOperationIdConflictPolicy];

export declare const UpdateWorkflowExecutionLifecycleStage: {
  readonly UNSPECIFIED: 0;
  readonly ADMITTED: 1;
  readonly ACCEPTED: 2;
  readonly COMPLETED: 3;
};
export type UpdateWorkflowExecutionLifecycleStage = (typeof UpdateWorkflowExecutionLifecycleStage)[keyof typeof UpdateWorkflowExecutionLifecycleStage];

export declare const UpdateAdmittedEventOrigin: {
  readonly UNSPECIFIED: 0;
  readonly REAPPLY: 1;
};
export type UpdateAdmittedEventOrigin = (typeof UpdateAdmittedEventOrigin)[keyof typeof UpdateAdmittedEventOrigin];

export declare const BatchOperationType: {
  readonly UNSPECIFIED: 0;
  readonly TERMINATE: 1;
  readonly TERMINATE_WORKFLOW: 13;
  readonly CANCEL: 2;
  readonly CANCEL_WORKFLOW: 14;
  readonly SIGNAL: 3;
  readonly SIGNAL_WORKFLOW: 15;
  readonly DELETE: 4;
  readonly DELETE_WORKFLOW: 16;
  readonly RESET: 5;
  readonly RESET_WORKFLOW: 17;
  readonly UPDATE_EXECUTION_OPTIONS: 6;
  readonly UPDATE_WORKFLOW_EXECUTION_OPTIONS: 18;
  readonly UNPAUSE_ACTIVITY: 7;
  readonly UPDATE_ACTIVITY_OPTIONS: 8;
  readonly RESET_ACTIVITY: 9;
  readonly TERMINATE_ACTIVITY: 10;
  readonly CANCEL_ACTIVITY: 11;
  readonly DELETE_ACTIVITY: 12;
};
export type BatchOperationType = (typeof BatchOperationType)[keyof typeof BatchOperationType];

export declare const BatchOperationState: {
  readonly UNSPECIFIED: 0;
  readonly RUNNING: 1;
  readonly COMPLETED: 2;
  readonly FAILED: 3;
};
export type BatchOperationState = (typeof BatchOperationState)[keyof typeof BatchOperationState];

export declare const NamespaceState: {
  readonly UNSPECIFIED: 0;
  readonly REGISTERED: 1;
  readonly DEPRECATED: 2;
  readonly DELETED: 3;
};
export type NamespaceState = (typeof NamespaceState)[keyof typeof NamespaceState];

export declare const ArchivalState: {
  readonly UNSPECIFIED: 0;
  readonly DISABLED: 1;
  readonly ENABLED: 2;
};
export type ArchivalState = (typeof ArchivalState)[keyof typeof ArchivalState];

export declare const ReplicationState: {
  readonly UNSPECIFIED: 0;
  readonly NORMAL: 1;
  readonly HANDOVER: 2;
};
export type ReplicationState = (typeof ReplicationState)[keyof typeof ReplicationState];

export declare const WorkflowTaskFailedCause: {
  readonly UNSPECIFIED: 0;
  readonly UNHANDLED_COMMAND: 1;
  readonly BAD_SCHEDULE_ACTIVITY_ATTRIBUTES: 2;
  readonly BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES: 3;
  readonly BAD_START_TIMER_ATTRIBUTES: 4;
  readonly BAD_CANCEL_TIMER_ATTRIBUTES: 5;
  readonly BAD_RECORD_MARKER_ATTRIBUTES: 6;
  readonly BAD_COMPLETE_WORKFLOW_EXECUTION_ATTRIBUTES: 7;
  readonly BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES: 8;
  readonly BAD_CANCEL_WORKFLOW_EXECUTION_ATTRIBUTES: 9;
  readonly BAD_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_ATTRIBUTES: 10;
  readonly BAD_CONTINUE_AS_NEW_ATTRIBUTES: 11;
  readonly START_TIMER_DUPLICATE_ID: 12;
  readonly RESET_STICKY_TASK_QUEUE: 13;
  readonly WORKFLOW_WORKER_UNHANDLED_FAILURE: 14;
  readonly BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES: 15;
  readonly BAD_START_CHILD_EXECUTION_ATTRIBUTES: 16;
  readonly FORCE_CLOSE_COMMAND: 17;
  readonly FAILOVER_CLOSE_COMMAND: 18;
  readonly BAD_SIGNAL_INPUT_SIZE: 19;
  readonly RESET_WORKFLOW: 20;
  readonly BAD_BINARY: 21;
  readonly SCHEDULE_ACTIVITY_DUPLICATE_ID: 22;
  readonly BAD_SEARCH_ATTRIBUTES: 23;
  readonly NON_DETERMINISTIC_ERROR: 24;
  readonly BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES: 25;
  readonly PENDING_CHILD_WORKFLOWS_LIMIT_EXCEEDED: 26;
  readonly PENDING_ACTIVITIES_LIMIT_EXCEEDED: 27;
  readonly PENDING_SIGNALS_LIMIT_EXCEEDED: 28;
  readonly PENDING_REQUEST_CANCEL_LIMIT_EXCEEDED: 29;
  readonly BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE: 30;
  readonly UNHANDLED_UPDATE: 31;
  readonly BAD_SCHEDULE_NEXUS_OPERATION_ATTRIBUTES: 32;
  readonly PENDING_NEXUS_OPERATIONS_LIMIT_EXCEEDED: 33;
  readonly BAD_REQUEST_CANCEL_NEXUS_OPERATION_ATTRIBUTES: 34;
  readonly FEATURE_DISABLED: 35;
  readonly GRPC_MESSAGE_TOO_LARGE: 36;
  readonly PAYLOADS_TOO_LARGE: 37;
  readonly EXTERNAL_STORAGE_FAILURE: 38;
  readonly WORKFLOW_PAUSE_REQUESTED_BEFORE_TASK_STARTED: 39;
  readonly REQUEST_TOO_LARGE: 40;
};
export type WorkflowTaskFailedCause = (typeof WorkflowTaskFailedCause)[keyof typeof WorkflowTaskFailedCause];

export declare const StartChildWorkflowExecutionFailedCause: {
  readonly UNSPECIFIED: 0;
  readonly WORKFLOW_ALREADY_EXISTS: 1;
  readonly NAMESPACE_NOT_FOUND: 2;
  readonly INVALID_VERSIONING_OVERRIDE: 3;
};
export type StartChildWorkflowExecutionFailedCause = (typeof StartChildWorkflowExecutionFailedCause)[keyof typeof StartChildWorkflowExecutionFailedCause];

export declare const CancelExternalWorkflowExecutionFailedCause: {
  readonly UNSPECIFIED: 0;
  readonly EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND: 1;
  readonly NAMESPACE_NOT_FOUND: 2;
};
export type CancelExternalWorkflowExecutionFailedCause = (typeof CancelExternalWorkflowExecutionFailedCause)[keyof typeof CancelExternalWorkflowExecutionFailedCause];

export declare const SignalExternalWorkflowExecutionFailedCause: {
  readonly UNSPECIFIED: 0;
  readonly EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND: 1;
  readonly NAMESPACE_NOT_FOUND: 2;
  readonly SIGNAL_COUNT_LIMIT_EXCEEDED: 3;
};
export type SignalExternalWorkflowExecutionFailedCause = (typeof SignalExternalWorkflowExecutionFailedCause)[keyof typeof SignalExternalWorkflowExecutionFailedCause];

export declare const ResourceExhaustedCause: {
  readonly UNSPECIFIED: 0;
  readonly RPS_LIMIT: 1;
  readonly CONCURRENT_LIMIT: 2;
  readonly SYSTEM_OVERLOADED: 3;
  readonly PERSISTENCE_LIMIT: 4;
  readonly BUSY_WORKFLOW: 5;
  readonly APS_LIMIT: 6;
  readonly PERSISTENCE_STORAGE_LIMIT: 7;
  readonly CIRCUIT_BREAKER_OPEN: 8;
  readonly OPS_LIMIT: 9;
  readonly WORKER_DEPLOYMENT_LIMITS: 10;
};
export type ResourceExhaustedCause = (typeof ResourceExhaustedCause)[keyof typeof ResourceExhaustedCause];

export declare const ResourceExhaustedScope: {
  readonly UNSPECIFIED: 0;
  readonly NAMESPACE: 1;
  readonly SYSTEM: 2;
};
export type ResourceExhaustedScope = (typeof ResourceExhaustedScope)[keyof typeof ResourceExhaustedScope];

export declare const QueryResultType: {
  readonly UNSPECIFIED: 0;
  readonly ANSWERED: 1;
  readonly FAILED: 2;
};
export type QueryResultType = (typeof QueryResultType)[keyof typeof QueryResultType];

export declare const QueryRejectCondition: {
  readonly UNSPECIFIED: 0;
  readonly NONE: 1;
  readonly NOT_OPEN: 2;
  readonly NOT_COMPLETED_CLEANLY: 3;
};
export type QueryRejectCondition = (typeof QueryRejectCondition)[keyof typeof QueryRejectCondition];

export declare const TaskQueueKind: {
  readonly UNSPECIFIED: 0;
  readonly NORMAL: 1;
  readonly STICKY: 2;
  readonly WORKER_COMMANDS: 3;
};
export type TaskQueueKind = (typeof TaskQueueKind)[keyof typeof TaskQueueKind];

export declare const TaskQueueType: {
  readonly UNSPECIFIED: 0;
  readonly WORKFLOW: 1;
  readonly ACTIVITY: 2;
  readonly NEXUS: 3;
};
export type TaskQueueType = (typeof TaskQueueType)[keyof typeof TaskQueueType];

export declare const TaskReachability: {
  readonly UNSPECIFIED: 0;
  readonly NEW_WORKFLOWS: 1;
  readonly EXISTING_WORKFLOWS: 2;
  readonly OPEN_WORKFLOWS: 3;
  readonly CLOSED_WORKFLOWS: 4;
};
export type TaskReachability = (typeof TaskReachability)[keyof typeof TaskReachability];

export declare const BuildIdTaskReachability: {
  readonly UNSPECIFIED: 0;
  readonly REACHABLE: 1;
  readonly CLOSED_WORKFLOWS_ONLY: 2;
  readonly UNREACHABLE: 3;
};
export type BuildIdTaskReachability = (typeof BuildIdTaskReachability)[keyof typeof BuildIdTaskReachability];

export declare const DescribeTaskQueueMode: {
  readonly UNSPECIFIED: 0;
  readonly ENHANCED: 1;
};
export type DescribeTaskQueueMode = (typeof DescribeTaskQueueMode)[keyof typeof DescribeTaskQueueMode];

export declare const RateLimitSource: {
  readonly UNSPECIFIED: 0;
  readonly API: 1;
  readonly WORKER: 2;
  readonly SYSTEM: 3;
};
export type RateLimitSource = (typeof RateLimitSource)[keyof typeof RateLimitSource];

export declare const RoutingConfigUpdateState: {
  readonly UNSPECIFIED: 0;
  readonly IN_PROGRESS: 1;
  readonly COMPLETED: 2;
};
export type RoutingConfigUpdateState = (typeof RoutingConfigUpdateState)[keyof typeof RoutingConfigUpdateState];

export declare const DeploymentReachability: {
  readonly UNSPECIFIED: 0;
  readonly REACHABLE: 1;
  readonly CLOSED_WORKFLOWS_ONLY: 2;
  readonly UNREACHABLE: 3;
};
export type DeploymentReachability = (typeof DeploymentReachability)[keyof typeof DeploymentReachability];

export declare const VersionDrainageStatus: {
  readonly UNSPECIFIED: 0;
  readonly DRAINING: 1;
  readonly DRAINED: 2;
};
export type VersionDrainageStatus = (typeof VersionDrainageStatus)[keyof typeof VersionDrainageStatus];

export declare const WorkerVersioningMode: {
  readonly UNSPECIFIED: 0;
  readonly UNVERSIONED: 1;
  readonly VERSIONED: 2;
};
export type WorkerVersioningMode = (typeof WorkerVersioningMode)[keyof typeof WorkerVersioningMode];

export declare const WorkerDeploymentVersionStatus: {
  readonly UNSPECIFIED: 0;
  readonly INACTIVE: 1;
  readonly CURRENT: 2;
  readonly RAMPING: 3;
  readonly DRAINING: 4;
  readonly DRAINED: 5;
  readonly CREATED: 6;
};
export type WorkerDeploymentVersionStatus = (typeof WorkerDeploymentVersionStatus)[keyof typeof WorkerDeploymentVersionStatus];

export declare const FastForwardPollingResult: {
  readonly UNSPECIFIED: 0;
  readonly POLL_TIMEOUT: 1;
  readonly FAST_FORWARD_COMPLETED: 2;
  readonly FAST_FORWARD_FAILED: 3;
};
export type FastForwardPollingResult = (typeof FastForwardPollingResult)[keyof typeof FastForwardPollingResult];

export declare const ActivityExecutionStatus: {
  readonly UNSPECIFIED: 0;
  readonly RUNNING: 1;
  readonly COMPLETED: 2;
  readonly FAILED: 3;
  readonly CANCELED: 4;
  readonly TERMINATED: 5;
  readonly TIMED_OUT: 6;
  readonly PAUSED: 7;
};
export type ActivityExecutionStatus = (typeof ActivityExecutionStatus)[keyof typeof ActivityExecutionStatus];

export declare const ActivityIdReusePolicy: {
  readonly UNSPECIFIED: 0;
  readonly ALLOW_DUPLICATE: 1;
  readonly ALLOW_DUPLICATE_FAILED_ONLY: 2;
  readonly REJECT_DUPLICATE: 3;
};
export type ActivityIdReusePolicy = (typeof ActivityIdReusePolicy)[keyof typeof ActivityIdReusePolicy];

export declare const ActivityIdConflictPolicy: {
  readonly UNSPECIFIED: 0;
  readonly FAIL: 1;
  readonly USE_EXISTING: 2;
};
export type ActivityIdConflictPolicy = (typeof ActivityIdConflictPolicy)[keyof typeof ActivityIdConflictPolicy];

export declare const CommandType: {
  readonly UNSPECIFIED: 0;
  readonly SCHEDULE_ACTIVITY_TASK: 1;
  readonly REQUEST_CANCEL_ACTIVITY_TASK: 2;
  readonly START_TIMER: 3;
  readonly COMPLETE_WORKFLOW_EXECUTION: 4;
  readonly FAIL_WORKFLOW_EXECUTION: 5;
  readonly CANCEL_TIMER: 6;
  readonly CANCEL_WORKFLOW_EXECUTION: 7;
  readonly REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION: 8;
  readonly RECORD_MARKER: 9;
  readonly CONTINUE_AS_NEW_WORKFLOW_EXECUTION: 10;
  readonly START_CHILD_WORKFLOW_EXECUTION: 11;
  readonly SIGNAL_EXTERNAL_WORKFLOW_EXECUTION: 12;
  readonly UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: 13;
  readonly PROTOCOL_MESSAGE: 14;
  readonly MODIFY_WORKFLOW_PROPERTIES: 16;
  readonly SCHEDULE_NEXUS_OPERATION: 17;
  readonly REQUEST_CANCEL_NEXUS_OPERATION: 18;
};
export type CommandType = (typeof CommandType)[keyof typeof CommandType];

export declare const ScheduleOverlapPolicy: {
  readonly UNSPECIFIED: 0;
  readonly SKIP: 1;
  readonly BUFFER_ONE: 2;
  readonly BUFFER_ALL: 3;
  readonly CANCEL_OTHER: 4;
  readonly TERMINATE_OTHER: 5;
  readonly ALLOW_ALL: 6;
};
export type ScheduleOverlapPolicy = (typeof ScheduleOverlapPolicy)[keyof typeof ScheduleOverlapPolicy];
