/**
 * Clients: they start workflows and talk to them, make schedules, complete activities, and ask the server about all of
 * it.
 *
 * ```ts
 * const connection = await Connection.connect({ address: 'localhost:7233' });
 * const client = new Client({ connection });
 * const handle = await client.workflow.start(order, { args: ['book'], taskQueue: 'orders', workflowId: 'order-17' });
 * console.log(await handle.result());
 * ```
 *
 * @module
 */
export type { DataConverter, ProtoFailure, RetryPolicy } from '@perdure/common';
export {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  defaultPayloadConverter,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
  WorkflowExecutionAlreadyStartedError,
} from '@perdure/common';
export * from '@perdure/common/lib/errors';
export * from '@perdure/common/lib/interfaces';
export type { TLSConfig } from '@perdure/common/lib/internal-non-workflow';
export * from '@perdure/common/lib/workflow-handle';
export * from './activity-client.ts';
export * from './async-completion-client.ts';
export type {
  AddNewCompatibleVersion,
  AddNewIdInNewDefaultSet,
  BuildIdOperation,
  BuildIdVersionSet,
  MergeSets,
  PromoteBuildIdWithinSet,
  PromoteSetByBuildId,
  WorkerBuildIdVersionSets,
} from './build-id-types.ts';
export * from './client.ts';
export type { ConnectionOptions, ConnectionOptionsWithDefaults, ConnectionPlugin } from './connection.ts';
export { Connection, LOCAL_TARGET } from './connection.ts';
export * from './errors.ts';
export type { BackoffOptions, GrpcRetryOptions } from './grpc-retry.ts';
export { defaultGrpcRetryOptions, isRetryableError, makeGrpcRetryInterceptor } from './grpc-retry.ts';
export * from './interceptors.ts';
export * from './nexus-client.ts';
export * from './nexus-types.ts';
export * from './schedule-client.ts';
export * from './schedule-types.ts';
export * from './task-queue-client.ts';
export * from './types.ts';
export * from './workflow-client.ts';
export * from './workflow-options.ts';
export { WorkflowUpdateStage } from './workflow-update-stage.ts';
