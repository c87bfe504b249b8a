import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CalendarSpec } from '../schedule-spec.ts';
import { decodeOptionalStructuredCalendarSpecs, encodeOptionalStructuredCalendarSpecs } from './calendar.ts';

const encode = (spec: CalendarSpec) => encodeOptionalStructuredCalendarSpecs([spec])?.[0] ?? {};
const one = (n: number) => ({ start: n, end: n, step: 1 });

describe('a calendar', () => {
  test('of which everything is left out is midnight of every day', () => {
    const zero = [{ start: 0, end: 0, step: 0 }];
    assert.deepEqual(encode({}), {
      second: zero,
      minute: zero,
      hour: zero,
      dayOfMonth: [{ start: 1, end: 31, step: 1 }],
      month: [{ start: 1, end: 12, step: 1 }],
      year: [],
      dayOfWeek: [{ start: 0, end: 6, step: 1 }],
      comment: undefined,
    });
  });

  for (const [does, spec, field, ranges] of [
    ['a number', { hour: 3 }, 'hour', [one(3)]],
    ['a star', { hour: '*' }, 'hour', [{ start: 0, end: 23, step: 1 }]],
    ['a star for years', { year: '*' }, 'year', []],
    ['a range', { minute: { start: 1, end: 9, step: 2 } }, 'minute', [{ start: 1, end: 9, step: 2 }]],
    ['a range without a step', { minute: { start: 1, end: 9 } }, 'minute', [{ start: 1, end: 9, step: 1 }]],
    ['a range without an end', { second: { start: 5 } }, 'second', [{ start: 5, end: 1, step: 1 }]],
    ['a list', { second: [1, { start: 2, end: 3 }] }, 'second', [one(1), { start: 2, end: 3, step: 1 }]],
    ['the name of a month', { month: 'FEBRUARY' }, 'month', [one(2)]],
    ['names of days', { dayOfWeek: ['SUNDAY', 'SATURDAY'] }, 'dayOfWeek', [one(0), one(6)]],
  ] as const) {
    test(`takes ${does}`, () => {
      assert.deepEqual(encode(spec as unknown as CalendarSpec)[field], ranges);
    });
  }

  for (const spec of [
    { second: 60 },
    { minute: -1 },
    { hour: 24 },
    { dayOfMonth: 32 },
    { month: 'NEVEMBER' },
    { dayOfWeek: 1 },
    { hour: { start: 24, end: 25 } },
    { hour: 'noon' },
  ]) {
    test(`refuses ${JSON.stringify(spec)}`, () => {
      const [field] = Object.keys(spec);
      const message = new RegExp(`^Invalid CalendarSpec component for field ${field}: `);
      assert.throws(() => encode(spec as unknown as CalendarSpec), { name: 'TypeError', message });
    });
  }

  test('comes back with names, whole ranges, and steps of at least one', () => {
    const raw = { hour: [{ start: 3 }], month: [{ start: 1, end: 3 }], dayOfWeek: [{ start: 5, end: 5, step: 2 }] };
    const [spec] = decodeOptionalStructuredCalendarSpecs([raw]);
    assert.deepEqual(spec?.hour, [one(3)]);
    assert.deepEqual(spec?.month, [{ start: 'JANUARY', end: 'MARCH', step: 1 }]);
    assert.deepEqual(spec?.dayOfWeek, [{ start: 'FRIDAY', end: 'FRIDAY', step: 2 }]);
    assert.deepEqual(spec?.second, []);
  });

  test('with a month that there is not cannot be read', () => {
    assert.throws(() => decodeOptionalStructuredCalendarSpecs([{ month: [{ start: 13 }] }]), RangeError);
  });
});
