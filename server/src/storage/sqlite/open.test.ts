import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { change, commitOf, creation, deletionOf, head, largeBytes, runKey, seen } from '../contract-suite/sample.ts';
import { openSqlite } from './open.ts';
import { startWriter } from './writer-thread.ts';

const directory = mkdtempSync(join(tmpdir(), 'perdure-open-'));
after(() => rmSync(directory, { recursive: true }));

let files = 0;
const newPath = (): string => join(directory, `${++files}.db`);

/** Runs `body` in a process of its own, with `storage` opened on `path`; it says 'open' once it is. */
function childWith(path: string, body: string): ChildProcess {
  const script = `
    const { openSqlite } = await import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)});
    const sample = await import(${JSON.stringify(new URL('../contract-suite/sample.ts', import.meta.url).href)});
    const storage = await openSqlite({ path: ${JSON.stringify(path)} });
    console.log('open');
    ${body}`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Reads what the child says until `enough`; returns all of it. */
async function listen(child: ChildProcess, enough: (line: string) => boolean): Promise<readonly string[]> {
  const said: string[] = [];
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (enough(line)) break;
  }
  return said;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const inUse = { name: 'StorageError', code: 'IN_USE', message: /is in use by another server; stop that one first/ };

describe('a file in use', () => {
  test('is refused to a second process, until the first one dies, however it dies', async () => {
    const path = newPath();
    const child = childWith(path, 'setInterval(() => {}, 1_000_000);');
    try {
      await listen(child, (line) => line === 'open');
      await assert.rejects(openSqlite({ path }), inUse);
      await assert.rejects(openSqlite({ path }), inUse);
    } finally {
      await kill(child);
    }
    await (await openSqlite({ path })).close();
  });

  test('is refused to a second store in the same process, which leaves the first one as it was', async () => {
    const path = newPath();
    const first = await openSqlite({ path });
    await assert.rejects(openSqlite({ path }), inUse);
    await first.commit(commitOf(creation(runKey(1))));
    assert.notEqual(await first.loadRun(runKey(1)), null);
    // A refused store must not have let go of the lock either.
    await assert.rejects(openSqlite({ path }), inUse);
    await first.close();
    await (await openSqlite({ path })).close();
  });

  test('is the same file by whatever name it is opened', async () => {
    const path = newPath();
    const first = await openSqlite({ path });
    symlinkSync(path, `${path}.link`);
    await assert.rejects(openSqlite({ path: `${path}.link` }), inUse);
    await first.close();
  });
});

describe('a process that is killed', () => {
  test('loses nothing that it was told is durable, and leaves no half of a transition', async () => {
    const path = newPath();
    const child = childWith(
      path,
      `const { batch, bytes, change, commitOf, creation, entry, head, runKey } = sample;
       const key = runKey(0);
       await storage.commit(commitOf(creation(key)));
       for (let n = 1; ; n++) {
         const write = change(key, { head: head({ value: bytes(String(n)) }), history: [batch(n + 1)] });
         const done = storage.commit(commitOf(write, creation(runKey(n), { entries: [entry(1, 'n', String(n))] })));
         if (n % 4 === 0) await done;
         done.then(() => console.log(n));
       }`,
    );
    let acknowledged = 0;
    try {
      acknowledged = Number((await listen(child, (line) => Number(line) >= 100)).at(-1));
    } finally {
      await kill(child);
    }

    const storage = await openSqlite({ path });
    const found = await seen(storage, runKey(0));
    const durable = Number(found?.head.value);
    assert.ok(durable >= acknowledged, `${durable} of ${acknowledged} acknowledged transitions are there`);
    const history = await storage.readHistory(runKey(0), 1, Number.MAX_SAFE_INTEGER);
    assert.equal(history.length, durable + 1);
    assert.deepEqual((await seen(storage, runKey(durable)))?.entries, [`1/n=${durable}`]);
    assert.equal(await storage.loadRun(runKey(durable + 1)), null);
    await storage.close();
  });
});

describe('a place that cannot be written', () => {
  test('is refused when the directory does not exist', async () => {
    const path = join(directory, 'missing', 'a.db');
    await assert.rejects(openSqlite({ path }), {
      name: 'StorageError',
      code: 'NOT_WRITABLE',
      message: /does not exist/,
    });
  });

  test('is refused when it is a directory', async () => {
    const path = newPath();
    mkdirSync(path);
    await assert.rejects(openSqlite({ path }), { name: 'StorageError', code: 'NOT_WRITABLE' });
  });

  for (const { what, suffix } of [
    { what: 'file', suffix: '' },
    { what: 'lock beside it', suffix: '-lock' },
  ]) {
    const skip = process.getuid?.() === 0 && 'root writes anywhere';
    test(`is refused when the ${what} is read-only`, { skip }, async () => {
      const path = newPath();
      await (await openSqlite({ path })).close();
      chmodSync(`${path}${suffix}`, 0o444);
      await assert.rejects(openSqlite({ path }), {
        name: 'StorageError',
        code: 'NOT_WRITABLE',
        message: /is read-only; give this process permission/,
      });
    });
  }
});

describe('the write-ahead log', () => {
  for (const { what, size, most } of [
    { what: 'large', size: 128 * 1024, most: 16 * 1024 * 1024 },
    { what: 'small', size: 8 * 1024, most: 16 * 1024 * 1024 },
  ])
    test(`stays bounded while the store is written by ${what} commits, read, and written again`, async () => {
      const path = newPath();
      const storage = await openSqlite({ path });
      const value = largeBytes(size);
      let largest = 0;
      for (let n = 0; n < 400; n++) {
        await storage.commit(commitOf(creation(runKey(n), { head: head({ value }) })));
        await storage.loadRun(runKey(n));
        largest = Math.max(largest, statSync(`${path}-wal`).size);
      }
      assert.ok(largest < most, `the log grew to ${largest} bytes while ${400 * size} were written`);
      await storage.commit(deletionOf(...Array.from({ length: 400 }, (_, n) => runKey(n))));
      await storage.close();
      assert.equal(statSync(`${path}-wal`, { throwIfNoEntry: false }), undefined);
    });
});

describe('a small commit', () => {
  test('is durable before the event loop turns', async () => {
    const path = newPath();
    const storage = await openSqlite({ path });
    let settled = false;
    void storage.commit(commitOf(creation(runKey(1)), creation(runKey(2)))).then(() => {
      settled = true;
    });
    for (let n = 0; n < 5; n++) await Promise.resolve();
    assert.equal(settled, true);
    await storage.close();
  });

  test('may be larger while there is little else to do', async () => {
    const path = newPath();
    const storage = await openSqlite({ path });
    const isMadeAtOnce = async (id: number): Promise<boolean> => {
      let settled = false;
      const value = largeBytes(32 * 1024);
      const made = storage.commit(commitOf(creation(runKey(id), { head: head({ value }) }))).then(() => {
        settled = true;
      });
      for (let n = 0; n < 5; n++) await Promise.resolve();
      const atOnce = settled;
      await made;
      return atOnce;
    };
    assert.equal(await isMadeAtOnce(1), true);
    for (const until = performance.now() + 200; performance.now() < until; );
    assert.equal(await isMadeAtOnce(2), false);
    await storage.close();
  });

  test('keeps its place behind commits that are with the thread', async () => {
    const path = newPath();
    const storage = await openSqlite({ path });
    const first = storage.commit(commitOf(creation(runKey(1), { head: head({ value: largeBytes(128 * 1024) }) })));
    const second = storage.commit(commitOf(change(runKey(1), { head: head({ status: 2 }) })));
    await Promise.all([first, second]);
    assert.equal((await seen(storage, runKey(1)))?.head.status, 2);
    await storage.close();
  });

  test('waits with the thread, and holds up nobody, while another program has the file locked', async () => {
    const path = newPath();
    const storage = await openSqlite({ path });
    await storage.commit(commitOf(creation(runKey(1))));
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    let done = false;
    const waiting = storage.commit(commitOf(change(runKey(1), { head: head({ status: 2 }) }))).then(() => {
      done = true;
    });
    await setImmediate();
    assert.equal(done, false);
    other.exec('ROLLBACK');
    other.close();
    await waiting;
    assert.equal((await seen(storage, runKey(1)))?.head.status, 2);
    await storage.close();
  });

  test('that is refused leaves nothing behind', async () => {
    const path = newPath();
    const storage = await openSqlite({ path });
    await assert.rejects(storage.commit(commitOf(change(runKey(7), { history: [] }))), { code: 'RUN_MISSING' });
    await storage.commit(commitOf(creation(runKey(7))));
    await assert.rejects(storage.commit(commitOf(creation(runKey(7)))), { code: 'RUN_EXISTS' });
    assert.notEqual(await storage.loadRun(runKey(7)), null);
    await storage.close();
  });
});

describe('the writing thread', () => {
  test('is there again after each opening, and closing ends it', async () => {
    const path = newPath();
    for (let n = 0; n < 3; n++) {
      const storage = await openSqlite({ path });
      await storage.commit(commitOf(n === 0 ? creation(runKey(1)) : change(runKey(1), { head: head({ status: n }) })));
      await storage.close();
    }
    const storage = await openSqlite({ path });
    assert.equal((await seen(storage, runKey(1)))?.head.status, 2);
    await storage.close();
  });

  test('rejects commits when it could not start, and can be closed nevertheless', async () => {
    const writer = startWriter({ path: join(directory, 'missing', 'a.db'), busyTimeoutMs: 0 });
    await assert.rejects(writer.commit(commitOf()), { name: 'StorageError' });
    await assert.rejects(writer.commit(commitOf()), { name: 'StorageError' });
    await writer.close();
  });

  test('does not keep a process alive that has nothing more to do, but finishes the commits it was given', async () => {
    const path = newPath();
    const child = childWith(path, 'storage.commit(sample.commitOf(sample.creation(sample.runKey(1))));');
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
    const storage = await openSqlite({ path });
    assert.notEqual(await storage.loadRun(runKey(1)), null);
    await storage.close();
  });
});
