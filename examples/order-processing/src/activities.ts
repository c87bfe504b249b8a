/**
 * The steps of an order. Each may run more than once (a worker can die before its answer arrives), so each leaves the
 * shop the same however often it runs: its effect and its line in the activity log are one transaction.
 */
import { activityInfo, heartbeat, sleep } from '@perdure/activity';
import { ApplicationFailure } from '@perdure/common';
import { ADDRESS_UNDELIVERABLE, CARD_BUSY_ONCE, CARD_DECLINED, type Order, totalOf } from './order.ts';
import type { Shop } from './shop.ts';

export type Activities = ReturnType<typeof createActivities>;

/** The activities over one shop database. */
export function createActivities(shop: Shop) {
  return {
    async reserveStock(order: Order): Promise<void> {
      step(shop, () => {
        for (const { sku, quantity } of order.lines) {
          const sql = 'INSERT INTO reservations (order_id, sku, quantity) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
          if (shop.run(sql, order.orderId, sku, quantity) === 0) continue;
          const take = 'UPDATE stock SET available = available - ? WHERE sku = ? AND available >= ?';
          if (shop.run(take, quantity, sku, quantity) === 0)
            throw ApplicationFailure.nonRetryable(`Not enough of ${sku}.`, 'OutOfStock');
        }
      });
    },

    async releaseStock(orderId: string): Promise<void> {
      step(shop, () => {
        const back = `UPDATE stock SET available = available + r.quantity FROM reservations r
                      WHERE r.order_id = ? AND r.released = 0 AND r.sku = stock.sku`;
        shop.run(back, orderId);
        shop.run('UPDATE reservations SET released = 1 WHERE order_id = ?', orderId);
      });
    },

    /** Charged once per workflow and activity id, however many attempts there are. */
    async chargeCard(order: Order): Promise<void> {
      step(shop, (key, attempt) => {
        if (order.card === CARD_DECLINED) throw ApplicationFailure.nonRetryable('Card declined.', 'CardDeclined');
        if (order.card === CARD_BUSY_ONCE && attempt === 1) throw new Error('The payment gateway is busy.');
        const sql =
          'INSERT INTO charges (idempotency_key, order_id, card, amount) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
        shop.run(sql, key, order.orderId, order.card, totalOf(order));
      });
    },

    async refundCharge(orderId: string): Promise<void> {
      step(shop, () => {
        shop.run('UPDATE charges SET refunded = 1 WHERE order_id = ?', orderId);
      });
    },

    /** Packs line by line; a packer who takes over goes on where the last heartbeat says the other one stopped. */
    async ship(order: Order, address: string, notes: readonly string[]): Promise<string> {
      logLine(shop, 'started');
      const packed: unknown = activityInfo().heartbeatDetails;
      for (let line = typeof packed === 'number' ? packed : 0; line < order.lines.length; line++) {
        await sleep(50);
        heartbeat(line + 1);
      }
      const trackingNumber = `PD-${order.orderId}`;
      return finish(shop, () => {
        if (address === ADDRESS_UNDELIVERABLE)
          throw ApplicationFailure.nonRetryable('The courier does not go there.', 'Undeliverable');
        const sql = 'INSERT INTO shipments VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
        shop.run(sql, order.orderId, address, notes.join('\n'), trackingNumber);
        return trackingNumber;
      });
    },

    async notifyCustomer(orderId: string, message: string): Promise<void> {
      step(shop, (key) => {
        shop.run('INSERT INTO notifications VALUES (?, ?, ?) ON CONFLICT DO NOTHING', key, orderId, message);
      });
    },
  };
}

/** A whole activity in one go: its start is logged first, so that an attempt that dies halfway leaves a trace. */
function step<T>(shop: Shop, effect: (idempotencyKey: string, attempt: number) => T): T {
  logLine(shop, 'started');
  return finish(shop, effect);
}

function finish<T>(shop: Shop, effect: (idempotencyKey: string, attempt: number) => T): T {
  const { workflowExecution, activityId, attempt } = activityInfo();
  try {
    return shop.transaction(() => {
      const result = effect(`${workflowExecution?.workflowId}/${activityId}`, attempt);
      logLine(shop, 'completed');
      return result;
    });
  } catch (error) {
    logLine(shop, 'failed');
    throw error;
  }
}

function logLine(shop: Shop, what: 'started' | 'completed' | 'failed'): void {
  const { workflowExecution, activityId, activityType, attempt } = activityInfo();
  shop.run(
    `INSERT INTO activity_log (at, what, workflow_id, run_id, activity_id, activity_type, attempt, worker)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    Date.now(),
    what,
    workflowExecution?.workflowId ?? '',
    workflowExecution?.runId ?? '',
    activityId,
    activityType,
    attempt,
    process.pid,
  );
}
