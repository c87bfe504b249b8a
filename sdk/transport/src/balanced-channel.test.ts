import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balancedChannel } from './balanced-channel.ts';
import type { ConnectingChannel } from './channel.ts';
import { frame } from './frame.ts';
import { GrpcError } from './grpc-error.ts';
import { connectHttp2 } from './http2-channel.ts';
import { NotConnectedError } from './not-connected.ts';
import { answer, rawServer } from './raw-server.fixture.ts';
import { Status } from './status.ts';

const METHOD = '/perdure.test.v1.Echo/Say';
const nothing = new Uint8Array(0);

/** A channel over channels that answer with their address, and which of them are open. */
function over(resolve: () => Promise<readonly string[]>, down: ReadonlySet<string> = new Set(), intervalMs = 60_000) {
  const open = new Set<string>();
  const channel = balancedChannel({
    resolve,
    intervalMs,
    open(address): ConnectingChannel {
      open.add(address);
      const attempt = async (): Promise<Uint8Array> => {
        if (down.has(address)) throw new NotConnectedError(`${address} is down`, undefined);
        return Buffer.from(address);
      };
      return { unary: attempt, connect: async () => void (await attempt()), close: () => open.delete(address) };
    },
  });
  return { channel, open, say: async () => Buffer.from(await channel.unary(METHOD, nothing)).toString() };
}

test('calls go to one address after the other', async () => {
  const { say, channel } = over(async () => ['a', 'b', 'c']);
  const said = [await say(), await say(), await say(), await say()];
  assert.deepEqual(new Set(said.slice(0, 3)), new Set(['a', 'b', 'c']));
  assert.equal(said[3], said[0]);
  channel.close();
});

test('an address that cannot be reached is passed over', async () => {
  const { say, channel } = over(async () => ['a', 'b'], new Set(['a']));
  assert.deepEqual([await say(), await say(), await say()], ['b', 'b', 'b']);
  await channel.connect();
  channel.close();
});

test('when none can be reached, that is the answer', async () => {
  const { say, channel } = over(async () => ['a', 'b'], new Set(['a', 'b']));
  await assert.rejects(say(), NotConnectedError);
  await assert.rejects(channel.connect(), NotConnectedError);
  channel.close();
  await assert.rejects(say(), { code: Status.UNAVAILABLE, details: /closed/ });
});

test('the name is looked up again, and what it no longer stands for is closed', async () => {
  let addresses = ['a', 'b'];
  const { say, open, channel } = over(async () => addresses, new Set(), 1);
  await say();
  addresses = ['b', 'c'];
  while (open.has('a') || !open.has('c')) await new Promise(setImmediate);
  assert.deepEqual([...open], ['b', 'c']);
  channel.close();
  assert.equal(open.size, 0);
});

test('a name that cannot be looked up is UNAVAILABLE, and tried again with the next call', async () => {
  let fails = true;
  const { say, channel } = over(async () => {
    if (fails) throw new Error('ENOTFOUND');
    return ['a'];
  });
  await assert.rejects(say(), (error) => error instanceof GrpcError && /ENOTFOUND/.test(error.details));
  fails = false;
  assert.equal(await say(), 'a');
  channel.close();
});

test('over HTTP/2 a name is looked up by the resolver of the system', async () => {
  const server = await rawServer((stream) => answer(stream, frame(Buffer.from('ok'))));
  const channel = connectHttp2({ address: `localhost:${server.port}`, resolutionIntervalMs: 60_000 });
  assert.equal(Buffer.from(await channel.unary(METHOD, nothing)).toString(), 'ok');
  channel.close();
  await server.close();
});
