import type { coresdk, temporal } from '@perdure/proto';
import Long from 'long';
import { fatal } from './errors.ts';
import type { Event } from './history.ts';
import { fromJson, jsonPayload } from './payloads.ts';
import { type Timestamp, toNumber } from './time.ts';

type Payload = temporal.api.common.v1.IPayload;
type Failure = temporal.api.failure.v1.IFailure;

/** The name of the marker that a local activity leaves in the history, and the keys of its details. */
export const localActivityMarker = 'core_local_activity';

/** How a local activity ended, as it ran or as a marker says. */
export type LocalActivityResult =
  | { readonly kind: 'completed'; readonly result: Payload | null }
  | { readonly kind: 'failed' | 'timed-out' | 'cancelled'; readonly failure: Failure };

export type Resolution = {
  readonly result: LocalActivityResult;
  /** The run's time at which it ended; null leaves the time alone. */
  readonly completeTime: Timestamp | null;
  readonly attempt: number;
  /** Set if it is to be tried again after a timer of the run, because the wait is too long for this task. */
  readonly backoff: coresdk.external_data.ILocalActivityMarkerData['backoff'] | null;
  readonly originalScheduleTime: Timestamp | null;
};

/** A marker of the history: which local activity, and how it ended. */
export type MarkedResolution = Resolution & {
  readonly seq: number;
  readonly activityId: string;
  readonly activityType: string;
};

/** What is to be run, and what is known ahead of time, of a run's local activities. */
export type LocalActivities = {
  toStart: coresdk.workflow_commands.IScheduleLocalActivity[];
  toCancel: number[];
  readonly running: Set<number>;
  /** How those ended whose marker was seen ahead of the code that asks for them. */
  readonly known: Map<number, MarkedResolution>;
  /** The run is over: what runs is to be stopped, and nothing waits for it. */
  isOver: boolean;
};

export function newLocalActivities(): LocalActivities {
  return { toStart: [], toCancel: [], running: new Set(), known: new Map(), isOver: false };
}

export function forget(local: LocalActivities, seq: number): void {
  local.toStart = local.toStart.filter((schedule) => schedule.seq !== seq);
  local.running.delete(seq);
}

/** How many are wanted and not done. */
export function outstanding({ isOver, running, toStart }: LocalActivities): number {
  return isOver ? 0 : running.size + toStart.length;
}

export function isLocalActivityMarker({ event }: Event): boolean {
  return event.markerRecordedEventAttributes?.markerName === localActivityMarker;
}

type MarkerTime = { readonly seconds: number | string; readonly nanos: number };

/** The details of a marker. Times and durations are objects of seconds and nanoseconds. */
export function markerDetails(
  { seq, activityId, activityType }: { seq: number; activityId: string; activityType: string },
  { result, completeTime, attempt, backoff, originalScheduleTime }: Resolution,
): { [key: string]: temporal.api.common.v1.IPayloads } {
  const plain = (time: Timestamp | null | undefined): MarkerTime | null =>
    time ? { seconds: toNumber(time.seconds), nanos: time.nanos ?? 0 } : null;
  const data = {
    seq,
    attempt,
    activity_id: activityId,
    activity_type: activityType,
    complete_time: plain(completeTime),
    backoff: plain(backoff),
    original_schedule_time: plain(originalScheduleTime),
  };
  return {
    data: { payloads: [jsonPayload(data)] },
    ...(result.kind === 'completed' && result.result ? { result: { payloads: [result.result] } } : {}),
  };
}

/** What a marker says. Throws if it is none of this SDK or of an official one. */
export function readMarker({ event, id }: Event): MarkedResolution {
  const { details, failure } = event.markerRecordedEventAttributes ?? {};
  const data = fromJson(details?.['data']?.payloads?.[0]);
  if (!isMarkerData(data)) throw fatal(`the local activity marker ${id} cannot be read`);
  return {
    seq: data.seq,
    activityId: data.activity_id ?? '',
    activityType: data.activity_type ?? '',
    attempt: data.attempt ?? 1,
    completeTime: timeOf(data.complete_time),
    backoff: timeOf(data.backoff),
    originalScheduleTime: timeOf(data.original_schedule_time),
    result: failure ? failedWith(failure) : { kind: 'completed', result: details?.['result']?.payloads?.[0] ?? null },
  };
}

function failedWith(failure: Failure): LocalActivityResult {
  const isCancelled = Boolean(failure.canceledFailureInfo ?? failure.cause?.canceledFailureInfo);
  return { kind: isCancelled ? 'cancelled' : 'failed', failure };
}

type MarkerData = {
  readonly seq: number;
  readonly attempt?: number;
  readonly activity_id?: string;
  readonly activity_type?: string;
  readonly complete_time?: MarkerTime | null;
  readonly backoff?: MarkerTime | null;
  readonly original_schedule_time?: MarkerTime | null;
};

function isMarkerData(data: unknown): data is MarkerData {
  return typeof data === 'object' && data !== null && 'seq' in data && typeof data.seq === 'number';
}

function timeOf(time: MarkerTime | null | undefined): Timestamp | null {
  return time ? { seconds: Long.fromValue(time.seconds), nanos: time.nanos } : null;
}
