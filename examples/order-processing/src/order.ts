/** What the customer asked for, and what became of it: shared by workflow, activities and clients. */

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
  /** Price of one piece, in cents. */
  readonly unitPrice: number;
}

export interface Order {
  readonly orderId: string;
  readonly customer: string;
  readonly address: string;
  readonly card: string;
  readonly lines: readonly OrderLine[];
  /** How long a large order waits for its approval, in milliseconds. Default: one minute. */
  readonly approvalWithin?: number;
}

export interface Decision {
  readonly approved: boolean;
  readonly by: string;
}

export type Stage = 'reserving' | 'awaiting-approval' | 'charging' | 'shipping' | 'notifying' | 'undoing' | 'done';

export interface OrderStatus {
  readonly stage: Stage;
  readonly address: string;
  readonly notes: readonly string[];
  readonly decision: Decision | null;
}

export type Outcome =
  | { readonly status: 'completed'; readonly trackingNumber: string }
  | { readonly status: 'cancelled'; readonly reason: CancelReason };

/** Why an order was undone. All but the last two are the `type` of the failure that an activity raised. */
export type CancelReason = 'OutOfStock' | 'CardDeclined' | 'Undeliverable' | 'NotApprovedInTime' | 'ApprovalRefused';

/** Orders of this much (in cents) or more need a human's approval. */
export const APPROVAL_THRESHOLD = 100_000;

export const DEFAULT_APPROVAL_WITHIN = 60_000;

export const ORDER_TASK_QUEUE = 'orders';

/** The total of an order, in cents. */
export function totalOf(order: Order): number {
  return order.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
}

/** Card numbers and addresses with a story, for trying out what happens when a step fails. */
export const CARD_GOOD = '4242 4242 4242 4242';
export const CARD_DECLINED = '4000 0000 0000 0002';
/** The payment gateway is busy the first time this card is tried. */
export const CARD_BUSY_ONCE = '4000 0000 0000 0119';
export const ADDRESS_UNDELIVERABLE = 'Nowhere';
