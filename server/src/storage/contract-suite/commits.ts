import assert from 'node:assert/strict';
import type { WithStorage } from './opening.ts';
import {
  batch,
  bytes,
  change,
  commitOf,
  creation,
  deletionOf,
  entry,
  head,
  largeBytes,
  recordsOf,
  runId,
  runKey,
  seen,
  text,
} from './sample.ts';

export function promisesOfCommits(withStorage: WithStorage): void {
  wholeOrNothing(withStorage);
  refusals(withStorage);
  entriesAndHeads(withStorage);
  currentRuns(withStorage);
  deletions(withStorage);
  sizesAndOrder(withStorage);
}

function wholeOrNothing(withStorage: WithStorage): void {
  withStorage('a transition is visible whole once its commit resolves', async (storage) => {
    const key = runKey(1);
    assert.equal(await storage.loadRun(key), null);
    await storage.commit(
      commitOf(
        creation(key, {
          head: head({ value: bytes('first'), due: 1000, outstanding: true }),
          entries: [entry(1, 'a', 'activity'), entry(2, 't', 'timer')],
          history: [batch(1, 'started'), batch(3, 'scheduled')],
        }),
      ),
    );
    assert.deepEqual(await seen(storage, key), {
      head: { value: 'first', status: 1, due: 1000, outstanding: true, expires: null },
      entries: ['1/a=activity', '2/t=timer'],
      history: ['1: started', '3: scheduled'],
    });
    assert.deepEqual((await storage.loadRun(key))?.key, key);
    assert.equal(text((await storage.loadRun(key))?.firstBatch ?? bytes('')), 'started');
  });

  withStorage('of a refused commit nothing is visible, not even what came before the refusal', async (storage) => {
    const [old, fresh] = [runKey(1), runKey(2)];
    await storage.commit(commitOf(creation(old, { entries: [entry(1, 'a', 'kept')] })));
    await storage.commit(recordsOf({ collection: 'c', key: 'k', value: bytes('kept') }));
    const before = await seen(storage, old);

    const writes = [
      creation(fresh),
      change(old, { head: head({ status: 2 }), entries: [entry(1, 'a', null)], history: [batch(4)] }),
      creation(old),
    ];
    const records = [{ collection: 'c', key: 'k', value: null }];
    await assert.rejects(storage.commit({ runs: writes, deletes: [], records }), { code: 'RUN_EXISTS' });

    assert.deepEqual(await seen(storage, old), before);
    assert.equal(await storage.loadRun(fresh), null);
    assert.equal(await storage.currentRun(fresh.namespaceId, fresh.workflowId), null);
    assert.equal((await storage.records('c')).length, 1);
  });

  withStorage('a reader never sees half of a transition that is being committed', async (storage) => {
    const key = runKey(1);
    const state = (n: number) => ({ head: head({ value: bytes(`${n}`) }), entries: [entry(1, 'n', `${n}`)] });
    await storage.commit(commitOf(creation(key, state(0))));
    const commits = Array.from({ length: 300 }, (_, n) => storage.commit(commitOf(change(key, state(n + 1)))));
    let over = false;
    const all = Promise.all(commits).finally(() => {
      over = true;
    });
    do {
      const run = await seen(storage, key);
      assert.deepEqual(run?.entries, [`1/n=${run?.head.value}`]);
      await new Promise((resolve) => setImmediate(resolve));
    } while (!over);
    await all;
    assert.equal((await seen(storage, key))?.head.value, '300');
  });

  withStorage('a commit with nothing in it resolves', async (storage) => {
    await storage.commit({ runs: [], deletes: [], records: [] });
  });

  withStorage('runs, then deletes, then records are applied in the order given', async (storage) => {
    const [closing, next] = [runKey(1, 'loop'), runKey(2, 'loop')];
    await storage.commit({
      runs: [
        creation(closing),
        change(closing, { head: head({ status: 2 }), history: [batch(2)] }),
        creation(next),
        change(next, { entries: [entry(1, 'a', 'one')] }),
        change(next, { entries: [entry(1, 'a', 'two'), entry(1, 'b', 'gone'), entry(1, 'b', null)] }),
      ],
      deletes: [closing],
      records: [
        { collection: 'c', key: 'k', value: bytes('one') },
        { collection: 'c', key: 'k', value: bytes('two') },
      ],
    });
    assert.equal(await storage.loadRun(closing), null);
    assert.deepEqual((await seen(storage, next))?.entries, ['1/a=two']);
    assert.deepEqual(await storage.currentRun(next.namespaceId, 'loop'), { runId: next.runId, status: 1 });
    assert.deepEqual(
      (await storage.records('c')).map(({ value }) => text(value)),
      ['two'],
    );
  });
}

function refusals(withStorage: WithStorage): void {
  withStorage('a run is created once', async (storage) => {
    const key = runKey(1);
    await storage.commit(commitOf(creation(key, { head: head({ value: bytes('first') }) })));
    await assert.rejects(storage.commit(commitOf(creation(key))), { name: 'StorageError', code: 'RUN_EXISTS' });
    const elsewhere = { ...key, workflowId: 'another' };
    await assert.rejects(storage.commit(commitOf(creation(elsewhere))), { code: 'RUN_EXISTS' });
    assert.equal((await seen(storage, key))?.head.value, 'first');
  });

  withStorage('a write to a run that is not there is refused', async (storage) => {
    const key = runKey(1);
    const missing = { name: 'StorageError', code: 'RUN_MISSING' };
    await assert.rejects(storage.commit(commitOf(change(key, { head: head() }))), missing);
    await assert.rejects(storage.commit(commitOf(change(key, { entries: [entry(1, 'a', 'x')] }))), missing);
    await storage.commit(commitOf(creation(key)));
    const elsewhere = { ...key, namespaceId: 'another' };
    await assert.rejects(storage.commit(commitOf(change(elsewhere, { head: head({ status: 2 }) }))), missing);
    await storage.commit(deletionOf(key));
    await assert.rejects(storage.commit(commitOf(change(key, { history: [batch(2)] }))), missing);
  });

  withStorage('a batch of history is written once', async (storage) => {
    const key = runKey(1);
    await storage.commit(commitOf(creation(key)));
    const again = commitOf(change(key, { history: [batch(1, 'other')] }));
    await assert.rejects(storage.commit(again), { name: 'StorageError', code: 'HISTORY_EXISTS' });
    assert.deepEqual((await seen(storage, key))?.history, ['1: events from 1']);
  });

  withStorage('commits go on after a refused one', async (storage) => {
    const key = runKey(1);
    const outcomes = await Promise.allSettled([
      storage.commit(commitOf(creation(key))),
      storage.commit(commitOf(creation(key))),
      storage.commit(commitOf(change(key, { head: head({ value: bytes('third') }) }))),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal((await seen(storage, key))?.head.value, 'third');
  });
}

function entriesAndHeads(withStorage: WithStorage): void {
  withStorage('entries are put, replaced and removed one by one', async (storage) => {
    const key = runKey(1);
    const [other, entriesNow] = [runKey(2), async () => (await seen(storage, key))?.entries];
    await storage.commit(commitOf(creation(key), creation(other, { entries: [entry(1, 'a', 'of the other run')] })));
    await storage.commit(
      commitOf(change(key, { entries: [entry(1, 'a', 'x'), entry(2, 'a', 'y'), entry(1, 'b', 'z')] })),
    );
    assert.deepEqual(await entriesNow(), ['1/a=x', '1/b=z', '2/a=y']);
    await storage.commit(commitOf(change(key, { entries: [entry(1, 'a', 'new'), entry(1, 'b', null)] })));
    assert.deepEqual(await entriesNow(), ['1/a=new', '2/a=y']);
    await storage.commit(commitOf(change(key, { entries: [entry(1, 'never there', null)] })));
    assert.deepEqual(await entriesNow(), ['1/a=new', '2/a=y']);
    assert.deepEqual((await seen(storage, other))?.entries, ['1/a=of the other run']);
  });

  withStorage('keys of any text and empty values are kept as they are', async (storage) => {
    const key = runKey(1, 'größe/日本語 🙂');
    const names = ['', ' ', 'Ärger', '🙂', 'a\u0000b', "quote'd"];
    await storage.commit(commitOf(creation(key, { entries: names.map((name) => entry(7, name, '')) })));
    const run = await storage.loadRun(key);
    assert.deepEqual(run?.entries.map((found) => found.key).sort(), names.toSorted());
    assert.ok(run?.entries.every(({ value, kind }) => value.length === 0 && kind === 7));
    assert.equal((await storage.currentRun(key.namespaceId, key.workflowId))?.runId, key.runId);
  });

  withStorage('a write without a head leaves the head as it is', async (storage) => {
    const key = runKey(1);
    const first = head({ value: bytes('first'), due: 5, outstanding: true, expires: 9 });
    await storage.commit(commitOf(creation(key, { head: first })));
    await storage.commit(commitOf(change(key, { history: [batch(2)] })));
    assert.deepEqual((await seen(storage, key))?.head, { ...first, value: 'first' });
  });

  withStorage('a new head replaces all of the old one', async (storage) => {
    const key = runKey(1);
    await storage.commit(commitOf(creation(key, { head: head({ due: 5, outstanding: true, expires: 9 }) })));
    await storage.commit(commitOf(change(key, { head: head({ value: bytes('next'), status: 2 }) })));
    const plain = { value: 'next', status: 2, due: null, outstanding: false, expires: null };
    assert.deepEqual((await seen(storage, key))?.head, plain);
  });
}

function currentRuns(withStorage: WithStorage): void {
  withStorage('the current run is the one that was made so last, with its latest status', async (storage) => {
    const [first, second] = [runKey(1, 'loop'), runKey(2, 'loop')];
    const current = () => storage.currentRun(first.namespaceId, 'loop');
    assert.equal(await current(), null);
    await storage.commit(commitOf(creation(first)));
    assert.deepEqual(await current(), { runId: first.runId, status: 1 });
    await storage.commit(commitOf(change(first, { head: head({ status: 6 }) }), creation(second)));
    assert.deepEqual(await current(), { runId: second.runId, status: 1 });
    await storage.commit(commitOf(change(second, { head: head({ status: 2 }) })));
    assert.deepEqual(await current(), { runId: second.runId, status: 2 });
    await storage.commit(commitOf(creation(runKey(3, 'loop'), { makeCurrent: false })));
    assert.equal((await current())?.runId, second.runId);
    await storage.commit(commitOf(change(first, { makeCurrent: true })));
    assert.equal((await current())?.runId, first.runId);
  });

  withStorage('the same workflow id in two namespaces is two workflows', async (storage) => {
    const here = runKey(1, 'same');
    const there = { ...runKey(2, 'same'), namespaceId: 'another' };
    await storage.commit(commitOf(creation(here), creation(there)));
    assert.equal((await storage.currentRun(here.namespaceId, 'same'))?.runId, here.runId);
    assert.equal((await storage.currentRun('another', 'same'))?.runId, there.runId);
  });
}

function deletions(withStorage: WithStorage): void {
  withStorage('a deleted run leaves nothing behind, and its id is free again', async (storage) => {
    const key = runKey(1);
    const full = head({ due: 1, outstanding: true, expires: 1 });
    await storage.commit(commitOf(creation(key, { head: full, entries: [entry(1, 'a', 'x')] })));
    await storage.commit(deletionOf(key));
    assert.equal(await storage.loadRun(key), null);
    assert.deepEqual(await storage.readHistory(key, 1, 10), []);
    assert.equal(await storage.currentRun(key.namespaceId, key.workflowId), null);
    assert.deepEqual(await storage.outstandingRuns('', 10), []);
    assert.deepEqual(await storage.dueRuns(10, 10), []);
    assert.deepEqual(await storage.expiredRuns(10, 10), []);

    await storage.commit(commitOf(creation(key, { history: [] })));
    assert.deepEqual(await seen(storage, key), { head: { ...head(), value: 'head' }, entries: [], history: [] });
    assert.equal((await storage.loadRun(key))?.firstBatch.length, 0);
  });

  withStorage('deleting a run that is not current leaves the current one', async (storage) => {
    const [first, second] = [runKey(1, 'loop'), runKey(2, 'loop')];
    await storage.commit(commitOf(creation(first), creation(second)));
    await storage.commit(deletionOf(first));
    assert.equal(await storage.loadRun(first), null);
    assert.equal((await storage.currentRun(second.namespaceId, 'loop'))?.runId, second.runId);
    assert.notEqual(await storage.loadRun(second), null);
  });

  withStorage('deleting a run that is not there, or that belongs elsewhere, does nothing', async (storage) => {
    const key = runKey(1);
    await storage.commit(commitOf(creation(key)));
    await storage.commit(deletionOf(runKey(2), { ...key, namespaceId: 'another' }, { ...key, workflowId: 'another' }));
    assert.notEqual(await storage.loadRun(key), null);
  });
}

function sizesAndOrder(withStorage: WithStorage): void {
  withStorage('values of 2 MiB come back as they went in', async (storage) => {
    const key = runKey(1);
    const [large, larger] = [largeBytes(2 * 1024 * 1024), largeBytes(2 * 1024 * 1024 + 1)];
    await storage.commit({
      runs: [
        creation(key, {
          head: head({ value: large }),
          entries: [{ kind: 1, key: 'a', value: larger }],
          history: [{ firstEventId: 1, bytes: large }],
        }),
      ],
      deletes: [],
      records: [{ collection: 'c', key: 'k', value: large }],
    });
    const run = await storage.loadRun(key);
    const [stored] = await storage.readHistory(key, 1, 1);
    const [record] = await storage.records('c');
    const found = [run?.head.value, run?.firstBatch, stored?.bytes, record?.value];
    for (const value of found) assert.ok(value !== undefined && Buffer.compare(value, large) === 0);
    assert.ok(Buffer.compare(run?.entries[0]?.value ?? bytes(''), larger) === 0);
  });

  withStorage('the caller may reuse its buffers as soon as the commit resolves', async (storage) => {
    const key = runKey(1);
    const value = bytes('before');
    await storage.commit(commitOf(creation(key, { head: head({ value }) })));
    value.fill(0);
    assert.equal((await seen(storage, key))?.head.value, 'before');
  });

  withStorage('many commits given at once take effect in their order', async (storage) => {
    const key = runKey(0);
    const count = 200;
    const done: number[] = [];
    const commits = [storage.commit(commitOf(creation(key)))];
    for (let n = 1; n <= count; n++) {
      const write = change(key, { head: head({ value: bytes(`${n}`) }), history: [batch(n + 1, `${n}`)] });
      commits.push(storage.commit(commitOf(write, creation(runKey(n)))).then(() => void done.push(n)));
    }
    await Promise.all(commits);
    assert.deepEqual(
      done,
      Array.from({ length: count }, (_, index) => index + 1),
    );
    const found = await seen(storage, key);
    assert.equal(found?.head.value, `${count}`);
    assert.equal(found?.history.length, count + 1);
    assert.notEqual(await storage.loadRun({ ...runKey(count), runId: runId(count) }), null);
  });

  withStorage('each of many commits is there to be read when its own promise resolves', async (storage) => {
    const keys = Array.from({ length: 100 }, (_, n) => runKey(n));
    const found = await Promise.all(
      keys.map(async (key, n) => {
        await storage.commit(
          commitOf(creation(key, { entries: [entry(1, 'n', `${n}`)], history: [batch(1, `${n}`)] })),
        );
        return seen(storage, key);
      }),
    );
    for (const [n, run] of found.entries()) {
      assert.deepEqual([run?.entries, run?.history], [[`1/n=${n}`], [`1: ${n}`]]);
    }
  });
}
