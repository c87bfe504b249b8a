import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { activityInfo, Context, heartbeat, sleep } from '@perdure/activity';
import { Client, Connection } from '@perdure/client';
import { ActivityCancellationDetails, CancelledFailure } from '@perdure/common';
import { defaultActivityInfo, MockActivityEnvironment } from './index.ts';

describe('an activity without a worker', () => {
  test('gets its arguments, and what it returns or throws comes back', async () => {
    const env = new MockActivityEnvironment();
    assert.equal(await env.run(async (a: number, b: number) => a + b, 1, 2), 3);
    await assert.rejects(
      env.run(async () => {
        throw new RangeError('too far');
      }),
      RangeError,
    );
  });

  test('finds about itself what it is told, and defaults for the rest', async () => {
    const env = new MockActivityEnvironment({ attempt: 3 });
    const info = await env.run(async () => activityInfo());
    assert.deepEqual(info, { ...defaultActivityInfo, attempt: 3 });
  });

  test('is heard when it beats', async () => {
    const env = new MockActivityEnvironment();
    const beats: unknown[] = [];
    env.on('heartbeat', (details) => beats.push(details));
    await env.run(async () => {
      heartbeat(1);
      heartbeat({ done: 2 });
    });
    assert.deepEqual(beats, [1, { done: 2 }]);
  });

  test('is cancelled with the reason and the details given, and from then on whatever is run', async () => {
    const env = new MockActivityEnvironment();
    env.on('heartbeat', () => env.cancel('TIMED_OUT', new ActivityCancellationDetails({ timedOut: true })));
    const run = env.run(async () => {
      heartbeat();
      await sleep(60_000);
    });
    await assert.rejects(run, (error: unknown) => error instanceof CancelledFailure && error.message === 'TIMED_OUT');
    assert.equal(env.context.cancellationDetails?.timedOut, true);
    await assert.rejects(
      env.run(async () => Context.current().cancelled),
      CancelledFailure,
    );
  });

  test('is asked to stop if nothing else is said', async () => {
    const env = new MockActivityEnvironment();
    env.cancel();
    assert.equal(env.context.cancellationDetails?.cancelRequested, true);
    await assert.rejects(env.context.cancelled, { message: 'CANCELLED' });
  });

  test('goes through interceptors, logs and has the client that it is given', async () => {
    const client = new Client({ connection: Connection.lazy() });
    const seen: string[] = [];
    const log = (level: string) => (message: string) => void seen.push(`${level} ${message}`);
    const levels = {
      trace: log('trace'),
      debug: log('debug'),
      info: log('info'),
      warn: log('warn'),
      error: log('error'),
    };
    const env = new MockActivityEnvironment(undefined, {
      client,
      logger: { ...levels, log: (level, message) => void seen.push(`${level} ${message}`) },
      interceptors: [
        () => ({
          inbound: {
            execute(input, next) {
              seen.push('inbound');
              return next(input);
            },
          },
        }),
      ],
    });
    await env.run(async () => {
      Context.current().log.info('hello');
      assert.equal(Context.current().client, client);
    });
    assert.ok(seen.includes('inbound'));
    assert.ok(
      seen.some((line) => /info hello/i.test(line)),
      seen.join(),
    );
  });
});
