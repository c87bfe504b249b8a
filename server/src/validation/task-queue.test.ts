import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TaskQueue } from '@perdure/api/taskqueue';
import { Code, type ServiceError } from '../kernel/errors.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { checkTaskQueue } from './task-queue.ts';

const limits = { ...defaultLimits, maxIdLength: 20 };
const named = (name: string) => TaskQueue.decode(TaskQueue.encode({ name }));

describe('a task queue', () => {
  for (const name of ['q', 'x'.repeat(20), 'with spaces /_sys/ inside'.slice(0, 20), 'é'.repeat(10)])
    test(`may be named ${name}`, () => checkTaskQueue(named(name), limits));

  const bad: [string, TaskQueue | null, string][] = [
    ['may not be missing', null, 'taskQueue is not set'],
    ['may not go without a name', named(''), 'missing task queue name'],
    ['may not have too long a name', named('x'.repeat(21)), 'taskQueue length exceeds limit'],
    ['may not have a name of too many bytes', named('é'.repeat(11)), 'taskQueue length exceeds limit'],
    [
      'may not be one of the server’s own',
      named('/_sys/q/1'),
      'task queue name cannot start with reserved prefix /_sys/',
    ],
  ];
  for (const [name, queue, message] of bad)
    test(name, () => {
      assert.throws(
        () => checkTaskQueue(queue, limits),
        (error: ServiceError) => error.code === Code.INVALID_ARGUMENT && error.message === message,
      );
    });
});
