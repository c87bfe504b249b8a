/** Whether what a history tells happened when it was due. */
import assert from 'node:assert/strict';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { eventsOf, type HistoryEvent, millisecondsOf } from '../sdk/histories.ts';

/** What a worker got to do. */
export interface Attempt {
  readonly runId: string;
  readonly activityId: string;
  readonly attempt: number;
  /** When it was due (epoch ms), by the server. */
  readonly due: number;
}

export const HOUR = 3_600_000;

/**
 * How late (ms) a thing may be: by real time, for which the server was dead, or busy, or did not know that what it had
 * promised never arrived. All waits are of whole hours: whatever is jumped over is far later than this.
 */
const LATE_MS = 120_000;

/** Not early, and not so late that it was jumped over. */
export function assertPunctual(what: string, due: number, happened: number): void {
  const late = happened - due;
  assert.ok(late >= -1 && late <= LATE_MS, `${what} came ${(late / 1000).toFixed(1)} s after it was due`);
}

/** The first task, timers and the attempts of activities. */
export function checkWaits(events: readonly HistoryEvent[], delayMs: number, attempts: readonly Attempt[]): void {
  const from = (id: unknown): HistoryEvent => events[Number(id) - 1] ?? {};
  const [started, scheduled] = events;
  if (started && scheduled)
    assertPunctual('the first task', millisecondsOf(started) + delayMs, millisecondsOf(scheduled));
  for (const event of events) {
    const { timerFiredEventAttributes: fired } = event;
    const timer = from(fired?.startedEventId);
    const wait = timer.timerStartedEventAttributes?.startToFireTimeout;
    if (fired) assertPunctual('a timer', millisecondsOf(timer) + tsToMs(wait), millisecondsOf(event));
  }
  for (const completed of eventsOf(events, 'ActivityTaskCompleted')) {
    const { scheduledEventId, startedEventId } = completed.activityTaskCompletedEventAttributes ?? {};
    checkAttempts(from(scheduledEventId), from(startedEventId), attempts);
  }
}

/** No attempt was made twice, and each was due when the back-offs before it were over: 1, 2, 4 … hours. */
function checkAttempts(scheduled: HistoryEvent, started: HistoryEvent, attempts: readonly Attempt[]): void {
  const { activityId } = scheduled.activityTaskScheduledEventAttributes ?? {};
  const made = attempts.filter((one) => one.activityId === activityId);
  const numbers = made.map(({ attempt }) => attempt);
  const once = [...new Set(numbers)].sort((a, b) => a - b);
  assert.deepEqual(numbers, once, `attempts ${numbers} of activity ${activityId}`);
  const last = started.activityTaskStartedEventAttributes?.attempt;
  assert.equal(
    numbers.at(-1),
    last,
    `attempts ${numbers} of activity ${activityId} were made, and ${last} is recorded`,
  );
  let before = { attempt: 1, due: millisecondsOf(scheduled) };
  for (const { attempt, due } of made) {
    const backOff = (2 ** (attempt - 1) - 2 ** (before.attempt - 1)) * HOUR;
    assertPunctual(`attempt ${attempt} of activity ${activityId}`, before.due + backOff, due);
    before = { attempt, due };
  }
}
