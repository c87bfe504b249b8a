import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { metadataOf, timeoutMs } from './grpc-metadata.ts';

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
  test('is the headers as they are', () => {
    const headers = new Map([['client-name', 'a']]);
    assert.equal(metadataOf(headers), headers);
  });

  test('has no binary values', () => {
    const headers = new Map([
      ['client-name', 'a'],
      ['trace-bin', 'AAEC'],
    ]);
    assert.deepEqual([...metadataOf(headers)], [['client-name', 'a']]);
    assert.equal(headers.size, 2);
  });
});
