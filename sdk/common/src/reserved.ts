/** Names with this prefix belong to the SDK. */
export const TEMPORAL_RESERVED_PREFIX = '__temporal_';
/** The query that every Workflow answers with the stack traces of what it waits for, as a text. */
export const STACK_TRACE_QUERY_NAME = '__stack_trace';
/** The same with sources and positions, as an object. */
export const ENHANCED_STACK_TRACE_QUERY_NAME = '__enhanced_stack_trace';

export type ReservedNameEntityType = 'query' | 'signal' | 'update' | 'activity' | 'task queue' | 'sink' | 'workflow';

/** What the SDK's own extensions may register, though the prefix is reserved. */
const ownedByExtensions: Readonly<Record<string, ReservedNameEntityType>> = {
  __temporal_workflow_stream_publish: 'signal',
  __temporal_workflow_stream_poll: 'update',
  __temporal_workflow_stream_offset: 'query',
  __temporal_openai_agents_tracing: 'sink',
  __temporal_langsmith: 'sink',
};

/** Throws a `TypeError` if users may not give this name to a thing of this type. */
export function throwIfReservedName(type: ReservedNameEntityType, name: string): void {
  if (name.startsWith(TEMPORAL_RESERVED_PREFIX)) {
    if (Object.hasOwn(ownedByExtensions, name) && ownedByExtensions[name] === type) return;
    throw new TypeError(`Cannot use ${type} name: '${name}', with reserved prefix: '${TEMPORAL_RESERVED_PREFIX}'`);
  }
  if (name === STACK_TRACE_QUERY_NAME || name === ENHANCED_STACK_TRACE_QUERY_NAME) {
    throw new TypeError(`Cannot use ${type} name: '${name}', which is a reserved name`);
  }
}
