/** Numbers that worker heartbeats tell, counted whether or not anybody collects metrics. */
import type { WorkerMetrics } from './worker-metrics.ts';

export interface WorkerTally {
  readonly failedWorkflowTasks: number;
  readonly failedActivities: number;
  readonly failedLocalActivities: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
}

/** The same metrics, counted on their way. */
export function tallied(metrics: WorkerMetrics): { metrics: WorkerMetrics; tally: WorkerTally } {
  const tally = {
    failedWorkflowTasks: 0,
    failedActivities: 0,
    failedLocalActivities: 0,
    cacheHits: 0,
    cacheMisses: 0,
  };
  return {
    tally,
    metrics: {
      ...metrics,
      workflowTaskEnded(answer, ms) {
        if (answer.kind === 'failed') tally.failedWorkflowTasks += 1;
        if (answer.stats.isSticky) tally.cacheHits += 1;
        else tally.cacheMisses += 1;
        metrics.workflowTaskEnded(answer, ms);
      },
      activityEnded(task, result, ms) {
        if (result.failed) tally.failedActivities += 1;
        metrics.activityEnded(task, result, ms);
      },
      localActivityEnded(request, result, ms) {
        if (result.kind === 'failed' || result.kind === 'timed-out') tally.failedLocalActivities += 1;
        metrics.localActivityEnded(request, result, ms);
      },
    },
  };
}
