import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { realClock } from '../../kernel/real-clock.ts';
import { createPost } from './post.ts';

const post = createPost(realClock);

const never = new AbortController().signal;

async function receiver(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/call`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('a request', () => {
  test('arrives as it is', async () => {
    let arrived: [IncomingMessage, string] | undefined;
    await using to = await receiver(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      arrived = [request, body];
      response.end('thanks');
    });
    const request = { url: to.url, headers: { 'x-a': 'b', 'user-agent': 'me' }, body: Buffer.from('body') };
    assert.deepEqual(await post(request, 5_000, never), { kind: 'taken' });
    const [{ method, url, headers }, body] = arrived ?? assert.fail();
    assert.deepEqual([method, url, headers['x-a'], headers['user-agent'], body], ['POST', '/call', 'b', 'me', 'body']);
  });

  for (const [status, headers, body, message, retryable] of [
    [400, {}, '', 'handler error (BAD_REQUEST)', false],
    [404, { 'content-type': 'application/json' }, '{"message":"who?"}', 'handler error (NOT_FOUND): who?', false],
    [429, {}, '', 'handler error (RESOURCE_EXHAUSTED)', true],
    [500, { 'content-type': 'application/json' }, '{', 'handler error (INTERNAL)', true],
    [500, { 'nexus-request-retryable': 'false' }, '', 'handler error (INTERNAL)', false],
    [409, { 'nexus-request-retryable': 'true' }, '', 'handler error (CONFLICT)', true],
    [302, { location: '/elsewhere' }, '', 'unexpected response status: "302"', true],
    [418, {}, '', 'unexpected response status: "418"', true],
  ] as const)
    test(`that is answered with ${status} ${JSON.stringify(headers)} ${body} was not taken`, async () => {
      await using to = await receiver((_, response) => response.writeHead(status, headers).end(body));
      assert.deepEqual(await post({ url: to.url, headers: {}, body: new Uint8Array(0) }, 5_000, never), {
        kind: 'not-taken',
        message,
        retryable,
      });
    });

  test('that nobody answers in time is tried again', async () => {
    await using to = await receiver(() => {});
    const posted = await post({ url: to.url, headers: {}, body: new Uint8Array(0) }, 20, never);
    assert.ok(posted.kind === 'not-taken' && posted.retryable);
    assert.match(posted.message, /^Post "http.*no answer within 20 ms/);
  });

  test('to where nobody listens is tried again', async () => {
    const posted = await post({ url: 'http://127.0.0.1:1/', headers: {}, body: new Uint8Array(0) }, 5_000, never);
    assert.ok(posted.kind === 'not-taken' && posted.retryable);
    assert.match(posted.message, /^Post "http:\/\/127.0.0.1:1\/": /);
  });

  test('ends with the server', async () => {
    await using to = await receiver(() => {});
    const stopping = new AbortController();
    const posted = post({ url: to.url, headers: {}, body: new Uint8Array(0) }, 60_000, stopping.signal);
    stopping.abort();
    assert.equal((await posted).kind, 'not-taken');
  });
});
