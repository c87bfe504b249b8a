/**
 * An order from the shopping basket to the doorstep.
 *
 *     reserve stock ─▶ (approval, if large) ─▶ charge card ─▶ ship ─▶ notify
 *           │                  │                   │           │
 *           └──────────────────┴── fails for good ─┴───────────┘
 *                                      ▼
 *                 undo what was done, latest first: refund, release stock
 */
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setHandler,
} from '@perdure/workflow';
import type { Activities } from './activities.ts';
import { changeAddress, decide, getStatus, leaveNote } from './messages.ts';
import {
  APPROVAL_THRESHOLD,
  type CancelReason,
  DEFAULT_APPROVAL_WITHIN,
  type Decision,
  type Order,
  type Outcome,
  type Stage,
  totalOf,
} from './order.ts';

const { reserveStock, releaseStock, chargeCard, refundCharge, notifyCustomer } = proxyActivities<Activities>({
  startToCloseTimeout: '3 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '2 seconds' },
});

/** Packing takes as long as it takes, but a packer who is not heard of for two seconds is gone. */
const { ship } = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '2 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '2 seconds' },
});

export async function processOrder(order: Order): Promise<Outcome> {
  const notes: string[] = [];
  const undo: Array<() => Promise<void>> = [];
  let stage: Stage = 'reserving';
  let address = order.address;
  let decision: Decision | null = null;

  setHandler(getStatus, () => ({ stage, address, notes, decision }));
  setHandler(leaveNote, (note) => void notes.push(note));
  setHandler(decide, (made) => {
    decision ??= made;
  });
  setHandler(
    changeAddress,
    (next) => {
      const previous = address;
      address = next;
      return previous;
    },
    {
      validator: (next) => {
        if (next.trim() === '') throw ApplicationFailure.nonRetryable('The new address is empty.', 'BadAddress');
        if (stage === 'shipping' || stage === 'notifying' || stage === 'undoing' || stage === 'done')
          throw ApplicationFailure.nonRetryable(`Too late to change the address: ${stage}.`, 'TooLate');
      },
    },
  );

  try {
    // Registered before the step runs: an attempt that was lost on the way back may still have had its effect.
    undo.unshift(() => releaseStock(order.orderId));
    await reserveStock(order);
    if (totalOf(order) >= APPROVAL_THRESHOLD) {
      stage = 'awaiting-approval';
      const decided = await condition(() => decision !== null, order.approvalWithin ?? DEFAULT_APPROVAL_WITHIN);
      if (!decided) throw ApplicationFailure.nonRetryable('Nobody approved in time.', 'NotApprovedInTime');
      requireApproval(decision);
    }
    stage = 'charging';
    undo.unshift(() => refundCharge(order.orderId));
    await chargeCard(order);
    stage = 'shipping';
    const trackingNumber = await ship(order, address, notes);
    stage = 'notifying';
    await notifyCustomer(order.orderId, `Your order is on its way: ${trackingNumber}`);
    stage = 'done';
    return { status: 'completed', trackingNumber };
  } catch (error) {
    stage = 'undoing';
    const reason = isCancellation(error) ? null : reasonOf(error);
    // Undoing goes on even when the workflow itself was cancelled.
    await CancellationScope.nonCancellable(async () => {
      for (const step of undo) await step();
      await notifyCustomer(order.orderId, `Your order was cancelled: ${reason ?? 'on request'}`);
    });
    stage = 'done';
    if (reason === null) throw error;
    return { status: 'cancelled', reason };
  }
}

function requireApproval(decision: Decision | null): void {
  if (decision?.approved !== true)
    throw ApplicationFailure.nonRetryable(`Refused by ${decision?.by ?? 'nobody'}.`, 'ApprovalRefused');
}

const REASONS: ReadonlySet<string> = new Set<CancelReason>([
  'OutOfStock',
  'CardDeclined',
  'Undeliverable',
  'NotApprovedInTime',
  'ApprovalRefused',
]);

/** The business reason behind a failure. Anything else is a bug, and is thrown on to be seen. */
function reasonOf(error: unknown): CancelReason {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  if (type === undefined || type === null || !REASONS.has(type)) throw error;
  return type as CancelReason;
}
