import type { temporal } from '@perdure/proto';
import { makeProtoEnumConverters } from './proto-enums.ts';

/**
 * Why the server suggests that a Workflow continue as new.
 *
 * @experimental
 */
export const SuggestContinueAsNewReason = {
  HISTORY_SIZE_TOO_LARGE: 'HISTORY_SIZE_TOO_LARGE',
  TOO_MANY_HISTORY_EVENTS: 'TOO_MANY_HISTORY_EVENTS',
  TOO_MANY_UPDATES: 'TOO_MANY_UPDATES',
} as const;
export type SuggestContinueAsNewReason = (typeof SuggestContinueAsNewReason)[keyof typeof SuggestContinueAsNewReason];

export const [encodeSuggestContinueAsNewReason, decodeSuggestContinueAsNewReason] = makeProtoEnumConverters<
  temporal.api.enums.v1.SuggestContinueAsNewReason,
  typeof temporal.api.enums.v1.SuggestContinueAsNewReason,
  keyof typeof temporal.api.enums.v1.SuggestContinueAsNewReason,
  typeof SuggestContinueAsNewReason,
  'SUGGEST_CONTINUE_AS_NEW_REASON_'
>(
  { UNSPECIFIED: 0, HISTORY_SIZE_TOO_LARGE: 1, TOO_MANY_HISTORY_EVENTS: 2, TOO_MANY_UPDATES: 3 },
  'SUGGEST_CONTINUE_AS_NEW_REASON_',
);

/** The reasons that say something; `undefined` if none does. */
export function suggestContinueAsNewReasonsFromProto(
  reasons: temporal.api.enums.v1.SuggestContinueAsNewReason[] | null | undefined,
): SuggestContinueAsNewReason[] | undefined {
  const decoded = (reasons ?? []).map(decodeSuggestContinueAsNewReason).filter((reason) => reason !== undefined);
  return decoded.length > 0 ? decoded : undefined;
}
