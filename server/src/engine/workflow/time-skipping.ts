import type { Init } from '@perdure/api';
import type { TimeSkippingConfig, TimeSkippingFastForwardInfo, TimeSkippingInfo } from '@perdure/api/common';
import { EventType } from '@perdure/api/enums';
import type { WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import { durationMs, fromTimestamp, toDuration, toTimestamp } from '../../kernel/time.ts';
import { isOpen } from './close.ts';
import { addEvent } from './events.ts';
import type { Activity, Head, Run, TimeSkipping } from './state.ts';
import type { Transition } from './transition.ts';

/**
 * A run that skips time has one of its own: that of the server, and ahead of it what the run has skipped. All times in
 * its state and its events are of its own; where they meet the server's clock (`host/loaded.ts`) the difference counts.
 *
 *   idle ── a transition ends with nothing under way ──▶ skipped to what is due next, an event says so
 *     ▲                                                     │ which falls due at once
 *     └──────────── task completed, nothing under way ◀─────┘
 *
 * It ends with the number of skips that was asked for, or where the fast-forward ends, whichever comes first. The runs
 * that follow go on in the run's time, and so do its children, unless it was asked to keep the skipping to itself.
 * Reference: history/workflow (timeskipping).
 */
type Started = Init<WorkflowExecutionStartedEventAttributes>;

/** How far (ms) the run's time is ahead of the server's. */
export const aheadOf = ({ head }: { readonly head: Head }): number => head.timeSkipping?.skipped ?? 0;

/** How far (ms) a run that is started like this is ahead from its beginning. */
export const initiallySkipped = ({ timeSkippingStatePropagation }: Started): number =>
  durationMs(timeSkippingStatePropagation?.initialSkippedDuration as Parameters<typeof durationMs>[0]);

/** What a run begins with; null when it neither skips time nor is ahead of it. */
export function initialTimeSkipping(
  started: WorkflowExecutionStartedEventAttributes,
  startTime: number,
): TimeSkipping | null {
  const { timeSkippingConfig: config, timeSkippingStatePropagation: before } = started;
  const skipped = initiallySkipped(started);
  if (!config && skipped === 0) return null;
  const target = fromTimestamp(before?.fastForwardTargetTime ?? null);
  return withFastForward(
    { config, skipped, skips: before?.initialSkipCount ?? 0, fastForward: null },
    startTime,
    target,
  );
}

/** The fast-forward that the configuration asks for, from now on, or the one that an earlier run began. */
function withFastForward(skipping: TimeSkipping, now: number, begun: number | null = null): TimeSkipping {
  const { config } = skipping;
  if (!config?.fastForwardConfig) return { ...skipping, fastForward: null };
  const target = begun ?? now + durationMs(config.fastForwardConfig.duration);
  const fastForward = { target, reached: target <= now };
  return { ...skipping, fastForward, config: fastForward.reached ? { ...config, enabled: false } : config };
}

/** From now on this configuration holds; skips are counted anew. */
export function configureTimeSkipping({ run: { head }, now }: Transition, config: TimeSkippingConfig | null): void {
  const skipping = head.timeSkipping ?? { config, skipped: 0, skips: 0, fastForward: null };
  head.timeSkipping = withFastForward({ ...skipping, config, skips: 0 }, now);
}

/** At the end of a transition: skips to what is due next, if nothing is under way. */
export function skipTime(t: Transition): void {
  const skipping = t.run.head.timeSkipping;
  if (!skipping?.config?.enabled || !isIdle(t.run, t.now)) return;
  const next = nextDue(t.run);
  // It is about to be done, or the fast-forward is over and its end about to be written.
  if (next !== null && next <= t.now) return;
  const end = pendingEnd(skipping);
  if (end !== null && end <= t.now) return;
  const target = end !== null && (next === null || end <= next) ? end : next;
  if (target !== null) writeSkip(t, target, target === end);
}

/** The fast-forward has ended by itself, whatever is under way. */
export function endFastForward(t: Transition): void {
  if (t.run.head.timeSkipping) writeSkip(t, null, true);
}

/** When the fast-forward under way ends, if that is still to come. */
export const fastForwardEnd = (run: Run): number | null =>
  isOpen(run) && run.head.timeSkipping ? pendingEnd(run.head.timeSkipping) : null;

const pendingEnd = ({ config, fastForward }: TimeSkipping): number | null =>
  config?.enabled && fastForward && !fastForward.reached ? fastForward.target : null;

function writeSkip(t: Transition, target: number | null, disabledAfterFastForward: boolean): void {
  addEvent(t, EventType.WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED, {
    workflowExecutionTimeSkippingTransitionedEventAttributes: {
      targetTime: target === null ? null : toTimestamp(target),
      disabledAfterFastForward,
      wallClockTime: toTimestamp(t.serverNow),
    },
  });
  applySkip(t.run.head, t.now, target, disabledAfterFastForward);
}

/** What the event of a skip at `now` means. */
export function applySkip(head: Head, now: number, target: number | null, disabledAfterFastForward: boolean): void {
  const { timeSkipping: before } = head;
  if (!before) return;
  const skips = before.skips + 1;
  const { fastForward, config } = before;
  const ended = disabledAfterFastForward && fastForward !== null;
  const goesOn = !ended && skips < (config?.maxSessionSkipCount ?? 0);
  head.timeSkipping = {
    skips,
    skipped: before.skipped + (target === null ? 0 : target - now),
    fastForward: ended ? { ...fastForward, reached: true } : fastForward,
    config: config && { ...config, enabled: config.enabled && goesOn },
  };
}

/** Whether all that the run does is wait. */
function isIdle(run: Run, now: number): boolean {
  const { head, activities, children, externals } = run;
  if (!isOpen(run) || head.pause || head.workflowTask || head.awaitsParent) return false;
  return children.size === 0 && externals.size === 0 && [...activities.values()].every((each) => backsOff(each, now));
}

const backsOff = ({ state, pause, scheduledTime }: Activity, now: number): boolean =>
  state === 'scheduled' && !pause && scheduledTime > now;

function nextDue({ head, timers, activities }: Run): number | null {
  const due = [...timers.values()].map(({ fireTime }) => fireTime);
  for (const { scheduledTime } of activities.values()) due.push(scheduledTime);
  if (head.backoffUntil !== null) due.push(head.backoffUntil);
  // Before its first task a run has not begun: it is not to run out of time.
  else for (const deadline of [head.runDeadline, head.executionDeadline]) if (deadline !== null) due.push(deadline);
  return due.length > 0 ? Math.min(...due) : null;
}

/** What the run that carries on is started with. */
export function forNextRun({
  head: { timeSkipping },
}: Run): Pick<Started, 'timeSkippingConfig' | 'timeSkippingStatePropagation'> {
  if (!timeSkipping) return {};
  const { config, skipped, skips, fastForward } = timeSkipping;
  return {
    timeSkippingConfig: config,
    timeSkippingStatePropagation: {
      initialSkippedDuration: toDuration(skipped),
      fastForwardTargetTime: fastForward && toTimestamp(fastForward.target),
      initialSkipCount: skips,
    },
  };
}

/** What a child is started with: its parent's time, and, unless that is kept back, its configuration. */
export function forChild({
  head: { timeSkipping },
}: Run): Pick<Started, 'timeSkippingConfig' | 'timeSkippingStatePropagation'> {
  if (!timeSkipping) return {};
  const { config, skipped } = timeSkipping;
  return {
    ...(config && !config.disablePropagation && { timeSkippingConfig: { ...config, fastForwardConfig: null } }),
    ...(skipped > 0 && { timeSkippingStatePropagation: { initialSkippedDuration: toDuration(skipped) } }),
  };
}

/** As DescribeWorkflowExecution shows it; `now` is the run's own time. */
export function timeSkippingInfo({ head: { timeSkipping } }: Run, now: number): Init<TimeSkippingInfo> | null {
  if (!timeSkipping) return null;
  return {
    currentTime: toTimestamp(now),
    effectiveConfig: timeSkipping.config,
    fastForwardInfo: fastForwardInfo(timeSkipping),
    currentSessionSkipCount: timeSkipping.skips,
  };
}

export function fastForwardInfo({ config, fastForward }: TimeSkipping): Init<TimeSkippingFastForwardInfo> | null {
  if (!fastForward) return null;
  return {
    fastForwardId: config?.fastForwardConfig?.id ?? '',
    fastForwardDuration: config?.fastForwardConfig?.duration ?? null,
    targetTime: toTimestamp(fastForward.target),
    hasCompleted: fastForward.reached,
  };
}
