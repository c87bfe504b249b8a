import { coresdk, temporal } from '@perdure/proto';
import { activityFailure, canceledBecause } from '../failures.ts';
import { CoreFlag, mayUse } from '../flags.ts';
import { type Event, EventType } from '../history.ts';
import { onlyPayload } from '../payloads.ts';
import { requestCancelActivityCommand } from '../server-commands.ts';
import type { ActivityMachine, Run } from '../state.ts';
import { compareNames } from './compare.ts';
import { unexpected } from './unexpected.ts';

const { ActivityCancellationType } = coresdk.workflow_commands;
const { RetryState } = temporal.api.enums.v1;

/*
 * An activity, from its command to the event that ends it.
 *
 *   Created ──SCHEDULED──▶ Scheduled ──STARTED──▶ Started ──▶ Completed | Failed | TimedOut
 *      │ cancel               │ cancel              │ cancel
 *      ▼ (withdrawn)          └──────────┬──────────┘
 *   Canceled ◀──CANCELED── CancelRequested ──▶ Completed | Failed | TimedOut
 *
 * With TRY_CANCEL code is told of the cancellation at once and of nothing afterwards; with WAIT_CANCELLATION_COMPLETED
 * it is told how the activity ended; an abandoned activity is Canceled at once and its events are let pass.
 */

export function scheduleActivity(run: Run, schedule: coresdk.workflow_commands.IScheduleActivity): ActivityMachine {
  const machine: ActivityMachine = {
    kind: 'activity',
    seq: schedule.seq ?? 0,
    schedule,
    state: 'Created',
    scheduledEventId: 0,
    isWithdrawn: false,
  };
  run.byId.set(`activity ${machine.seq}`, machine);
  return machine;
}

export function cancelActivity(run: Run, machine: ActivityMachine): void {
  const type = cancellationType(machine);
  const isAbandoned = type === ActivityCancellationType.ABANDON;
  switch (machine.state) {
    case 'Created':
      machine.isWithdrawn = true;
      machine.state = 'Canceled';
      tellCanceled(run, machine, null);
      return;
    case 'Scheduled':
    case 'Started':
      if (!isAbandoned) run.fresh.push({ machine, command: requestCancelActivityCommand(machine.scheduledEventId) });
      if (type !== ActivityCancellationType.WAIT_CANCELLATION_COMPLETED) tellCanceled(run, machine, null);
      machine.state = isAbandoned ? 'Canceled' : 'CancelRequested';
      return;
    case 'CancelRequested':
    case 'Completed':
    case 'Failed':
    case 'TimedOut':
    case 'Canceled':
      return;
  }
}

export function activityMeets(run: Run, machine: ActivityMachine, met: Event): void {
  const { event } = met;
  switch (met.type) {
    case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
      if (machine.state !== 'Created') break;
      compare(run, machine, event.activityTaskScheduledEventAttributes);
      machine.state = 'Scheduled';
      machine.scheduledEventId = met.id;
      return;
    case EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED:
      if (machine.state === 'Scheduled') machine.state = 'Started';
      else if (machine.state !== 'CancelRequested' && machine.state !== 'Canceled') break;
      return;
    case EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED:
      if (machine.state !== 'CancelRequested') break;
      return;
    case EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
      if (machine.state === 'Scheduled') break;
      return end(run, machine, met, 'Completed', () => ({
        completed: { result: onlyPayload(event.activityTaskCompletedEventAttributes?.result) },
      }));
    case EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED:
      if (machine.state === 'Scheduled') break;
      return end(run, machine, met, 'Failed', () => ({
        failed: {
          failure: activityFailure('Activity task failed', machine.schedule, event.activityTaskFailedEventAttributes),
        },
      }));
    case EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT:
      return end(run, machine, met, 'TimedOut', () => ({
        failed: {
          failure: activityFailure(
            'Activity task timed out',
            machine.schedule,
            event.activityTaskTimedOutEventAttributes,
          ),
        },
      }));
    case EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED:
      if (machine.state !== 'CancelRequested') break;
      return end(run, machine, met, 'Canceled', () =>
        canceled(machine, event.activityTaskCanceledEventAttributes ?? null),
      );
    default:
      break;
  }
  throw unexpected(machine, met);
}

/** Ends the activity, and tells code how unless it was told of a cancellation before. */
function end(
  run: Run,
  machine: ActivityMachine,
  event: Event,
  state: ActivityMachine['state'],
  result: () => coresdk.activity_result.IActivityResolution,
): void {
  if (machine.state === 'Canceled') return;
  const wasTold =
    machine.state === 'CancelRequested' &&
    cancellationType(machine) !== ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;
  if (!['Scheduled', 'Started', 'CancelRequested'].includes(machine.state)) throw unexpected(machine, event);
  machine.state = state;
  if (!wasTold) run.jobs.push({ resolveActivity: { seq: machine.seq, result: result(), isLocal: false } });
}

function tellCanceled(
  run: Run,
  machine: ActivityMachine,
  attributes: temporal.api.history.v1.IActivityTaskCanceledEventAttributes | null,
): void {
  run.jobs.push({
    resolveActivity: { seq: machine.seq, result: canceled(machine, attributes), isLocal: false },
  });
}

function canceled(
  { schedule }: ActivityMachine,
  attributes: temporal.api.history.v1.IActivityTaskCanceledEventAttributes | null,
): coresdk.activity_result.IActivityResolution {
  const failure = activityFailure('Activity cancelled', schedule, {
    ...attributes,
    failure: canceledBecause(attributes?.details),
    retryState: RetryState.RETRY_STATE_CANCEL_REQUESTED,
  });
  return { cancelled: { failure } };
}

function cancellationType({ schedule }: ActivityMachine): coresdk.workflow_commands.ActivityCancellationType {
  return schedule.cancellationType ?? ActivityCancellationType.TRY_CANCEL;
}

function compare(
  run: Run,
  { schedule }: ActivityMachine,
  event: temporal.api.history.v1.IActivityTaskScheduledEventAttributes | null | undefined,
): void {
  if (!mayUse(run.flags, CoreFlag.CompareIdAndType, run.isAtLastTask)) return;
  compareNames(
    { what: 'activity', event: 'scheduled event', command: 'activity command' },
    { id: event?.activityId, type: event?.activityType?.name },
    { id: schedule.activityId, type: schedule.activityType },
  );
}
