// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as callback from './callback.js';
import type * as common from './common.js';
import type * as deployment from './deployment.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';
import type * as taskqueue from './taskqueue.js';

export interface ActivityExecutionOutcome {
  result: Uint8Array | null;
  failure: Uint8Array | null;
  retryState: enums.RetryState;
}
export declare const ActivityExecutionOutcome: Codec<ActivityExecutionOutcome>;

export interface ActivityOptions {
  taskQueue: taskqueue.TaskQueue | null;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
  heartbeatTimeout: googleProtobuf.Duration | null;
  retryPolicy: common.RetryPolicy | null;
  priority: common.Priority | null;
  startDelay: googleProtobuf.Duration | null;
}
export declare const ActivityOptions: Codec<ActivityOptions>;

export interface ActivityExecutionInfo {
  activityId: string;
  runId: string;
  activityType: common.ActivityType | null;
  status: enums.ActivityExecutionStatus;
  runState: enums.PendingActivityState;
  taskQueue: string;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
  heartbeatTimeout: googleProtobuf.Duration | null;
  retryPolicy: common.RetryPolicy | null;
  heartbeatDetails: Uint8Array | null;
  lastHeartbeatTime: googleProtobuf.Timestamp | null;
  lastStartedTime: googleProtobuf.Timestamp | null;
  attempt: number;
  executionDuration: googleProtobuf.Duration | null;
  scheduleTime: googleProtobuf.Timestamp | null;
  expirationTime: googleProtobuf.Timestamp | null;
  closeTime: googleProtobuf.Timestamp | null;
  lastFailure: Uint8Array | null;
  lastWorkerIdentity: string;
  currentRetryInterval: googleProtobuf.Duration | null;
  lastAttemptCompleteTime: googleProtobuf.Timestamp | null;
  nextAttemptScheduleTime: googleProtobuf.Timestamp | null;
  lastDeploymentVersion: deployment.WorkerDeploymentVersion | null;
  priority: common.Priority | null;
  stateTransitionCount: number;
  stateSizeBytes: number;
  searchAttributes: common.SearchAttributes | null;
  header: Uint8Array | null;
  userMetadata: Uint8Array | null;
  canceledReason: string;
  links: common.Link[];
  totalHeartbeatCount: number;
  sdkName: string;
  sdkVersion: string;
  startDelay: googleProtobuf.Duration | null;
  executionTime: googleProtobuf.Timestamp | null;
}
export declare const ActivityExecutionInfo: Codec<ActivityExecutionInfo>;

export interface ActivityExecutionListInfo {
  activityId: string;
  runId: string;
  activityType: common.ActivityType | null;
  scheduleTime: googleProtobuf.Timestamp | null;
  closeTime: googleProtobuf.Timestamp | null;
  status: enums.ActivityExecutionStatus;
  searchAttributes: common.SearchAttributes | null;
  taskQueue: string;
  stateTransitionCount: number;
  stateSizeBytes: number;
  executionDuration: googleProtobuf.Duration | null;
  executionTime: googleProtobuf.Timestamp | null;
}
export declare const ActivityExecutionListInfo: Codec<ActivityExecutionListInfo>;

export interface CallbackInfo {
  trigger: CallbackInfo_Trigger | null;
  info: callback.CallbackInfo | null;
}
export declare const CallbackInfo: Codec<CallbackInfo>;

export interface CallbackInfo_ActivityClosed {}
export declare const CallbackInfo_ActivityClosed: Codec<CallbackInfo_ActivityClosed>;

export interface CallbackInfo_Trigger {
  activityClosed: CallbackInfo_ActivityClosed | null;
}
export declare const CallbackInfo_Trigger: Codec<CallbackInfo_Trigger>;
