import type { Loaded } from '../host/loaded.ts';
import type { HistoryBatch } from '../storage/contract.ts';
import type { ServerContext } from './context.ts';

/** What a history page token says: where to go on, where to stop, and of which run. */
export interface HistoryPageToken {
  readonly n: string;
  readonly r: string;
  /** First event of the next page. */
  readonly f: number;
  /** The page sequence ends before this event; 0 for a long poll that follows the run. */
  readonly e: number;
}

export interface HistoryPage {
  /** An encoded `History`. */
  readonly history: Uint8Array;
  /** Empty at the end. */
  readonly nextPageToken: Uint8Array;
  /** The event after the page's last. */
  readonly nextEventId: number;
}

/** Batches are read at most this many at a time; a page is cut where a batch ends. */
const PAGE_BATCHES = 256;
/** A page ends once it is this large, so that it fits into a message. */
const PAGE_BYTES = 2 << 20;

/** Events from `first` on, and before `end`, spliced from what is stored. */
export async function historyPage(
  server: ServerContext,
  loaded: Loaded,
  first: number,
  end: number,
): Promise<HistoryPage> {
  const batches = tailFrom(loaded, first) ?? (await stored(server, loaded, first, end));
  const parts: Uint8Array[] = [];
  let size = 0;
  let next = first;
  for (const [index, batch] of batches.entries()) {
    if (batch.firstEventId >= end) break;
    if (index > 0 && size + batch.bytes.length > PAGE_BYTES) break;
    parts.push(batch.bytes);
    size += batch.bytes.length;
    next = batches[index + 1]?.firstEventId ?? Number.NaN;
  }
  if (Number.isNaN(next)) next = batches.length < PAGE_BATCHES ? end : afterLast(batches, end);
  const { namespaceId, runId } = loaded.run.key;
  const token: HistoryPageToken = { n: namespaceId, r: runId, f: next, e: end };
  return {
    history: concat(parts),
    nextPageToken: next < end ? server.tokens.seal('history-page', token) : new Uint8Array(0),
    nextEventId: next,
  };
}

/** The newest batches, if they reach back far enough: they are in memory anyway, durable or not. */
function tailFrom({ tail }: Loaded, first: number): readonly HistoryBatch[] | null {
  const oldest = tail[0];
  if (!oldest || oldest.firstEventId > first) return null;
  let index = tail.findIndex((batch) => batch.firstEventId > first);
  index = index === -1 ? tail.length - 1 : index - 1;
  return tail.slice(Math.max(index, 0));
}

async function stored(
  server: ServerContext,
  loaded: Loaded,
  first: number,
  end: number,
): Promise<readonly HistoryBatch[]> {
  const { settled } = loaded;
  if (settled && end > loaded.durableNextEventId) await settled.catch(() => {});
  return server.host.storage.readHistory(loaded.run.key, first, PAGE_BATCHES, end);
}

function afterLast(batches: readonly HistoryBatch[], end: number): number {
  const last = batches.at(-1);
  return last ? Math.min(end, last.firstEventId + countEvents(last.bytes)) : end;
}

/** Counts the fields of an encoded `History` without decoding them. */
export function countEvents(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; count++) {
    at++;
    let length = 0;
    let factor = 1;
    for (;;) {
      const byte = bytes[at++] ?? 0;
      length += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 128;
    }
    at += length;
  }
  return count;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}
