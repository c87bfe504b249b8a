import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { GrpcError, Status } from '@perdure/transport';
import { type Call, callWithRetry, createWaits, isTooLarge, mayRetry } from './service.ts';

const error = (code: number, details = 'because') => new GrpcError(code, details);
const request = new Uint8Array();

/** Fails so many times, then answers; time passes by itself. */
function failing(times: number, code: number = Status.UNAVAILABLE) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let calls = 0;
  const call: Call = async () => {
    calls += 1;
    if (calls <= times) throw error(code);
    return new Uint8Array([7]);
  };
  const run = async () => {
    let ended = false;
    const result = callWithRetry(call, 'DescribeNamespace', request).finally(() => {
      ended = true;
    });
    result.catch(() => undefined);
    while (!ended) {
      mock.timers.tick(1000);
      await new Promise(setImmediate);
    }
    return result;
  };
  return { run, calls: () => calls, [Symbol.dispose]: () => mock.timers.reset() };
}

test('a call that fails in passing is made again', async () => {
  using t = failing(3);
  assert.deepEqual([...(await t.run())], [7]);
  assert.equal(t.calls(), 4);
});

test('a refusal is not', async () => {
  using t = failing(1, Status.INVALID_ARGUMENT);
  await assert.rejects(t.run(), { code: Status.INVALID_ARGUMENT });
  assert.equal(t.calls(), 1);
});

test('after ten seconds it is given up', async () => {
  using t = failing(100);
  await assert.rejects(t.run(), { code: Status.UNAVAILABLE });
  assert.ok(t.calls() <= 10, `made ${t.calls()} times`);
});

test('a message that does not fit is not sent again', () => {
  const tooLarge = error(Status.RESOURCE_EXHAUSTED, 'grpc: received message larger than max (5 vs. 4)');
  assert.equal(isTooLarge(tooLarge), true);
  assert.equal(mayRetry(tooLarge), false);
  assert.equal(mayRetry(error(Status.RESOURCE_EXHAUSTED, 'too many calls')), true);
  assert.equal(mayRetry(new Error('something else')), false);
});

test('who is throttled waits longer', () => {
  const waits = createWaits();
  assert.ok(waits.after(error(Status.UNAVAILABLE)) <= 120);
  assert.ok(waits.after(error(Status.RESOURCE_EXHAUSTED)) >= 800);
});
