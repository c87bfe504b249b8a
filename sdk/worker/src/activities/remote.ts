/**
 * Activities of tasks that the server sent, from task to answer.
 *
 *   task ──▶ prepare ──▶ run ──────────────▶ heartbeats end ──▶ answer ──▶ slot is given back
 *               │ refused    ▲
 *               └────────────┼──────────────────────────────────▶ answer
 *                            └─ cancel: a heartbeat's answer, a time-out on this side, the end of the worker's grace
 */
import { ActivityCancellationDetails, type Logger } from '@perdure/common';
import { ensureApplicationFailure } from '@perdure/common/lib/failure';
import { encodeErrorToFailure } from '@perdure/common/lib/internal-non-workflow';
import { optionalTsToMs } from '@perdure/common/lib/time';
import { errorMessage } from '@perdure/common/lib/type-helpers';
import type { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import type { Activity } from '../activity.ts';
import { activityLogAttributes } from '../activity-log-attributes.ts';
import type { PayloadLimits } from '../codec/payload-limits.ts';
import { PassingMap } from '../passing-map.ts';
import { codeOf, messageOf } from '../service.ts';
import type { Permit } from '../slots/slots.ts';
import { Tally } from '../tally.ts';
import type { WorkerMetrics } from '../worker-metrics.ts';
import type { ActivitySlotInfo } from '../worker-tuner.ts';
import type { ActivityAnswers } from './answers.ts';
import { type Cancellation, createHeartbeats, type Heartbeats } from './heartbeats.ts';
import { type ActivityEnvironment, prepareActivity } from './prepare.ts';
import { calledOff, failureBySize, limitResult } from './sizes.ts';
import { type ActivityResult, type ActivityStart, type ActivityTask, startOfTask } from './start.ts';

type Payload = temporal.api.common.v1.IPayload;

export interface RemoteActivitiesOptions {
  readonly environment: ActivityEnvironment;
  readonly answers: ActivityAnswers;
  readonly metrics: WorkerMetrics;
  /** Those of the connection that is used at the moment. */
  readonly limits: () => PayloadLimits;
  /** Told of answers that do not get through. */
  readonly logger: Logger;
  /** Bounds of the interval at which heartbeats are sent (ms). */
  readonly heartbeatThrottle: { readonly usual: number; readonly longest: number };
  readonly onStart: () => void;
  readonly onEnd: () => void;
}

export interface RemoteActivities {
  /** Runs an activity and answers its task; the slot is given back when that is done. Does not reject. */
  run(task: ActivityTask, permit: Permit<ActivitySlotInfo>, isEager: boolean): Promise<void>;
  /** Cancels all that run, and whatever is still started. */
  cancelAll(): void;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

/** What is known of an activity that runs. */
interface Running {
  readonly id: number;
  readonly start: ActivityStart;
  readonly heartbeats: Heartbeats;
  activity: Activity | undefined;
  /** Why it was cancelled: the first reason counts. */
  cancelled: Cancellation | undefined;
  /** The server does not know it any more, so there is nobody to answer to. */
  forgotten: boolean;
  /** Calls it off when the server must have done so already. */
  timeout: NodeJS.Timeout | undefined;
}

/** A time-out is the server's to tell; this side only follows, this much later (ms). */
const TIMEOUT_MARGIN = 5000;
/** With a timeout the heartbeats go out at this share of it. */
const THROTTLE_SHARE = 0.8;

export function createRemoteActivities(options: RemoteActivitiesOptions): RemoteActivities {
  const { environment, answers, metrics } = options;
  const running = new PassingMap<number, Running>();
  const working = new Tally();
  let lastId = 0;
  let cancelling = false;

  const begin = (task: ActivityTask): Running => {
    const start = startOfTask(task);
    const token = task.taskToken ?? new Uint8Array();
    const timeout = optionalTsToMs(start.heartbeatTimeout) || undefined;
    const throttle = timeout === undefined ? options.heartbeatThrottle.usual : timeout * THROTTLE_SHARE;
    const one: Running = {
      id: ++lastId,
      start,
      activity: undefined,
      cancelled: undefined,
      forgotten: false,
      timeout: undefined,
      heartbeats: createHeartbeats({
        environment,
        interval: Math.min(throttle, options.heartbeatThrottle.longest),
        record: (details) => heartbeat(one, token, details),
        onRecorded: () => one.timeout?.refresh(),
        onCancel: (cancellation) => cancel(one, cancellation),
      }),
    };
    one.timeout = watchTimeouts(one);
    running.set(one.id, one);
    return one;
  };

  const heartbeat = async (one: Running, token: Uint8Array, details: Payload): Promise<Uint8Array> => {
    const failure = failureBySize([details], one.start, options);
    if (!failure) return await answers.heartbeat(token, details);
    // That is its end, whatever it will say itself.
    one.forgotten = true;
    await answers.result(token, { failed: { failure } }, false);
    return calledOff;
  };

  const work = async (task: ActivityTask, isEager: boolean): Promise<void> => {
    const one = begin(task);
    const token = task.taskToken ?? new Uint8Array();
    metrics.activityReceived(task, isEager);
    const began = performance.now();
    const result = await runOne(one, token);
    running.delete(one.id);
    clearTimeout(one.timeout);
    metrics.activityEnded(task, result, performance.now() - began);
    if (!one.forgotten) await answer(one, token, result, options);
  };

  const runOne = async (one: Running, token: Uint8Array): Promise<ActivityResult> => {
    const beat = one.heartbeats.beat;
    const prepared = await prepareActivity(environment, token, one.start, beat);
    if (prepared.kind === 'refused') return prepared.result;
    const { activity, input } = prepared;
    one.activity = activity;
    if (cancelling) cancel(one, workerStops);
    else if (one.cancelled) tell(activity, one.cancelled);
    options.onStart();
    const result = await activity.run(input).finally(options.onEnd);
    const flush = !one.forgotten && !result.completed && !result.willCompleteAsync;
    await one.heartbeats.end(flush);
    return limitResult(await storeResult(result, activity, environment), one.start, options);
  };

  return {
    run(task, permit, isEager) {
      permit.use({ type: 'activity', activityType: task.activityType?.name ?? '' });
      working.enter();
      return work(task, isEager)
        .catch((error: unknown) => environment.logger.error('Failed to process an activity task', { error }))
        .finally(() => {
          permit.release();
          working.leave();
        });
    },
    cancelAll() {
      cancelling = true;
      for (const [, one] of running.entries()) cancel(one, workerStops);
    },
    idle: () => working.idle(),
  };
}

/** An answer that does not get through is logged: the server goes by its time-outs then. */
async function answer(
  one: Running,
  token: Uint8Array,
  result: ActivityResult,
  { answers, logger }: RemoteActivitiesOptions,
): Promise<void> {
  try {
    await answers.result(token, result, one.cancelled?.reason === 'WORKER_SHUTDOWN');
  } catch (error) {
    const attributes = { error: messageOf(error), ...(one.activity && activityLogAttributes(one.activity.info)) };
    const isUnknown = codeOf(error) === Status.NOT_FOUND;
    logger.warn(isUnknown ? unknownOnCompletion : 'Network error while completing activity', attributes);
  }
}

const unknownOnCompletion =
  'Activity not found on completion. This may happen if the activity has already been cancelled but completed anyway.';

const workerStops: Cancellation = { reason: 'WORKER_SHUTDOWN', details: { isWorkerShutdown: true } };

function cancel(one: Running, cancellation: Cancellation): void {
  if (one.cancelled !== undefined) return;
  one.cancelled = cancellation;
  if (cancellation.details?.isNotFound) one.forgotten = true;
  // One that is still being prepared is told when it is.
  if (one.activity) tell(one.activity, cancellation);
}

function tell(activity: Activity, { reason, details }: Cancellation): void {
  activity.cancel(reason, ActivityCancellationDetails.fromProto(details));
}

/** The shorter of heartbeat and start-to-close; a heartbeat begins it anew only if it is the heartbeat's. */
function watchTimeouts(one: Running): NodeJS.Timeout | undefined {
  const heartbeat = optionalTsToMs(one.start.heartbeatTimeout) || Number.POSITIVE_INFINITY;
  const startToClose = optionalTsToMs(one.start.startToCloseTimeout) || Number.POSITIVE_INFINITY;
  const shortest = Math.min(heartbeat, startToClose);
  if (shortest >= LONGEST_TIMER - TIMEOUT_MARGIN) return undefined;
  const timeout = setTimeout(() => {
    cancel(one, { reason: 'TIMED_OUT', details: { isNotFound: true, isTimedOut: true } });
  }, shortest + TIMEOUT_MARGIN);
  if (startToClose < heartbeat) timeout.refresh = () => timeout;
  return timeout;
}

/** Node's timers take no more than this (ms). */
const LONGEST_TIMER = 2 ** 31 - 1;

async function storeResult(
  result: ActivityResult,
  activity: Activity,
  { storage, converter, logger }: ActivityEnvironment,
): Promise<ActivityResult> {
  if (!storage) return result;
  try {
    await storage.storeResult(result, activity.info);
    return result;
  } catch (error) {
    const failure = ensureApplicationFailure(error);
    logger.error(`Error while offloading ActivityTask result to external storage: ${errorMessage(failure)}`, {
      ...activityLogAttributes(activity.info),
      error,
    });
    return { failed: { failure: await encodeErrorToFailure(converter, failure) } };
  }
}
