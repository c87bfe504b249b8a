import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  activityInfo,
  CompleteAsyncError,
  cancellationDetails,
  cancellationSignal,
  cancelled,
  getClient,
  heartbeat,
  sleep,
} from '@perdure/activity';
import { WorkflowFailedError } from '@perdure/client';
import { ActivityFailure, ApplicationFailure } from '@perdure/common';
import type { ActivityExecuteInput, ActivityInterceptorsFactory } from '@perdure/worker';
import type { callActivity, callMany, cancelOnSignal } from './workflows.ts';
import { openWorld, until } from './world.ts';

const world = await openWorld();
const { client } = world;

/** Runs a workflow that calls this one activity. */
async function call(
  activity: (...args: never[]) => Promise<unknown>,
  { args = [], options = {}, worker: workerOptions = {} }: Partial<CallOptions> = {},
): Promise<unknown> {
  const worker = await world.createWorker({ activities: { activity }, ...workerOptions });
  const workflow = { ...world.on(worker), args: ['activity', args, options] as Parameters<typeof callActivity> };
  return worker.runUntil(client.workflow.execute<typeof callActivity>('callActivity', workflow));
}

interface CallOptions {
  args: unknown[];
  options: Parameters<typeof callActivity>[2];
  worker: Parameters<typeof world.createWorker>[0];
}

/** What a workflow failed with: the cause of the activity's failure. */
async function failureOf(result: Promise<unknown>): Promise<ApplicationFailure> {
  const error = await result.then(
    () => assert.fail('did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof WorkflowFailedError);
  assert.ok(error.cause instanceof ActivityFailure);
  assert.ok(error.cause.cause instanceof ApplicationFailure);
  return error.cause.cause;
}

const once = { retry: { maximumAttempts: 1 } };

test('an activity gets its arguments and returns its result', async () => {
  assert.equal(await call(async (a: number, b: number) => a + b, { args: [1, 2] }), 3);
});

test('an activity is told what it is', async () => {
  const info = (await call(async () => activityInfo())) as ReturnType<typeof activityInfo>;
  assert.equal(info.activityType, 'activity');
  assert.equal(info.workflowType, 'callActivity');
  assert.equal(info.attempt, 1);
  assert.equal(info.isLocal, false);
  assert.equal(info.inWorkflow, true);
  assert.equal(info.startToCloseTimeoutMs, 60_000);
  assert.equal(info.namespace, 'default');
});

test('what an activity throws is the cause of its failure', async () => {
  const failure = await failureOf(call(async () => Promise.reject(new TypeError('not like this')), { options: once }));
  assert.equal(failure.type, 'TypeError');
  assert.equal(failure.message, 'not like this');
});

test('a failure has the stack trace of the user, through interceptors too', async () => {
  const pass: ActivityInterceptorsFactory = () => ({ inbound: { execute: async (input, next) => next(input) } });
  const activity = async () => {
    throw new Error('here');
  };
  const framesOf = async (interceptors: ActivityInterceptorsFactory[]) => {
    const failure = await failureOf(
      call(activity, { options: once, worker: { interceptors: { activity: interceptors } } }),
    );
    return failure.stack
      ?.split('\n')
      .slice(1)
      .map((frame) => /^ +at (\S+) \(.*activities\.test\.ts/.exec(frame)?.[1] ?? frame);
  };
  assert.deepEqual(await framesOf([]), ['activity']);
  assert.deepEqual(await framesOf([pass, pass]), ['activity', 'Object.execute', 'Object.execute']);
});

test('an activity is tried again until it succeeds', async () => {
  let attempts = 0;
  const activity = async () => {
    attempts += 1;
    if (attempts < 3) throw new Error('not yet');
    return activityInfo().attempt;
  };
  assert.equal(await call(activity, { options: { retry: { initialInterval: 1 } } }), 3);
});

test('an activity that no worker has fails with the names of those there are', async () => {
  const worker = { activities: { other: async () => {} } };
  const failure = await failureOf(call(async () => {}, { options: once, worker }));
  assert.equal(failure.type, 'NotFoundError');
  assert.equal(
    failure.message,
    'Activity function activity is not registered on this Worker, available activities: ["other"]',
  );
});

test('the activity named default runs all that have no function of their own', async () => {
  const worker = { activities: { default: async () => activityInfo().activityType } };
  assert.equal(await call(async () => {}, { worker }), 'activity');
});

test('heartbeat details of a failed attempt are there in the next one', async () => {
  const activity = async () => {
    const { attempt, heartbeatDetails } = activityInfo();
    if (attempt > 1) return heartbeatDetails;
    heartbeat('first');
    heartbeat('last');
    throw new Error('half way');
  };
  const options = { heartbeatTimeout: '10s', retry: { initialInterval: 1 } } as const;
  assert.equal(await call(activity, { options }), 'last');
});

test('heartbeats that cannot be converted cancel the activity', async () => {
  const activity = async () => {
    heartbeat(1n);
    await cancelled();
  };
  const failure = await failureOf(call(activity, { options: once }));
  assert.equal(failure.type, 'CancelledFailure');
  assert.equal(failure.message, 'HEARTBEAT_DETAILS_CONVERSION_FAILED');
});

test('an activity learns of its cancellation by a heartbeat', async () => {
  let details: ReturnType<typeof cancellationDetails>;
  const activity = async () => {
    const beating = setInterval(() => heartbeat(), 10);
    try {
      await cancelled();
    } finally {
      clearInterval(beating);
      details = cancellationDetails();
    }
  };
  const worker = await world.createWorker({ activities: { activity }, maxHeartbeatThrottleInterval: 10 });
  const result = await worker.runUntil(async () => {
    const options = { heartbeatTimeout: '10s', cancellationType: 'WAIT_CANCELLATION_COMPLETED' } as const;
    const handle = await client.workflow.start<typeof cancelOnSignal>('cancelOnSignal', {
      ...world.on(worker),
      args: ['activity', options],
    });
    await until(() => worker.getStatus().numInFlightActivities > 0);
    await handle.signal('cancel');
    return handle.result();
  });
  assert.equal(result, 'cancelled');
  assert.equal(details?.cancelRequested, true);
  assert.equal(details?.notFound, false);
});

test('an activity of a workflow that is gone is cancelled as not found', async () => {
  const details = Promise.withResolvers<ReturnType<typeof cancellationDetails>>();
  const activity = async () => {
    const beating = setInterval(() => heartbeat(), 10);
    await cancelled().finally(() => {
      clearInterval(beating);
      details.resolve(cancellationDetails());
    });
  };
  const worker = await world.createWorker({ activities: { activity }, maxHeartbeatThrottleInterval: 10 });
  await worker.runUntil(async () => {
    const handle = await client.workflow.start<typeof callActivity>('callActivity', {
      ...world.on(worker),
      args: ['activity', [], { heartbeatTimeout: '10s' }],
    });
    await until(() => worker.getStatus().numInFlightActivities > 0);
    await handle.terminate();
    assert.equal((await details.promise)?.notFound, true);
  });
});

test('an activity can be completed by somebody else', async () => {
  const token = Promise.withResolvers<Uint8Array>();
  const activity = async () => {
    token.resolve(activityInfo().taskToken);
    throw new CompleteAsyncError();
  };
  const result = call(activity);
  await client.activity.complete(await token.promise, 'from outside');
  assert.equal(await result, 'from outside');
});

test('interceptors see arguments and headers, and may change both them and the result', async () => {
  const seen: ActivityExecuteInput[] = [];
  const outer: ActivityInterceptorsFactory = () => ({
    inbound: {
      async execute(input, next) {
        seen.push(input);
        return `<${await next({ ...input, args: ['changed'] })}>`;
      },
    },
  });
  const inner: ActivityInterceptorsFactory = () => ({
    inbound: { execute: async (input, next) => `[${await next(input)}]` },
  });
  const worker = { interceptors: { activity: [outer, inner] } };
  assert.equal(await call(async (text: string) => text, { args: ['given'], worker }), '<[changed]>');
  assert.deepEqual(seen[0]?.args, ['given']);
});

test('an activity has the client of its worker', async () => {
  const activity = async () => {
    const { workflowExecution } = activityInfo();
    const { type } = await getClient()
      .workflow.getHandle(workflowExecution?.workflowId ?? '')
      .describe();
    return type;
  };
  assert.equal(await call(activity), 'callActivity');
});

/** For what shuts its worker down itself and then has something left to do. */
const outlivesWorker = { promiseCompletionTimeout: '10 seconds' } as const;

test('an activity that was cancelled may still call the server, to clean up', async () => {
  const cleaned = Promise.withResolvers<string>();
  const activity = async () => {
    try {
      await cancelled();
    } finally {
      const { workflowExecution } = activityInfo();
      const described = getClient()
        .workflow.getHandle(workflowExecution?.workflowId ?? '')
        .describe();
      described.then(({ type }) => cleaned.resolve(type), cleaned.reject);
    }
  };
  const worker = await world.createWorker({ activities: { activity } });
  await worker.runUntil(async () => {
    const workflow = { ...world.on(worker), args: ['activity', [], once] as Parameters<typeof callActivity> };
    const handle = await client.workflow.start<typeof callActivity>('callActivity', workflow);
    await until(() => worker.getStatus().numInFlightActivities > 0);
    worker.shutdown();
    assert.equal(await cleaned.promise, 'callActivity');
    await handle.terminate();
  }, outlivesWorker);
});

test('sleep ends with the cancellation, and so does a fetch with the signal', async () => {
  const ends: string[] = [];
  const activity = async () => {
    const slept = sleep('1 minute').catch((error: Error) => ends.push(error.name));
    const aborted = new Promise<void>((resolve) => cancellationSignal().addEventListener('abort', () => resolve()));
    await Promise.all([slept, aborted]);
    throw new Error('stopped');
  };
  const worker = await world.createWorker({ activities: { activity } });
  await worker.runUntil(async () => {
    const workflow = { ...world.on(worker), args: ['activity', [], once] as Parameters<typeof callActivity> };
    const handle = await client.workflow.start<typeof callActivity>('callActivity', workflow);
    await until(() => worker.getStatus().numInFlightActivities > 0);
    worker.shutdown();
    await until(() => ends.length > 0);
    await handle.terminate();
  }, outlivesWorker);
  assert.deepEqual(ends, ['CancelledFailure']);
});

test('a thousand activities run at once', async () => {
  let running = 0;
  let most = 0;
  const all = Promise.withResolvers<void>();
  const activity = async () => {
    running += 1;
    most = Math.max(most, running);
    if (running === 1000) all.resolve();
    await all.promise;
  };
  const worker = await world.createWorker({
    activities: { activity },
    maxConcurrentActivityTaskExecutions: 1000,
    maxEagerActivityReservationsPerWorkflowTask: 10,
  });
  const workflow = { ...world.on(worker), args: ['activity', 1000] as Parameters<typeof callMany> };
  assert.equal(await worker.runUntil(client.workflow.execute<typeof callMany>('callMany', workflow)), 1000);
  assert.equal(most, 1000);
  assert.equal(worker.getStatus().numInFlightActivities, 0);
});

test('no more activities run at once than there are slots', async () => {
  let running = 0;
  let most = 0;
  const activity = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
  };
  const worker = await world.createWorker({ activities: { activity }, maxConcurrentActivityTaskExecutions: 3 });
  const workflow = { ...world.on(worker), args: ['activity', 40] as Parameters<typeof callMany> };
  await worker.runUntil(client.workflow.execute<typeof callMany>('callMany', workflow));
  assert.ok(most <= 3, `${most} ran at once`);
});
