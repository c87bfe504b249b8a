// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const ApplicationFailureInfo = codec('temporal.api.failure.v1.ApplicationFailureInfo');

export const TimeoutFailureInfo = codec('temporal.api.failure.v1.TimeoutFailureInfo');

export const CanceledFailureInfo = codec('temporal.api.failure.v1.CanceledFailureInfo');

export const TerminatedFailureInfo = codec('temporal.api.failure.v1.TerminatedFailureInfo');

export const ServerFailureInfo = codec('temporal.api.failure.v1.ServerFailureInfo');

export const ResetWorkflowFailureInfo = codec('temporal.api.failure.v1.ResetWorkflowFailureInfo');

export const ActivityFailureInfo = codec('temporal.api.failure.v1.ActivityFailureInfo');

export const ChildWorkflowExecutionFailureInfo = codec('temporal.api.failure.v1.ChildWorkflowExecutionFailureInfo');

export const NexusOperationFailureInfo = codec('temporal.api.failure.v1.NexusOperationFailureInfo');

export const NexusHandlerFailureInfo = codec('temporal.api.failure.v1.NexusHandlerFailureInfo');

export const Failure = codec('temporal.api.failure.v1.Failure');

export const MultiOperationExecutionAborted = codec('temporal.api.failure.v1.MultiOperationExecutionAborted');
