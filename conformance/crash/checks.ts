/**
 * What must be true when the dust has settled.
 *
 * For an activity, `started` lines of the shop's log are compared with the history. Let T be the time of the event that
 * closed it and A the attempt in its ActivityTaskStarted event. The worker writes a line as the first thing it does,
 * before it can answer, and the server takes the time of an event when it takes the answer; both read the same clock.
 * So if the server never hands out an activity whose completion it has recorded, no line is younger than T, none has an
 * attempt above A, no attempt has two, and none is of an activity that is not in the history.
 */
import assert from 'node:assert/strict';
import type { Shop } from '@perdure/example-order-processing/shop.ts';
import type { Client } from '@temporalio/client';
import { assertSound, eventsOf, type History, type HistoryEvent, millisecondsOf, typesOf } from '../sdk/histories.ts';
import { insist, type Record } from './customer.ts';
import { bytesOf, changeIn, type Observer } from './observer.ts';

/** Everything that is wrong, one line each; nothing, if all is well. */
export async function findViolations(
  client: Client,
  shop: Shop,
  records: readonly Record[],
  observer: Observer,
): Promise<string[]> {
  const violations = [...observer.contradictions];
  for (const record of records) {
    const { orderId } = record.plan.order;
    const handle = client.workflow.getHandle(orderId);
    const history = await insist(() => handle.fetchHistory());
    const checks = [
      () => checkHistory(record, history, observer.seen(orderId)),
      () => checkMessages(record, history),
      () => checkActivities(shop, orderId, history),
      () => checkShop(shop, record),
    ];
    for (const check of checks) {
      try {
        check();
      } catch (error) {
        violations.push(`${orderId}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const [bad] = shop.all(`SELECT count(*) AS bad FROM stock WHERE 100000 - available <>
    (SELECT coalesce(sum(quantity), 0) FROM reservations r WHERE r.sku = stock.sku AND released = 0)`);
  if (bad?.['bad'] !== 0) violations.push('the stock does not agree with the reservations');
  return violations;
}

function checkHistory({ plan, runId, outcome }: Record, history: History, seen: Uint8Array | undefined): void {
  const trackingNumber = `PD-${plan.order.orderId}`;
  const expected =
    plan.cancelled === null ? { status: 'completed', trackingNumber } : { status: 'cancelled', reason: plan.cancelled };
  assert.deepEqual(outcome, expected, `ended with ${JSON.stringify(outcome)}`);
  assertSound(history);
  const types = typesOf(history);
  assert.equal(types.at(-1), 'WorkflowExecutionCompleted', `its last event is ${types.at(-1)}`);
  const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  assert.equal(started?.originalExecutionRunId, runId, 'the run that was acknowledged is not the one that ran');
  const change = seen && changeIn(seen, bytesOf(history));
  assert.ok(change === undefined, change);
}

function checkMessages({ plan, acknowledged, unacknowledged, updateAcknowledged }: Record, { events }: History): void {
  const signals = eventsOf(events ?? [], 'WorkflowExecutionSignaled').map(signalText);
  const times = (label: string) => signals.filter((text) => text.includes(`"${label}"`)).length;
  for (const label of acknowledged) assert.equal(times(label), 1, `signal "${label}" is there ${times(label)} times`);
  for (const label of unacknowledged) assert.ok(times(label) <= 1, `signal "${label}" is there ${times(label)} times`);
  if (plan.newAddress === null) return;
  assert.ok(updateAcknowledged);
  for (const type of ['WorkflowExecutionUpdateAccepted', 'WorkflowExecutionUpdateCompleted'])
    assert.equal(eventsOf(events ?? [], type).length, 1, `${type} is there more or less than once`);
}

function signalText(event: HistoryEvent): string {
  const payloads = event.workflowExecutionSignaledEventAttributes?.input?.payloads ?? [];
  return payloads.map(({ data }) => Buffer.from(data ?? []).toString('utf8')).join();
}

interface Activity {
  readonly type: string;
  readonly attempt: number;
  readonly closedAt: number;
  readonly completed: boolean;
}

function checkActivities(shop: Shop, orderId: string, { events = [] }: History): void {
  const activities = activitiesOf(events ?? []);
  const log = shop.all('SELECT * FROM activity_log WHERE workflow_id = ? ORDER BY id', orderId);
  const attempts = new Set<string>();
  for (const { what, activity_id, activity_type, attempt, at } of log) {
    const name = `${activity_type} (${activity_id}), attempt ${attempt},`;
    const activity = activities.get(String(activity_id));
    assert.ok(activity && activity.type === activity_type, `${name} ran, but is not in the history`);
    if (what !== 'started') continue;
    assert.ok(!attempts.has(name), `${name} was handed out twice`);
    attempts.add(name);
    assert.ok(Number(attempt) <= activity.attempt, `${name} ran after attempt ${activity.attempt} had closed it`);
    assert.ok(
      Number(at) <= activity.closedAt + 1,
      `${name} started ${Number(at) - activity.closedAt} ms after its end`,
    );
  }
  for (const [id, { type, attempt, completed }] of activities) {
    const done = log.some(
      (line) => line['what'] === 'completed' && line['activity_id'] === id && line['attempt'] === attempt,
    );
    assert.ok(done || !completed, `${type} (${id}) is completed in the history, but attempt ${attempt} never was`);
  }
}

function activitiesOf(events: readonly HistoryEvent[]): Map<string, Activity> {
  const activities = new Map<string, Activity>();
  for (const event of eventsOf(events, 'ActivityTaskScheduled')) {
    const { activityId, activityType } = event.activityTaskScheduledEventAttributes ?? {};
    const isOf = (scheduled: unknown) => Number(scheduled) === Number(event.eventId);
    const started = events.find((one) => isOf(one.activityTaskStartedEventAttributes?.scheduledEventId));
    const completed = events.find((one) => isOf(one.activityTaskCompletedEventAttributes?.scheduledEventId));
    const failed = events.find((one) => isOf(one.activityTaskFailedEventAttributes?.scheduledEventId));
    const closed = completed ?? failed;
    activities.set(activityId ?? '', {
      type: activityType?.name ?? '',
      attempt: started?.activityTaskStartedEventAttributes?.attempt ?? 0,
      closedAt: closed ? millisecondsOf(closed) : 0,
      completed: completed !== undefined,
    });
  }
  return activities;
}

function checkShop(shop: Shop, { plan, updateAcknowledged }: Record): void {
  const { orderId, address } = plan.order;
  const rows = (table: string) => shop.all(`SELECT * FROM ${table} WHERE order_id = ?`, orderId);
  const charged = plan.cancelled === null || plan.cancelled === 'Undeliverable';
  const charges = rows('charges');
  assert.equal(charges.length, charged ? 1 : 0, `there are ${charges.length} charges`);
  if (charged) assert.equal(charges[0]?.['refunded'], plan.cancelled === null ? 0 : 1, 'refunded or not, it is wrong');
  const released = rows('reservations').map((row) => row['released']);
  const expected = plan.cancelled === 'OutOfStock' ? [] : plan.order.lines.map(() => (plan.cancelled === null ? 0 : 1));
  assert.deepEqual(released, expected, `reservations are released: ${released.join()}`);
  const shipments = rows('shipments');
  assert.equal(shipments.length, plan.cancelled === null ? 1 : 0, `there are ${shipments.length} shipments`);
  const destination = updateAcknowledged ? plan.newAddress : address;
  if (shipments[0]) assert.equal(shipments[0]['address'], destination, `shipped to ${shipments[0]['address']}`);
  assert.equal(rows('notifications').length, 1, `the customer was told ${rows('notifications').length} times`);
}
