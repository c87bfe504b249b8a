/** To a server of ours, a worker makes its calls over one stream, through whatever happens to it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { after, test } from 'node:test';
import { NativeConnection, Worker } from '@perdure/worker';
import { openWorld, workflowBundle } from './world.ts';

const world = await openWorld();
const WORKFLOWS = 20;

/** What Node tells of a session of HTTP/2 that has ended. */
interface Detail {
  readonly type: 'client' | 'server';
  readonly streamCount: number;
}

async function workOver(address: string, taskQueue: string, run: (start: () => Promise<string>) => Promise<void>) {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities: { activity: async (text: string) => text },
  });
  let count = 0;
  const start = (): Promise<string> => {
    const workflowId = `${taskQueue}-${count++}`;
    // What was on its way when a connection went is handed out again after a second.
    const options = { startToCloseTimeout: '1 second', retry: { initialInterval: 10 } };
    const args = ['activity', [workflowId], options];
    return world.client.workflow.execute('callActivity', {
      taskQueue,
      workflowId,
      workflowTaskTimeout: '1 second',
      args,
    });
  };
  await worker.runUntil(() => run(start));
  await connection.close();
}

test('a worker needs a few streams for hundreds of calls', async () => {
  const streamCounts: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { name, detail } of list.getEntries() as (PerformanceEntry & { detail: Detail })[]) {
      const { type, streamCount } = detail;
      if (name === 'Http2Session' && type === 'client') streamCounts.push(streamCount);
    }
  });
  observer.observe({ entryTypes: ['http2'] });
  await workOver(world.server.address, 'few-streams', async (start) => {
    for (let n = 0; n < WORKFLOWS; n++) assert.equal(await start(), `few-streams-${n}`);
  });
  while (streamCounts.length === 0) await new Promise(setImmediate);
  observer.disconnect();
  // Five calls and more for each workflow would be a hundred.
  assert.ok(Math.max(...streamCounts) < 2 * WORKFLOWS, `${streamCounts} streams`);
});

test('workflows end while connections are lost in the middle of everything', async () => {
  const serverPort = Number(world.server.address.split(':').at(-1));
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    const target = connect(serverPort, '127.0.0.1');
    for (const [one, other] of [
      [socket, target],
      [target, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  after(() => proxy.close());
  const { port } = proxy.address() as { port: number };
  await workOver(`127.0.0.1:${port}`, 'lost', async (start) => {
    for (let n = 0; n < 3; n++) {
      const results = Array.from({ length: WORKFLOWS }, start);
      await results[n];
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await Promise.all(results);
    }
  });
});
