import type { RunKey } from '../engine/workflow/state.ts';

/** What waits in a task queue: a reference to a run and what in it wants a worker. The run knows whether it still does. */
export type Task =
  | { readonly kind: 'workflow'; readonly key: RunKey; readonly scheduledEventId: number; readonly stamp: number }
  | { readonly kind: 'activity'; readonly key: RunKey; readonly scheduledEventId: number; readonly stamp: number }
  | { readonly kind: 'query'; readonly key: RunKey; readonly queryId: string };

export const taskId = (task: Task): string =>
  task.kind === 'query' ? `query/${task.queryId}` : `${task.kind}/${task.key.runId}/${task.scheduledEventId}`;
