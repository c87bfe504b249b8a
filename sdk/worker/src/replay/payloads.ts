import type { temporal } from '@perdure/proto';
import { fatal } from './errors.ts';

type Payload = temporal.api.common.v1.IPayload;
type Payloads = temporal.api.common.v1.IPayloads;

/** The one payload of a result, or null for none. */
export function onlyPayload(payloads: Payloads | null | undefined): Payload | null {
  const all = payloads?.payloads ?? [];
  if (all.length > 1) throw fatal(`a result has ${all.length} payloads where there can be only one`);
  return all[0] ?? null;
}

/** Arguments as the server takes them: none at all rather than an empty list. */
export function payloadsOf(payloads: Payload[] | null | undefined): Payloads | null {
  return payloads && payloads.length > 0 ? { payloads } : null;
}

export function isEmpty(fields: object | null | undefined): boolean {
  return !fields || Object.keys(fields).length === 0;
}

const utf8 = new TextEncoder();

export function jsonPayload(value: unknown): Payload {
  return { metadata: { encoding: utf8.encode('json/plain') }, data: utf8.encode(JSON.stringify(value)) };
}

/** What a payload written by `jsonPayload` says, or undefined if it is none. */
export function fromJson(payload: Payload | null | undefined): unknown {
  if (!payload?.data) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(payload.data));
  } catch {
    return undefined;
  }
}
