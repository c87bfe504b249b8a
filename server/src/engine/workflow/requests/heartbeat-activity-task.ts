import { serverFailure } from '../failures.ts';
import { failActivity, recordHeartbeat } from '../machines/activity.ts';
import type { Transition } from '../transition.ts';
import { type ActivityReference, startedActivity } from './activity-reference.ts';

export interface ActivityHeartbeat {
  readonly details: Uint8Array | null;
  readonly identity: string;
}

/** What a worker is told when it says that it is alive. */
export interface HeartbeatAnswer {
  readonly cancelRequested: boolean;
  readonly activityPaused: boolean;
  readonly activityReset: boolean;
}

/** A worker is alive, and says how far it got. Details over the size limit fail the activity. */
export function heartbeatActivityTask(
  t: Transition,
  reference: ActivityReference,
  { details, identity }: ActivityHeartbeat,
): HeartbeatAnswer {
  const activity = startedActivity(t, reference);
  if ((details?.length ?? 0) > t.limits.blobSizeError) {
    failActivity(t, activity, serverFailure('Heartbeat details exceed size limit.', true), identity);
    return { cancelRequested: true, activityPaused: false, activityReset: false };
  }
  recordHeartbeat(t, activity, details, identity);
  return {
    cancelRequested: activity.cancelRequested,
    activityPaused: activity.pause !== null,
    activityReset: activity.reset !== null,
  };
}
