import type {
  QueryDefinition,
  QueryDefinitionOptions,
  SignalDefinition,
  SignalDefinitionOptions,
  UpdateDefinition,
  UpdateDefinitionOptions,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import type { temporal } from '@perdure/proto';
import type { EnhancedStackTrace } from './stack-trace.ts';

/** Defines an update: what a workflow handles with `setHandler`, and a client sends. Definitions can be shared. */
export function defineUpdate<Ret, Args extends Any[] = [], Name extends string = string>(
  name: Name,
  options: UpdateDefinitionOptions = {},
): UpdateDefinition<Ret, Args, Name> {
  return { type: 'update', name, ...options } as UpdateDefinition<Ret, Args, Name>;
}

/** Defines a signal: what a workflow handles with `setHandler`, and a client or another workflow sends. */
export function defineSignal<Args extends Any[] = [], Name extends string = string>(
  name: Name,
  options: SignalDefinitionOptions = {},
): SignalDefinition<Args, Name> {
  return { type: 'signal', name, ...options } as SignalDefinition<Args, Name>;
}

/** Defines a query: what a workflow answers with `setHandler`, and a client asks. */
export function defineQuery<Ret, Args extends Any[] = [], Name extends string = string>(
  name: Name,
  options: QueryDefinitionOptions = {},
): QueryDefinition<Ret, Args, Name> {
  return { type: 'query', name, ...options } as QueryDefinition<Ret, Args, Name>;
}

/** Asks where a workflow's code is waiting; every workflow answers it. */
export const stackTraceQuery = defineQuery<string>('__stack_trace');

/** Asks where a workflow's code is waiting, with locations and sources; every workflow answers it. */
export const enhancedStackTraceQuery = defineQuery<EnhancedStackTrace>('__enhanced_stack_trace');

/** Asks what a workflow handles; every workflow answers it. */
export const workflowMetadataQuery = defineQuery<temporal.api.sdk.v1.IWorkflowMetadata>('__temporal_workflow_metadata');
