import type { Outcome } from '@perdure/api/update';
import { closedBeforeCompletion } from '../engine/workflow/machines/update.ts';
import type { AbortReason, Notice } from '../engine/workflow/transition.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Loaded } from './loaded.ts';

/** How far an update has come, as far as it is durable. */
export type Progress =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'admitted' }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'completed'; readonly outcome: Outcome }
  /** Completed earlier: the outcome is in this event. */
  | { readonly kind: 'recorded'; readonly eventId: number }
  | { readonly kind: 'aborted'; readonly reason: AbortReason }
  /** What the run knew of it in memory is lost: ask again. */
  | { readonly kind: 'lost' };

export type WantedStage = 'admitted' | 'accepted' | 'completed';

export interface WaitUntil {
  /** Epoch ms; then the wait ends with what has been reached. */
  readonly deadline: number;
  /** The caller has gone: the wait is rejected with the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Waits until the update has reached a stage, or can reach it no more. To be called in the turn in which the update was
 * admitted or found: what happened to it before is not told again.
 */
export function waitForUpdate(
  clock: Clock,
  loaded: Loaded,
  updateId: string,
  wanted: WantedStage,
  { deadline, signal }: WaitUntil,
): Promise<Progress> {
  const now = progressOf(loaded, updateId);
  if (isEnough(now, wanted)) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const cancelTimer = clock.schedule(deadline, () => end(progressOf(loaded, updateId)));
    signal.addEventListener('abort', onAbort);
    loaded.watchers.add(watch);

    function watch(notices: readonly Notice[]): void {
      const progress = told(notices, updateId) ?? progressOf(loaded, updateId);
      if (isEnough(progress, wanted)) end(progress);
    }
    function onAbort(): void {
      leave();
      reject(signal.reason as Error);
    }
    function end(progress: Progress): void {
      leave();
      resolve(progress);
    }
    function leave(): void {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      loaded.watchers.delete(watch);
    }
  });
}

/** What the run's durable state says of an update. */
export function progressOf(loaded: Loaded, updateId: string): Progress {
  if (loaded.dropped) return { kind: 'lost' };
  const { run, durableNextEventId } = loaded;
  const update = run.updates.get(updateId);
  if (!update) return { kind: run.pendingUpdates.has(updateId) ? 'admitted' : 'unknown' };
  const isDurable = (eventId: number): boolean => eventId !== 0 && eventId < durableNextEventId;
  if (isDurable(update.completedEventId)) return { kind: 'recorded', eventId: update.completedEventId };
  if (!isDurable(update.acceptedEventId)) return { kind: 'admitted' };
  return loaded.durablyClosed ? { kind: 'completed', outcome: closedBeforeCompletion } : { kind: 'accepted' };
}

function told(notices: readonly Notice[], updateId: string): Progress | null {
  for (const notice of notices) {
    if (notice.updateId !== updateId) continue;
    return notice.kind === 'update-answered'
      ? { kind: 'completed', outcome: notice.outcome }
      : { kind: 'aborted', reason: notice.reason };
  }
  return null;
}

function isEnough({ kind }: Progress, wanted: WantedStage): boolean {
  if (kind === 'unknown') return false;
  if (kind === 'admitted') return wanted === 'admitted';
  return kind !== 'accepted' || wanted !== 'completed';
}
