import type { temporal } from '@perdure/proto';
import type { PayloadConverter } from './converter/contract.ts';
import { convertOptionalToPayload } from './converter/payloads.ts';
import type { SerializationContext } from './converter/serialization-context.ts';

/** Texts for the user interface. */
export interface UserMetadata {
  /** A single line, in Temporal markdown. */
  staticSummary?: string | undefined;
  /** As many lines as one likes, in Temporal markdown. */
  staticDetails?: string | undefined;
}

/** The texts as payloads; `undefined` if there are none. */
export function userMetadataToPayload(
  payloadConverter: PayloadConverter,
  staticSummary: string | undefined,
  staticDetails: string | undefined,
  context?: SerializationContext,
): temporal.api.sdk.v1.IUserMetadata | undefined {
  const summary = convertOptionalToPayload(payloadConverter, staticSummary, context);
  const details = convertOptionalToPayload(payloadConverter, staticDetails, context);
  if (summary == null && details == null) return undefined;
  return { summary, details } as temporal.api.sdk.v1.IUserMetadata;
}
