import {
  ENHANCED_STACK_TRACE_QUERY_NAME,
  STACK_TRACE_QUERY_NAME,
  TEMPORAL_RESERVED_PREFIX,
} from '@perdure/common/lib/reserved';

/** Whether a signal, query or update is the SDK's own: interceptors do not see those. */
export function isInternal(name: string): boolean {
  return (
    name.startsWith(TEMPORAL_RESERVED_PREFIX) ||
    name === STACK_TRACE_QUERY_NAME ||
    name === ENHANCED_STACK_TRACE_QUERY_NAME
  );
}

type Handlers = { has(name: string): boolean };

/** Throws a `TypeError` if a reserved name would end up with the default handler, where none is expected. */
export function refuseReserved(kind: string, name: string, handlers: Handlers, hasDefault: boolean): void {
  if (!hasDefault || !name.startsWith(TEMPORAL_RESERVED_PREFIX) || handlers.has(name)) return;
  throw new TypeError(`Cannot use ${kind} name: '${name}', with reserved prefix: '${TEMPORAL_RESERVED_PREFIX}'`);
}

/** The sequence number of what a job answers. */
export function seqOf({ seq }: { readonly seq?: number | null }): number {
  if (seq == null) throw new TypeError(`Got activation with no seq attribute`);
  return seq;
}
