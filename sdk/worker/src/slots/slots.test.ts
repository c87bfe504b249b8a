import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedSupplier } from './fixed.ts';
import { createController, resourceBasedSupplier } from './resource-based.ts';
import { createSlots, type Supplier } from './slots.ts';

const context = { slotType: 'activity', taskQueue: 'queue', workerIdentity: 'me', workerBuildId: '' } as const;
const never = new AbortController().signal;

const slotsOf = (supplier: Supplier<string>, maximum?: number) => createSlots({ supplier, context, maximum });

test('a slot counts as used only once there is a task for it', async () => {
  const slots = slotsOf(fixedSupplier(2));
  const permit = await slots.reserve(never);
  assert.deepEqual([slots.used(), slots.available()], [0, 2]);
  permit?.use('task');
  assert.deepEqual([slots.used(), slots.available(), slots.processed()], [1, 1, 1]);
  permit?.release();
  permit?.release();
  assert.deepEqual([slots.used(), slots.available()], [0, 2]);
});

test('whoever waits for a slot gets the one that is given back', async () => {
  const slots = slotsOf(fixedSupplier(1));
  const first = await slots.reserve(never);
  const second = slots.reserve(never);
  assert.equal(slots.tryReserve(), undefined);
  first?.release();
  assert.ok(await second);
});

test('two who wait for one slot do not both get it', async () => {
  const slots = slotsOf(fixedSupplier(1));
  const first = await slots.reserve(never);
  const stop = new AbortController();
  const waiting = [slots.reserve(stop.signal), slots.reserve(stop.signal)];
  first?.release();
  await new Promise(setImmediate);
  stop.abort();
  const permits = await Promise.all(waiting);
  assert.equal(permits.filter(Boolean).length, 1);
});

test('waiting ends when the worker stops', async () => {
  const slots = slotsOf(fixedSupplier(1), 1);
  await slots.reserve(never);
  const stop = new AbortController();
  const waiting = slots.reserve(stop.signal);
  stop.abort();
  assert.equal(await waiting, undefined);
});

test('no more slots are out than the cache has room for, whatever the supplier says', async () => {
  const slots = slotsOf(fixedSupplier(10), 1);
  const permit = await slots.reserve(never);
  assert.equal(slots.tryReserve(), undefined);
  permit?.release();
  assert.ok(slots.tryReserve());
});

/** A machine whose load is what the test says. */
function machine() {
  const load = { memory: 0.1, cpu: 0.1 };
  const controller = createController(
    { targetMemoryUsage: 0.8, targetCpuUsage: 0.9 },
    { memory: () => load.memory, cpu: () => load.cpu },
  );
  let now = 0;
  const limits = { minimumSlots: 1, maximumSlots: 3, rampThrottle: 50 };
  const slots = slotsOf(resourceBasedSupplier(controller, limits, () => now));
  return { load, slots, pass: (ms: number) => (now += ms) };
}

test('slots up to the minimum are handed out under any load', () => {
  const { load, slots } = machine();
  load.memory = 1;
  load.cpu = 1;
  assert.ok(slots.tryReserve());
  assert.equal(slots.tryReserve(), undefined);
});

test('beyond the minimum slots come one at a time while there is room, up to the maximum', () => {
  const { slots, pass } = machine();
  assert.ok(slots.tryReserve());
  assert.equal(slots.tryReserve(), undefined, 'the last slot has had no time to show');
  pass(50);
  assert.ok(slots.tryReserve());
  pass(50);
  assert.ok(slots.tryReserve());
  pass(50);
  assert.equal(slots.tryReserve(), undefined, 'the maximum is reached');
});

test('memory or CPU beyond its target ends it', () => {
  const { load, slots, pass } = machine();
  assert.ok(slots.tryReserve());
  pass(50);
  load.memory = 0.81;
  assert.equal(slots.tryReserve(), undefined);
  load.memory = 0.1;
  load.cpu = 0.95;
  assert.equal(slots.tryReserve(), undefined);
});

test('both queues of a workflow worker get their first slot under any load', async () => {
  const controller = createController(
    { targetMemoryUsage: 0.8, targetCpuUsage: 0.9 },
    { memory: () => 1, cpu: () => 1 },
  );
  const supplier = resourceBasedSupplier<string>(controller, { minimumSlots: 1, maximumSlots: 3, rampThrottle: 0 });
  const slots = createSlots({ supplier, context: { ...context, slotType: 'workflow' } });
  await slots.reserve(never, true);
  assert.ok(await slots.reserve(never, false));
});
