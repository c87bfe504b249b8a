// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as activity from './activity.js';
import type * as common from './common.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';
import type * as workflow from './workflow.js';

export interface BatchOperationInfo {
  jobId: string;
  state: enums.BatchOperationState;
  startTime: googleProtobuf.Timestamp | null;
  closeTime: googleProtobuf.Timestamp | null;
  operationType: enums.BatchOperationType;
}
export declare const BatchOperationInfo: Codec<BatchOperationInfo>;

export interface BatchOperationTermination {
  details: Uint8Array | null;
  identity: string;
}
export declare const BatchOperationTermination: Codec<BatchOperationTermination>;

export interface BatchOperationTerminateActivities {
  identity: string;
  reason: string;
}
export declare const BatchOperationTerminateActivities: Codec<BatchOperationTerminateActivities>;

export interface BatchOperationSignal {
  signal: string;
  input: Uint8Array | null;
  header: Uint8Array | null;
  identity: string;
}
export declare const BatchOperationSignal: Codec<BatchOperationSignal>;

export interface BatchOperationCancellation {
  identity: string;
}
export declare const BatchOperationCancellation: Codec<BatchOperationCancellation>;

export interface BatchOperationCancelActivities {
  identity: string;
  reason: string;
}
export declare const BatchOperationCancelActivities: Codec<BatchOperationCancelActivities>;

export interface BatchOperationDeletion {
  identity: string;
}
export declare const BatchOperationDeletion: Codec<BatchOperationDeletion>;

export interface BatchOperationDeleteActivities {}
export declare const BatchOperationDeleteActivities: Codec<BatchOperationDeleteActivities>;

export interface BatchOperationReset {
  identity: string;
  options: common.ResetOptions | null;
  resetType: enums.ResetType;
  resetReapplyType: enums.ResetReapplyType;
  postResetOperations: workflow.PostResetOperation[];
}
export declare const BatchOperationReset: Codec<BatchOperationReset>;

export interface BatchOperationUpdateWorkflowExecutionOptions {
  identity: string;
  workflowExecutionOptions: workflow.WorkflowExecutionOptions | null;
  updateMask: googleProtobuf.FieldMask | null;
}
export declare const BatchOperationUpdateWorkflowExecutionOptions: Codec<BatchOperationUpdateWorkflowExecutionOptions>;

export interface BatchOperationUnpauseActivities {
  identity: string;
  type: string | null;
  matchAll: boolean | null;
  resetAttempts: boolean;
  resetHeartbeat: boolean;
  jitter: googleProtobuf.Duration | null;
}
export declare const BatchOperationUnpauseActivities: Codec<BatchOperationUnpauseActivities>;

export interface BatchOperationResetActivities {
  identity: string;
  type: string | null;
  matchAll: boolean | null;
  resetAttempts: boolean;
  resetHeartbeat: boolean;
  keepPaused: boolean;
  jitter: googleProtobuf.Duration | null;
  restoreOriginalOptions: boolean;
}
export declare const BatchOperationResetActivities: Codec<BatchOperationResetActivities>;

export interface BatchOperationUpdateActivityOptions {
  identity: string;
  type: string | null;
  matchAll: boolean | null;
  activityOptions: activity.ActivityOptions | null;
  updateMask: googleProtobuf.FieldMask | null;
  restoreOriginal: boolean;
}
export declare const BatchOperationUpdateActivityOptions: Codec<BatchOperationUpdateActivityOptions>;
