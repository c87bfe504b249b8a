import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { durationMs, LONGEST_DURATION_MS, toDuration, validateDuration } from '../../../kernel/time.ts';
import { addEvent } from '../events.ts';
import { put } from '../transition.ts';
import type { ApplyCommand } from './command.ts';
import { outerFields, refused } from './command.ts';
import { idTooLong } from './id-length.ts';

/** START_TIMER. A timer of no duration fires at once. */
export const startTimer: ApplyCommand = (t, command, completion) => {
  const cause = Cause.BAD_START_TIMER_ATTRIBUTES;
  const attributes = command.startTimerCommandAttributes;
  if (!attributes) return refused(cause, 'StartTimerCommandAttributes is not set on StartTimerCommand.');
  const { timerId } = attributes;
  if (timerId === '') return refused(cause, 'TimerId is not set on StartTimerCommand.');
  const tooLong = idTooLong('TimerId', timerId, 'StartTimerCommand', t.limits);
  if (tooLong !== null) return refused(cause, tooLong);
  const wrong = validateDuration(attributes.startToFireTimeout);
  if (wrong !== null)
    return refused(cause, `An invalid StartToFireTimeout is set on StartTimerCommand: ${wrong}. TimerId=${timerId}`);
  if (t.run.timers.has(timerId))
    return refused(
      Cause.START_TIMER_DUPLICATE_ID,
      `invalid history builder state for action: add-timer-started-event, TimerID: ${timerId}`,
    );
  const duration = Math.min(durationMs(attributes.startToFireTimeout), LONGEST_DURATION_MS);
  const startedEventId = addEvent(t, EventType.TIMER_STARTED, {
    timerStartedEventAttributes: {
      timerId,
      startToFireTimeout: attributes.startToFireTimeout && toDuration(duration),
      workflowTaskCompletedEventId: completion.completedEventId,
    },
    ...outerFields(command),
  });
  put(t, 'timers', timerId, { timerId, startedEventId, fireTime: t.now + duration });
  return null;
};
