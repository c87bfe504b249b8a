import type { Awaited } from './engine/workflow/awaited.ts';
import type { LockOfRun } from './host/time-locks.ts';
import type { SkippingState } from './kernel/skipping-clock.ts';

/** Why time is, or is not, skipped at this moment. */
export interface TimeDiagnosis {
  /** The server's time. */
  readonly now: Date;
  /** How far (ms) it is ahead of the machine's. */
  readonly skippedMs: number;
  /** Locks of callers. */
  readonly locks: number;
  /** How many sleep at this moment: each takes a lock of a caller, or of the activity that sleeps, away meanwhile. */
  readonly sleepers: number;
  /** To what time would jump next; null when nothing is due. */
  readonly nextDue: Date | null;
  /** Whom time waits for, those first that began first. */
  readonly tasks: readonly TimeWaitsFor[];
  /** All of it in words, a line each. Empty when nothing keeps time from being skipped. */
  readonly waitsFor: readonly string[];
}

export interface TimeWaitsFor {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly what: Awaited;
}

export function diagnosis(state: SkippingState, runs: readonly LockOfRun[]): TimeDiagnosis {
  return {
    now: new Date(state.now),
    skippedMs: state.skipped,
    locks: state.locks,
    sleepers: state.sleepers,
    nextDue: state.nextDue === null ? null : new Date(state.nextDue),
    tasks: runs.map(({ key: { workflowId, runId }, workflowType, awaited }) => ({
      workflowId,
      runId,
      workflowType,
      what: awaited,
    })),
    waitsFor: words(state, runs),
  };
}

function words({ now, locks, tasks, sleepers, works, nextDue }: SkippingState, runs: readonly LockOfRun[]): string[] {
  const lines: string[] = [];
  if (locks + tasks - sleepers > 0) {
    if (locks > sleepers)
      lines.push(`time is locked (${locks - sleepers}): wait for a result, or use env.sleep(), to unlock it`);
    lines.push(...runs.filter(({ awaited }) => awaited.kind !== 'other-run').map((run) => sentence(run, now)));
    const ofRuns = runs.filter(({ awaited }) => awaited.kind !== 'other-run').length;
    if (tasks > ofRuns) lines.push(`${tasks - ofRuns} more with workers, such as queries, are not answered`);
  }
  if (works > 0) lines.push(...serverIsBusy(runs, now));
  if (nextDue === null)
    lines.push('nothing is due: no timer, timeout, back-off or schedule is ahead; workflows wait for what you do');
  return lines;
}

function serverIsBusy(runs: readonly LockOfRun[], now: number): string[] {
  const busy = runs.filter(({ awaited }) => awaited.kind === 'other-run').map((run) => sentence(run, now));
  return busy.length > 0 ? busy : ['the server is storing what happened'];
}

function sentence({ key, workflowType, awaited }: LockOfRun, now: number): string {
  const workflow = `workflow ${workflowType} (${key.workflowId})`;
  if (awaited.kind === 'other-run') return `${workflow}: the server has still to do ${awaited.doing}`;
  const what =
    awaited.kind === 'activity' ? `activity ${awaited.activityType} (${awaited.activityId})` : 'its workflow task';
  const seconds = Math.round((now - awaited.since) / 100) / 10;
  const attempt = awaited.attempt > 1 ? `, attempt ${awaited.attempt}` : '';
  const problem = awaited.problem === '' ? '' : `; the one before: ${awaited.problem}`;
  return `${workflow}: ${what} ${whereabouts(awaited)} for ${seconds} s${attempt}${problem}`;
}

const whereabouts = (awaited: Exclude<Awaited, { kind: 'other-run' }>): string =>
  awaited.with === 'a worker'
    ? 'has been with a worker'
    : `has been waiting for a worker on task queue ${awaited.taskQueue}`;
