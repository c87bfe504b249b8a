// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as common from './common.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface Failure {
  message: string;
  stackTrace: string;
  metadata: { [key: string]: string };
  details: Uint8Array;
  cause: Failure | null;
}
export declare const Failure: Codec<Failure>;

export interface HandlerError {
  errorType: string;
  failure: Failure | null;
  retryBehavior: enums.NexusHandlerErrorRetryBehavior;
}
export declare const HandlerError: Codec<HandlerError>;

export interface UnsuccessfulOperationError {
  operationState: string;
  failure: Failure | null;
}
export declare const UnsuccessfulOperationError: Codec<UnsuccessfulOperationError>;

export interface Link {
  url: string;
  type: string;
}
export declare const Link: Codec<Link>;

export interface StartOperationRequest {
  service: string;
  operation: string;
  requestId: string;
  callback: string;
  payload: Uint8Array | null;
  callbackHeader: { [key: string]: string };
  links: Link[];
}
export declare const StartOperationRequest: Codec<StartOperationRequest>;

export interface CancelOperationRequest {
  service: string;
  operation: string;
  operationId: string;
  operationToken: string;
}
export declare const CancelOperationRequest: Codec<CancelOperationRequest>;

export interface Request {
  header: { [key: string]: string };
  scheduledTime: googleProtobuf.Timestamp | null;
  capabilities: Request_Capabilities | null;
  startOperation: StartOperationRequest | null;
  cancelOperation: CancelOperationRequest | null;
  endpoint: string;
}
export declare const Request: Codec<Request>;

export interface Request_Capabilities {
  temporalFailureResponses: boolean;
}
export declare const Request_Capabilities: Codec<Request_Capabilities>;

export interface StartOperationResponse {
  syncSuccess: StartOperationResponse_Sync | null;
  asyncSuccess: StartOperationResponse_Async | null;
  operationError: UnsuccessfulOperationError | null;
  failure: Uint8Array | null;
}
export declare const StartOperationResponse: Codec<StartOperationResponse>;

export interface StartOperationResponse_Sync {
  payload: Uint8Array | null;
  links: Link[];
}
export declare const StartOperationResponse_Sync: Codec<StartOperationResponse_Sync>;

export interface StartOperationResponse_Async {
  operationId: string;
  links: Link[];
  operationToken: string;
}
export declare const StartOperationResponse_Async: Codec<StartOperationResponse_Async>;

export interface CancelOperationResponse {}
export declare const CancelOperationResponse: Codec<CancelOperationResponse>;

export interface Response {
  startOperation: StartOperationResponse | null;
  cancelOperation: CancelOperationResponse | null;
}
export declare const Response: Codec<Response>;

export interface Endpoint {
  version: number;
  id: string;
  spec: EndpointSpec | null;
  createdTime: googleProtobuf.Timestamp | null;
  lastModifiedTime: googleProtobuf.Timestamp | null;
  urlPrefix: string;
}
export declare const Endpoint: Codec<Endpoint>;

export interface EndpointSpec {
  name: string;
  description: Uint8Array | null;
  target: EndpointTarget | null;
}
export declare const EndpointSpec: Codec<EndpointSpec>;

export interface EndpointTarget {
  worker: EndpointTarget_Worker | null;
  external: EndpointTarget_External | null;
}
export declare const EndpointTarget: Codec<EndpointTarget>;

export interface EndpointTarget_Worker {
  namespace: string;
  taskQueue: string;
}
export declare const EndpointTarget_Worker: Codec<EndpointTarget_Worker>;

export interface EndpointTarget_External {
  url: string;
}
export declare const EndpointTarget_External: Codec<EndpointTarget_External>;

export interface NexusOperationExecutionCancellationInfo {
  requestedTime: googleProtobuf.Timestamp | null;
  state: enums.NexusOperationCancellationState;
  attempt: number;
  lastAttemptCompleteTime: googleProtobuf.Timestamp | null;
  lastAttemptFailure: Uint8Array | null;
  nextAttemptScheduleTime: googleProtobuf.Timestamp | null;
  blockedReason: string;
  reason: string;
}
export declare const NexusOperationExecutionCancellationInfo: Codec<NexusOperationExecutionCancellationInfo>;

export interface NexusOperationExecutionInfo {
  operationId: string;
  runId: string;
  endpoint: string;
  service: string;
  operation: string;
  status: enums.NexusOperationExecutionStatus;
  state: enums.PendingNexusOperationState;
  scheduleToCloseTimeout: googleProtobuf.Duration | null;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
  startToCloseTimeout: googleProtobuf.Duration | null;
  attempt: number;
  scheduleTime: googleProtobuf.Timestamp | null;
  expirationTime: googleProtobuf.Timestamp | null;
  closeTime: googleProtobuf.Timestamp | null;
  lastAttemptCompleteTime: googleProtobuf.Timestamp | null;
  lastAttemptFailure: Uint8Array | null;
  nextAttemptScheduleTime: googleProtobuf.Timestamp | null;
  executionDuration: googleProtobuf.Duration | null;
  cancellationInfo: NexusOperationExecutionCancellationInfo | null;
  blockedReason: string;
  requestId: string;
  operationToken: string;
  stateTransitionCount: number;
  searchAttributes: common.SearchAttributes | null;
  nexusHeader: { [key: string]: string };
  userMetadata: Uint8Array | null;
  links: common.Link[];
  identity: string;
  stateSizeBytes: number;
}
export declare const NexusOperationExecutionInfo: Codec<NexusOperationExecutionInfo>;

export interface NexusOperationExecutionListInfo {
  operationId: string;
  runId: string;
  endpoint: string;
  service: string;
  operation: string;
  scheduleTime: googleProtobuf.Timestamp | null;
  closeTime: googleProtobuf.Timestamp | null;
  status: enums.NexusOperationExecutionStatus;
  searchAttributes: common.SearchAttributes | null;
  stateTransitionCount: number;
  executionDuration: googleProtobuf.Duration | null;
  stateSizeBytes: number;
}
export declare const NexusOperationExecutionListInfo: Codec<NexusOperationExecutionListInfo>;
