import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activityInfo, cancelled, getClient } from '@perdure/activity';
import type { WorkflowHandle } from '@perdure/client';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@perdure/common';
import type { callLocal, cancelLocal } from './workflows.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
const { client } = world;

interface Called {
  readonly result: unknown;
  readonly handle: WorkflowHandle;
}

/** Runs a workflow that calls this one local activity. */
async function call(
  activity: (...args: never[]) => Promise<unknown>,
  options: Parameters<typeof callLocal>[2] = {},
  args: unknown[] = [],
): Promise<Called> {
  const worker = await world.createWorker({ activities: { activity } });
  return worker.runUntil(async () => {
    const handle = await client.workflow.start<typeof callLocal>('callLocal', {
      ...world.on(worker),
      args: ['activity', args, options],
    });
    return { result: await handle.result(), handle };
  });
}

const eventsOf = async (handle: WorkflowHandle) => (await handle.fetchHistory()).events ?? [];

const failureOf = (called: Promise<Called>) =>
  called.then(
    () => assert.fail('did not fail'),
    (error: { cause?: unknown }) => {
      assert.ok(error.cause instanceof ActivityFailure);
      return error.cause;
    },
  );

test('a local activity gets its arguments and returns its result, with one marker in the history', async () => {
  const { result, handle } = await call(async (a: number, b: number) => a + b, {}, [1, 2]);
  assert.equal(result, 3);
  const events = await eventsOf(handle);
  assert.equal(events.filter((event) => event.markerRecordedEventAttributes).length, 1);
  assert.equal(events.filter((event) => event.activityTaskScheduledEventAttributes).length, 0);
});

test('a local activity knows that it is one', async () => {
  const { result } = await call(async () => activityInfo().isLocal);
  assert.equal(result, true);
});

test('it is tried again within the task until it succeeds', async () => {
  const { result, handle } = await call(
    async () => {
      if (activityInfo().attempt < 3) throw new Error('not yet');
      return activityInfo().attempt;
    },
    { retry: { initialInterval: 1 } },
  );
  assert.equal(result, 3);
  const events = await eventsOf(handle);
  assert.equal(events.filter((event) => event.timerStartedEventAttributes).length, 0);
});

test('a wait beyond the threshold is left to a timer, and attempts go on counting', async () => {
  const { result, handle } = await call(
    async () => {
      if (activityInfo().attempt < 3) throw new Error('not yet');
      return activityInfo().attempt;
    },
    { retry: { initialInterval: 20, backoffCoefficient: 1 }, localRetryThreshold: 1 },
  );
  assert.equal(result, 3);
  const events = await eventsOf(handle);
  assert.equal(events.filter((event) => event.timerStartedEventAttributes).length, 2);
});

test('after the last attempt the workflow gets what it threw', async () => {
  const activity = async () => {
    throw new TypeError('never');
  };
  const called = call(activity, { retry: { initialInterval: 1, maximumAttempts: 2 } });
  await assert.rejects(called, ({ cause }: Error) => cause instanceof ApplicationFailure && cause.type === 'TypeError');
});

test('one that takes too long fails with its timeout, and is told to stop', async () => {
  const stopped = Promise.withResolvers<unknown>();
  const activity = () => cancelled().catch((error: Error) => stopped.resolve(error.message));
  const options = { startToCloseTimeout: 50, retry: { maximumAttempts: 1 } };
  const { cause } = await failureOf(call(activity, options));
  assert.ok(cause instanceof TimeoutFailure);
  assert.equal(cause.timeoutType, 'START_TO_CLOSE');
  assert.equal(await stopped.promise, 'TIMED_OUT');
});

test('all attempts together may not take longer than schedule-to-close', async () => {
  const activity = async () => {
    throw new Error('again');
  };
  const options = { startToCloseTimeout: 50, scheduleToCloseTimeout: 200, retry: { initialInterval: 100 } };
  const { cause } = await failureOf(call(activity, options));
  assert.ok(cause instanceof TimeoutFailure);
  assert.equal(cause.timeoutType, 'SCHEDULE_TO_CLOSE');
});

test('it can be cancelled', async () => {
  const worker = await world.createWorker({ activities: { activity: () => cancelled() } });
  const result = client.workflow.execute<typeof cancelLocal>('cancelLocal', {
    ...world.on(worker),
    args: ['activity', 50],
    // The timer begins when the task is told to the server, which happens in time for it to stay alive.
    workflowTaskTimeout: '1 second',
  });
  assert.equal(await worker.runUntil(result), 'cancelled');
});

test('one that takes longer than the workflow task keeps the task alive', async () => {
  const worker = await world.createWorker({
    activities: { activity: () => new Promise((resolve) => setTimeout(resolve, 2500, 'slow')) },
  });
  await worker.runUntil(async () => {
    const handle = await client.workflow.start<typeof callLocal>('callLocal', {
      ...world.on(worker),
      workflowTaskTimeout: '1 second',
      args: ['activity', [], {}],
    });
    assert.equal(await handle.result(), 'slow');
    const events = await eventsOf(handle);
    assert.equal(events.filter((event) => event.workflowTaskTimedOutEventAttributes).length, 0);
    assert.ok(events.filter((event) => event.workflowTaskCompletedEventAttributes).length >= 3);
  });
});

test('local activities have the worker’s client as well', async () => {
  const activity = async () => {
    const { workflowExecution } = activityInfo();
    return (
      await getClient()
        .workflow.getHandle(workflowExecution?.workflowId ?? '')
        .describe()
    ).type;
  };
  assert.equal((await call(activity)).result, 'callLocal');
});
