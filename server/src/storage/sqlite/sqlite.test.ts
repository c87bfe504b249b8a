import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { storageContract } from '../contract-suite.ts';
import { openSqlite } from './open.ts';

const directory = mkdtempSync(join(tmpdir(), 'perdure-sqlite-'));
after(() => rmSync(directory, { recursive: true }));

let files = 0;
storageContract('sqlite in a file', async () => {
  const path = join(directory, `${++files}.db`);
  return { storage: await openSqlite({ path }), reopen: () => openSqlite({ path }) };
});

storageContract('sqlite in memory', async () => ({ storage: await openSqlite({ path: ':memory:' }) }));
