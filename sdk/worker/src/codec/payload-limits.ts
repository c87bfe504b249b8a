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

const { Memo, Payload, Payloads } = temporal.api.common.v1;
const { Failure } = temporal.api.failure.v1;
type Payload = temporal.api.common.v1.IPayload;
type Failure = temporal.api.failure.v1.IFailure;

/** What is measured as a whole, and not by the payloads in it. */
const wholes: Readonly<
  Record<string, { readonly what: Oversized['what']; readonly sizeOf: (whole: object) => number }>
> = {
  'temporal.api.common.v1.Memo': { what: 'memo', sizeOf: (memo) => Memo.encode(memo).finish().length },
  'temporal.api.common.v1.Payloads': { what: 'payloads', sizeOf: (all) => Payloads.encode(all).finish().length },
  'temporal.api.failure.v1.Failure': { what: 'payloads', sizeOf: (failure) => Failure.encode(failure).finish().length },
};

/** The limits for what is sent even if the server does not take it. */
export const withoutErrors = (limits: PayloadLimits): PayloadLimits => ({ ...limits, payloadsError: 0, memoError: 0 });

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
  await walk<boolean>(
    message,
    type,
    {
      contextOf(part, typeName, isMeasured) {
        const whole = wholes[typeName];
        if (isMeasured || !whole) return isMeasured;
        check(oversized(whole.what, whole.sizeOf(part), limits));
        return true;
      },
      async transform(payloads, isMeasured) {
        if (!isMeasured)
          for (const payload of payloads) check(oversized('payloads', Payload.encode(payload).finish().length, limits));
        return payloads;
      },
    },
    false,
  );
  return worst;
}

/** Whether payloads that belong together are too large. */
export const oversizedPayloads = (payloads: readonly Payload[], limits: PayloadLimits): Oversized | undefined =>
  oversized('payloads', Payloads.encode({ payloads: [...payloads] }).finish().length, limits);

/** Whether a failure is too large. */
export const oversizedFailure = (failure: Failure, limits: PayloadLimits): Oversized | undefined =>
  oversized('payloads', Failure.encode(failure).finish().length, limits);

function oversized(what: Oversized['what'], size: number, limits: PayloadLimits): Oversized | undefined {
  const [error, warn] =
    what === 'memo' ? [limits.memoError, limits.memoWarn] : [limits.payloadsError, limits.payloadsWarn];
  if (error > 0 && size > error) return { level: 'error', what, size, limit: error };
  return warn > 0 && size > warn ? { level: 'warning', what, size, limit: warn } : undefined;
}

/** What logs and failures say of it. */
export const describeOversized = ({ what, level }: Oversized): string =>
  `[TMPRL1103] Attempted to upload ${what} with size that exceeded the ${level} limit.`;
