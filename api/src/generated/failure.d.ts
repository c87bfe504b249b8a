// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as common from './common.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface ApplicationFailureInfo {
  type: string;
  nonRetryable: boolean;
  details: Uint8Array | null;
  nextRetryDelay: googleProtobuf.Duration | null;
  category: enums.ApplicationErrorCategory;
}
export declare const ApplicationFailureInfo: Codec<ApplicationFailureInfo>;

export interface TimeoutFailureInfo {
  timeoutType: enums.TimeoutType;
  lastHeartbeatDetails: Uint8Array | null;
}
export declare const TimeoutFailureInfo: Codec<TimeoutFailureInfo>;

export interface CanceledFailureInfo {
  details: Uint8Array | null;
  identity: string;
}
export declare const CanceledFailureInfo: Codec<CanceledFailureInfo>;

export interface TerminatedFailureInfo {
  identity: string;
}
export declare const TerminatedFailureInfo: Codec<TerminatedFailureInfo>;

export interface ServerFailureInfo {
  nonRetryable: boolean;
}
export declare const ServerFailureInfo: Codec<ServerFailureInfo>;

export interface ResetWorkflowFailureInfo {
  lastHeartbeatDetails: Uint8Array | null;
}
export declare const ResetWorkflowFailureInfo: Codec<ResetWorkflowFailureInfo>;

export interface ActivityFailureInfo {
  scheduledEventId: number;
  startedEventId: number;
  identity: string;
  activityType: common.ActivityType | null;
  activityId: string;
  retryState: enums.RetryState;
}
export declare const ActivityFailureInfo: Codec<ActivityFailureInfo>;

export interface ChildWorkflowExecutionFailureInfo {
  namespace: string;
  workflowExecution: common.WorkflowExecution | null;
  workflowType: common.WorkflowType | null;
  initiatedEventId: number;
  startedEventId: number;
  retryState: enums.RetryState;
}
export declare const ChildWorkflowExecutionFailureInfo: Codec<ChildWorkflowExecutionFailureInfo>;

export interface NexusOperationFailureInfo {
  scheduledEventId: number;
  endpoint: string;
  service: string;
  operation: string;
  operationId: string;
  operationToken: string;
}
export declare const NexusOperationFailureInfo: Codec<NexusOperationFailureInfo>;

export interface NexusHandlerFailureInfo {
  type: string;
  retryBehavior: enums.NexusHandlerErrorRetryBehavior;
}
export declare const NexusHandlerFailureInfo: Codec<NexusHandlerFailureInfo>;

export interface Failure {
  message: string;
  source: string;
  stackTrace: string;
  encodedAttributes: Uint8Array | null;
  cause: Uint8Array | null;
  applicationFailureInfo: ApplicationFailureInfo | null;
  timeoutFailureInfo: TimeoutFailureInfo | null;
  canceledFailureInfo: CanceledFailureInfo | null;
  terminatedFailureInfo: TerminatedFailureInfo | null;
  serverFailureInfo: ServerFailureInfo | null;
  resetWorkflowFailureInfo: ResetWorkflowFailureInfo | null;
  activityFailureInfo: ActivityFailureInfo | null;
  childWorkflowExecutionFailureInfo: ChildWorkflowExecutionFailureInfo | null;
  nexusOperationExecutionFailureInfo: NexusOperationFailureInfo | null;
  nexusHandlerFailureInfo: NexusHandlerFailureInfo | null;
}
export declare const Failure: Codec<Failure>;

export interface MultiOperationExecutionAborted {}
export declare const MultiOperationExecutionAborted: Codec<MultiOperationExecutionAborted>;
