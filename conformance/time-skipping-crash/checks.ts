/** What must be true when the dust has settled. */
import assert from 'node:assert/strict';
import type { Connection } from '@temporalio/client';
import { insist } from '../crash/customer.ts';
import { assertSound, eventsOf, type HistoryEvent, millisecondsOf, storyOf } from '../sdk/histories.ts';
import { type Journey, NAMESPACE } from './journeys.ts';
import { type Attempt, assertPunctual, checkWaits, HOUR } from './punctuality.ts';
import type { Leg } from './workflows.ts';

/** Everything that is wrong with a journey, and with those that it sent others on: one line each. */
export async function checkJourney(
  connection: Connection,
  journey: Journey,
  attempts: readonly Attempt[],
): Promise<string[]> {
  const { workflowId, legs, delayHours } = journey;
  const wrong = await checkRun(connection, workflowId, (events) => {
    const told = ['WorkflowExecutionStarted', ...legs.flatMap(storyOfLeg), 'WorkflowExecutionCompleted'];
    assert.deepEqual(storyOf({ events }), told);
    checkWaits(events, delayHours * HOUR, attemptsOf(events, attempts));
    checkPerseverance(legs, events);
  });
  for (const [number, leg] of legs.entries()) {
    const childId = `${workflowId}-${number}`;
    if (leg.kind === 'child') {
      const child: Journey = { workflowId: childId, delayHours: 0, legs: [{ ...leg, kind: 'sleep' }] };
      wrong.push(...(await checkJourney(connection, child, attempts)));
    } else if (leg.kind === 'late child')
      wrong.push(...(await checkRun(connection, childId, (events) => checkLateChild(events, leg.hours))));
  }
  return wrong;
}

async function checkRun(
  connection: Connection,
  workflowId: string,
  check: (events: HistoryEvent[]) => void,
): Promise<string[]> {
  const events = await fetchEvents(connection, workflowId);
  return faultsOf(workflowId, () => {
    assertSound({ events });
    check(events);
  });
}

function checkLateChild(events: readonly HistoryEvent[], hours: number): void {
  const [started, last] = [events[0] ?? {}, events.at(-1) ?? {}];
  assert.ok(last.workflowExecutionTimedOutEventAttributes, 'it was not timed out');
  assertPunctual('its end', millisecondsOf(started) + hours * HOUR, millisecondsOf(last));
}

const stories: Readonly<Record<Leg['kind'], readonly string[]>> = {
  sleep: ['TimerStarted', 'TimerFired'],
  work: ['ActivityTaskScheduled', 'ActivityTaskStarted', 'ActivityTaskCompleted'],
  child: ['StartChildWorkflowExecutionInitiated', 'ChildWorkflowExecutionStarted', 'ChildWorkflowExecutionCompleted'],
  'late child': [
    'StartChildWorkflowExecutionInitiated',
    'ChildWorkflowExecutionStarted',
    'ChildWorkflowExecutionTimedOut',
  ],
};
const storyOfLeg = ({ kind }: Leg): readonly string[] => stories[kind];

/** Work that was to fail so often was tried so often. */
function checkPerseverance(legs: readonly Leg[], events: readonly HistoryEvent[]): void {
  const attempts = eventsOf(events, 'ActivityTaskStarted').map(
    (one) => one.activityTaskStartedEventAttributes?.attempt,
  );
  for (const leg of legs) {
    if (leg.kind !== 'work') continue;
    const attempt = attempts.shift() ?? 0;
    assert.ok(attempt > leg.failures, `attempt ${attempt} was the last one, with ${leg.failures} to fail`);
  }
}

/** A run at every noon from the first one to the last before `until` (epoch ms), and none besides. */
export async function checkNoons(
  connection: Connection,
  workflowId: string,
  firstRunId: string,
  attempts: readonly Attempt[],
  until: number,
): Promise<string[]> {
  const wrong: string[] = [];
  let noon = 0;
  for (let runId = firstRunId; runId !== ''; ) {
    const events = await fetchEvents(connection, workflowId, runId);
    noon = noon === 0 ? noonAfter(millisecondsOf(events[0] ?? {})) : noon + DAY;
    const task = events.find(({ workflowTaskScheduledEventAttributes: scheduled }) => scheduled);
    const completed = events.at(-1)?.workflowExecutionCompletedEventAttributes;
    wrong.push(
      ...faultsOf(`${workflowId} of ${new Date(noon).toISOString()}`, () => {
        if (task) assertPunctual('its first task', noon, millisecondsOf(task));
        else assert.ok(until <= noon, `it never began, and it is ${new Date(until).toISOString()}`);
        if (!completed) return;
        assertSound({ events });
        assert.equal(eventsOf(events, 'ActivityTaskCompleted').length, 1);
        checkWaits(events, noon - millisecondsOf(events[0] ?? {}), attemptsOf(events, attempts));
      }),
    );
    runId = completed?.newExecutionRunId ?? '';
  }
  return wrong;
}

const DAY = 24 * HOUR;
const noonAfter = (ms: number): number => Math.ceil((ms + 1) / DAY - 0.5) * DAY + DAY / 2;

function faultsOf(what: string, check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [`${what}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** The attempts of a run's activities, by its first event. */
function attemptsOf([started]: readonly HistoryEvent[], attempts: readonly Attempt[]): Attempt[] {
  const runId = started?.workflowExecutionStartedEventAttributes?.originalExecutionRunId;
  return attempts.filter((one) => one.runId === runId);
}

async function fetchEvents(connection: Connection, workflowId: string, runId = ''): Promise<HistoryEvent[]> {
  const request = { namespace: NAMESPACE, execution: { workflowId, runId } };
  const { history } = await insist(() => connection.workflowService.getWorkflowExecutionHistory(request));
  return history?.events ?? [];
}
