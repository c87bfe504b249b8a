/** Payloads that are larger than they should be, or than the server takes: told before they are sent. */
import { temporal } from '@perdure/proto';
import type { Type } from 'protobufjs';
import { walk } from './payload-walk.ts';

/** Sizes in bytes; 0 for none. */
export interface PayloadLimits {
  readonly payloadsWarn: number;
  readonly memoWarn: number;
  readonly payloadsError: number;
  readonly memoError: number;
}

export const noPayloadLimits: PayloadLimits = { payloadsWarn: 0, memoWarn: 0, payloadsError: 0, memoError: 0 };

export interface Oversized {
  readonly level: 'warning' | 'error';
  readonly what: 'payloads' | 'memo';
  readonly size: number;
  readonly limit: number;
}

const MEMO = 'temporal.api.common.v1.Memo';
const { Payload } = temporal.api.common.v1;
type Payload = temporal.api.common.v1.IPayload;

/** The size from which on a message has to be looked into. */
export function leastLimit(limits: PayloadLimits): number {
  const set = Object.values(limits).filter((limit) => limit > 0);
  return Math.min(Number.POSITIVE_INFINITY, ...set);
}

/** The worst of what is too large in a decoded message; undefined if nothing is. */
export async function findOversized(
  message: object,
  type: Type,
  limits: PayloadLimits,
): Promise<Oversized | undefined> {
  let worst: Oversized | undefined;
  const check = (found: Oversized | undefined) => {
    if (!found) return;
    if (!worst || (found.level === 'error' && worst.level !== 'error') || found.size > worst.size) worst = found;
  };
  const memos: number[] = [];
  await walk<number | undefined>(
    message,
    type,
    {
      contextOf: (_, typeName, around) => (typeName === MEMO ? memos.push(0) - 1 : around),
      async transform(payloads, memo) {
        if (memo === undefined) check(oversizedPayloads(payloads, limits));
        else memos[memo] = (memos[memo] ?? 0) + sizeOf(payloads);
        return payloads;
      },
    },
    undefined,
  );
  for (const size of memos) check(oversized('memo', size, limits.memoError, limits.memoWarn));
  return worst;
}

/** Whether payloads that belong together are too large. */
export const oversizedPayloads = (payloads: readonly Payload[], limits: PayloadLimits): Oversized | undefined =>
  oversized('payloads', sizeOf(payloads), limits.payloadsError, limits.payloadsWarn);

const sizeOf = (payloads: readonly Payload[]): number =>
  payloads.reduce((sum, payload) => sum + Payload.encode(payload).finish().length, 0);

function oversized(what: Oversized['what'], size: number, error: number, warn: number): Oversized | undefined {
  if (error > 0 && size > error) return { level: 'error', what, size, limit: error };
  return warn > 0 && size > warn ? { level: 'warning', what, size, limit: warn } : undefined;
}

/** What logs and failures say of it. */
export const describeOversized = ({ what, level }: Oversized): string =>
  `[TMPRL1103] Attempted to upload ${what} with size that exceeded the ${level} limit.`;
