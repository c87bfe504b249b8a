import assert from 'node:assert/strict';
import { Priority, RetryPolicy } from '@perdure/api/common';
import { EventType } from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import { isOpen } from './close.ts';
import { replay } from './replay.ts';
import type { Activity, Child, External, Head, Run, WorkflowTask } from './state.ts';
import type { Context } from './transition.ts';

/**
 * Folds the history of a run and compares what comes out with the state that the run has, in so far as events say it.
 * While something is held back the state is ahead of its history, so there is nothing to compare.
 */
export function checkReplay(run: Run, history: readonly HistoryEvent[], context: Context): void {
  if (run.buffered.size > 0 || run.head.awaitsParent) return;
  const folded = replay({ ...context, now: run.startTime }, run.key, history, run.head.forkedFrom).run;
  const changed = new Set([...run.activities].flatMap(([id, { stamp, attempt }]) => (stamp === attempt ? [] : [id])));
  assert.deepEqual(eventSourced(folded, changed), eventSourced(run, changed), 'the state follows from the history');
}

const FROM_EVENTS = [
  'status',
  'nextEventId',
  'lastEventTime',
  'previousStartedEventId',
  'lastCompletedEventId',
  'cancelRequested',
  'signalCount',
  'completedUpdates',
  'closeTime',
  'closeEventId',
  'successorRunId',
  'resetPoints',
] as const satisfies readonly (keyof Head)[];

/**
 * The part of a state that its history says, in a form that compares. `changed`: activities whose options may have been
 * changed, which is no event.
 */
function eventSourced(run: Run, changed: ReadonlySet<number>) {
  const { head } = run;
  const open = isOpen(run);
  return {
    started: run.started,
    originalStartTime: run.originalStartTime,
    head: Object.fromEntries(FROM_EVENTS.map((name) => [name, head[name]])),
    // While the run is paused a back-off ends without a word.
    backoffUntil: head.pause ? null : head.backoffUntil,
    priority: head.priority && hex(Priority.encode(head.priority)),
    versioningOverride: head.versioningOverride,
    // Its event may be written later than it began.
    pause: head.pause && { ...head.pause, time: 0 },
    timeSkipping: head.timeSkipping,
    // A reset gives a run new deadlines.
    deadlines: head.forkedFrom.length > 0 ? null : [head.runDeadline, head.executionDeadline],
    workflowTask: head.workflowTask?.recorded ? taskOf(head.workflowTask) : null,
    activities: entries(run.activities, (activity) =>
      activityOf(activity, changed.has(activity.scheduledEventId), head),
    ),
    activityIds: entries(run.activityIds, (id) => id),
    timers: entries(run.timers, (timer) => ({ ...timer })),
    // Those of a closed run go as what is to be done about them is done.
    children: open ? entries(run.children, childOf) : null,
    externals: open ? entries(run.externals, externalOf) : null,
    updates: entries(run.updates, (update) => ({ ...update })).filter(
      ([, { acceptedEventId }]) => acceptedEventId !== 0,
    ),
    requests: entries(run.requests, (request) => ({ ...request })).filter(
      ([, { eventType }]) => eventType !== EventType.WORKFLOW_EXECUTION_STARTED,
    ),
    callbacks: open ? [...run.callbacks.values()].map(({ callback }) => callback) : null,
    memo: fieldsOf(run, 'memo'),
    searchAttributes: fieldsOf(run, 'searchAttributes'),
  };
}

/** Counts of attempts, stickiness and the start of a chain of heartbeats are not in events. */
function taskOf(task: WorkflowTask) {
  const { scheduledEventId, startedEventId, attempt, queue, startToCloseTimeout, scheduledTime } = task;
  const { startedTime, requestId, suggestContinueAsNewReasons, historySizeBytes } = task;
  const { name, kind, normalName } = queue;
  return {
    ...{ scheduledEventId, startedEventId, attempt, name, kind, normalName, startToCloseTimeout, scheduledTime },
    ...{ startedTime, requestId, suggestContinueAsNewReasons, historySizeBytes },
  };
}

/** Attempts are not in events. */
function activityOf(activity: Activity, isChanged: boolean, { forkedFrom }: Head) {
  const { scheduledEventId, activityId, activityType, cancelRequested, cancelRequestedEventId } = activity;
  const known = { scheduledEventId, activityId, activityType, cancelRequested, cancelRequestedEventId };
  if (isChanged) return known;
  const { taskQueue, retryPolicy, priority, workflowTaskCompletedEventId } = activity;
  // A reset begins anew with those that it found.
  const isRetimed = scheduledEventId < (forkedFrom[0]?.beforeEventId ?? 0);
  const firstScheduledTime = isRetimed ? 0 : activity.firstScheduledTime;
  const { scheduleToStartTimeout, scheduleToCloseTimeout, startToCloseTimeout, heartbeatTimeout } = activity;
  return {
    ...known,
    ...{ taskQueue, firstScheduledTime, workflowTaskCompletedEventId },
    ...{ scheduleToStartTimeout, scheduleToCloseTimeout, startToCloseTimeout, heartbeatTimeout },
    retryPolicy: retryPolicy && hex(RetryPolicy.encode(retryPolicy)),
    priority: priority && hex(Priority.encode(priority)),
  };
}

/** The id by which a start is recognised is made anew. */
const childOf = ({ requestId: _, ...child }: Child) => child;
const externalOf = ({ requestId: _, ...external }: External) => external;

function entries<K extends string | number, V, W>(map: ReadonlyMap<K, V>, shown: (value: V) => W): [K, W][] {
  return [...map].map(([key, value]): [K, W] => [key, shown(value)]).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Set by the server out of what is no event. */
const SERVERS_OWN = new Set(['TemporalReportedProblems', 'TemporalPauseInfo']);

function fieldsOf({ fields }: Run, name: 'memo' | 'searchAttributes') {
  return Object.entries(fields.get(name) ?? {})
    .filter(([field]) => !SERVERS_OWN.has(field))
    .map(([field, payload]) => [field, hex(payload)])
    .sort();
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
