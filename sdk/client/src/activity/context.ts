import type { ActivitySerializationContext } from '@perdure/common';
import type { Caller } from '../base-client.ts';
import { given } from '../given.ts';

/** Whose values are converted, for converters and codecs that want to know. */
export function activityContext({ namespace }: Caller, activityId: string): ActivitySerializationContext {
  return { type: 'activity', namespace, activityId, isLocal: false };
}

/**
 * What every call about a run says.
 *
 * @throws TypeError without an activity id
 */
export function runOf({ namespace }: Caller, input: { readonly activityId: string; readonly activityRunId: string }) {
  if (!input.activityId) throw new TypeError('activityId is required');
  return given({ namespace, activityId: input.activityId, runId: input.activityRunId || undefined });
}
