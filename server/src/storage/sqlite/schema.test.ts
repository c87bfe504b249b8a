import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, test } from 'node:test';
import { bytes, commitOf, creation, entry, recordsOf, runKey, seen, text } from '../contract-suite/sample.ts';
import { found, record, relisted } from '../contract-suite/visibility-sample.ts';
import { openSqlite, openWithMigrations } from './open.ts';
import type { Migration } from './schema.ts';
import { applicationId, migrations } from './schema.ts';

const directory = mkdtempSync(join(tmpdir(), 'perdure-schema-'));
after(() => rmSync(directory, { recursive: true }));

let files = 0;
const newPath = (): string => join(directory, `${++files}.db`);

/** What the next versions could look like: one that changes rows and one that adds a table. */
const renaming: Migration = `UPDATE records SET collection = collection || '-2'`;
const adding: Migration = 'CREATE TABLE added (x INTEGER) STRICT; INSERT INTO added VALUES (7)';

function inspect<T>(path: string, look: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path);
  try {
    return look(db);
  } finally {
    db.close();
  }
}

const version = (path: string): unknown =>
  inspect(path, (db) => db.prepare('PRAGMA user_version').get()?.['user_version']);

/** A file of the current version with a run and a record in it. */
async function filled(): Promise<string> {
  const path = newPath();
  const storage = await openSqlite({ path });
  await storage.commit(commitOf(creation(runKey(1), { entries: [entry(1, 'a', 'x')] })));
  await storage.commit(recordsOf({ collection: 'c', key: 'k', value: bytes('kept') }));
  await storage.close();
  return path;
}

describe('the schema of a file', () => {
  test('is the newest one when the file is new', async () => {
    const path = newPath();
    await (await openSqlite({ path })).close();
    assert.equal(version(path), migrations.length);
  });

  test('goes forward when the file is of an earlier version, and what is in it stays', async () => {
    const path = await filled();
    const storage = await openWithMigrations({ path }, [...migrations, renaming, adding]);
    assert.deepEqual((await seen(storage, runKey(1)))?.entries, ['1/a=x']);
    assert.deepEqual(await storage.records('c'), []);
    assert.deepEqual(
      (await storage.records('c-2')).map(({ value }) => text(value)),
      ['kept'],
    );
    await storage.commit(commitOf(creation(runKey(2))));
    await storage.close();
    assert.equal(version(path), migrations.length + 2);
    assert.deepEqual(
      inspect(path, (db) => db.prepare('SELECT x FROM added').get()?.['x']),
      7,
    );
  });

  test('of version 1 goes forward with its runs, which come into lists with what they do next', async () => {
    const path = newPath();
    const { namespaceId, workflowId, runId } = runKey(1);
    inspect(path, (db) => {
      db.exec(`${migrations[0]}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`);
      const row = [1, runId, namespaceId, workflowId, 1, 0, bytes('head')];
      db.prepare(
        'INSERT INTO runs (run, run_id, namespace_id, workflow_id, status, outstanding, head) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ).run(...row);
    });
    const storage = await openSqlite({ path });
    assert.equal((await seen(storage, runKey(1)))?.head.value, 'head');
    assert.equal(await found(storage, ''), '');
    await storage.commit(commitOf(relisted(1, record(1))));
    assert.equal(await found(storage, ''), '1');
    await storage.close();
    assert.equal(version(path), migrations.length);
  });

  test('runs every step once, however often the file is opened', async () => {
    const path = await filled();
    for (let time = 0; time < 3; time++) await (await openWithMigrations({ path }, [...migrations, renaming])).close();
    const storage = await openWithMigrations({ path }, [...migrations, renaming]);
    assert.deepEqual((await storage.records('c-2')).length, 1);
    await storage.close();
  });

  test('stays at the last step that worked when one fails, and goes on from there', async () => {
    const path = await filled();
    const broken: Migration = 'CREATE TABLE half (x INTEGER); INSERT INTO missing VALUES (1)';
    await assert.rejects(openWithMigrations({ path }, [...migrations, renaming, broken]), { name: 'StorageError' });
    assert.equal(version(path), migrations.length + 1);
    assert.equal(
      inspect(path, (db) => db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'half'`).get()),
      undefined,
    );
    const storage = await openWithMigrations({ path }, [...migrations, renaming, adding]);
    assert.equal((await storage.records('c-2')).length, 1);
    await storage.close();
  });

  test('from a newer version is refused, and the file is left alone', async () => {
    const path = await filled();
    await (await openWithMigrations({ path }, [...migrations, adding])).close();
    const before = readFileSync(path);
    await assert.rejects(openSqlite({ path }), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'NEWER_SCHEMA');
      assert.match(error.message, /written by a newer version .* start that version or a later one/);
      assert.ok(error.message.includes(path));
      return true;
    });
    assert.ok(before.equals(readFileSync(path)));
  });
});

describe('a file that is not ours', () => {
  test('is refused when it is no database', async () => {
    const path = newPath();
    writeFileSync(path, 'Dear diary, '.repeat(500));
    await assert.rejects(openSqlite({ path }), { name: 'StorageError', code: 'NOT_A_DATABASE' });
    assert.equal(readFileSync(path, 'utf8'), 'Dear diary, '.repeat(500));
  });

  for (const { whose, sql } of [
    { whose: 'another application', sql: 'PRAGMA application_id = 1234; CREATE TABLE songs (title)' },
    { whose: 'an application that leaves no mark', sql: 'CREATE TABLE songs (title)' },
    { whose: 'an application that only left a version', sql: 'PRAGMA user_version = 1' },
  ]) {
    test(`is refused when it is a database of ${whose}, and left alone`, async () => {
      const path = newPath();
      inspect(path, (db) => db.exec(sql));
      const before = readFileSync(path);
      await assert.rejects(openSqlite({ path }), { name: 'StorageError', code: 'NOT_A_DATABASE' });
      assert.ok(before.equals(readFileSync(path)));
    });
  }

  test('is taken when it is empty', async () => {
    const path = newPath();
    writeFileSync(path, '');
    const storage = await openSqlite({ path });
    await storage.commit(commitOf(creation(runKey(1))));
    await storage.close();
    assert.equal(version(path), migrations.length);
  });
});
