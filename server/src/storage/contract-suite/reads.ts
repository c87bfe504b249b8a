import assert from 'node:assert/strict';
import type { RunKey } from '../contract.ts';
import type { WithStorage } from './opening.ts';
import { batch, bytes, change, commitOf, creation, entry, head, recordsOf, runId, runKey, text } from './sample.ts';

export function promisesOfReads(withStorage: WithStorage): void {
  history(withStorage);
  scans(withStorage);
  recordsAndKeys(withStorage);
}

function history(withStorage: WithStorage): void {
  // Batches of events 1–2, 3–7, 8, 9–11.
  const starts = [1, 3, 8, 9];
  const key = runKey(5);

  const pages: readonly { from: number; most: number; before?: number; gives: readonly number[]; does: string }[] = [
    { does: 'from event 1 gives all batches in order', from: 1, most: 10, gives: [1, 3, 8, 9] },
    { does: 'gives no more batches than asked for', from: 1, most: 2, gives: [1, 3] },
    { does: 'goes on from the first event of a batch', from: 3, most: 2, gives: [3, 8] },
    { does: 'from the middle of a batch begins with that batch', from: 5, most: 2, gives: [3, 8] },
    { does: 'from the last event of a batch begins with that batch', from: 7, most: 1, gives: [3] },
    { does: 'gives at least one batch', from: 1, most: 0, gives: [1] },
    { does: 'leaves out batches at or after the end given', from: 1, most: 10, before: 8, gives: [1, 3] },
    { does: 'keeps the batch that begins just before the end given', from: 8, most: 10, before: 9, gives: [8] },
    { does: 'is empty when the end lies before the beginning', from: 9, most: 10, before: 9, gives: [] },
    { does: 'from before the first event begins with the first batch', from: 0, most: 1, gives: [1] },
  ];
  for (const { does, from, most, before, gives } of pages) {
    withStorage(`reading history ${does}`, async (storage) => {
      // Neighbours on both sides: none of their batches may appear.
      await storage.commit(commitOf(creation(runKey(4)), creation(key), creation(runKey(6))));
      for (const start of starts.slice(1)) await storage.commit(commitOf(change(key, { history: [batch(start)] })));
      const page = await storage.readHistory(key, from, most, before);
      assert.deepEqual(
        page.map(({ firstEventId }) => firstEventId),
        gives,
      );
      assert.deepEqual(
        page.map((found) => text(found.bytes)),
        gives.map((start) => `events from ${start}`),
      );
    });
  }

  withStorage('the first batch of a run is the one with event 1, however long the history', async (storage) => {
    await storage.commit(commitOf(creation(key, { history: starts.map((start) => batch(start)) })));
    assert.equal(text((await storage.loadRun(key))?.firstBatch ?? bytes('')), 'events from 1');
  });
}

function scans(withStorage: WithStorage): void {
  const ids = (keys: readonly RunKey[]): readonly string[] => keys.map((key) => key.runId);

  withStorage('all runs come in pages by run id, whichever their namespace', async (storage) => {
    const other = { ...runKey(2), namespaceId: 'another' };
    await storage.commit(commitOf(creation(runKey(3)), creation(other), creation(runKey(1))));
    assert.deepEqual(await storage.allRuns('', 2), [runKey(1), other]);
    assert.deepEqual(await storage.allRuns(runId(2), 2), [runKey(3)]);
    await storage.commit({ runs: [], deletes: [runKey(3)], records: [] });
    assert.deepEqual(await storage.allRuns(runId(2), 2), []);
  });

  withStorage('outstanding runs come in pages by run id', async (storage) => {
    const flagged = [9, 2, 7, 4, 5];
    for (const n of flagged) await storage.commit(commitOf(creation(runKey(n), { head: head({ outstanding: true }) })));
    await storage.commit(commitOf(creation(runKey(3)), creation(runKey(6))));

    const first = await storage.outstandingRuns('', 3);
    assert.deepEqual(first, [runKey(2), runKey(4), runKey(5)]);
    const second = await storage.outstandingRuns(runId(5), 3);
    assert.deepEqual(ids(second), [runId(7), runId(9)]);
    assert.deepEqual(await storage.outstandingRuns(runId(9), 3), []);

    await storage.commit(
      commitOf(change(runKey(4), { head: head() }), change(runKey(3), { head: head({ outstanding: true }) })),
    );
    assert.deepEqual(ids(await storage.outstandingRuns('', 10)), [2, 3, 5, 7, 9].map(runId));
  });

  withStorage('due runs come earliest first, up to the instant and the limit asked for', async (storage) => {
    const due: readonly [number, number][] = [
      [1, 500],
      [2, 100],
      [3, 300],
      [4, 1_790_000_000_123],
      [5, 200],
    ];
    for (const [n, at] of due) await storage.commit(commitOf(creation(runKey(n), { head: head({ due: at }) })));
    await storage.commit(commitOf(creation(runKey(6))));

    assert.deepEqual(await storage.dueRuns(300, 10), [
      { key: runKey(2), due: 100 },
      { key: runKey(5), due: 200 },
      { key: runKey(3), due: 300 },
    ]);
    assert.deepEqual(
      (await storage.dueRuns(Number.MAX_SAFE_INTEGER, 2)).map((found) => found.due),
      [100, 200],
    );
    assert.deepEqual(await storage.dueRuns(99, 10), []);
    assert.equal((await storage.dueRuns(1_790_000_000_123, 10)).at(-1)?.due, 1_790_000_000_123);

    await storage.commit(
      commitOf(change(runKey(2), { head: head() }), change(runKey(5), { head: head({ due: 250 }) })),
    );
    assert.deepEqual(
      (await storage.dueRuns(300, 10)).map((found) => found.due),
      [250, 300],
    );
  });

  withStorage('expired runs come earliest first, up to the instant and the limit asked for', async (storage) => {
    assert.equal(await storage.nextExpiry(), null);
    const expires: readonly [number, number][] = [
      [1, 500],
      [2, 100],
      [3, 300],
    ];
    for (const [n, at] of expires) await storage.commit(commitOf(creation(runKey(n), { head: head({ expires: at }) })));
    await storage.commit(commitOf(creation(runKey(4))));
    assert.equal(await storage.nextExpiry(), 100);
    assert.deepEqual(await storage.expiredRuns(300, 10), [runKey(2), runKey(3)]);
    assert.deepEqual(await storage.expiredRuns(1000, 2), [runKey(2), runKey(3)]);
    assert.deepEqual(await storage.expiredRuns(99, 10), []);
  });
}

function recordsAndKeys(withStorage: WithStorage): void {
  withStorage('records are put, replaced and removed within their collection', async (storage) => {
    const record = (collection: string, key: string, value: string | null) => ({
      collection,
      key,
      value: value === null ? null : bytes(value),
    });
    const all = async (collection: string) =>
      (await storage.records(collection)).map(({ key, value }) => `${key}=${text(value)}`);

    assert.deepEqual(await all('namespaces'), []);
    await storage.commit(
      recordsOf(record('namespaces', 'b', '1'), record('namespaces', 'a', '2'), record('queues', 'a', '3')),
    );
    assert.deepEqual(await all('namespaces'), ['a=2', 'b=1']);
    await storage.commit(
      recordsOf(record('namespaces', 'b', null), record('namespaces', 'a', '4'), record('namespaces', 'c', '')),
    );
    assert.deepEqual(await all('namespaces'), ['a=4', 'c=']);
    assert.deepEqual(await all('queues'), ['a=3']);
    await storage.commit(recordsOf(record('queues', 'never there', null)));
    assert.deepEqual(await all('queues'), ['a=3']);
  });

  withStorage('a run is found only by its own namespace and workflow id', async (storage) => {
    const key = runKey(1);
    await storage.commit(commitOf(creation(key, { entries: [entry(1, 'a', 'x')] })));
    for (const foreign of [
      { ...key, namespaceId: 'another' },
      { ...key, workflowId: 'another' },
    ]) {
      assert.equal(await storage.loadRun(foreign), null);
      assert.deepEqual(await storage.readHistory(foreign, 1, 10), []);
    }
  });

  withStorage('a run id may be any UUID', async (storage) => {
    const key = { ...runKey(1), runId: '3f2b8c1e-7d4a-4e6f-9a0b-c5d6e7f80912' };
    await storage.commit(commitOf(creation(runKey(2)), creation(key, { head: head({ outstanding: true }) })));
    assert.notEqual(await storage.loadRun(key), null);
    assert.deepEqual(await storage.outstandingRuns('', 10), [key]);
    assert.deepEqual(await storage.outstandingRuns(runId(999), 10), [key]);
  });
}
