import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpenStorage } from './opening.ts';
import { batch, bytes, change, commitOf, creation, entry, head, recordsOf, runKey, seen, text } from './sample.ts';

export function promisesOfLifetime(open: OpenStorage): void {
  test('closing waits for the commits in flight', async () => {
    const { storage } = await open();
    const order: string[] = [];
    const commits = [1, 2, 3].map((n) => storage.commit(commitOf(creation(runKey(n)))).then(() => order.push(`${n}`)));
    await Promise.all([...commits, storage.close().then(() => order.push('closed'))]);
    assert.deepEqual(order, ['1', '2', '3', 'closed']);
  });

  test('every call after closing rejects, only closing again does not', async () => {
    const { storage } = await open();
    await storage.close();
    const closed = { name: 'StorageError', code: 'CLOSED' };
    const key = runKey(1);
    await assert.rejects(storage.commit(commitOf(creation(key))), closed);
    await assert.rejects(storage.loadRun(key), closed);
    await assert.rejects(storage.currentRun(key.namespaceId, key.workflowId), closed);
    await assert.rejects(storage.readHistory(key, 1, 1), closed);
    await assert.rejects(storage.outstandingRuns('', 1), closed);
    await assert.rejects(storage.dueRuns(0, 1), closed);
    await assert.rejects(storage.expiredRuns(0, 1), closed);
    await assert.rejects(storage.nextExpiry(), closed);
    await assert.rejects(storage.records('c'), closed);
    await storage.close();
  });

  test('what was committed is there after opening again', async (context) => {
    const { storage, reopen } = await open();
    const key = runKey(1);
    await storage.commit(
      commitOf(
        creation(key, {
          head: head({ due: 5, outstanding: true, expires: 7 }),
          entries: [entry(1, 'a', 'x'), entry(2, 'b', 'y')],
        }),
        creation(runKey(2)),
      ),
    );
    await storage.commit(commitOf(change(key, { entries: [entry(1, 'a', null)], history: [batch(4)] })));
    await storage.commit(recordsOf({ collection: 'c', key: 'k', value: bytes('kept') }));
    const before = await seen(storage, key);
    const last = storage.commit(commitOf(creation(runKey(3))));
    await storage.close();
    await last;
    if (reopen === undefined) return context.skip('this driver keeps nothing');

    const again = await reopen();
    try {
      assert.deepEqual(await seen(again, key), before);
      assert.notEqual(await again.loadRun(runKey(3)), null);
      assert.deepEqual(await again.currentRun(key.namespaceId, key.workflowId), { runId: key.runId, status: 1 });
      assert.deepEqual(await again.outstandingRuns('', 10), [key]);
      assert.deepEqual(await again.dueRuns(5, 10), [{ key, due: 5 }]);
      assert.deepEqual(await again.expiredRuns(7, 10), [key]);
      assert.deepEqual(
        (await again.records('c')).map(({ value }) => text(value)),
        ['kept'],
      );
      await again.commit(commitOf(change(key, { history: [batch(9)] })));
      assert.equal((await seen(again, key))?.history.length, 3);
    } finally {
      await again.close();
    }
  });
}
