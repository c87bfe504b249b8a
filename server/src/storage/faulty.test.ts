import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Storage } from './contract.ts';
import { bytes, change, commitOf, creation, head, runKey, seen } from './contract-suite/sample.ts';
import { storageContract } from './contract-suite.ts';
import { StorageError } from './errors.ts';
import type { FaultyStorage } from './faulty.ts';
import { faulty } from './faulty.ts';
import { openSqlite } from './sqlite/open.ts';

const key = runKey(1);
const settingTo = (value: string) => commitOf(change(key, { head: head({ value: bytes(value) }) }));

/** A store whose run has been created by commit 1. */
async function opened(): Promise<{ inner: Storage; faults: FaultyStorage; value: () => Promise<string | undefined> }> {
  const inner = await openSqlite({ path: ':memory:' });
  const faults = faulty(inner);
  await faults.storage.commit(commitOf(creation(key)));
  return { inner, faults, value: async () => (await seen(inner, key))?.head.value };
}

/** Whether any of the promises settles while everything that can happen without outside help happens. */
async function anySettles(...promises: readonly Promise<unknown>[]): Promise<boolean> {
  let settled = false;
  const note = (): void => {
    settled = true;
  };
  for (const promise of promises) promise.then(note, note);
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

storageContract('a faulty store without faults', async () => ({
  storage: faulty(await openSqlite({ path: ':memory:' })).storage,
}));

describe('a commit that is planned to fail', () => {
  test('before it takes effect leaves nothing, and the next one works', async () => {
    const { faults, value } = await opened();
    faults.failAt(2, 'before');
    await assert.rejects(faults.storage.commit(settingTo('second')), { name: 'StorageError', code: 'FAILED' });
    assert.equal(await value(), 'head');
    await faults.storage.commit(settingTo('third'));
    assert.equal(await value(), 'third');
    assert.equal(faults.commits(), 3);
  });

  test('after it took effect is durable although it rejects', async () => {
    const { faults, value } = await opened();
    faults.failAt(2, 'after');
    await assert.rejects(faults.storage.commit(settingTo('second')), { code: 'FAILED' });
    assert.equal(await value(), 'second');
  });

  test('rejects with the error of the plan', async () => {
    const { faults } = await opened();
    const full = new StorageError('FULL', 'no space left');
    faults.failAt(2, 'before', full);
    await assert.rejects(faults.storage.commit(settingTo('second')), full);
  });

  test('cannot lie in the past', async () => {
    const { faults } = await opened();
    assert.throws(() => faults.failAt(1, 'before'), RangeError);
  });

  test('rejects for its own reason if it has one', async () => {
    const { faults } = await opened();
    faults.failAt(2, 'after');
    await assert.rejects(faults.storage.commit(commitOf(creation(key))), { code: 'RUN_EXISTS' });
  });
});

describe('the gate', () => {
  test('holds commits back until it is opened, and then they take effect in their order', async () => {
    const { faults, value } = await opened();
    faults.hold();
    const order: string[] = [];
    const commits = ['a', 'b', 'c'].map((name) => faults.storage.commit(settingTo(name)).then(() => order.push(name)));
    await faults.untilHeld(3);
    assert.equal(await anySettles(...commits), false);
    assert.equal(await value(), 'head');
    faults.release();
    const late = faults.storage.commit(settingTo('d')).then(() => order.push('d'));
    await Promise.all([...commits, late]);
    assert.deepEqual(order, ['a', 'b', 'c', 'd']);
    assert.equal(await value(), 'd');
  });

  test('lets as many through as told', async () => {
    const { faults, value } = await opened();
    faults.hold();
    const first = faults.storage.commit(settingTo('a'));
    const others = ['b', 'c'].map((name) => faults.storage.commit(settingTo(name)));
    faults.releaseNext();
    await first;
    assert.equal(await value(), 'a');
    assert.equal(faults.held(), 2);
    faults.releaseNext(5);
    await Promise.all(others);
    assert.equal(await value(), 'c');
  });

  test('tells when enough commits wait, and not before', async () => {
    const { faults } = await opened();
    faults.hold();
    const two = faults.untilHeld(2);
    void faults.storage.commit(settingTo('a'));
    assert.equal(await anySettles(two), false);
    void faults.storage.commit(settingTo('b'));
    await two;
    await faults.untilHeld(1);
    faults.release();
  });

  test('leaves reads alone', async () => {
    const { faults } = await opened();
    faults.hold();
    assert.notEqual(await faults.storage.loadRun(key), null);
  });

  test('keeps a planned failure for the commit it was planned for', async () => {
    const { faults, value } = await opened();
    faults.hold();
    faults.failAt(3, 'before');
    const commits = ['a', 'b', 'c'].map((name) => faults.storage.commit(settingTo(name)));
    const outcomes = Promise.allSettled(commits);
    faults.release();
    assert.deepEqual(
      (await outcomes).map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal(await value(), 'c');
  });
});

describe('a store that stops for good', () => {
  for (const { point, value: left } of [
    { point: 'before', value: 'second' },
    { point: 'after', value: 'third' },
  ] as const) {
    test(`${point} a commit takes effect never answers again and keeps what came before`, async () => {
      const { inner, faults, value } = await opened();
      faults.stopAt(3, point);
      const second = faults.storage.commit(settingTo('second'));
      const later = [
        faults.storage.commit(settingTo('third')),
        faults.storage.commit(settingTo('fourth')),
        faults.storage.loadRun(key),
        faults.storage.records('c'),
        faults.storage.close(),
      ];
      await second;
      await faults.stopped;
      assert.equal(await anySettles(...later), false);
      assert.equal(await value(), left);
      await inner.close();
    });
  }

  test('stops those that wait at the gate behind the one it stopped at', async () => {
    const { faults, value } = await opened();
    faults.stopAt(3, 'before');
    faults.hold();
    const first = faults.storage.commit(settingTo('a'));
    const rest = ['b', 'c'].map((name) => faults.storage.commit(settingTo(name)));
    faults.release();
    await first;
    await faults.stopped;
    assert.equal(await anySettles(...rest), false);
    assert.equal(await value(), 'a');
  });
});
