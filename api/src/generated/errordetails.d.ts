// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as common from './common.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface NotFoundFailure {
  currentCluster: string;
  activeCluster: string;
}
export declare const NotFoundFailure: Codec<NotFoundFailure>;

export interface WorkflowExecutionAlreadyStartedFailure {
  startRequestId: string;
  runId: string;
  firstExecutionRunId: string;
}
export declare const WorkflowExecutionAlreadyStartedFailure: Codec<WorkflowExecutionAlreadyStartedFailure>;

export interface NamespaceNotActiveFailure {
  namespace: string;
  currentCluster: string;
  activeCluster: string;
}
export declare const NamespaceNotActiveFailure: Codec<NamespaceNotActiveFailure>;

export interface NamespaceUnavailableFailure {
  namespace: string;
}
export declare const NamespaceUnavailableFailure: Codec<NamespaceUnavailableFailure>;

export interface NamespaceInvalidStateFailure {
  namespace: string;
  state: enums.NamespaceState;
  allowedStates: enums.NamespaceState[];
}
export declare const NamespaceInvalidStateFailure: Codec<NamespaceInvalidStateFailure>;

export interface NamespaceNotFoundFailure {
  namespace: string;
}
export declare const NamespaceNotFoundFailure: Codec<NamespaceNotFoundFailure>;

export interface NamespaceAlreadyExistsFailure {}
export declare const NamespaceAlreadyExistsFailure: Codec<NamespaceAlreadyExistsFailure>;

export interface ClientVersionNotSupportedFailure {
  clientVersion: string;
  clientName: string;
  supportedVersions: string;
}
export declare const ClientVersionNotSupportedFailure: Codec<ClientVersionNotSupportedFailure>;

export interface ServerVersionNotSupportedFailure {
  serverVersion: string;
  clientSupportedServerVersions: string;
}
export declare const ServerVersionNotSupportedFailure: Codec<ServerVersionNotSupportedFailure>;

export interface CancellationAlreadyRequestedFailure {}
export declare const CancellationAlreadyRequestedFailure: Codec<CancellationAlreadyRequestedFailure>;

export interface QueryFailedFailure {
  failure: Uint8Array | null;
}
export declare const QueryFailedFailure: Codec<QueryFailedFailure>;

export interface PermissionDeniedFailure {
  reason: string;
}
export declare const PermissionDeniedFailure: Codec<PermissionDeniedFailure>;

export interface ResourceExhaustedFailure {
  cause: enums.ResourceExhaustedCause;
  scope: enums.ResourceExhaustedScope;
}
export declare const ResourceExhaustedFailure: Codec<ResourceExhaustedFailure>;

export interface SystemWorkflowFailure {
  workflowExecution: common.WorkflowExecution | null;
  workflowError: string;
}
export declare const SystemWorkflowFailure: Codec<SystemWorkflowFailure>;

export interface WorkflowNotReadyFailure {}
export declare const WorkflowNotReadyFailure: Codec<WorkflowNotReadyFailure>;

export interface NewerBuildExistsFailure {
  defaultBuildId: string;
}
export declare const NewerBuildExistsFailure: Codec<NewerBuildExistsFailure>;

export interface MultiOperationExecutionFailure {
  statuses: MultiOperationExecutionFailure_OperationStatus[];
}
export declare const MultiOperationExecutionFailure: Codec<MultiOperationExecutionFailure>;

export interface MultiOperationExecutionFailure_OperationStatus {
  code: number;
  message: string;
  details: googleProtobuf.Any[];
}
export declare const MultiOperationExecutionFailure_OperationStatus: Codec<MultiOperationExecutionFailure_OperationStatus>;

export interface ActivityExecutionAlreadyStartedFailure {
  startRequestId: string;
  runId: string;
}
export declare const ActivityExecutionAlreadyStartedFailure: Codec<ActivityExecutionAlreadyStartedFailure>;

export interface NexusOperationExecutionAlreadyStartedFailure {
  startRequestId: string;
  runId: string;
}
export declare const NexusOperationExecutionAlreadyStartedFailure: Codec<NexusOperationExecutionAlreadyStartedFailure>;

export interface WorkflowTaskCompletionBufferLostFailure {}
export declare const WorkflowTaskCompletionBufferLostFailure: Codec<WorkflowTaskCompletionBufferLostFailure>;
