import { describe, test } from 'node:test';
import type { Scenario } from './play.ts';
import { type RunView, result, type Step, until } from './run-view.ts';
import { sweep } from './sweep.ts';

interface Order {
  readonly orderId: string;
  readonly amount: number;
  readonly undeliverable?: boolean;
}

const APPROVAL_MS = 150_000;

/** Reserve, wait for approval, charge, ship, notify; when a step fails for good, what was done is undone, latest first. */
function processOrder(run: RunView): unknown {
  const order = run.input as Order;
  const step = (name: string, maximumAttempts = 0): Step => run.activity(name, name, order, { maximumAttempts });
  result(step('reserveStock'));
  if (order.amount >= 1000 && !approved(run)) return undo(run, step, ['releaseStock']);
  result(step('chargeCard'));
  const shipped = step('ship', 2);
  until(shipped.state !== 'pending');
  if (shipped.state === 'failed') return undo(run, step, ['refundCharge', 'releaseStock']);
  result(step('notifyCustomer'));
  return { status: 'completed', trackingNumber: result(shipped) };
}

/** Decided by a signal; not at all when nobody decides in time. */
function approved(run: RunView): boolean {
  const tooLate = run.timer('approval', APPROVAL_MS);
  const [decision] = run.signals('decide');
  until(decision !== undefined || tooLate.state === 'done');
  if (tooLate.state !== 'done') run.cancelTimer('approval');
  return decision === true;
}

function undo(run: RunView, step: (name: string) => Step, names: readonly string[]): unknown {
  for (const name of names) result(step(name));
  result(run.activity('notifyCustomer', 'notifyCustomer', run.input));
  return { status: 'cancelled' };
}

const orders: Pick<Scenario, 'workflows' | 'activities' | 'query'> = {
  workflows: { processOrder },
  activities: Object.fromEntries(
    ['reserveStock', 'releaseStock', 'chargeCard', 'refundCharge', 'ship', 'notifyCustomer'].map((name) => [
      name,
      (task) => {
        const { orderId, undeliverable } = task.input as Order;
        if (name === 'ship' && undeliverable) throw new Error('there is no such address');
        task.effect(`${name} ${orderId}`);
        return name === 'ship' ? `tracking-${orderId}` : null;
      },
    ]),
  ),
};

const approvedOrder: Scenario = {
  ...orders,
  async client(client) {
    await client.start('order', 'processOrder', { orderId: 'o1', amount: 5000 });
    await client.sleep(1_000);
    await client.signal('order', 'decide', true);
    return client.outcome('order');
  },
};

const undoneOrder: Scenario = {
  ...orders,
  async client(client) {
    await client.start('order', 'processOrder', { orderId: 'o2', amount: 10, undeliverable: true });
    return client.outcome('order');
  },
};

const forgottenOrder: Scenario = {
  ...orders,
  async client(client) {
    await client.start('order', 'processOrder', { orderId: 'o3', amount: 5000 });
    return client.outcome('order');
  },
};

describe('wherever the server dies, it comes to the same:', () => {
  test('an order that is approved', () => sweep(approvedOrder));
  test('an order that cannot be delivered and is undone', () => sweep(undoneOrder));
  test('an order that nobody approves', () => sweep(forgottenOrder));
});
