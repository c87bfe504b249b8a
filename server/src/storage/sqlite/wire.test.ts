import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Commit } from '../contract.ts';
import { batch, bytes, change, creation, entry, head, largeBytes, runKey } from '../contract-suite/sample.ts';
import { attributes, closedAt, record } from '../contract-suite/visibility-sample.ts';
import { decodeCommit, encodeCommit } from './wire.ts';

const commits: readonly { does: string; commit: Commit }[] = [
  { does: 'nothing at all', commit: { runs: [], deletes: [], records: [] } },
  {
    does: 'every field there is',
    commit: {
      runs: [
        creation(runKey(1), {
          head: head({ due: 1_790_000_000_123, outstanding: true, expires: 0, value: largeBytes(70_000) }),
          entries: [entry(0, 'a', 'x'), entry(4_000_000_000, '', ''), entry(3, 'gone', null)],
          history: [batch(1), batch(Number.MAX_SAFE_INTEGER, '')],
        }),
        change(runKey(2), { head: head({ status: 7 }), makeCurrent: false }),
        change(runKey(3), {
          visibility: record(5, {
            status: 7,
            closed: closedAt(6),
            parent: { workflowId: 'p', runId: 'pr' },
            root: { workflowId: 'r', runId: 'rr' },
            division: 'ü',
            attributes: attributes({
              Color: 'rød',
              Size: -7,
              Weight: 0.1,
              Fresh: true,
              Tags: ['a', ''],
              Note: '🙂'.repeat(99),
            }),
            searchAttributes: bytes('attributes'),
            memo: largeBytes(70_000),
          }),
        }),
      ],
      deletes: [runKey(3), runKey(4)],
      records: [
        { collection: 'c', key: 'k', value: bytes('v') },
        { collection: 'c', key: 'gone', value: null },
      ],
    },
  },
  {
    does: 'text that is longer as UTF-8 than any estimate by length in characters',
    commit: {
      runs: [
        creation(runKey(1, '日本語'.repeat(300)), { makeCurrent: false, entries: [entry(1, '🙂'.repeat(50), 'x')] }),
      ],
      deletes: [runKey(2, '\uffff'.repeat(1000))],
      records: [{ collection: 'ü', key: '日', value: new Uint8Array(0) }],
    },
  },
];

for (const { does, commit } of commits) {
  test(`a commit with ${does} comes out of its packed form as it went in`, () => {
    assert.deepEqual(plain(decodeCommit(encodeCommit(commit))), plain(commit));
  });
}

test('what lists show of an open run without anything special comes out as it went in', () => {
  const commit = { runs: [change(runKey(1), { visibility: record(1) })], deletes: [], records: [] };
  assert.deepEqual(plain(decodeCommit(encodeCommit(commit))), plain(commit));
});

test('a change without a head stays without one', () => {
  const commit = { runs: [change(runKey(1), {})], deletes: [], records: [] };
  assert.ok(!('head' in (decodeCommit(encodeCommit(commit)).runs[0] ?? {})));
});

/** Values as plain Uint8Arrays, and an absent `makeCurrent` as false, which means the same. */
function plain(commit: Commit): unknown {
  const copy = (value: Uint8Array | null): Uint8Array | null => (value === null ? null : new Uint8Array(value));
  return {
    ...commit,
    runs: commit.runs.map((run) => ({
      ...run,
      makeCurrent: run.makeCurrent ?? false,
      ...(run.head && { head: { ...run.head, value: copy(run.head.value) } }),
      ...(run.visibility && {
        visibility: {
          ...run.visibility,
          searchAttributes: copy(run.visibility.searchAttributes),
          memo: copy(run.visibility.memo),
        },
      }),
      entries: run.entries.map((written) => ({ ...written, value: copy(written.value) })),
      history: run.history.map((written) => ({ ...written, bytes: copy(written.bytes) })),
    })),
    records: commit.records.map((record) => ({ ...record, value: copy(record.value) })),
  };
}
