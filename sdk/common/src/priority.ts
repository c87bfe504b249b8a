import type { temporal } from '@perdure/proto';

/**
 * Which tasks of a queue are handed out first, when there are more than workers can take. What is left out, or zero or
 * empty, is inherited from the Workflow that starts the Activity or Child Workflow.
 *
 * The priority key decides first; among tasks of the same key, each fairness key gets a share according to its weight.
 */
export interface Priority {
  /**
   * From 1 (first) to as many as the server has, usually 5 (last).
   *
   * @default the middle one, usually 3
   */
  priorityKey?: number | undefined;
  /**
   * Whose share it is, such as a tenant's. At most 64 bytes.
   *
   * @default the empty text
   */
  fairnessKey?: string | undefined;
  /**
   * How large the share of the fairness key is, in relation to those of others: between 0.001 and 1000. A weight that the
   * task queue has been configured with counts instead.
   *
   * @default 1
   */
  fairnessWeight?: number | undefined;
}

/** The priority from the wire. */
export function decodePriority(priority?: temporal.api.common.v1.IPriority | null): Priority {
  return {
    priorityKey: priority?.priorityKey ?? undefined,
    fairnessKey: priority?.fairnessKey ?? undefined,
    fairnessWeight: priority?.fairnessWeight ?? undefined,
  };
}

/** The priority for the wire; a `TypeError` or `RangeError` if the key is no positive integer. */
export function compilePriority(priority: Priority): temporal.api.common.v1.IPriority {
  const { priorityKey, fairnessKey, fairnessWeight } = priority;
  if (priorityKey != null && !Number.isInteger(priorityKey)) throw new TypeError('priorityKey must be an integer');
  if (priorityKey != null && priorityKey < 0) throw new RangeError('priorityKey must be a positive integer');
  return { priorityKey: priorityKey ?? 0, fairnessKey: fairnessKey ?? '', fairnessWeight: fairnessWeight ?? 0 };
}
