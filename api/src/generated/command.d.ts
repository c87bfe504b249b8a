// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as common from './common.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';
import type * as sdk from './sdk.js';
import type * as taskqueue from './taskqueue.js';
import type * as workflow from './workflow.js';

export interface ScheduleActivityTaskCommandAttributes {
  activityId: string;
  activityType: common.ActivityType | null;
  taskQueue: taskqueue.TaskQueue | null;
  header: Uint8Array | null;
  input: Uint8Array | null;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
  heartbeatTimeout: googleProtobuf.Duration | null;
  retryPolicy: common.RetryPolicy | null;
  requestEagerExecution: boolean;
  useWorkflowBuildId: boolean;
  priority: common.Priority | null;
}
export declare const ScheduleActivityTaskCommandAttributes: Codec<ScheduleActivityTaskCommandAttributes>;

export interface RequestCancelActivityTaskCommandAttributes {
  scheduledEventId: number;
}
export declare const RequestCancelActivityTaskCommandAttributes: Codec<RequestCancelActivityTaskCommandAttributes>;

export interface StartTimerCommandAttributes {
  timerId: string;
  startToFireTimeout: googleProtobuf.Duration | null;
}
export declare const StartTimerCommandAttributes: Codec<StartTimerCommandAttributes>;

export interface CompleteWorkflowExecutionCommandAttributes {
  result: Uint8Array | null;
}
export declare const CompleteWorkflowExecutionCommandAttributes: Codec<CompleteWorkflowExecutionCommandAttributes>;

export interface FailWorkflowExecutionCommandAttributes {
  failure: Uint8Array | null;
}
export declare const FailWorkflowExecutionCommandAttributes: Codec<FailWorkflowExecutionCommandAttributes>;

export interface CancelTimerCommandAttributes {
  timerId: string;
}
export declare const CancelTimerCommandAttributes: Codec<CancelTimerCommandAttributes>;

export interface CancelWorkflowExecutionCommandAttributes {
  details: Uint8Array | null;
}
export declare const CancelWorkflowExecutionCommandAttributes: Codec<CancelWorkflowExecutionCommandAttributes>;

export interface RequestCancelExternalWorkflowExecutionCommandAttributes {
  namespace: string;
  workflowId: string;
  runId: string;
  control: string;
  childWorkflowOnly: boolean;
  reason: string;
}
export declare const RequestCancelExternalWorkflowExecutionCommandAttributes: Codec<RequestCancelExternalWorkflowExecutionCommandAttributes>;

export interface SignalExternalWorkflowExecutionCommandAttributes {
  namespace: string;
  execution: common.WorkflowExecution | null;
  signalName: string;
  input: Uint8Array | null;
  control: string;
  childWorkflowOnly: boolean;
  header: Uint8Array | null;
}
export declare const SignalExternalWorkflowExecutionCommandAttributes: Codec<SignalExternalWorkflowExecutionCommandAttributes>;

export interface UpsertWorkflowSearchAttributesCommandAttributes {
  searchAttributes: common.SearchAttributes | null;
}
export declare const UpsertWorkflowSearchAttributesCommandAttributes: Codec<UpsertWorkflowSearchAttributesCommandAttributes>;

export interface ModifyWorkflowPropertiesCommandAttributes {
  upsertedMemo: common.Memo | null;
}
export declare const ModifyWorkflowPropertiesCommandAttributes: Codec<ModifyWorkflowPropertiesCommandAttributes>;

export interface RecordMarkerCommandAttributes {
  markerName: string;
  details: { [key: string]: Uint8Array };
  header: Uint8Array | null;
  failure: Uint8Array | null;
}
export declare const RecordMarkerCommandAttributes: Codec<RecordMarkerCommandAttributes>;

export interface ContinueAsNewWorkflowExecutionCommandAttributes {
  workflowType: common.WorkflowType | null;
  taskQueue: taskqueue.TaskQueue | null;
  input: Uint8Array | null;
  workflowRunTimeout: googleProtobuf.Duration | null;
  workflowTaskTimeout: googleProtobuf.Duration | null;
  backoffStartInterval: googleProtobuf.Duration | null;
  retryPolicy: common.RetryPolicy | null;
  initiator: enums.ContinueAsNewInitiator;
  failure: Uint8Array | null;
  lastCompletionResult: Uint8Array | null;
  cronSchedule: string;
  header: Uint8Array | null;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  inheritBuildId: boolean;
  initialVersioningBehavior: enums.ContinueAsNewVersioningBehavior;
}
export declare const ContinueAsNewWorkflowExecutionCommandAttributes: Codec<ContinueAsNewWorkflowExecutionCommandAttributes>;

export interface StartChildWorkflowExecutionCommandAttributes {
  namespace: string;
  workflowId: string;
  workflowType: common.WorkflowType | null;
  taskQueue: taskqueue.TaskQueue | null;
  input: Uint8Array | null;
  workflowExecutionTimeout: googleProtobuf.Duration | null;
  workflowRunTimeout: googleProtobuf.Duration | null;
  workflowTaskTimeout: googleProtobuf.Duration | null;
  parentClosePolicy: enums.ParentClosePolicy;
  control: string;
  workflowIdReusePolicy: enums.WorkflowIdReusePolicy;
  retryPolicy: common.RetryPolicy | null;
  cronSchedule: string;
  header: Uint8Array | null;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  inheritBuildId: boolean;
  priority: common.Priority | null;
  versioningOverride: workflow.VersioningOverride | null;
}
export declare const StartChildWorkflowExecutionCommandAttributes: Codec<StartChildWorkflowExecutionCommandAttributes>;

export interface ProtocolMessageCommandAttributes {
  messageId: string;
}
export declare const ProtocolMessageCommandAttributes: Codec<ProtocolMessageCommandAttributes>;

export interface ScheduleNexusOperationCommandAttributes {
  endpoint: string;
  service: string;
  operation: string;
  input: Uint8Array | null;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  nexusHeader: { [key: string]: string };
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
}
export declare const ScheduleNexusOperationCommandAttributes: Codec<ScheduleNexusOperationCommandAttributes>;

export interface RequestCancelNexusOperationCommandAttributes {
  scheduledEventId: number;
}
export declare const RequestCancelNexusOperationCommandAttributes: Codec<RequestCancelNexusOperationCommandAttributes>;

export interface Command {
  commandType: enums.CommandType;
  userMetadata: Uint8Array | null;
  eventGroupMarkers: sdk.EventGroupMarker[];
  scheduleActivityTaskCommandAttributes: ScheduleActivityTaskCommandAttributes | null;
  startTimerCommandAttributes: StartTimerCommandAttributes | null;
  completeWorkflowExecutionCommandAttributes: CompleteWorkflowExecutionCommandAttributes | null;
  failWorkflowExecutionCommandAttributes: FailWorkflowExecutionCommandAttributes | null;
  requestCancelActivityTaskCommandAttributes: RequestCancelActivityTaskCommandAttributes | null;
  cancelTimerCommandAttributes: CancelTimerCommandAttributes | null;
  cancelWorkflowExecutionCommandAttributes: CancelWorkflowExecutionCommandAttributes | null;
  requestCancelExternalWorkflowExecutionCommandAttributes: RequestCancelExternalWorkflowExecutionCommandAttributes | null;
  recordMarkerCommandAttributes: RecordMarkerCommandAttributes | null;
  continueAsNewWorkflowExecutionCommandAttributes: ContinueAsNewWorkflowExecutionCommandAttributes | null;
  startChildWorkflowExecutionCommandAttributes: StartChildWorkflowExecutionCommandAttributes | null;
  signalExternalWorkflowExecutionCommandAttributes: SignalExternalWorkflowExecutionCommandAttributes | null;
  upsertWorkflowSearchAttributesCommandAttributes: UpsertWorkflowSearchAttributesCommandAttributes | null;
  protocolMessageCommandAttributes: ProtocolMessageCommandAttributes | null;
  modifyWorkflowPropertiesCommandAttributes: ModifyWorkflowPropertiesCommandAttributes | null;
  scheduleNexusOperationCommandAttributes: ScheduleNexusOperationCommandAttributes | null;
  requestCancelNexusOperationCommandAttributes: RequestCancelNexusOperationCommandAttributes | null;
}
export declare const Command: Codec<Command>;
