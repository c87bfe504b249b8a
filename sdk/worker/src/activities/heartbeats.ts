/**
 * What an activity gives to `heartbeat`, on its way to the server: converted one at a time, and of those that come in
 * meanwhile only the last; then throttled. What the server answers may cancel the activity.
 */
import { ActivityCancellationDetails } from '@perdure/common';
import { encodeToPayload } from '@perdure/common/lib/internal-non-workflow';
import { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import type { Activity, CancelReason } from '../activity.ts';
import { activityLogAttributes } from '../activity-log-attributes.ts';
import { codeOf } from '../service.ts';
import type { ActivityEnvironment } from './prepare.ts';
import { createThrottle } from './throttle.ts';

type Payload = temporal.api.common.v1.IPayload;
const { RecordActivityTaskHeartbeatResponse } = temporal.api.workflowservice.v1;

/** What the server said of an activity that should stop. */
export type Cancellation = { readonly reason: CancelReason; readonly details: CancellationFlags };
type CancellationFlags = Parameters<typeof ActivityCancellationDetails.fromProto>[0];

export interface HeartbeatOptions {
  readonly environment: ActivityEnvironment;
  /** Milliseconds between two that are sent. */
  readonly interval: number;
  /** Sends one; resolves with the encoded answer. */
  readonly record: (details: Payload) => Promise<Uint8Array>;
  /** The server took one. */
  readonly onRecorded: () => void;
  readonly onCancel: (cancellation: Cancellation) => void;
}

export interface Heartbeats {
  beat(activity: Activity, details: unknown): void;
  /** Resolves when nothing is under way any more. With `flush` the last one is sent, however fresh it is. */
  end(flush: boolean): Promise<void>;
}

export function createHeartbeats(options: HeartbeatOptions): Heartbeats {
  const { environment, record, onCancel } = options;
  const { logger, converter, storage } = environment;
  let next: { readonly activity: Activity; readonly details: unknown } | undefined;
  let converting: Promise<void> | undefined;
  let ended = false;

  const throttle = createThrottle<Payload>(options.interval, async (payload) => {
    try {
      const cancellation = cancellationIn(await record(payload));
      options.onRecorded();
      if (cancellation) onCancel(cancellation);
    } catch (error) {
      if (codeOf(error) === Status.NOT_FOUND) onCancel({ reason: 'NOT_FOUND', details: { isNotFound: true } });
      else logger.warn('Error when recording heartbeat', { error });
    }
  });

  const convert = async (activity: Activity, details: unknown): Promise<void> => {
    try {
      const payload = await encodeToPayload(converter, details, activity.serializationContext);
      throttle.beat(storage ? await storage.storeHeartbeat(payload, activity.info) : payload);
    } catch (error) {
      const attributes = { error, ...activityLogAttributes(activity.info) };
      logger.warn('Failed to encode heartbeat details, cancelling Activity', attributes);
      activity.cancel('HEARTBEAT_DETAILS_CONVERSION_FAILED', ActivityCancellationDetails.fromProto(undefined));
    }
  };
  const convertAll = async (): Promise<void> => {
    while (next) {
      const { activity, details } = next;
      next = undefined;
      await convert(activity, details);
    }
    converting = undefined;
  };
  return {
    beat(activity, details) {
      if (ended) return;
      next = { activity, details };
      converting ??= convertAll();
    },
    async end(flush) {
      ended = true;
      // Nobody needs the heartbeats of an activity that completed, so nobody waits for their conversion.
      if (flush) await converting;
      else next = undefined;
      await throttle.end(flush);
    },
  };
}

/** An answer without any news, the usual one, is empty. */
function cancellationIn(response: Uint8Array): Cancellation | undefined {
  if (response.length === 0) return undefined;
  const { cancelRequested, activityReset, activityPaused } = RecordActivityTaskHeartbeatResponse.decode(response);
  const details = { isCancelled: cancelRequested, isReset: activityReset, isPaused: activityPaused };
  if (cancelRequested) return { reason: 'CANCELLED', details };
  if (activityReset) return { reason: 'RESET', details };
  return activityPaused ? { reason: 'PAUSED', details } : undefined;
}
