import { DecodeError } from '@perdure/api';
import { Payload } from '@perdure/api/common';
import { isUnset } from '../../kernel/search-attributes.ts';
import type { Fields } from './state.ts';

/** Names and encoded payloads, as memo, search attributes and marker details hold them: how large they are, and how an
 * upsert changes them. */

/** Bytes of names and payloads. */
export function fieldsSize(fields: Fields): number {
  let size = 0;
  for (const [name, payload] of Object.entries(fields)) size += Buffer.byteLength(name) + payload.length;
  return size;
}

/** The payload of a search attribute that holds words, as the server writes it. */
export const keywordList = (values: readonly string[]): Uint8Array =>
  Payload.encode({
    metadata: { encoding: Buffer.from('json/plain'), type: Buffer.from('KeywordList') },
    data: Buffer.from(JSON.stringify(values)),
  });

/** `null` and `[]` in JSON are no longer than this; longer values need not be read. */
const LONGEST_NOTHING = 8;

/** Without the payloads that stand for nothing; null when none is left. */
export function fieldsGiven(fields: Fields | undefined): Fields | null {
  const given = mergeFields(undefined, fields ?? {});
  return Object.keys(given).length > 0 ? given : null;
}

/** The fields after an upsert: a payload that stands for nothing takes its field away. */
export function mergeFields(current: Fields | undefined, upserted: Fields): Fields {
  const merged: Record<string, Uint8Array> = { ...current };
  for (const [name, payload] of Object.entries(upserted)) {
    if (standsForNothing(payload)) delete merged[name];
    else merged[name] = payload;
  }
  return merged;
}

/** What cannot be read is kept as it came: whoever sent it may know what it is. */
function standsForNothing(bytes: Uint8Array): boolean {
  try {
    return Payload.decode(bytes).data.length <= LONGEST_NOTHING && isUnset(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}
