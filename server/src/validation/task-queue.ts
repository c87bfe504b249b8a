import type { TaskQueue } from '@perdure/api/taskqueue';
import { invalidArgument } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';

const RESERVED_PREFIX = '/_sys/';

/** Refuses a task queue that is not named, or whose name is too long or reserved. */
export function checkTaskQueue(taskQueue: TaskQueue | null, limits: Limits): void {
  if (!taskQueue) throw invalidArgument('taskQueue is not set');
  if (taskQueue.name === '') throw invalidArgument('missing task queue name');
  if (Buffer.byteLength(taskQueue.name) > limits.maxIdLength) throw invalidArgument('taskQueue length exceeds limit');
  if (taskQueue.name.startsWith(RESERVED_PREFIX))
    throw invalidArgument(`task queue name cannot start with reserved prefix ${RESERVED_PREFIX}`);
}
