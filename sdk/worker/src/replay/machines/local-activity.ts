import { coresdk, temporal } from '@perdure/proto';
import { fatal, nondeterminism } from '../errors.ts';
import { activityFailure, newFailure } from '../failures.ts';
import { CoreFlag, mayUse } from '../flags.ts';
import { type Event, EventType } from '../history.ts';
import {
  forget,
  localActivityMarker,
  type MarkedResolution,
  markerDetails,
  type Resolution,
  readMarker,
} from '../local-activities.ts';
import type { LocalActivityMachine, Run } from '../state.ts';
import { isLater, type Timestamp } from '../time.ts';
import { compareNames } from './compare.ts';
import { unexpected } from './unexpected.ts';

const { ActivityCancellationType } = coresdk.workflow_commands;
const { CommandType, RetryState } = temporal.api.enums.v1;

/*
 * A local activity. It is run by the worker in the task that asks for it, and its end is written as a marker.
 *
 *   Running ──ended──▶ MarkerCreated ──sent──▶ MarkerSent ──MARKER_RECORDED──▶ MarkerRecorded
 *      ▲                                                                            ▲
 *      │ new work begins, no marker was there          MARKER_RECORDED              │
 *   Awaiting (replaying) ───────────────────────────────────────────────────────────┤
 *   Known (replaying, its marker was seen ahead) ───────────────────────────────────┘
 *
 * While replaying it never runs: its marker must come, now or with a later task of the history.
 */

/** `now`: the wall clock's time, the beginning of what schedule-to-close limits. */
export function scheduleLocalActivity(
  run: Run,
  schedule: coresdk.workflow_commands.IScheduleLocalActivity,
  userMetadata: temporal.api.sdk.v1.IUserMetadata | null,
  now: Timestamp,
): void {
  const seq = schedule.seq ?? 0;
  const known = run.localActivities.known.get(seq);
  run.localActivities.known.delete(seq);
  if (known && !run.isReplaying)
    throw nondeterminism('Local activity cannot be created as pre-resolved while not replaying');
  const machine: LocalActivityMachine = {
    kind: 'local-activity',
    seq,
    schedule: { ...schedule, originalScheduleTime: schedule.originalScheduleTime ?? now },
    userMetadata,
    state: run.isReplaying ? (known ? 'Known' : 'Awaiting') : 'Running',
    wasReplaying: run.isReplaying,
    askedAt: run.time,
    isResolved: false,
    endedAs: null,
  };
  run.byId.set(`local ${seq}`, machine);
  if (known) resolve(run, machine, known);
  else if (!run.isReplaying) run.localActivities.toStart.push(machine.schedule);
}

/** New work begins: what waited for a marker has none, so it runs. */
export function runUnmarked(run: Run, machine: LocalActivityMachine): void {
  if (machine.state !== 'Awaiting') return;
  machine.state = 'Running';
  machine.wasReplaying = false;
  run.localActivities.toStart.push(machine.schedule);
}

/** It ran and ended. What ended before, by a cancellation that did not wait, is over already. */
export function localActivityEnded(run: Run, machine: LocalActivityMachine, resolution: Resolution): void {
  if (machine.state === 'Running') {
    machine.state = 'MarkerCreated';
    machine.endedAs = resolution.result.kind;
    resolve(run, machine, resolution);
  } else if (machine.state === 'Awaiting' || machine.state === 'Known') {
    throw fatal(`local activity ${machine.seq} ended without having been started`);
  }
}

/** Its marker was seen ahead, after code asked for it. Otherwise it is kept until code asks. */
export function markerSeen(run: Run, marker: MarkedResolution): void {
  const machine = run.byId.get(`local ${marker.seq}`);
  if (machine?.kind === 'local-activity' && machine.state === 'Awaiting') {
    machine.isResolved = true;
    resolve(run, machine, marker);
  } else {
    run.localActivities.known.set(marker.seq, marker);
  }
}

export function cancelLocalActivity(run: Run, machine: LocalActivityMachine): void {
  const type = machine.schedule.cancellationType ?? ActivityCancellationType.TRY_CANCEL;
  switch (machine.state) {
    case 'Running': {
      if (type === ActivityCancellationType.WAIT_CANCELLATION_COMPLETED) return requestCancel(run, machine);
      machine.state = 'MarkerCreated';
      machine.endedAs = 'cancelled';
      if (type === ActivityCancellationType.TRY_CANCEL) stopRunning(run, machine);
      return resolve(run, machine, cancelledAtOnce(machine));
    }
    case 'Awaiting':
      return requestCancel(run, machine);
    case 'MarkerRecorded':
      if (type !== ActivityCancellationType.ABANDON) requestCancel(run, machine);
      return;
    case 'Known':
      return;
    case 'MarkerCreated':
    case 'MarkerSent':
      return;
  }
}

export function localActivitySent(machine: LocalActivityMachine): void {
  if (machine.state === 'MarkerCreated') machine.state = 'MarkerSent';
}

/** Whether the machine's marker answers no command that is on its way. */
export function meetsMarkerAlone(machine: LocalActivityMachine): boolean {
  if (machine.state === 'Awaiting' || machine.state === 'Known') return true;
  if (machine.state === 'MarkerSent') return false;
  throw fatal(`the marker of local activity ${machine.seq} came when it was ${machine.state}`);
}

export function localActivityMeets(run: Run, machine: LocalActivityMachine, event: Event): void {
  if (event.type !== EventType.EVENT_TYPE_MARKER_RECORDED) throw unexpected(machine, event);
  const marker = readMarker(event);
  compare(run, machine, marker);
  const { state } = machine;
  if (state !== 'MarkerSent' && state !== 'Awaiting' && state !== 'Known') throw unexpected(machine, event);
  machine.state = 'MarkerRecorded';
  if (state === 'Awaiting' && !machine.isResolved) resolve(run, machine, marker);
}

function resolve(run: Run, machine: LocalActivityMachine, resolution: Resolution): void {
  run.jobs.push({
    resolveActivity: { seq: machine.seq, isLocal: true, result: asTold(machine, resolution) },
  });
  const { completeTime } = resolution;
  if (completeTime && (run.time === null || isLater(completeTime, run.time))) run.time = completeTime;
  const { kind } = resolution.result;
  const isAbandoned = machine.schedule.cancellationType === ActivityCancellationType.ABANDON;
  if (isAbandoned && (kind === 'cancelled' || kind === 'timed-out')) forget(run.localActivities, machine.seq);
  if (!machine.wasReplaying) run.fresh.push({ machine, command: markerCommand(machine, resolution) });
}

function markerCommand(machine: LocalActivityMachine, resolution: Resolution): temporal.api.command.v1.ICommand {
  const { result } = resolution;
  const { activityId, activityType } = machine.schedule;
  const ids = { seq: machine.seq, activityId: activityId ?? '', activityType: activityType ?? '' };
  return {
    commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
    ...(machine.userMetadata ? { userMetadata: machine.userMetadata } : {}),
    recordMarkerCommandAttributes: {
      markerName: localActivityMarker,
      details: markerDetails(ids, resolution),
      ...(result.kind === 'completed' ? {} : { failure: result.failure }),
    },
  };
}

function asTold(
  { schedule }: LocalActivityMachine,
  { result, backoff, attempt, originalScheduleTime }: Resolution,
): coresdk.activity_result.IActivityResolution {
  if (backoff) return { backoff: { attempt: attempt + 1, backoffDuration: backoff, originalScheduleTime } };
  switch (result.kind) {
    case 'completed':
      return { completed: { result: result.result } };
    case 'failed':
      return { failed: { failure: newFailure(result.failure) } };
    case 'timed-out':
      return { failed: { failure: wrapped('Local Activity timed out', schedule, result.failure) } };
    case 'cancelled':
      return { cancelled: { failure: wrapped('Local Activity cancelled', schedule, result.failure) } };
  }
}

/** A bare cancellation or timeout becomes the cause of an activity's failure. */
function wrapped(
  message: string,
  schedule: coresdk.workflow_commands.IScheduleLocalActivity,
  failure: temporal.api.failure.v1.IFailure,
): temporal.api.failure.v1.IFailure {
  if (!failure.canceledFailureInfo && !failure.timeoutFailureInfo) return failure;
  const ids = { activityId: schedule.activityId ?? null, activityType: schedule.activityType ?? null };
  return activityFailure(message, ids, {
    failure: newFailure(failure),
    retryState: RetryState.RETRY_STATE_CANCEL_REQUESTED,
  });
}

function cancelledAtOnce({ schedule }: LocalActivityMachine): Resolution {
  return {
    result: { kind: 'cancelled', failure: { canceledFailureInfo: {} } },
    completeTime: null,
    attempt: schedule.attempt ?? 1,
    backoff: null,
    originalScheduleTime: schedule.originalScheduleTime ?? null,
  };
}

/** Asks for a cancellation: what a marker seen ahead or the queue can answer is answered at once. */
function requestCancel(run: Run, machine: LocalActivityMachine): void {
  const { known, toStart } = run.localActivities;
  const marker = known.get(machine.seq);
  if (marker) {
    known.delete(machine.seq);
    return markerSeen(run, marker);
  }
  if (toStart.some(({ seq }) => seq === machine.seq)) {
    forget(run.localActivities, machine.seq);
    return localActivityEnded(run, machine, { ...cancelledAtOnce(machine), completeTime: machine.askedAt });
  }
  stopRunning(run, machine);
}

function stopRunning(run: Run, { seq }: LocalActivityMachine): void {
  const { toCancel, toStart } = run.localActivities;
  if (toStart.some((schedule) => schedule.seq === seq)) forget(run.localActivities, seq);
  else toCancel.push(seq);
}

function compare(run: Run, machine: LocalActivityMachine, marker: MarkedResolution): void {
  const { seq, schedule, endedAs } = machine;
  if (machine.state === 'MarkerSent') {
    const isOk = marker.result.kind === 'completed';
    if (endedAs === 'completed' && !isOk)
      throw nondeterminism(`Local activity (seq ${seq}) completed successfully locally, but history said it failed!`);
    if ((endedAs === 'failed' || endedAs === 'timed-out') && isOk)
      throw nondeterminism(`Local activity (seq ${seq}) failed locally, but history said it completed!`);
  }
  if (marker.seq !== seq) {
    throw nondeterminism(
      `Local activity marker data has sequence number ${marker.seq} but matched against LA command with sequence number ${seq}`,
    );
  }
  if (!mayUse(run.flags, CoreFlag.CompareIdAndType, !machine.wasReplaying)) return;
  compareNames(
    { what: 'activity', event: 'recorded marker', command: 'local activity command' },
    { id: marker.activityId, type: marker.activityType },
    { id: schedule.activityId, type: schedule.activityType },
  );
}
