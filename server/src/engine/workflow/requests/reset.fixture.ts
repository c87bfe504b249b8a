import { History } from '@perdure/api/history';
import type { Given, Step } from '../given.fixture.ts';
import type { Reappliable } from './reapply.ts';
import { type Reset, resetRun } from './reset.ts';

export const NEW_RUN = 'new-run';
const nothingExcluded = { signals: false, updates: false, everything: false };

/** Resets the run to an event; the new run is its successor. */
export const resetTo =
  (base: Given, finishEventId: number, more: Partial<Reset> = {}): Step =>
  (t) => {
    const events = base.history.slice(0, finishEventId - 1);
    const bytes = History.encode({ events });
    const later: Reappliable[] = base.history.slice(finishEventId - 1);
    t.successors.push(
      resetRun(base.context(), {
        newRunId: NEW_RUN,
        base: base.run,
        finishEventId,
        history: [{ firstEventId: 1, count: events.length, bytes }],
        events,
        later,
        exclude: nothingExcluded,
        reason: 'again',
        ...more,
      }),
    );
  };

/** The run that comes of it. */
export function reset(base: Given, finishEventId: number, more: Partial<Reset> = {}): Given {
  const [made] = base.when(resetTo(base, finishEventId, more)).gives({}).successors;
  if (!made) throw new Error('no run came of it');
  return made;
}
