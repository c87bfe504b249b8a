import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UsageError } from './start-dev-flags.ts';
import { readTestServerArguments } from './test-server-arguments.ts';

describe('arguments of a test server', () => {
  test('are a port; its time is locked, its namespaces are made when used, and it has the usual attributes', () => {
    const read = readTestServerArguments(['7777']);
    assert.equal(read.port, 7777);
    assert.equal(read.ip, '127.0.0.1');
    assert.equal(read.timeSkipping, true);
    assert.equal(read.anyNamespace, true);
    assert.equal(read.db, undefined);
    assert.equal(read.searchAttributes['CustomKeywordField'], 'Keyword');
  });

  test('may say that time begins unlocked, in any case', () => {
    assert.equal(readTestServerArguments(['1', '--enable-time-skipping']).timeSkipping, 'unlocked');
    assert.equal(readTestServerArguments(['1', '--Enable-Time-Skipping']).timeSkipping, 'unlocked');
  });

  test('may be those of server start-dev as well, with attributes beside and instead of the usual ones', () => {
    const flags = ['--search-attribute', 'Color=Keyword', '--search-attribute', 'CustomTextField=Keyword'];
    const { searchAttributes, namespaces } = readTestServerArguments(['1', ...flags, '-n', 'mine']);
    assert.equal(searchAttributes['Color'], 'Keyword');
    assert.equal(searchAttributes['CustomTextField'], 'Keyword');
    assert.deepEqual(namespaces, ['mine']);
  });

  test('without a port, with a wrong one or with an unknown flag, are refused', () => {
    assert.throws(() => readTestServerArguments([]), UsageError);
    assert.throws(() => readTestServerArguments(['--enable-time-skipping']), /followed by the port/);
    assert.throws(() => readTestServerArguments(['70000']), /port from 0 to 65535/);
    assert.throws(() => readTestServerArguments(['1', '--what']), UsageError);
  });
});
