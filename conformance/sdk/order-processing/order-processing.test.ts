import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createActivities } from '@perdure/example-order-processing/activities.ts';
import {
  ADDRESS_UNDELIVERABLE,
  CARD_BUSY_ONCE,
  CARD_DECLINED,
  CARD_GOOD,
  type Order,
  type OrderStatus,
} from '@perdure/example-order-processing/order.ts';
import { openShop } from '@perdure/example-order-processing/shop.ts';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertStory } from '../histories.ts';
import { eventually, openWorld } from '../world.ts';
import { processOrder } from './workflows.ts';

const folder = mkdtempSync(join(tmpdir(), 'perdure-orders-'));
const shop = openShop(join(folder, 'shop.db'));
const world = await openWorld({ worker: { activities: createActivities(shop) } });
after(async () => {
  await world.close();
  if (shop.isOpen()) shop.close();
  rmSync(folder, { recursive: true, force: true });
});

async function place(changes: Partial<Order>) {
  const at = world.at('order');
  const order: Order = {
    orderId: at.workflowId,
    customer: 'Ada',
    address: 'Elm Street 7',
    card: CARD_GOOD,
    lines: [{ sku: 'tea', quantity: 2, unitPrice: 500 }],
    ...changes,
  };
  return world.client.workflow.start(processOrder, { ...at, args: [order] });
}

const LARGE = [{ sku: 'samovar', quantity: 1, unitPrice: 150_000 }];

function rows(table: 'charges' | 'reservations' | 'shipments' | 'notifications', orderId: string) {
  return shop.all(`SELECT * FROM ${table} WHERE order_id = ?`, orderId);
}

const activity = ['ActivityTaskScheduled', 'ActivityTaskStarted', 'ActivityTaskCompleted'];

describe('an order', { concurrency }, () => {
  test('goes from the basket to the doorstep', async () => {
    const handle = await place({});
    const trackingNumber = `PD-${handle.workflowId}`;
    assert.deepEqual(await handle.result(), { status: 'completed', trackingNumber });
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...[...activity, ...activity, ...activity, ...activity],
      'WorkflowExecutionCompleted',
    ]);
    assert.equal(rows('charges', handle.workflowId).length, 1);
    assert.equal(rows('shipments', handle.workflowId)[0]?.['tracking_number'], trackingNumber);
  });

  test('is charged once although the gateway was busy at first', async () => {
    const handle = await place({ card: CARD_BUSY_ONCE });
    assert.equal((await handle.result()).status, 'completed');
    assert.deepEqual(
      rows('charges', handle.workflowId).map((row) => row['refunded']),
      [0],
    );
  });

  test('is undone when the card is declined', async () => {
    const handle = await place({ card: CARD_DECLINED });
    assert.deepEqual(await handle.result(), { status: 'cancelled', reason: 'CardDeclined' });
    assert.deepEqual(
      rows('reservations', handle.workflowId).map((row) => row['released']),
      [1],
    );
    assert.deepEqual(rows('charges', handle.workflowId), []);
  });

  test('is refunded when the courier does not go there', async () => {
    const handle = await place({ address: ADDRESS_UNDELIVERABLE });
    assert.deepEqual(await handle.result(), { status: 'cancelled', reason: 'Undeliverable' });
    assert.deepEqual(
      rows('charges', handle.workflowId).map((row) => row['refunded']),
      [1],
    );
  });

  test('waits for approval when it is large, and can be redirected meanwhile', async () => {
    const handle = await place({ lines: LARGE });
    await eventually(
      async () => ((await handle.query<OrderStatus>('getStatus')).stage === 'awaiting-approval' ? true : undefined),
      'wait',
    );
    assert.equal(
      await handle.executeUpdate<string, [string]>('changeAddress', { args: ['Oak Street 1'] }),
      'Elm Street 7',
    );
    await assert.rejects(
      handle.executeUpdate<string, [string]>('changeAddress', { args: [' '] }),
      WorkflowUpdateFailedError,
    );
    await handle.signal('leaveNote', 'ring twice');
    await handle.signal('decide', { approved: true, by: 'Grace' });
    assert.equal((await handle.result()).status, 'completed');
    const [shipment] = rows('shipments', handle.workflowId);
    assert.deepEqual([shipment?.['address'], shipment?.['notes']], ['Oak Street 1', 'ring twice']);
  });

  test('is undone when nobody approves it in time', async () => {
    const handle = await place({ lines: LARGE, approvalWithin: 300 });
    assert.deepEqual(await handle.result(), { status: 'cancelled', reason: 'NotApprovedInTime' });
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...activity,
      'TimerStarted',
      'TimerFired',
      ...activity,
      ...activity,
      'WorkflowExecutionCompleted',
    ]);
  });

  test('is undone when it is cancelled from outside', async () => {
    const handle = await place({ lines: LARGE });
    await eventually(
      async () => ((await handle.query<OrderStatus>('getStatus')).stage === 'awaiting-approval' ? true : undefined),
      'wait',
    );
    await handle.cancel();
    await assert.rejects(handle.result(), { name: 'WorkflowFailedError' });
    assert.deepEqual(
      rows('reservations', handle.workflowId).map((row) => row['released']),
      [1],
    );
    assert.equal((await handle.describe()).status.name, 'CANCELLED');
  });
});
