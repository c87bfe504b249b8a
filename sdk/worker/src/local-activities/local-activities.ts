/**
 * Local activities: run by the worker that has the workflow, within its task, without the server knowing. What the
 * server does for others is done here: slots, time-outs, retries.
 *
 *             slot                        failed or timed out, again soon
 *   Queued ─────────▶ Running ───────────────────────────────────────▶ BackingOff ──▶ Queued
 *      │                │ completed, cancelled, failed for good,            │
 *      │                │ or again later than the threshold                 │
 *      ▼ too late       ▼                                                   ▼ cancelled
 *                      (gone, with its outcome)
 */
import { msToTs, optionalTsToMs } from '@perdure/common/lib/time';
import type { temporal } from '@perdure/proto';
import type { ActivityEnvironment } from '../activities/prepare.ts';
import type { ActivityStart } from '../activities/start.ts';
import { pause } from '../gate.ts';
import type { Permit, Slots } from '../slots/slots.ts';
import type { WorkerMetrics } from '../worker-metrics.ts';
import type { LocalActivitySlotInfo } from '../worker-tuner.ts';
import type { LocalActivityOutcome, LocalActivityRequest } from '../workflow/host.ts';
import { type Attempt, cancelled, type LocalResult, startAttempt, TimeoutType, timedOut } from './attempt.ts';
import { retryDelay } from './retry.ts';

export interface LocalActivitiesOptions {
  readonly environment: ActivityEnvironment;
  readonly slots: Slots<LocalActivitySlotInfo>;
  readonly metrics: WorkerMetrics;
  readonly onStart: () => void;
  readonly onEnd: () => void;
}

export interface LocalActivities {
  /** Asked for one that is under way already, it resolves with that one: a run that was evicted asks again. */
  run(request: LocalActivityRequest): Promise<LocalActivityOutcome>;
  cancel(runId: string, seqs: readonly number[] | 'all'): void;
}

interface Pending {
  readonly request: LocalActivityRequest;
  readonly outcome: Promise<LocalActivityOutcome>;
  /** Ends waiting for a slot or for the next attempt. */
  readonly waiting: AbortController;
  attempt: Attempt | undefined;
  isCancelled: boolean;
}

/** Waits longer than this are left to a timer of the workflow (ms). */
const RETRY_THRESHOLD = 60_000;

export function createLocalActivities(options: LocalActivitiesOptions): LocalActivities {
  const pending = new Map<string, Pending>();
  const keyOf = ({ runId, schedule }: LocalActivityRequest) => `${runId}/${schedule.seq}`;
  let tokens = 0;
  const nextToken = () => Buffer.from(`local_act_${++tokens}`);

  const cancelOne = (one: Pending) => {
    if (one.isCancelled) return;
    one.isCancelled = true;
    one.attempt?.cancel();
    one.waiting.abort();
  };

  return {
    run(request) {
      const key = keyOf(request);
      const known = pending.get(key);
      if (known) return known.outcome;
      const { promise, resolve } = Promise.withResolvers<LocalActivityOutcome>();
      const one: Pending = {
        request,
        outcome: promise,
        waiting: new AbortController(),
        attempt: undefined,
        isCancelled: false,
      };
      pending.set(key, one);
      resolve(untilOutcome(one, options, nextToken).finally(() => pending.delete(key)));
      return promise;
    },
    cancel(runId, seqs) {
      for (const one of pending.values()) {
        const { request } = one;
        if (request.runId === runId && (seqs === 'all' || seqs.includes(request.schedule.seq ?? 0))) cancelOne(one);
      }
    },
  };
}

async function untilOutcome(
  one: Pending,
  options: LocalActivitiesOptions,
  nextToken: () => Uint8Array,
): Promise<LocalActivityOutcome> {
  const { schedule } = one.request;
  const scheduled = Date.now();
  const originalScheduleTimeMs = optionalTsToMs(schedule.originalScheduleTime) ?? scheduled;
  const scheduleToClose = optionalTsToMs(schedule.scheduleToCloseTimeout) || Number.POSITIVE_INFINITY;
  const closesAt = originalScheduleTimeMs + scheduleToClose;
  const threshold = optionalTsToMs(schedule.localRetryThreshold) ?? RETRY_THRESHOLD;
  const outcome = (result: LocalResult, attempt: number, runtimeMs: number): LocalActivityOutcome => ({
    result,
    attempt,
    runtimeMs,
    originalScheduleTimeMs,
  });
  const tooLate = timedOut(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE);

  for (let attempt = Math.max(1, schedule.attempt ?? 1); ; attempt++) {
    if (Date.now() >= closesAt) return outcome(tooLate, attempt, 0);
    const permit = await reserve(one, options, closesAt);
    if (permit === 'cancelled') return outcome(cancelled(), attempt, 0);
    if (permit === 'too late') return outcome(tooLate, attempt, 0);
    const queued = Date.now() - scheduled;
    const scheduleToStart = optionalTsToMs(schedule.scheduleToStartTimeout) || Number.POSITIVE_INFINITY;
    if (queued > scheduleToStart) {
      permit.release();
      return outcome(timedOut(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START), attempt, queued);
    }
    const began = performance.now();
    const result = await runAttempt(one, options, { token: nextToken(), attempt, scheduled, closesAt, permit });
    const runtimeMs = performance.now() - began;
    options.metrics.localActivityEnded(one.request, result, runtimeMs);
    const delay = one.isCancelled ? undefined : delayAfter(result, schedule.retryPolicy, attempt);
    if (delay === undefined) return outcome(result, attempt, runtimeMs);
    if (delay > threshold) return { ...outcome(result, attempt, runtimeMs), backoffMs: delay };
    const wait = Math.min(delay, Math.max(0, closesAt - Date.now()));
    if (!(await pause(wait, one.waiting.signal))) return outcome(cancelled(), attempt, 0);
  }
}

/** Attempts that took too long are tried again, but there is no use in it when the whole took too long. */
function delayAfter(
  result: LocalResult,
  policy: temporal.api.common.v1.IRetryPolicy | null | undefined,
  attempt: number,
): number | undefined {
  if (result.kind === 'completed' || result.kind === 'cancelled') return undefined;
  const timeout = result.failure.timeoutFailureInfo?.timeoutType;
  if (result.kind === 'timed-out' && timeout !== TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE) return undefined;
  return retryDelay(policy, attempt, result.failure);
}

/** Waits for a slot, for as long as that makes sense. */
async function reserve(
  one: Pending,
  { slots }: LocalActivitiesOptions,
  closesAt: number,
): Promise<Permit<LocalActivitySlotInfo> | 'cancelled' | 'too late'> {
  const { signal } = one.waiting;
  if (signal.aborted) return 'cancelled';
  const free = slots.tryReserve();
  if (free) return free;
  const limit = closesAt === Number.POSITIVE_INFINITY ? undefined : AbortSignal.timeout(timerMs(closesAt - Date.now()));
  const permit = await slots.reserve(limit ? AbortSignal.any([signal, limit]) : signal);
  if (permit === undefined) return signal.aborted ? 'cancelled' : 'too late';
  return permit;
}

interface AttemptOptions {
  readonly token: Uint8Array;
  readonly attempt: number;
  readonly scheduled: number;
  readonly closesAt: number;
  readonly permit: Permit<LocalActivitySlotInfo>;
}

async function runAttempt(
  one: Pending,
  options: LocalActivitiesOptions,
  { token, attempt, scheduled, closesAt, permit }: AttemptOptions,
): Promise<LocalResult> {
  const { schedule } = one.request;
  permit.use({ type: 'local-activity', activityType: schedule.activityType ?? '' });
  options.onStart();
  const running = startAttempt(options.environment, token, startOf(one.request, attempt, scheduled, options));
  one.attempt = running;
  if (one.isCancelled) running.cancel();
  const startToClose = optionalTsToMs(schedule.startToCloseTimeout) || Number.POSITIVE_INFINITY;
  const left = closesAt - Date.now();
  const type =
    startToClose <= left ? TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE : TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE;
  const limit = Math.min(startToClose, left);
  const timer =
    limit === Number.POSITIVE_INFINITY ? undefined : setTimeout(() => running.timeOut(type), timerMs(limit));
  try {
    return await running.result;
  } finally {
    clearTimeout(timer);
    one.attempt = undefined;
    permit.release();
    options.onEnd();
  }
}

/** An attempt cannot take longer than all of them together. */
function shorter<T extends Parameters<typeof optionalTsToMs>[0]>(attempt: T, all: T): T {
  const [attemptMs, allMs] = [optionalTsToMs(attempt), optionalTsToMs(all)];
  return attemptMs === undefined || (allMs !== undefined && allMs < attemptMs) ? all : attempt;
}

/** Node's timers take no more than 24 days. */
const timerMs = (ms: number) => Math.min(2 ** 31 - 1, Math.max(0, Math.ceil(ms)));

function startOf(
  { workflowId, runId, workflowType, schedule }: LocalActivityRequest,
  attempt: number,
  scheduled: number,
  { environment }: LocalActivitiesOptions,
): ActivityStart {
  const scheduledTime = msToTs(scheduled);
  const zero = msToTs(0);
  return {
    workflowNamespace: environment.namespace,
    workflowType,
    workflowExecution: { workflowId, runId },
    activityId: schedule.activityId ?? '',
    activityType: schedule.activityType ?? '',
    headerFields: schedule.headers ?? {},
    input: schedule.arguments ?? [],
    heartbeatDetails: [],
    scheduledTime,
    currentAttemptScheduledTime: scheduledTime,
    startedTime: msToTs(Date.now()),
    attempt,
    scheduleToCloseTimeout: schedule.scheduleToCloseTimeout ?? zero,
    startToCloseTimeout: shorter(schedule.startToCloseTimeout, schedule.scheduleToCloseTimeout) ?? zero,
    heartbeatTimeout: null,
    retryPolicy: schedule.retryPolicy ?? null,
    priority: {},
    isLocal: true,
    runId: '',
  };
}
