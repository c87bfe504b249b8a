// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const BatchOperationInfo = codec('temporal.api.batch.v1.BatchOperationInfo');

export const BatchOperationTermination = codec('temporal.api.batch.v1.BatchOperationTermination');

export const BatchOperationTerminateActivities = codec('temporal.api.batch.v1.BatchOperationTerminateActivities');

export const BatchOperationSignal = codec('temporal.api.batch.v1.BatchOperationSignal');

export const BatchOperationCancellation = codec('temporal.api.batch.v1.BatchOperationCancellation');

export const BatchOperationCancelActivities = codec('temporal.api.batch.v1.BatchOperationCancelActivities');

export const BatchOperationDeletion = codec('temporal.api.batch.v1.BatchOperationDeletion');

export const BatchOperationDeleteActivities = codec('temporal.api.batch.v1.BatchOperationDeleteActivities');

export const BatchOperationReset = codec('temporal.api.batch.v1.BatchOperationReset');

export const BatchOperationUpdateWorkflowExecutionOptions = codec('temporal.api.batch.v1.BatchOperationUpdateWorkflowExecutionOptions');

export const BatchOperationUnpauseActivities = codec('temporal.api.batch.v1.BatchOperationUnpauseActivities');

export const BatchOperationResetActivities = codec('temporal.api.batch.v1.BatchOperationResetActivities');

export const BatchOperationUpdateActivityOptions = codec('temporal.api.batch.v1.BatchOperationUpdateActivityOptions');
