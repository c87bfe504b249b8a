import { invalidArgument } from '../../../kernel/errors.ts';
import { serverFailure } from '../failures.ts';
import { cancelStartedActivity, failActivity } from '../machines/activity.ts';
import type { Transition } from '../transition.ts';
import { type ActivityReference, startedActivity } from './activity-reference.ts';

export interface ActivityCancellation {
  readonly details: Uint8Array | null;
  readonly identity: string;
}

/** A worker gave an activity up because its workflow asked for that. */
export function cancelActivityTask(
  t: Transition,
  reference: ActivityReference,
  { details, identity }: ActivityCancellation,
): void {
  const activity = startedActivity(t, reference);
  if ((details?.length ?? 0) > t.limits.blobSizeError)
    return failActivity(t, activity, serverFailure('Cancel details exceed size limit.', true), identity);
  if (!activity.cancelRequested)
    throw invalidArgument('unable to mark activity as canceled without activity being request canceled first');
  cancelStartedActivity(t, activity, details, identity);
}
