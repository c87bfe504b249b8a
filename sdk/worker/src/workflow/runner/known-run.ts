/**
 * What a worker knows of a run.
 *
 *                 task with the history, or with a part of it and the rest fetched
 *   (nothing) ───────────────────────────────────────────────────────────────────▶ Working ◀──────────┐
 *       ▲                                                                             │  ▲              │
 *       │                                      completed, or failed: gone             │  │ task         │ task with what
 *       │◀────────────────────────────────────────────────────────────────────────────┤  │ while local  │ is new, or a
 *       │                                                                              ▼  │ activities run│ question
 *       │◀── refused, dropped by the server, closed ──────────────────────────── Answered ────────────▶ Idle
 *       │                                                                        (the answer is out)     │
 *       └◀──────────────── least recently used and there is no more room, or all are to go ──────────────┘
 *
 * A question that is a task of its own leaves a run as it was: Working, then Idle again; there is no answer to wait for.
 * Tasks of one run are worked on one after another, the next when the answer before it is no longer out.
 */

import type { Run } from '../../replay/index.ts';
import type { LocalActivityOutcome } from '../host.ts';
import type { IsolatedRun } from '../isolate/run.ts';

export type KnownRun = {
  readonly run: Run;
  /** The code, once it has begun. */
  code: IsolatedRun | null;
  phase: 'working' | 'answered' | 'idle' | 'gone';
  /** When the run began, in milliseconds since the epoch; null until its code has. */
  startTimeMs: number | null;
  /** Where the history goes on that was not fetched yet; empty if all was. */
  nextPageToken: Uint8Array;
  /** Called when the answer is no longer out. */
  onAnswered: (() => void) | null;
  /** Whether the answer that is out closes the run, so that nothing more can come of it. */
  isClosing: boolean;
  /** What the last completion said of versions. */
  versioningBehavior: number;
  /** Local activities that ended and were not told to the run yet. */
  readonly ended: { readonly seq: number; readonly outcome: LocalActivityOutcome }[];
  /** Wakes who waits for one of them to end. */
  wake: (() => void) | null;
  /** Attempts of local activities beyond the first, since the last answer. */
  retriedLocalActivities: number;
};

export function newKnownRun(run: Run): KnownRun {
  return {
    run,
    code: null,
    phase: 'working',
    startTimeMs: null,
    nextPageToken: new Uint8Array(0),
    onAnswered: null,
    isClosing: false,
    versioningBehavior: 0,
    ended: [],
    wake: null,
    retriedLocalActivities: 0,
  };
}

/** Whether events that begin at `firstEventId` continue what the run knows. 0 stands for none. */
export function continues({ run }: KnownRun, firstEventId: number): boolean {
  return firstEventId <= run.lastEventId + 1;
}
