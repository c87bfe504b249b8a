import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import type { Client } from '@perdure/client';
import {
  ActivityCancellationDetails,
  CancelledFailure,
  IllegalStateError,
  type Logger,
  noopMetricMeter,
} from '@perdure/common';
import {
  activityInfo,
  asyncLocalStorage,
  Context,
  cancellationDetails,
  cancellationSignal,
  cancelled,
  getClient,
  heartbeat,
  type Info,
  log,
  metricMeter,
  setActivityOptions,
  sleep,
} from './index.ts';

const info = { activityId: 'a', attempt: 1 } as Info;

function contextWith(given: { client?: Client; log?: Logger; details?: ActivityCancellationDetails } = {}) {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const controller = new AbortController();
  const heartbeats: unknown[] = [];
  const holder = { details: given.details };
  const context = new Context(
    info,
    promise,
    controller.signal,
    (details) => heartbeats.push(details),
    given.client,
    given.log ?? (console as unknown as Logger),
    noopMetricMeter,
    holder,
  );
  return { context, cancel: reject, controller, heartbeats, holder };
}

describe('outside of an Activity', () => {
  for (const [name, ask] of Object.entries({ activityInfo, heartbeat, cancelled, getClient, cancellationSignal })) {
    test(`${name}() says that there is no context`, () => {
      assert.throws(() => ask(), { message: 'Activity context not initialized' });
    });
  }
});

describe('inside of an Activity', () => {
  test('the short cuts are those of its context', async () => {
    const { context, controller } = contextWith();
    await asyncLocalStorage.run(context, async () => {
      await Promise.resolve();
      assert.equal(Context.current(), context);
      assert.equal(activityInfo(), info);
      assert.equal(cancelled(), context.cancelled);
      assert.equal(cancellationSignal(), controller.signal);
      assert.equal(metricMeter.withTags({}), noopMetricMeter);
    });
  });

  test('heartbeats are handed on with their details, from a method that was taken off too', () => {
    const { context, heartbeats } = contextWith();
    asyncLocalStorage.run(context, () => heartbeat({ at: 1 }));
    const { heartbeat: taken } = context;
    taken('two');
    assert.deepEqual(heartbeats, [{ at: 1 }, 'two']);
  });

  test('the log is looked up at each message, since interceptors may replace it', () => {
    const messages: string[] = [];
    const logger = (name: string) =>
      ({ info: (text: string) => messages.push(`${name}: ${text}`) }) as unknown as Logger;
    const { context } = contextWith({ log: logger('first') });
    asyncLocalStorage.run(context, () => {
      log.info('hello');
      context.log = logger('second');
      log.info('hello');
    });
    assert.deepEqual(messages, ['first: hello', 'second: hello']);
  });

  test('sleep ends when the time is over', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { context } = contextWith();
    const slept = asyncLocalStorage.run(context, () => sleep('2 seconds'));
    t.mock.timers.tick(2000);
    await slept;
  });

  test('sleep is ended by cancellation, and leaves no timer behind', async () => {
    const clear = mock.method(globalThis, 'clearTimeout');
    const { context, cancel } = contextWith();
    const slept = context.sleep('1 day');
    cancel(new CancelledFailure('CANCELLED'));
    await assert.rejects(slept, { name: 'CancelledFailure', message: 'CANCELLED' });
    assert.equal(clear.mock.callCount(), 1);
    clear.mock.restore();
  });

  test('sleep refuses what is no duration', async () => {
    await assert.rejects(contextWith().context.sleep('soon' as '1s'), { message: "Invalid duration string: 'soon'" });
  });

  test('the client is the one of the worker', () => {
    const client = {} as Client;
    assert.equal(contextWith({ client }).context.client, client);
  });

  test('asking for a client that is not there is refused', () => {
    assert.throws(() => contextWith().context.client, IllegalStateError);
  });

  test('cancellation details are there once it was cancelled', () => {
    const { context, holder } = contextWith();
    asyncLocalStorage.run(context, () => assert.equal(cancellationDetails(), undefined));
    holder.details = new ActivityCancellationDetails({ paused: true });
    assert.equal(context.cancellationDetails, holder.details);
  });
});

test('options are attached to the function', () => {
  const fn = async () => {};
  setActivityOptions({ typeInfo: {} }, fn);
  assert.deepEqual((fn as unknown as { activityDefinitionOptions: unknown }).activityDefinitionOptions, {
    typeInfo: {},
  });
});
