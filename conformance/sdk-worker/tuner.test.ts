import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResourceBasedController, Runtime, type SlotInfo, type SlotSupplier, type TunerHolder } from '@perdure/worker';
import type { callActivity, callLocal } from './workflows.ts';
import { openWorld, until } from './world.ts';

const world = await openWorld();
const { client } = world;

const activities = { activity: async (text: string) => text };

/** The same supplier for everything. */
const holder = (supplier: object): TunerHolder => ({
  workflowTaskSlotSupplier: supplier as SlotSupplier<never>,
  activityTaskSlotSupplier: supplier as SlotSupplier<never>,
  localActivityTaskSlotSupplier: supplier as SlotSupplier<never>,
  nexusTaskSlotSupplier: supplier as SlotSupplier<never>,
});

async function works(tuner: Parameters<typeof world.createWorker>[0]): Promise<void> {
  const worker = await world.createWorker({ activities, ...tuner });
  await worker.runUntil(async () => {
    const remote = { ...world.on(worker), args: ['activity', ['remote'], {}] as Parameters<typeof callActivity> };
    assert.equal(await client.workflow.execute<typeof callActivity>('callActivity', remote), 'remote');
    const local = { ...world.on(worker), args: ['activity', ['local'], {}] as Parameters<typeof callLocal> };
    assert.equal(await client.workflow.execute<typeof callLocal>('callLocal', local), 'local');
  });
}

test('a worker can go by the load of the machine', async () => {
  await works({ tuner: { tunerOptions: { targetCpuUsage: 0.9, targetMemoryUsage: 0.95 } } });
});

test('workers can share what decides', async () => {
  const controller = ResourceBasedController.create({ targetCpuUsage: 0.9, targetMemoryUsage: 0.95 });
  await Promise.all([works({ tuner: { controller } }), works({ tuner: { controller } })]);
});

test('suppliers that go by different loads are refused', async () => {
  const supplier = (targetCpuUsage: number) => ({
    type: 'resource-based' as const,
    tunerOptions: { targetCpuUsage, targetMemoryUsage: 0.5 },
  });
  const tuner = { ...holder(supplier(0.5)), activityTaskSlotSupplier: supplier(0.6) };
  await assert.rejects(world.createWorker({ tuner }), {
    name: 'TypeError',
    message: 'Cannot construct worker tuner with multiple different resource-based tuner configurations',
  });
});

test('a tuner and fixed numbers exclude each other', async () => {
  const tuner = { tunerOptions: { targetCpuUsage: 0.5, targetMemoryUsage: 0.5 } };
  await assert.rejects(world.createWorker({ tuner, maxConcurrentWorkflowTaskExecutions: 5 }), {
    message: 'Cannot set both tuner and maxConcurrentWorkflowTaskExecutions',
  });
});

test('a supplier of one’s own is told of all that happens to its slots', async () => {
  const seen = { reserved: 0, released: 0, used: [] as SlotInfo[], given: new Set<unknown>() };
  const give = () => {
    const permit = { number: ++seen.reserved };
    seen.given.add(permit);
    return permit;
  };
  const supplier = {
    type: 'custom',
    reserveSlot: async () => give(),
    tryReserveSlot: () => give(),
    markSlotUsed: ({ slotInfo }: { slotInfo: SlotInfo }) => void seen.used.push(slotInfo),
    releaseSlot({ permit }: { permit: unknown }) {
      assert.ok(seen.given.delete(permit), 'released once');
      seen.released += 1;
    },
  };
  await works({ tuner: holder(supplier) });
  assert.equal(seen.released, seen.reserved);
  assert.deepEqual(new Set(seen.used.map(({ type }) => type)), new Set(['workflow', 'activity', 'local-activity']));
});

test('a supplier that throws does not take the worker down', async () => {
  let asked = 0;
  const supplier = {
    type: 'custom',
    async reserveSlot() {
      if (asked++ < 3) throw new Error('not now');
      return {};
    },
    tryReserveSlot() {
      throw new Error('never');
    },
    markSlotUsed() {
      throw new Error('never');
    },
    releaseSlot() {
      throw new Error('never');
    },
  };
  await works({ tuner: holder(supplier) });
});

test('a supplier that is waited for learns that the worker stops', async () => {
  const aborted = Promise.withResolvers<void>();
  const supplier = {
    type: 'custom',
    reserveSlot: (_: unknown, signal: AbortSignal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.resolve();
          reject(signal.reason);
        });
      }),
    tryReserveSlot: () => null,
    markSlotUsed() {},
    releaseSlot() {},
  };
  const worker = await world.createWorker({ activities, tuner: holder(supplier) });
  const running = worker.run();
  worker.shutdown();
  await Promise.all([aborted.promise, running]);
});

test('workers poll as many times as the server suggests', async () => {
  const behavior = { type: 'autoscaling', minimum: 1, initial: 3, maximum: 10 } as const;
  await works({ workflowTaskPollerBehavior: behavior, activityTaskPollerBehavior: behavior });
});

test('the server lists workers that tell how they are', async () => {
  assert.equal(Runtime.instance().options.runtimeOptions.workerHeartbeatIntervalMillis, 60_000);
  const worker = await world.createWorker({ activities, identity: 'listed' });
  await worker.runUntil(async () => {
    const list = () => client.workflowService.listWorkers({ namespace: 'default', query: 'WorkerIdentity="listed"' });
    await until(async () => (await list()).workersInfo.length === 1);
    const [{ workerHeartbeat } = {}] = (await list()).workersInfo;
    assert.equal(workerHeartbeat?.taskQueue, worker.options.taskQueue);
    assert.equal(workerHeartbeat?.sdkName, 'temporal-typescript');
    assert.equal(workerHeartbeat?.workflowTaskSlotsInfo?.slotSupplierKind, 'Fixed');
  });
});
