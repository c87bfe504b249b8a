import { WorkflowTaskFailedCause } from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import { flushBuffered, hasBufferedEvents, isTaskWithWorker } from './events.ts';
import { abortUpdatesOfClosedRun } from './machines/update.ts';
import { ensureWorkflowTask, failWorkflowTask, recordSpeculativeTask } from './machines/workflow-task.ts';
import type { Head } from './state.ts';
import { skipTime } from './time-skipping.ts';
import type { Batch, Transition } from './transition.ts';

export type { Batch };

/**
 * Ends a transition: what was held back gets its ids where it may, a speculative task is written if anything else is,
 * and the new events are encoded, once. Returns the batches; the rest of what changed is in `run` and `dirty`.
 * No batches and nothing durable in `dirty` or `head` means that there is nothing to commit.
 */
export function conclude(t: Transition): Batch[] {
  const { head } = t.run;
  if (t.before.closeEventId === 0 && head.closeEventId !== 0) abortUpdatesOfClosedRun(t);
  if (changesSomethingDurable(t)) {
    if (isSpeculativeTaskOvertaken(t)) recordSpeculativeTask(t);
    forceTaskClosedIfBufferIsFull(t);
    if (!isTaskWithWorker(t)) {
      skipTime(t);
      flushBuffered(t);
    }
  }
  const batches = t.batches.filter((batch) => batch.length > 0).map(encodeBatch);
  for (const batch of batches) head.historySize += batch.bytes.length;
  if (changesHead(t)) head.transitions++;
  return t.inherited.length > 0 ? [...t.inherited, ...batches] : batches;
}

/** Whether more is to be stored than entries of collections: events, or something durable of the head. */
export function changesHead(t: Transition): boolean {
  return t.creates || t.batches.some((batch) => batch.length > 0) || durableHeadChanged(t.before, t.run.head);
}

/** Whether a crash right after the transition would make a difference. */
export function changesSomethingDurable(t: Transition): boolean {
  for (const name of t.dirty.keys()) if (name !== 'pendingUpdates') return true;
  return changesHead(t);
}

/**
 * True when something is being written while a speculative task is open. One that was made last thing in the transition
 * follows what is written, and can go on without a trace.
 */
function isSpeculativeTaskOvertaken(t: Transition): boolean {
  const task = t.run.head.workflowTask;
  if (!task?.speculative) return false;
  return t.before.workflowTask?.stamp === task.stamp || hasBufferedEvents(t);
}

const VOLATILE: ReadonlySet<string> = new Set<keyof Head>([
  'workflowTask',
  'workflowTaskStamp',
  'nextEventId',
  'lastEventTime',
]);

function durableHeadChanged(before: Head, after: Head): boolean {
  for (const name of Object.keys(after) as (keyof Head)[]) {
    if (!VOLATILE.has(name) && before[name] !== after[name]) return true;
  }
  const durable = ({ workflowTask }: Head) => (workflowTask?.speculative ? null : workflowTask);
  return durable(before) !== durable(after);
}

/** Reference: buffered events limit, 100 events or 2 MiB. */
function forceTaskClosedIfBufferIsFull(t: Transition): void {
  const { buffered, head } = t.run;
  if (!isTaskWithWorker(t)) return;
  if (buffered.size <= t.limits.maxBufferedEvents && head.bufferedBytes <= t.limits.maxBufferedBytes) return;
  failWorkflowTask(t, {
    cause: WorkflowTaskFailedCause.FORCE_CLOSE_COMMAND,
    failure: null,
    identity: 'history-service',
    binaryChecksum: '',
  });
  ensureWorkflowTask(t);
}

/** In memory of its own: batches are kept. */
function encodeBatch(events: Transition['batches'][number]): Batch {
  return { firstEventId: events[0]?.eventId ?? 0, count: events.length, bytes: History.encode({ events }).slice() };
}
