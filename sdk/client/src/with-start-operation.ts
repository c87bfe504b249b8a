import type { Workflow, WorkflowIdConflictPolicy } from '@perdure/common';
import type { WorkflowHandle } from './workflow-handle.ts';
import type { WorkflowStartOptions } from './workflow-options.ts';

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

const handles = new WeakMap<object, Deferred<unknown> & { used: boolean }>();

/**
 * The start of an update with start, see {@link WorkflowClient.executeUpdateWithStart}. Good for one use. The options
 * must say what happens when the workflow runs already (`workflowIdConflictPolicy`).
 */
export class WithStartWorkflowOperation<T extends Workflow> {
  workflowTypeOrFunc: string | T;
  options: WorkflowStartOptions<T> & { workflowIdConflictPolicy: WorkflowIdConflictPolicy };

  constructor(
    workflowTypeOrFunc: string | T,
    options: WorkflowStartOptions<T> & { workflowIdConflictPolicy: WorkflowIdConflictPolicy },
  ) {
    this.workflowTypeOrFunc = workflowTypeOrFunc;
    this.options = options;
    const deferred = Promise.withResolvers<unknown>();
    // Whoever does not ask for the handle is told of the failure by the update itself.
    deferred.promise.catch(() => undefined);
    handles.set(this, { ...deferred, used: false });
  }

  /**
   * The workflow, once it is started: whether or not the update succeeds.
   *
   * @throws what the start failed with
   */
  async workflowHandle(): Promise<WorkflowHandle<T>> {
    return (await handles.get(this)?.promise) as WorkflowHandle<T>;
  }
}

/**
 * Uses the operation up; gives what its handle is told with.
 *
 * @throws Error when it was used before
 */
export function claim<T extends Workflow>(
  operation: WithStartWorkflowOperation<T>,
): Pick<Deferred<WorkflowHandle<T>>, 'resolve' | 'reject'> {
  const deferred = handles.get(operation);
  if (deferred === undefined || deferred.used) {
    throw new Error('This WithStartWorkflowOperation instance has already been executed.');
  }
  deferred.used = true;
  return deferred as Pick<Deferred<WorkflowHandle<T>>, 'resolve' | 'reject'>;
}
