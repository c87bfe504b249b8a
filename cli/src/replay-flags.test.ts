import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readReplayFlags } from './replay-flags.ts';

describe('the flags of replay', () => {
  test('ask for running workflows of the default namespace unless told otherwise', () => {
    const { workflows, namespace, query, limit, watch } = readReplayFlags(['--workflows', 'src/workflows.ts']);
    assert.deepEqual(
      { workflows, namespace, query, limit, watch },
      {
        workflows: 'src/workflows.ts',
        namespace: 'default',
        query: "ExecutionStatus = 'Running'",
        limit: 1000,
        watch: false,
      },
    );
  });

  test('take histories from files', () => {
    const words = ['-w', 'a.ts', '--history', 'one.json', '--history', 'two.json'];
    assert.deepEqual(readReplayFlags(words).histories, ['one.json', 'two.json']);
  });

  for (const { what, words, says } of [
    { what: 'no code', words: [], says: /replay needs --workflows FILE/ },
    { what: 'a limit that is no number', words: ['-w', 'a.ts', '--limit', 'all'], says: /--limit is to be a number/ },
    { what: 'an unknown flag', words: ['-w', 'a.ts', '--frob'], says: /--frob.*see perdure replay --help/s },
  ])
    test(`refuse ${what}`, () => assert.throws(() => readReplayFlags(words), { name: 'UsageError', message: says }));
});
