import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HeaderMetadata, timeoutMs } from './grpc-metadata.ts';

describe('grpc-timeout', () => {
  const cases: [text: string, ms: number][] = [
    ['2H', 7_200_000],
    ['3M', 180_000],
    ['70S', 70_000],
    ['1500m', 1500],
    ['1500u', 2],
    ['1n', 1],
    ['0n', 0],
    ['99999999H', 99_999_999 * 3_600_000],
  ];
  for (const [text, ms] of cases) {
    test(`${text} is ${ms} ms`, () => assert.equal(timeoutMs(text), ms));
  }
  for (const text of ['', 'S', '5', '5s', '-5S', '1.5S', '123456789S', '5S ', '٣S']) {
    test(`"${text}" is malformed`, () => assert.ok(Number.isNaN(timeoutMs(text))));
  }
});

describe('metadata', () => {
  const headers = { ':path': '/x', 'client-name': 'a', 'set-cookie': ['b', 'c'], 'trace-bin': 'AAEC' };
  const metadata = new HeaderMetadata(headers);

  test('is read by name', () => {
    assert.equal(metadata.get('client-name'), 'a');
    assert.equal(metadata.get('set-cookie'), 'b, c');
    assert.equal(metadata.get('absent'), undefined);
    assert.ok(metadata.has('client-name'));
  });

  test('has neither binary values nor what belongs to HTTP', () => {
    assert.equal(metadata.get(':path'), undefined);
    assert.equal(metadata.has('trace-bin'), false);
  });

  test('is a map like any other', () => {
    const entries = [
      ['client-name', 'a'],
      ['set-cookie', 'b, c'],
    ];
    assert.deepEqual([...metadata], entries);
    assert.deepEqual([...metadata.keys()], ['client-name', 'set-cookie']);
    assert.deepEqual([...metadata.values()], ['a', 'b, c']);
    assert.equal(metadata.size, 2);
    const seen: string[][] = [];
    metadata.forEach((value, name) => void seen.push([name, value]));
    assert.deepEqual(seen, entries);
  });
});
