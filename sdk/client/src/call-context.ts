import type { CallOptions } from '@perdure/transport';
import type { CallContext, Metadata } from './metadata.ts';

export const bearer = (apiKey: string): string => `Bearer ${apiKey}`;

/** Adds metadata to metadata whose names are in lower case. */
export function addMetadata(to: Metadata, more: Metadata): Metadata {
  for (const name in more) {
    const value = more[name];
    if (value !== undefined) to[name.toLowerCase()] = value;
  }
  return to;
}

/** What a call is made with: what was set closer to it goes before what was set further away. */
export function callOptions(
  context: CallContext | undefined,
  base: Metadata,
  apiKey: string | undefined,
  namespace: string | undefined,
): CallOptions {
  const metadata: Metadata = apiKey ? { authorization: bearer(apiKey), ...base } : { ...base };
  if (context?.metadata !== undefined) addMetadata(metadata, context.metadata);
  if (namespace !== undefined) metadata['temporal-namespace'] = namespace;
  const { deadline, abortSignal } = context ?? {};
  return { metadata, signal: abortSignal, deadline: deadline instanceof Date ? deadline.getTime() : deadline };
}
