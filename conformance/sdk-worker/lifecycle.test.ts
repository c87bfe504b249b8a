import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { cancelled } from '@perdure/activity';
import type { WorkflowFailedError } from '@perdure/client';
import { IllegalStateError } from '@perdure/common';
import {
  CombinedWorkerRunError,
  GracefulShutdownPeriodExpiredError,
  NativeConnection,
  PromiseCompletionTimeoutError,
  type State,
  TransportError,
  Worker,
} from '@perdure/worker';
import type { callActivity, echo, untilTold } from './workflows.ts';
import { openWorld, until, workflowBundle } from './world.ts';

const world = await openWorld();
const { client, connection } = world;

/** An activity that runs until it is told to end, and pays no attention to its cancellation. */
function stubborn() {
  const told = Promise.withResolvers<string>();
  return { end: () => told.resolve('ended'), activity: () => told.promise };
}

const start = (worker: Worker, options: Parameters<typeof callActivity>[2] = {}) =>
  client.workflow.start<typeof callActivity>('callActivity', {
    ...world.on(worker),
    args: ['activity', [], { retry: { maximumAttempts: 1 }, ...options }],
  });

test('a worker runs, stops, and says so', async () => {
  const worker = await world.createWorker();
  assert.equal(worker.getState(), 'INITIALIZED');
  const running = worker.run();
  assert.equal(worker.getState(), 'RUNNING');
  assert.deepEqual(worker.getStatus().workflowPollerState, 'POLLING');
  const execution = { ...world.on(worker), args: ['hello'] as [string] };
  assert.equal(await client.workflow.execute<typeof echo>('echo', execution), 'hello');
  worker.shutdown();
  assert.equal(worker.getState(), 'DRAINING');
  await running;
  assert.equal(worker.getState(), 'STOPPED');
  assert.equal(worker.getStatus().workflowPollerState, 'SHUTDOWN');
  assert.equal(worker.getStatus().numCachedWorkflows, 0);
  assert.equal(worker.getStatus().hasOutstandingWorkflowPoll, false);
});

test('a worker runs once', async () => {
  const worker = await world.createWorker();
  const running = worker.run();
  await assert.rejects(worker.run(), IllegalStateError);
  worker.shutdown();
  await running;
  await assert.rejects(worker.run(), IllegalStateError);
});

test('only a worker that runs can be shut down', async () => {
  const worker = await world.createWorker();
  const refusal = (state: State) => ({ name: 'IllegalStateError', message: `Not running. Current state: ${state}` });
  assert.throws(() => worker.shutdown(), refusal('INITIALIZED'));
  const running = worker.run();
  worker.shutdown();
  assert.throws(() => worker.shutdown(), refusal('DRAINING'));
  await running;
  assert.throws(() => worker.shutdown(), refusal('STOPPED'));
});

test('a worker that is stopped at once stops', async () => {
  const worker = await world.createWorker({ activities: { activity: async () => {} } });
  const running = worker.run();
  worker.shutdown();
  await running;
});

test('a worker for a namespace that does not exist is refused', async () => {
  const options = {
    connection,
    taskQueue: randomUUID(),
    namespace: 'unknown',
    activities: { activity: async () => {} },
  };
  await assert.rejects(Worker.create(options), {
    name: 'TransportError',
    message: /^Namespace unknown was not found or otherwise could not be described/,
  });
});

test('a worker without a task queue, and one with a reserved name, are refused', async () => {
  await assert.rejects(Worker.create({ connection, taskQueue: '' }), TypeError);
  await assert.rejects(Worker.create({ connection, taskQueue: '__temporal_queue' }), TypeError);
});

test('a worker without a server is refused', async () => {
  await assert.rejects(NativeConnection.connect({ address: '127.0.0.1:1' }), TransportError);
});

test('a connection cannot be closed while a worker needs it', async () => {
  const own = await NativeConnection.connect({ address: world.server.address });
  const worker = await world.createWorker({ connection: own });
  const running = worker.run();
  await assert.rejects(own.close(), IllegalStateError);
  worker.shutdown();
  await running;
  await own.close();
});

test('runUntil returns what the promise resolves with, after the worker has stopped', async () => {
  const worker = await world.createWorker();
  assert.equal(await worker.runUntil(async () => 'done'), 'done');
  assert.equal(worker.getState(), 'STOPPED');
});

test('runUntil throws what the promise rejects with', async () => {
  const worker = await world.createWorker();
  await assert.rejects(worker.runUntil(Promise.reject(new Error('not done'))), { message: 'not done' });
  assert.equal(worker.getState(), 'STOPPED');
});

test('runUntil does not wait for the promise when the worker has stopped', async () => {
  const worker = await world.createWorker();
  const result = worker.runUntil(new Promise(() => {}));
  worker.shutdown();
  await assert.rejects(result, PromiseCompletionTimeoutError);
});

test('runUntil waits for the promise as long as it is told to', async () => {
  const worker = await world.createWorker();
  const promise = Promise.withResolvers<string>();
  const result = worker.runUntil(promise.promise, { promiseCompletionTimeout: '1 minute' });
  worker.shutdown();
  await until(() => worker.getState() === 'STOPPED');
  promise.resolve('late');
  assert.equal(await result, 'late');
});

test('running activities are cancelled when the grace time is over, and failed so that they are tried again', async () => {
  const activity = () => cancelled();
  const worker = await world.createWorker({ activities: { activity }, shutdownGraceTime: 10 });
  const running = worker.run();
  const handle = await start(worker);
  await until(() => worker.getStatus().numInFlightActivities > 0);
  worker.shutdown();
  await running;
  const other = await world.createWorker({ taskQueue: worker.options.taskQueue });
  const result = other.runUntil(handle.result());
  await assert.rejects(result, (error: WorkflowFailedError) => {
    const { cause } = error.cause as Error;
    return (cause as { type?: string }).type === 'WorkerShutdown';
  });
});

test('a worker waits for an activity that pays no attention to its cancellation', async () => {
  const { activity, end } = stubborn();
  const worker = await world.createWorker({ activities: { activity } });
  const running = worker.run();
  const handle = await start(worker);
  await until(() => worker.getStatus().numInFlightActivities > 0);
  worker.shutdown();
  await until(() => !worker.getStatus().hasOutstandingActivityPoll);
  assert.equal(worker.getState(), 'DRAINING');
  end();
  await running;
  const other = await world.createWorker({ taskQueue: worker.options.taskQueue });
  assert.equal(await other.runUntil(handle.result()), 'ended');
});

test('… but no longer than the force time', async () => {
  const { activity, end } = stubborn();
  const worker = await world.createWorker({ activities: { activity }, shutdownForceTime: 50 });
  const running = worker.run();
  const handle = await start(worker);
  await until(() => worker.getStatus().numInFlightActivities > 0);
  worker.shutdown();
  await assert.rejects(running, GracefulShutdownPeriodExpiredError);
  assert.equal(worker.getState(), 'FAILED');
  end();
  await handle.terminate();
});

test('when worker and promise fail, both errors are told', async () => {
  const { activity, end } = stubborn();
  const worker = await world.createWorker({ activities: { activity }, shutdownForceTime: 1 });
  const failing = worker.runUntil(async () => {
    const handle = await start(worker);
    await until(() => worker.getStatus().numInFlightActivities > 0);
    await handle.terminate();
    throw new Error('inner');
  });
  await assert.rejects(failing, (error: CombinedWorkerRunError) => {
    assert.ok(error instanceof CombinedWorkerRunError);
    assert.equal((error.cause.innerError as Error).message, 'inner');
    assert.ok(error.cause.workerError instanceof GracefulShutdownPeriodExpiredError);
    return true;
  });
  end();
});

test('a worker without anything to do says so and stops', async () => {
  const worker = await Worker.create({ connection, taskQueue: randomUUID() });
  const running = worker.run();
  assert.equal(worker.getStatus().hasOutstandingWorkflowPoll, false);
  await running;
});

test('workflows that wait are carried on by the next worker', async () => {
  const worker = await world.createWorker();
  const handle = await worker.runUntil(async () => {
    const started = await client.workflow.start<typeof untilTold>('untilTold', world.on(worker));
    await until(() => worker.getStatus().numCachedWorkflows === 1);
    return started;
  });
  await handle.signal('tell', 'go on');
  const next = await world.createWorker({ taskQueue: worker.options.taskQueue });
  assert.equal(await next.runUntil(handle.result()), 'go on');
});

test('plugins change options and take part in the run', async () => {
  const calls: string[] = [];
  const plugin = (name: string) => ({
    name,
    configureWorker(options: Parameters<typeof Worker.create>[0]) {
      calls.push(`${name} configures`);
      return { ...options, taskQueue: `${options.taskQueue}-${name}` };
    },
    async runWorker(worker: Worker, next: (worker: Worker) => Promise<void>) {
      calls.push(`${name} runs`);
      await next(worker);
      calls.push(`${name} has run`);
    },
  });
  const worker = await Worker.create({
    connection,
    taskQueue: 'plugins',
    workflowBundle: await workflowBundle(),
    plugins: [plugin('a'), plugin('b')],
  });
  assert.equal(worker.options.taskQueue, 'plugins-a-b');
  await worker.runUntil(async () => {});
  assert.deepEqual(calls, ['a configures', 'b configures', 'a runs', 'b runs', 'b has run', 'a has run']);
});

test('a worker can be moved to another connection while it runs', async () => {
  const first = await NativeConnection.connect({ address: world.server.address });
  const second = await NativeConnection.connect({ address: world.server.address });
  const worker = await world.createWorker({ connection: first });
  const before = worker.client;
  await worker.runUntil(async () => {
    worker.connection = second;
    assert.notEqual(worker.client, before);
    const execution = { ...world.on(worker), args: ['moved'] as [string] };
    assert.equal(await client.workflow.execute<typeof echo>('echo', execution), 'moved');
    await assert.rejects(second.close(), IllegalStateError);
  });
  await Promise.all([first.close(), second.close()]);
});
