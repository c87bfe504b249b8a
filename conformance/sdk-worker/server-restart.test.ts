/** Servers go away and come back; workers stay. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { heartbeat } from '@perdure/activity';
import { Client, Connection } from '@perdure/client';
import { startServer } from '@perdure/server';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@perdure/worker';
import type { callActivity, untilTold } from './workflows.ts';
import { until, workflowBundle } from './world.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
});

const folder = await mkdtemp(path.join(tmpdir(), 'perdure-'));
after(() => rm(folder, { recursive: true }));

/** A port that was free a moment ago: the same server has to come back at the same address. */
const port = await new Promise<number>((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address() as { port: number };
    probe.close(() => resolve(free));
  });
});
const open = () => startServer({ port, db: path.join(folder, 'server.db') });

test('a worker goes on with workflows and activities when the server is back', async () => {
  const first = await open();
  const { address } = first;
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  const released = Promise.withResolvers<string>();
  const activities = {
    async activity() {
      const beating = setInterval(heartbeat, 20);
      return released.promise.finally(() => clearInterval(beating));
    },
  };
  const worker = await Worker.create({
    connection,
    taskQueue: 'restarts',
    workflowBundle: await workflowBundle(),
    activities,
    maxHeartbeatThrottleInterval: 20,
  });
  await worker.runUntil(async () => {
    const waiting = await client.workflow.start<typeof untilTold>('untilTold', {
      taskQueue: 'restarts',
      workflowId: 'waiting',
    });
    const working = await client.workflow.start<typeof callActivity>('callActivity', {
      taskQueue: 'restarts',
      workflowId: 'working',
      args: ['activity', [], { heartbeatTimeout: '1 minute' }],
    });
    await until(() => worker.getStatus().numInFlightActivities > 0 && worker.getStatus().numCachedWorkflows === 2);
    await first.close();
    // Nobody is there while the activity ends.
    released.resolve('while away');
    await until(() => worker.getStatus().numInFlightActivities === 0);
    const second = await open();
    try {
      assert.equal(worker.getState(), 'RUNNING');
      await waiting.signal('tell', 'back');
      assert.equal(await waiting.result(), 'back');
      assert.equal(await working.result(), 'while away');
    } finally {
      after(() => second.close());
    }
  });
  await Promise.all([connection.close(), client.connection.close()]);
});

test('a worker whose server is gone can be shut down', async () => {
  const folderOfItsOwn = await mkdtemp(path.join(tmpdir(), 'perdure-'));
  const server = await startServer({ port: 0, db: path.join(folderOfItsOwn, 'server.db') });
  const connection = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection,
    taskQueue: 'gone',
    workflowBundle: await workflowBundle(),
    activities: { activity: async () => {} },
  });
  const running = worker.run();
  await until(() => worker.getStatus().hasOutstandingWorkflowPoll && worker.getStatus().hasOutstandingActivityPoll);
  await server.close();
  worker.shutdown();
  await running;
  assert.equal(worker.getState(), 'STOPPED');
  await connection.close();
  await rm(folderOfItsOwn, { recursive: true });
});
