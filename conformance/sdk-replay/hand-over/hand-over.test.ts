/**
 * A workflow that is begun by an official worker is carried on by ours, and the other way round: after every step of a
 * long life its worker is killed and one of the other kind takes over, with nothing but the history to go by.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startServer } from '@perdure/server';
import * as own from '@perdure/worker';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import * as official from '@temporalio/worker';

const workflowsPath = path.join(import.meta.dirname, 'workflows.ts');
const steps = 13;
const activities = {
  work: async (what: string) => `did ${what}`,
  fail: async () => {
    throw new Error('as it must');
  },
};

type Kind = 'official' | 'own';
type Running = { readonly stop: () => Promise<void> };

let server: Awaited<ReturnType<typeof startServer>>;
let connection: Connection;
let client: Client;
const bundles: Partial<Record<Kind, { code: string }>> = {};

before(async () => {
  const logger = new official.DefaultLogger('ERROR');
  official.Runtime.install({ logger, shutdownSignals: [] });
  own.Runtime.install({ logger: new own.DefaultLogger('ERROR'), shutdownSignals: [] });
  server = await startServer({ port: 0 });
  connection = await Connection.connect({ address: server.address });
  client = new Client({ connection });
  bundles.official = await official.bundleWorkflowCode({ workflowsPath, logger });
  bundles.own = await own.bundleWorkflowCode({ workflowsPath });
});
after(async () => {
  await connection.close();
  await server.close();
});

async function work(kind: Kind, taskQueue: string): Promise<Running> {
  const workflowBundle = bundles[kind];
  assert.ok(workflowBundle);
  const { address } = server;
  const options = { taskQueue, activities, workflowBundle, stickyQueueScheduleToStartTimeout: '1s' as const };
  if (kind === 'official') {
    const native = await official.NativeConnection.connect({ address });
    return running(await official.Worker.create({ connection: native, ...options }), native);
  }
  const native = await own.NativeConnection.connect({ address });
  return running(await own.Worker.create({ connection: native, ...options }), native);
}

function running(worker: { run(): Promise<void>; shutdown(): void }, native: { close(): Promise<void> }): Running {
  const ended = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await ended;
      await native.close();
    },
  };
}

async function progress(handle: WorkflowHandle, wanted: number): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if ((await handle.query<number>('done')) >= wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`step ${wanted} was never done`);
}

/** One life, from its start to its end, with a worker of another kind for every step. */
async function live(name: string, kinds: readonly Kind[]): Promise<string[]> {
  const taskQueue = name;
  const handle = await client.workflow.start('life', { taskQueue, workflowId: name, args: [true] });
  for (let at = 0; at < steps; at++) {
    const worker = await work(kinds[at % kinds.length] ?? 'own', taskQueue);
    await handle.signal('step');
    if (at < steps - 1) await progress(handle, at + 1);
    if (at === 4) assert.equal(await handle.executeUpdate('add', { args: ['x'] }), 'did update x after true');
    if (at === steps - 1) await handle.result();
    await worker.stop();
  }
  return await handle.result();
}

const story = [
  'did activity',
  'did local activity',
  '# # true',
  'child one',
  'did patched',
  'did a,did b,c',
  'ApplicationFailure: as it must',
  'cancelled true',
  '{"note":8}',
  'false',
  'short',
  'caught',
];

describe('a workflow', { timeout: 170_000, concurrency: 2 }, () => {
  for (const kinds of [
    ['official', 'own'],
    ['own', 'official'],
  ] as const satisfies Kind[][])
    test(`begun by an ${kinds[0]} worker goes on with an ${kinds[1]} one, and so on, and replays with both`, async () => {
      const name = `life-${kinds.join('-')}`;
      assert.deepEqual(await live(name, kinds), story);
      const history = await client.workflow.getHandle(name).fetchHistory();
      const failed = history.events?.filter((event) => event.workflowTaskFailedEventAttributes) ?? [];
      assert.deepEqual(failed, []);
      assert.ok(bundles.official && bundles.own);
      await official.Worker.runReplayHistory({ workflowBundle: bundles.official }, history, name);
      await own.Worker.runReplayHistory({ workflowBundle: bundles.own }, history, name);
    });
});
