import assert from 'node:assert/strict';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { test } from 'node:test';
import { withArrayRows, withValues } from './array-rows.ts';

for (const [how, arrays] of Object.entries({ 'as this Node does it': withArrayRows, 'as older ones do': withValues })) {
  test(`rows come as arrays, ${how}`, () => {
    const db = new DatabaseSync(':memory:');
    const prepared = (sql: string): StatementSync => arrays(db.prepare(sql));
    db.exec('CREATE TABLE t (b, a); INSERT INTO t VALUES (1, NULL), (2, 3)');
    const both = prepared('SELECT b, a FROM t WHERE b >= ? ORDER BY b');
    assert.deepEqual(both.all(1), [
      [1, null],
      [2, 3],
    ]);
    assert.deepEqual(both.get(2), [2, 3]);
    assert.equal(both.get(9), undefined);
    assert.deepEqual(prepared('SELECT count(*), max(a) FROM t').get(), [2, 3]);
    db.close();
  });
}
