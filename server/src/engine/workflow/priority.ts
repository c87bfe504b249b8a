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

/** What is wrong with a priority, in the words of the reference; null when nothing is. */
export function priorityProblem(priority: Priority | null): string | null {
  if (!priority) return null;
  if (priority.priorityKey < 0) return "priority key can't be negative";
  if (Buffer.byteLength(priority.fairnessKey) > MAX_FAIRNESS_KEY_BYTES) return 'fairness key length exceeds limit';
  return priority.fairnessWeight < 0 ? 'must be greater than zero' : null;
}

const MAX_FAIRNESS_KEY_BYTES = 64;
