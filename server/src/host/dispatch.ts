import { TaskQueueKind } from '@perdure/api/enums';
import type { Effect } from '../engine/workflow/derive.ts';
import type { Matching } from '../matching/contract.ts';
import type { Loaded } from './loaded.ts';
import { type Task, taskId } from './task.ts';

/** How long after its last poll a worker is still expected back on its sticky queue. */
const STICKY_WORKER_GONE_MS = 10_000;

export type DispatchEffect = Extract<Effect, { kind: 'dispatch-workflow-task' | 'dispatch-activity' }>;

/** Puts a task that a run has for a worker into its queue. Doing it twice is doing it once. */
export function dispatchTask(matching: Matching<Task>, effect: DispatchEffect, { run }: Loaded): void {
  const { key } = run;
  const { namespaceId } = key;
  const { scheduledEventId, stamp, priority, scheduledTime: createdAt } = effect;
  const fairness = { key: effect.fairnessKey, weight: effect.fairnessWeight, perSecond: null };
  if (effect.kind === 'dispatch-activity') {
    const task: Task = { kind: 'activity', key, scheduledEventId, stamp };
    matching.add(
      { namespaceId, name: effect.taskQueue, type: 'activity' },
      { task, id: taskId(task), priority, fairness, createdAt },
    );
    return;
  }
  const task: Task = { kind: 'workflow', key, scheduledEventId, stamp };
  const { name, kind, normalName } = effect.queue;
  let queue = { namespaceId, name, type: 'workflow' } as const;
  if (kind === TaskQueueKind.STICKY && !matching.hasRecentPoller(queue, STICKY_WORKER_GONE_MS))
    queue = { ...queue, name: normalName };
  matching.add(queue, { task, id: taskId(task), priority, fairness, createdAt });
}
