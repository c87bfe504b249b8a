/** Local activities run on the main half, as long as the task is kept alive for them. */
import Long from 'long';
import { resolveLocalActivity, takeLocalActivityRequests, timestampOf } from '../../replay/index.ts';
import { toMilliseconds } from '../../replay/time.ts';
import type { KnownRun } from './known-run.ts';
import type { Runner } from './state.ts';
import type { WorkflowTask } from './task.ts';

/** Starts and stops what the code asked for. */
export function startLocalActivities({ services }: Runner, known: KnownRun): void {
  const { toStart, toCancel, cancelAll } = takeLocalActivityRequests(known.run);
  const { workflowId, runId, workflowType } = known.run.info;
  if (cancelAll && known.run.localActivities.running.size > 0) services.cancelLocalActivities(runId, 'all');
  for (const schedule of toStart) {
    const seq = schedule.seq ?? 0;
    services.runLocalActivity({ workflowId, runId, workflowType, schedule }).then(
      (outcome) => {
        if (known.phase === 'gone' || !known.run.localActivities.running.has(seq)) return;
        known.ended.push({ seq, outcome });
        known.wake?.();
      },
      // The worker gave up on it: the task times out, and it runs again somewhere else.
      () => undefined,
    );
  }
  if (toCancel.length > 0) services.cancelLocalActivities(runId, toCancel);
}

/** When a task must be answered lest it time out: after four fifths of its time. */
export function heartbeatDeadline({ receivedAt }: WorkflowTask, { run }: KnownRun): number {
  const timeout = run.started?.workflowTaskTimeout;
  const timeoutMs = timeout ? toMilliseconds(timeout) : 10_000;
  return receivedAt + timeoutMs * 0.8;
}

/** Waits until a local activity has ended, and tells the run of all that have. */
export async function waitForLocalActivity(known: KnownRun, deadline: number): Promise<'ended' | 'too long'> {
  if (known.ended.length === 0) await woken(known, deadline - performance.now());
  if (known.ended.length === 0) return 'too long';
  for (const { seq, outcome } of known.ended.splice(0)) {
    const { result, runtimeMs, attempt, backoffMs, originalScheduleTimeMs } = outcome;
    known.retriedLocalActivities += attempt - 1;
    resolveLocalActivity(known.run, seq, {
      result,
      runtimeMs,
      attempt,
      backoff: backoffMs === undefined ? null : durationOf(backoffMs),
      originalScheduleTime: timestampOf(originalScheduleTimeMs),
    });
  }
  return 'ended';
}

function woken(known: KnownRun, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      known.wake = null;
      resolve();
    };
    const timer = setTimeout(wake, Math.max(ms, 0));
    known.wake = wake;
  });
}

function durationOf(ms: number) {
  return { seconds: Long.fromNumber(Math.floor(ms / 1000)), nanos: Math.round((ms % 1000) * 1e6) };
}
