import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Logger, noopMetricMeter } from '@perdure/common';
import { compileWorkerOptions } from './compile-options.ts';
import type { NativeConnection } from './connection.ts';
import type { WorkerOptions } from './worker-option-types.ts';

const warnings: string[] = [];
const quiet = () => {};
const logger: Logger = {
  log: quiet,
  trace: quiet,
  debug: quiet,
  info: quiet,
  error: quiet,
  warn: (message) => warnings.push(message),
};

const compile = (options: Partial<WorkerOptions> = {}) =>
  compileWorkerOptions({ taskQueue: 'queue', ...options }, logger, noopMetricMeter);

test('what is left out has its default', () => {
  const options = compile({ activities: { one: async () => {}, notAFunction: 1 } });
  assert.equal(options.namespace, 'default');
  assert.match(options.identity, new RegExp(`^${process.pid}@`));
  assert.equal(options.stickyQueueScheduleToStartTimeoutMs, 10_000);
  assert.equal(options.defaultHeartbeatThrottleIntervalMs, 30_000);
  assert.equal(options.maxHeartbeatThrottleIntervalMs, 60_000);
  assert.equal(options.isolateExecutionTimeoutMs, 5000);
  assert.deepEqual(options.workflowTaskPollerBehavior, { type: 'simple-maximum', maximum: 10 });
  assert.deepEqual([...options.activities.keys()], ['one']);
  assert.equal(options.enableNonLocalActivities, true);
});

test('what is given as undefined is left out', () => {
  assert.match(compile({ identity: undefined } as never).identity, /@/);
});

test('there are no more polls than slots, unless somebody says so', () => {
  const few = { maxConcurrentWorkflowTaskExecutions: 3, maxConcurrentActivityTaskExecutions: 2 };
  assert.equal(compile(few).workflowTaskPollerBehavior.maximum, 3);
  assert.equal(compile(few).activityTaskPollerBehavior.maximum, 2);
  assert.equal(compile({ maxConcurrentActivityTaskPolls: 7 }).activityTaskPollerBehavior.maximum, 7);
  const scaled = compile({ workflowTaskPollerBehavior: { type: 'autoscaling', maximum: 20 } });
  assert.deepEqual(scaled.workflowTaskPollerBehavior, { type: 'autoscaling', minimum: 1, initial: 5, maximum: 20 });
});

test('workflow code has a thread, unless time is skipped', () => {
  assert.equal(compile().workflowThreadPoolSize, 1);
  assert.equal(compile({ reuseV8Context: false }).workflowThreadPoolSize, 2);
  const connection = { testService: {} } as NativeConnection;
  assert.equal(compile({ connection }).workflowThreadPoolSize, 0);
  assert.equal(compile({ connection, workflowThreadPoolSize: 1 }).workflowThreadPoolSize, 1);
});

test('without activities none are polled for', () => {
  assert.equal(compile().enableNonLocalActivities, false);
});

test('a cache for one run is made one for two', () => {
  assert.equal(compile({ maxCachedWorkflows: 1 }).maxCachedWorkflows, 2);
  assert.match(warnings.at(-1) ?? '', /maxCachedWorkflows must be either 0/);
  assert.equal(compile({ maxCachedWorkflows: 0 }).maxCachedWorkflows, 0);
});

test('options that contradict each other, or mean nothing, are refused', () => {
  const refused: [Partial<WorkerOptions>, string][] = [
    [{ useVersioning: true }, 'Must provide a buildId if useVersioning is true'],
    [
      { maxEagerActivityReservationsPerWorkflowTask: -1 },
      'maxEagerActivityReservationsPerWorkflowTask must be a non-negative integer',
    ],
    [{ maxActivitiesPerSecond: 0 }, 'maxActivitiesPerSecond must be a positive number, not 0'],
    [{ maxActivitiesPerSecond: Number.NaN }, 'maxActivitiesPerSecond must be a positive number, not NaN'],
  ];
  for (const [options, message] of refused) assert.throws(() => compile(options), { name: 'TypeError', message });
});

test('names that belong to the SDK are refused for activities and sinks', () => {
  assert.throws(() => compile({ activities: { __temporal_x: async () => {} } }), TypeError);
  assert.throws(() => compile({ sinks: { __temporal_x: {} } }), TypeError);
});
