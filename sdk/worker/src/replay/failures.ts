import type { coresdk } from '@perdure/proto';
import { temporal } from '@perdure/proto';
import type Long from 'long';

type Failure = temporal.api.failure.v1.IFailure;
const { RetryState } = temporal.api.enums.v1;

/**
 * A failure that reads as if it had come over the wire: what it leaves out is the default of its field and not
 * undefined, so that a failure converter finds an empty stack trace.
 */
export const newFailure = (fields: Failure): Failure => temporal.api.failure.v1.Failure.create(fields);

/** The failure of an activity, around its cause. */
export function activityFailure(
  message: string,
  schedule: Pick<coresdk.workflow_commands.IScheduleActivity, 'activityId' | 'activityType'>,
  event:
    | {
        readonly failure?: Failure | null;
        readonly identity?: string | null;
        readonly retryState?: temporal.api.enums.v1.RetryState | null;
        readonly scheduledEventId?: Long | null;
        readonly startedEventId?: Long | null;
      }
    | null
    | undefined,
): Failure {
  return newFailure({
    message,
    ...(event?.failure ? { cause: event.failure } : {}),
    activityFailureInfo: {
      identity: event?.identity ?? '',
      activityType: { name: schedule.activityType ?? '' },
      activityId: schedule.activityId ?? '',
      retryState: event?.retryState ?? RetryState.RETRY_STATE_UNSPECIFIED,
      ...(event?.startedEventId ? { startedEventId: event.startedEventId } : {}),
      ...(event?.scheduledEventId ? { scheduledEventId: event.scheduledEventId } : {}),
    },
  });
}

export function canceledBecause(details?: temporal.api.common.v1.IPayloads | null): Failure {
  return newFailure({ canceledFailureInfo: details ? { details } : {} });
}
