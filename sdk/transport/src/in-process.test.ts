import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrpcError } from './grpc-error.ts';
import { type InProcessCall, inProcessChannel } from './in-process.ts';
import { Status } from './status.ts';

const METHOD = '/perdure.test.v1.Echo/Say';

async function failure(call: InProcessCall): Promise<GrpcError> {
  const error = await inProcessChannel(call)
    .unary(METHOD, Uint8Array.of(1))
    .catch((caught: unknown) => caught);
  assert.ok(error instanceof GrpcError, String(error));
  return error;
}

test('the method, the request and what goes with it arrive', async () => {
  const seen: unknown[] = [];
  const channel = inProcessChannel(async (service, method, body, options) => {
    seen.push([service, method, body, options.metadata, options.signal]);
    assert.ok((options.deadlineMs ?? 0) > 4000 && (options.deadlineMs ?? 0) <= 5000);
    return Uint8Array.of(2);
  });
  const { signal } = new AbortController();
  const metadata = { 'Client-Name': 'me', 'trace-bin': Uint8Array.of(1) };
  const response = await channel.unary(METHOD, Uint8Array.of(1), { metadata, signal, deadline: Date.now() + 5000 });
  assert.deepEqual(response, Uint8Array.of(2));
  assert.deepEqual(seen, [['perdure.test.v1.Echo', 'Say', Uint8Array.of(1), { 'client-name': 'me' }, signal]]);
});

test('a refusal is what it would be over the wire', async () => {
  const refusal = Object.assign(new Error('no such thing'), {
    code: Status.NOT_FOUND,
    details: [{ typeName: 'a.B', value: Uint8Array.of(9) }],
    headers: { 'x-cause': 'RPS' },
  });
  const error = await failure(() => Promise.reject(refusal));
  assert.equal(error.code, Status.NOT_FOUND);
  assert.equal(error.message, '5 NOT_FOUND: no such thing');
  assert.deepEqual(error.metadata.get('x-cause'), ['RPS']);
  const any = Buffer.concat([Buffer.of(0x0a, 23), Buffer.from('type.googleapis.com/a.B'), Buffer.of(0x12, 1, 9)]);
  const status = Buffer.concat([
    Buffer.of(8, 5, 0x12, 13),
    Buffer.from('no such thing'),
    Buffer.of(0x1a, any.length),
    any,
  ]);
  assert.deepEqual(error.metadata.get('grpc-status-details-bin'), [status]);
});

test('anything else that is thrown is an unknown error', async () => {
  const bug = new TypeError('oops');
  const error = await failure(() => Promise.reject(bug));
  assert.equal(error.code, Status.UNKNOWN);
  assert.equal(error.cause, bug);
});

test('a channel that is closed takes no more calls', async () => {
  const channel = inProcessChannel(async () => assert.fail('it is closed'));
  channel.close();
  await assert.rejects(channel.unary(METHOD, new Uint8Array(0)), { code: Status.UNAVAILABLE });
});
