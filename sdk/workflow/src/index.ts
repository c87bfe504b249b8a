/**
 * What workflow code is written with: activities, children, timers, signals, queries and updates, cancellation.
 *
 * It has the names and the behaviour of `@temporalio/workflow`. Workflow code runs again from its beginning whenever a
 * worker has lost it, so it must do the same each time: time, random numbers and timers are the workflow's own, and
 * whatever else touches the world belongs into an activity.
 * @module
 */

export {
  ActivityFailure,
  type ActivityTypeInfoMap,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  defaultPayloadConverter,
  type PayloadConverter,
  type RetryPolicy,
  rootCause,
  type SearchAttributes,
  type SearchAttributeValue,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@perdure/common';
export * from '@perdure/common/lib/errors';
export type {
  ActivityFunction,
  ActivityInterface,
  Payload,
  QueryDefinition,
  SignalDefinition,
  UntypedActivities,
  Workflow,
  WorkflowQueryType,
  WorkflowResultType,
  WorkflowReturnType,
  WorkflowSignalType,
} from '@perdure/common/lib/interfaces';
export * from '@perdure/common/lib/workflow-handle';
export * from '@perdure/common/lib/workflow-options';
export { ActivityCancellationType, type ActivityOptions, type LocalActivityOptions } from './activities.ts';
export { AsyncLocalStorage, CancellationScope, type CancellationScopeOptions } from './cancellation-scope.ts';
export * from './errors.ts';
export { createEventGroup, type EventGroupMarker } from './event-groups.ts';
export type * from './interceptors.ts';
export {
  ChildWorkflowCancellationType,
  type ChildWorkflowOptions,
  ContinueAsNew,
  type ContinueAsNewOptions,
  type EnhancedStackTrace,
  ParentClosePolicy,
  type ParentWorkflowInfo,
  type RootWorkflowInfo,
  type StackTrace,
  type StackTraceFileLocation,
  type StackTraceFileSlice,
  type StackTraceSDKInfo,
  type UnsafeRandomSource,
  type UnsafeWorkflowInfo,
  type WorkflowInfo,
} from './interfaces.ts';
export { type LoggerSinksDeprecated as LoggerSinks, log } from './logs.ts';
export { metricMeter } from './metrics.ts';
export {
  createNexusServiceClient,
  NexusOperationCancellationType,
  type NexusOperationHandle,
  type NexusServiceClient,
  type NexusServiceClientOptions,
} from './nexus.ts';
export { getRandomStream, type WorkflowRandomStream, workflowRandom } from './random-streams.ts';
export { proxySinks, type Sink, type SinkCall, type SinkFunction, type Sinks } from './sinks.ts';
export { Trigger } from './trigger.ts';
export * from './workflow.ts';
export type { ChildWorkflowHandle, ExternalWorkflowHandle } from './workflow-handle.ts';
