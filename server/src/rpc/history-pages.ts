import { durableOrUnavailable } from '../host/host.ts';
import type { Loaded } from '../host/loaded.ts';
import type { HistoryBatch } from '../storage/contract.ts';
import type { ServerContext } from './context.ts';

/** What a history page token says: where to go on, where to stop, and of which run. */
export interface HistoryPageToken {
  readonly n: string;
  readonly r: string;
  /** First event of the next page. */
  readonly f: number;
  /** The page sequence ends before this event. `f` of the same value: all is read, and news are waited for. */
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

/** A page has at most this many batches, and ends where one does. */
const PAGE_BATCHES = 256;
/** A page ends once it is this large, so that it fits into a message. */
const PAGE_BYTES = 2 << 20;

/**
 * Events from `first` on, and before `end`, spliced from what is stored. A page ends where a batch does, as soon as it
 * has `maxEvents`.
 */
export async function historyPage(
  server: ServerContext,
  loaded: Loaded,
  first: number,
  end: number,
  maxEvents = Number.POSITIVE_INFINITY,
): Promise<HistoryPage> {
  const batches = tailFrom(loaded, first) ?? (await stored(server, loaded, first, end));
  const parts: Uint8Array[] = [];
  let size = 0;
  let next = first;
  for (const [index, batch] of batches.entries()) {
    if (batch.firstEventId >= end || batch.firstEventId - first >= maxEvents) break;
    if (index === PAGE_BATCHES || (index > 0 && size + batch.bytes.length > PAGE_BYTES)) break;
    parts.push(batch.bytes);
    size += batch.bytes.length;
    next = batches[index + 1]?.firstEventId ?? Number.NaN;
  }
  if (Number.isNaN(next)) next = batches.length < PAGE_BATCHES ? end : afterLast(batches, end);
  return {
    history: concat(parts),
    nextPageToken: next < end ? sealPageToken(server, loaded, next, end) : NO_TOKEN,
    nextEventId: next,
  };
}

export const NO_TOKEN: Uint8Array = new Uint8Array(0);

export function sealPageToken(server: ServerContext, loaded: Loaded, next: number, end: number): Uint8Array {
  const { namespaceId, runId } = loaded.run.key;
  return server.tokens.seal('history-page', { n: namespaceId, r: runId, f: next, e: end } satisfies HistoryPageToken);
}

/** Batches that hold the events from `first` up to `end`, wherever they are. */
export async function batchesBetween(
  server: ServerContext,
  loaded: Loaded,
  first: number,
  end: number,
): Promise<readonly HistoryBatch[]> {
  const inMemory = tailFrom(loaded, first);
  if (inMemory) return inMemory.filter(({ firstEventId }) => firstEventId < end);
  const found: HistoryBatch[] = [];
  for (let from = first; from < end; ) {
    const more = await stored(server, loaded, from, end);
    found.push(...more);
    if (more.length < PAGE_BATCHES) break;
    from = afterLast(more, end);
  }
  return found;
}

/** The newest batches, if they reach back far enough: they are in memory anyway, durable or not. */
function tailFrom({ tail }: Loaded, first: number): readonly HistoryBatch[] | null {
  const oldest = tail[0];
  if (!oldest || oldest.firstEventId > first) return null;
  let index = tail.findIndex((batch) => batch.firstEventId > first);
  index = index === -1 ? tail.length - 1 : index - 1;
  return tail.slice(Math.max(index, 0));
}

/**
 * What a reader is to see of a run is durable now: its first events, if it is only coming into being, and that a worker
 * has its workflow task.
 */
export async function shown({ host }: ServerContext, loaded: Loaded): Promise<void> {
  if (loaded.parked || loaded.durableNextEventId === 1) await durableOrUnavailable(host.settle(loaded));
}

/** What is not durable yet is in memory, and follows what is stored. */
async function stored(
  server: ServerContext,
  loaded: Loaded,
  first: number,
  end: number,
): Promise<readonly HistoryBatch[]> {
  const { durableNextEventId, tail } = loaded;
  const unstored = tail.filter(({ firstEventId }) => firstEventId >= durableNextEventId && firstEventId < end);
  const last = Math.min(end, durableNextEventId);
  const found = await server.host.storage.readHistory(loaded.run.key, first, PAGE_BATCHES, last);
  return found.length < PAGE_BATCHES ? [...found, ...unstored] : found;
}

function afterLast(batches: readonly HistoryBatch[], end: number): number {
  const last = batches.at(-1);
  return last ? Math.min(end, last.firstEventId + countEvents(last.bytes)) : end;
}

const countEvents = (bytes: Uint8Array): number => eventsOf(bytes).length;

/** The events of an encoded `History`, each as an encoded `History` of its own, without decoding them. */
export function eventsOf(bytes: Uint8Array): Uint8Array[] {
  const events: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at++;
    let length = 0;
    let factor = 1;
    for (;;) {
      const byte = bytes[at++] ?? 0;
      length += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 128;
    }
    at += length;
    events.push(bytes.subarray(start, at));
  }
  return events;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}
