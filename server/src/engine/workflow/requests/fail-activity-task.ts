import { serverFailure, truncateFailure } from '../failures.ts';
import { failActivity, recordHeartbeat } from '../machines/activity.ts';
import type { Transition } from '../transition.ts';
import { type ActivityReference, startedActivity } from './activity-reference.ts';

export interface ActivityFailure {
  readonly failure: Uint8Array | null;
  readonly lastHeartbeatDetails: Uint8Array | null;
  readonly identity: string;
}

/** What is left of a failure over the size limit. */
const TRUNCATED_TO_BYTES = 512 << 10;

/** An attempt failed. Returns the failures that stand for what was too large to be kept. */
export function failActivityTask(
  t: Transition,
  reference: ActivityReference,
  { failure, lastHeartbeatDetails, identity }: ActivityFailure,
): Uint8Array[] {
  let activity = startedActivity(t, reference);
  const replaced: Uint8Array[] = [];
  if (lastHeartbeatDetails && lastHeartbeatDetails.length > t.limits.blobSizeError)
    replaced.push(serverFailure('Heartbeat details exceed size limit.', true));
  else if (lastHeartbeatDetails) activity = recordHeartbeat(t, activity, lastHeartbeatDetails, identity);
  let kept = failure;
  if (failure && failure.length > t.limits.blobSizeError) {
    kept = serverFailure('Failure exceeds size limit.', true, truncateFailure(failure, TRUNCATED_TO_BYTES));
    replaced.push(kept);
  }
  failActivity(t, activity, kept, identity);
  return replaced;
}
