import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { addEvent, dropBuffered, hasBufferedEvents } from '../events.ts';
import type { Transition } from '../transition.ts';
import { remove } from '../transition.ts';
import type { ApplyCommand } from './command.ts';
import { outerFields, refused } from './command.ts';
import { idTooLong } from './id-length.ts';

/** CANCEL_TIMER. One that fired behind the worker's back is cancelled all the same, and its firing never happened. */
export const cancelTimer: ApplyCommand = (t, command, completion) => {
  const cause = Cause.BAD_CANCEL_TIMER_ATTRIBUTES;
  const attributes = command.cancelTimerCommandAttributes;
  if (!attributes) return refused(cause, 'CancelTimerCommandAttributes is not set on CancelTimerCommand.');
  const { timerId } = attributes;
  if (timerId === '') return refused(cause, 'TimerId is not set on CancelTimerCommand.');
  const tooLong = idTooLong('TimerId', timerId, 'CancelTimerCommand', t.limits);
  if (tooLong !== null) return refused(cause, tooLong);
  const startedEventId = stopTimer(t, timerId);
  if (startedEventId === 0)
    return refused(cause, `invalid history builder state for action: add-timer-canceled-event, TimerID: ${timerId}`);
  completion.unseenEvents &&= hasBufferedEvents(t);
  addEvent(t, EventType.TIMER_CANCELED, {
    timerCanceledEventAttributes: {
      timerId,
      startedEventId,
      workflowTaskCompletedEventId: completion.completedEventId,
      identity: completion.identity,
    },
    ...outerFields(command),
  });
  return null;
};

/** The id of its started event; 0 when there is no such timer. */
function stopTimer(t: Transition, timerId: string): number {
  const timer = t.run.timers.get(timerId);
  if (timer) {
    remove(t, 'timers', timerId);
    return timer.startedEventId;
  }
  let startedEventId = 0;
  dropBuffered(t, ({ fields }) => {
    const fired = fields.timerFiredEventAttributes;
    if (fired?.timerId !== timerId) return false;
    startedEventId = fired.startedEventId ?? 0;
    return true;
  });
  return startedEventId;
}
