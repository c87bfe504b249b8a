/** The orders that are placed while things are killed, and how each must end. */
import {
  ADDRESS_UNDELIVERABLE,
  CARD_BUSY_ONCE,
  CARD_DECLINED,
  CARD_GOOD,
  type CancelReason,
  type Order,
} from '@perdure/example-order-processing/order.ts';
import type { Random } from './random.ts';

export interface Plan {
  readonly order: Order;
  /** The reason it is undone, or null when it is to be delivered. */
  readonly cancelled: CancelReason | null;
  /** What is said about its approval, after `decideAfterMs`. */
  readonly decision: 'approve' | 'refuse' | null;
  readonly decideAfterMs: number;
  /** Notes that are sent as signals, each unlike any other. */
  readonly notes: readonly string[];
  /** Where the parcel is redirected by an update before the order is approved. */
  readonly newAddress: string | null;
}

type Story = 'plain' | 'busy' | 'declined' | 'undeliverable' | 'no stock' | 'approved' | 'refused' | 'too late';

const STORIES: readonly [Story, ...Story[]] = [
  ...(['plain', 'busy', 'declined', 'undeliverable', 'no stock'] as const),
  ...(['approved', 'approved', 'refused', 'too late'] as const),
];

const LONG_MS = 10 * 60_000;

/** The `number`th order of a run. */
export function planOrder(random: Random, number: number): Plan {
  const story = random.pick(STORIES);
  const orderId = `crash-${String(number).padStart(5, '0')}`;
  const large = story === 'approved' || story === 'refused' || story === 'too late';
  const lines = [
    {
      sku: story === 'no stock' ? 'phlogiston' : 'tea',
      quantity: random.between(1, 3),
      unitPrice: large ? 90_000 : 500,
    },
    { sku: 'teapot', quantity: 1, unitPrice: large ? 20_000 : 2_000 },
  ];
  const order: Order = {
    orderId,
    customer: `customer ${number}`,
    address: story === 'undeliverable' ? ADDRESS_UNDELIVERABLE : `Street ${number}`,
    card: story === 'busy' ? CARD_BUSY_ONCE : story === 'declined' ? CARD_DECLINED : CARD_GOOD,
    lines,
    approvalWithin: story === 'too late' ? random.between(50, 1_500) : LONG_MS,
  };
  return {
    order,
    cancelled: REASONS[story],
    decision: story === 'approved' ? 'approve' : story === 'refused' ? 'refuse' : null,
    decideAfterMs: random.between(0, 800),
    notes: Array.from({ length: random.between(0, 4) }, (_, index) => `${orderId} note ${index}`),
    newAddress: story === 'approved' && random.next() < 0.5 ? `Redirected ${number}` : null,
  };
}

const REASONS: Readonly<Record<Story, CancelReason | null>> = {
  plain: null,
  busy: null,
  declined: 'CardDeclined',
  undeliverable: 'Undeliverable',
  'no stock': 'OutOfStock',
  approved: null,
  refused: 'ApprovalRefused',
  'too late': 'NotApprovedInTime',
};
