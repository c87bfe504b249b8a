import assert from 'node:assert/strict';
import sqlite from 'node:sqlite';
import { test } from 'node:test';
import { nodeSqlite } from './node-sqlite.ts';

test('the versions of Node whose SQLite has what is needed are taken', () => {
  for (const version of ['22.13.0', '23.11.0', '24.0.0', '100.0.0']) assert.equal(nodeSqlite(version), sqlite);
});

test('others are refused with what is needed and what there is', () => {
  for (const version of ['22.12.0', '20.19.0', '18.0.0'])
    assert.throws(() => nodeSqlite(version), {
      message: `@perdure/server needs Node.js 22.13 or later, and this is ${version}. Please update Node.js.`,
    });
});
