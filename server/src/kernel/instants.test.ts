import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration, parseTime } from './instants.ts';

for (const [text, ms] of Object.entries<number | null>({
  '2024-01-01T00:00:00Z': Date.UTC(2024, 0, 1),
  '2024-01-01T01:30:00+01:30': Date.UTC(2024, 0, 1),
  '2024-02-29T12:30:00.5Z': Date.UTC(2024, 1, 29, 12, 30) + 500,
  '2024-01-01T00:00:00.000000250Z': Date.UTC(2024, 0, 1) + 0.00025,
  '1969-12-31T23:59:59.5Z': -500,
  '9999-12-31T23:59:59Z': 253_402_300_799_000,
  '2024-01-01': null,
  '2024-01-01T00:00:00': null,
  '2023-02-29T00:00:00Z': null,
  '2024-13-01T00:00:00Z': null,
  '2024-01-01T25:00:00Z': null,
  yesterday: null,
  '': null,
})) {
  test(`the time ${text || '(nothing)'} is ${ms}`, () => assert.equal(parseTime(text), ms));
}

for (const [text, ms] of Object.entries<number | null>({
  '300ms': 300,
  '1.5h': 5_400_000,
  '-1h30m': -5_400_000,
  '1d': 86_400_000,
  '2us5ns': 0.002005,
  '.5s': 500,
  '0': 0,
  '00:00:03': 3_000,
  '100:59:59': 363_599_000,
  '00:60:00': null,
  '1 h': null,
  h: null,
  '5': null,
  '': null,
})) {
  test(`the duration ${text || '(nothing)'} is ${ms} ms`, () => assert.equal(parseDuration(text), ms));
}
