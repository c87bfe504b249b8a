import type { Priority } from './state.ts';

/** What a child and an activity leave open of their priority is as for the workflow that started them. */
export function inheritedPriority(workflow: Priority | null, own: Priority | null): Priority | null {
  if (!workflow || !own) return own ?? workflow;
  return {
    priorityKey: own.priorityKey || workflow.priorityKey,
    fairnessKey: own.fairnessKey || workflow.fairnessKey,
    fairnessWeight: own.fairnessWeight || workflow.fairnessWeight,
  };
}
