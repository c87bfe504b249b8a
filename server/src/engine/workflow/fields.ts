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

/** The fields after an upsert: a payload that stands for nothing takes its field away. */
export function mergeFields(current: Fields | undefined, upserted: Fields): Fields {
  const merged: Record<string, Uint8Array> = { ...current };
  for (const [name, payload] of Object.entries(upserted)) {
    if (Payload.decode(payload).data.length <= LONGEST_NOTHING && isUnset(payload)) delete merged[name];
    else merged[name] = payload;
  }
  return merged;
}
