import { serverFailure } from '../failures.ts';
import { completeActivity, failActivity, startActivity } from '../machines/activity.ts';
import type { Transition } from '../transition.ts';
import { type ActivityReference, pendingActivity } from './activity-reference.ts';

export interface ActivityCompletion {
  readonly result: Uint8Array | null;
  readonly identity: string;
}

/** An activity has a result. One over the size limit fails it. Named by its id it need not have been started. */
export function completeActivityTask(
  t: Transition,
  reference: ActivityReference,
  { result, identity }: ActivityCompletion,
): void {
  const pending = pendingActivity(t, reference);
  const activity = pending.state === 'started' ? pending : startActivity(t, pending, '', identity);
  if ((result?.length ?? 0) > t.limits.blobSizeError)
    return failActivity(t, activity, serverFailure('Complete result exceeds size limit.', true), identity);
  completeActivity(t, activity, result, identity);
}
