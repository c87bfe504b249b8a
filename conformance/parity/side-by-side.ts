/**
 * Both packages side by side: `@perdure/common` and `@temporalio/common`, given the same.
 */
import assert from 'node:assert/strict';
import * as ours from '@perdure/common';
import { temporal } from '@perdure/proto';
import * as official from '@temporalio/common';
import Long from 'long';

export type Common = typeof ours;
export { ours };
export const theirs = official as unknown as Common;

/** What a function does, as something that can be compared: its result, or the kind and message of its error. */
export function outcome<T>(run: () => T): { result: T } | { error: [name: string, message: string] } {
  try {
    return { result: run() };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: [name, message] };
  }
}

export function same(run: (common: Common) => unknown): void {
  assert.deepEqual(comparable(outcome(() => run(ours))), comparable(outcome(() => run(theirs))));
}

/** The official package is CommonJS and has the other build of `long`, whose numbers are of another class. */
export function comparable(value: unknown): unknown {
  if (Long.isLong(value)) return `${value.unsigned ? 'u' : ''}int64 ${value}`;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member)]));
}

export const bytes = (text: string) => new TextEncoder().encode(text);
const { Payload } = temporal.api.common.v1;
const { Failure } = temporal.api.failure.v1;

/** A payload's bytes on the wire. Metadata are a map, which has no order there, so they are sorted first. */
export function wirePayload(payload: ours.Payload): string {
  const metadata = Object.fromEntries(Object.entries(payload.metadata ?? {}).sort(([a], [b]) => a.localeCompare(b)));
  return Buffer.from(Payload.encode({ ...payload, metadata }).finish()).toString('latin1');
}

export const wireFailure = (failure: ours.ProtoFailure): string =>
  Buffer.from(Failure.encode(Failure.fromObject(failure)).finish()).toString('latin1');
