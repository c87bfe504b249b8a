// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const NotFoundFailure = codec('temporal.api.errordetails.v1.NotFoundFailure');

export const WorkflowExecutionAlreadyStartedFailure = codec('temporal.api.errordetails.v1.WorkflowExecutionAlreadyStartedFailure');

export const NamespaceNotActiveFailure = codec('temporal.api.errordetails.v1.NamespaceNotActiveFailure');

export const NamespaceUnavailableFailure = codec('temporal.api.errordetails.v1.NamespaceUnavailableFailure');

export const NamespaceInvalidStateFailure = codec('temporal.api.errordetails.v1.NamespaceInvalidStateFailure');

export const NamespaceNotFoundFailure = codec('temporal.api.errordetails.v1.NamespaceNotFoundFailure');

export const NamespaceAlreadyExistsFailure = codec('temporal.api.errordetails.v1.NamespaceAlreadyExistsFailure');

export const ClientVersionNotSupportedFailure = codec('temporal.api.errordetails.v1.ClientVersionNotSupportedFailure');

export const ServerVersionNotSupportedFailure = codec('temporal.api.errordetails.v1.ServerVersionNotSupportedFailure');

export const CancellationAlreadyRequestedFailure = codec('temporal.api.errordetails.v1.CancellationAlreadyRequestedFailure');

export const QueryFailedFailure = codec('temporal.api.errordetails.v1.QueryFailedFailure');

export const PermissionDeniedFailure = codec('temporal.api.errordetails.v1.PermissionDeniedFailure');

export const ResourceExhaustedFailure = codec('temporal.api.errordetails.v1.ResourceExhaustedFailure');

export const SystemWorkflowFailure = codec('temporal.api.errordetails.v1.SystemWorkflowFailure');

export const WorkflowNotReadyFailure = codec('temporal.api.errordetails.v1.WorkflowNotReadyFailure');

export const NewerBuildExistsFailure = codec('temporal.api.errordetails.v1.NewerBuildExistsFailure');

export const MultiOperationExecutionFailure = codec('temporal.api.errordetails.v1.MultiOperationExecutionFailure');

export const MultiOperationExecutionFailure_OperationStatus = codec('temporal.api.errordetails.v1.MultiOperationExecutionFailure.OperationStatus');

export const ActivityExecutionAlreadyStartedFailure = codec('temporal.api.errordetails.v1.ActivityExecutionAlreadyStartedFailure');

export const NexusOperationExecutionAlreadyStartedFailure = codec('temporal.api.errordetails.v1.NexusOperationExecutionAlreadyStartedFailure');

export const WorkflowTaskCompletionBufferLostFailure = codec('temporal.api.errordetails.v1.WorkflowTaskCompletionBufferLostFailure');
