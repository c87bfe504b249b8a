import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventType } from '@perdure/api/enums';
import { History, WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import type { Batch } from '../engine/workflow/conclude.ts';
import { emptyRun } from '../engine/workflow/create.ts';
import { emptyHead } from '../engine/workflow/empty.ts';
import { createLoaded, type Loaded } from '../host/loaded.ts';
import type { ServerContext } from './context.ts';
import { batchesBetween, eventsOf, type HistoryPage, type HistoryPageToken, historyPage } from './history-pages.ts';
import { createTokens } from './tokens.ts';

const tokens = createTokens(Buffer.alloc(32));

function batch(firstEventId: number, count: number, padding = 0): Batch {
  const details = { n: Buffer.alloc(padding) };
  const events = Array.from({ length: count }, (_, index) => ({
    eventId: firstEventId + index,
    eventType: EventType.MARKER_RECORDED,
    markerRecordedEventAttributes: { markerName: 'm', details },
  }));
  return { firstEventId, count, bytes: History.encode({ events }) };
}

/** Batches of these sizes, one after the other. */
function batches(...sizes: readonly number[]): Batch[] {
  let next = 1;
  return sizes.map((count) => {
    const made = batch(next, count);
    next += count;
    return made;
  });
}

interface World {
  readonly server: ServerContext;
  readonly loaded: Loaded;
  /** How storage was asked: first event, most batches, end. */
  readonly reads: number[][];
}

/** A run with this history, of which the last `inMemory` batches are in memory. */
function world(history: readonly Batch[], inMemory: number): World {
  const started = WorkflowExecutionStartedEventAttributes.decode(new Uint8Array(0));
  const key = { namespaceId: 'namespace-id', workflowId: 'workflow', runId: 'run' };
  const end = history.reduce((next, { count }) => next + count, 1);
  const run = emptyRun(key, started, 0, { ...emptyHead, nextEventId: end });
  const loaded = createLoaded(run, {
    id: '',
    name: '',
    searchAttributes: new Map(),
    idOf: () => undefined,
    retention: 0,
  });
  loaded.tail.push(...history.slice(history.length - inMemory));
  const reads: number[][] = [];
  const readHistory = async (_key: unknown, first: number, most: number, before: number) => {
    reads.push([first, most, before]);
    const index = history.findLastIndex(({ firstEventId }) => firstEventId <= first);
    return history
      .slice(index)
      .filter(({ firstEventId }) => firstEventId < before)
      .slice(0, most);
  };
  const server = { tokens, host: { storage: { readHistory } } } as unknown as ServerContext;
  return { server, loaded, reads };
}

const idsOf = ({ history }: HistoryPage) => History.decode(history).events.map(({ eventId }) => eventId);
const tokenOf = ({ nextPageToken }: HistoryPage): HistoryPageToken | null =>
  nextPageToken.length === 0 ? null : tokens.open('history-page', nextPageToken, 'no token of this server');
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a page of history', () => {
  for (const [where, inMemory] of [
    ['in memory', 4],
    ['in storage', 0],
    ['in both', 2],
  ] as const) {
    const history = batches(2, 1, 4, 2);
    test(`holds everything up to the end, ${where}`, async () => {
      const { server, loaded } = world(history, inMemory);
      const page = await historyPage(server, loaded, 1, 10);
      assert.deepEqual([idsOf(page), tokenOf(page), page.nextEventId], [range(1, 9), null, 10]);
    });
    test(`ends where a batch does, once it has enough, ${where}`, async () => {
      const { server, loaded } = world(history, inMemory);
      const page = await historyPage(server, loaded, 1, 10, 3);
      assert.deepEqual([idsOf(page), page.nextEventId], [range(1, 3), 4]);
      assert.deepEqual(tokenOf(page), { n: 'namespace-id', r: 'run', f: 4, e: 10 });
      const rest = await historyPage(server, loaded, 4, 10, 100);
      assert.deepEqual([idsOf(rest), tokenOf(rest)], [range(4, 9), null]);
    });
    test(`has at least one batch, ${where}`, async () => {
      const { server, loaded } = world(history, inMemory);
      assert.deepEqual(idsOf(await historyPage(server, loaded, 4, 10, 1)), range(4, 7));
    });
    test(`ends before the end that is asked for, ${where}`, async () => {
      const { server, loaded } = world(history, inMemory);
      const page = await historyPage(server, loaded, 1, 4);
      assert.deepEqual([idsOf(page), tokenOf(page), page.nextEventId], [range(1, 3), null, 4]);
    });
  }

  test('is read from memory where that reaches back far enough', async () => {
    const { server, loaded, reads } = world(batches(2, 1, 4, 2), 2);
    await historyPage(server, loaded, 4, 10);
    assert.deepEqual(reads, []);
    await historyPage(server, loaded, 1, 10);
    assert.deepEqual(reads, [[1, 256, 10]]);
  });

  for (const inMemory of [600, 0])
    test(`has at most 256 batches, ${inMemory > 0 ? 'in memory' : 'in storage'}`, async () => {
      const { server, loaded } = world(batches(...Array<number>(600).fill(2)), inMemory);
      const seen: number[] = [];
      const pages: number[] = [];
      for (let first = 1; first < 1_201; ) {
        const page = await historyPage(server, loaded, first, 1_201);
        seen.push(...idsOf(page));
        pages.push(page.nextEventId - first);
        first = tokenOf(page)?.f ?? 1_201;
      }
      assert.deepEqual(pages, [512, 512, 176]);
      assert.deepEqual(seen, range(1, 1_200));
    });

  test('ends before it is too large for a message', async () => {
    const large = [
      batch(1, 1, 1 << 20),
      batch(2, 1, 900 << 10),
      batch(3, 1, 200 << 10),
      batch(4, 1, 3 << 20),
      batch(5, 1),
    ];
    const { server, loaded } = world(large, 5);
    const ends: number[] = [];
    for (let first = 1; first < 6; ) {
      const page = await historyPage(server, loaded, first, 6);
      ends.push(page.nextEventId);
      first = page.nextEventId;
    }
    assert.deepEqual(ends, [3, 4, 5, 6]);
  });

  test('takes what is not durable yet from memory, behind what is stored', async () => {
    const { server, loaded, reads } = world(batches(2, 1), 1);
    loaded.durableNextEventId = 3;
    assert.deepEqual(idsOf(await historyPage(server, loaded, 3, 4)), [3]);
    assert.deepEqual(reads, []);
    assert.deepEqual(idsOf(await historyPage(server, loaded, 1, 4)), [1, 2, 3]);
    assert.deepEqual(reads, [[1, 256, 3]]);
  });
});

describe('all batches between two events', () => {
  test('are read from storage, however many there are', async () => {
    const { server, loaded, reads } = world(batches(...Array<number>(600).fill(2)), 0);
    const found = await batchesBetween(server, loaded, 1, 1_101);
    assert.deepEqual([found.length, found.at(-1)?.firstEventId, reads.length], [550, 1_099, 3]);
  });
  test('are taken from memory where they are there', async () => {
    const { server, loaded, reads } = world(batches(2, 2, 2), 3);
    const found = await batchesBetween(server, loaded, 3, 5);
    assert.deepEqual([found.map(({ firstEventId }) => firstEventId), reads], [[3], []]);
  });
});

test('the events of an encoded history can be told apart without decoding them', () => {
  const { bytes } = batch(7, 3, 40_000);
  const events = eventsOf(bytes);
  assert.deepEqual(
    events.map((event) => History.decode(event).events.map(({ eventId }) => eventId)),
    [[7], [8], [9]],
  );
  assert.deepEqual(Buffer.concat(events), Buffer.from(bytes));
  assert.deepEqual(eventsOf(new Uint8Array(0)), []);
});
