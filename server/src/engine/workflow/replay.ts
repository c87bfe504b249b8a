import type { HistoryEvent } from '@perdure/api/history';
import { fromTimestamp } from '../../kernel/time.ts';
import { beginRun } from './create.ts';
import { activityAndTimerFolds } from './replay/activities-and-timers.ts';
import type { Fold } from './replay/fold.ts';
import { otherRunFolds } from './replay/other-runs.ts';
import { runFolds } from './replay/run.ts';
import { updateFolds } from './replay/updates.ts';
import { workflowTaskFolds } from './replay/workflow-task.ts';
import { readResetPoints } from './reset-points.ts';
import type { Fork, RunKey } from './state.ts';
import { aheadOf } from './time-skipping.ts';
import type { Context, Transition } from './transition.ts';

/**
 * History is the truth: the state of a run, out of its events.
 *
 * What comes out is the event-sourced part. Beside it lives what no event says: attempts of activities and of workflow
 * tasks, heartbeats, stickiness, what is held back or under way; the ids by which starts and signals to other runs are
 * recognised are made anew. The tests fold every history that they make, and compare (replay.fixture.ts).
 */
const folds: ReadonlyMap<number, Fold> = new Map([
  ...runFolds,
  ...workflowTaskFolds,
  ...activityAndTimerFolds,
  ...otherRunFolds,
  ...updateFolds,
]);

/**
 * A run that has these events behind it, as a transition that creates it. `events` begin with event 1; what is to be
 * stored of them is the caller's to say.
 */
export function replay(
  context: Context,
  key: RunKey,
  events: readonly HistoryEvent[],
  forkedFrom: readonly Fork[] = [],
): Transition {
  const [first] = events;
  const started = first?.workflowExecutionStartedEventAttributes;
  if (!started) throw new Error(`history of ${key.runId} does not begin with a start`);
  const t = beginRun(context, key, started, fromTimestamp(first.eventTime) ?? 0, {
    resetPoints: readResetPoints(started.prevAutoResetPoints),
    forkedFrom,
  });
  for (const event of events) {
    const at = fromTimestamp(event.eventTime) ?? 0;
    // Everything is shared with the transition except for the time.
    folds.get(event.eventType)?.({ ...t, now: at }, event);
    t.run.head.nextEventId = event.eventId + 1;
    t.run.head.lastEventTime = at;
  }
  // It may have skipped time on the way.
  return { ...t, now: Math.max(context.now + aheadOf(t.run), t.run.head.lastEventTime) };
}
