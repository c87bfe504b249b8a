import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nextCronBackoff, validateCron } from './cron.ts';

const invalid = 'invalid CronSchedule.';
const never = 'invalid CronSchedule, no time can be found to satisfy the schedule';

describe('validating a cron schedule', () => {
  for (const [spec, problem] of [
    ['', null],
    ['* * * * *', null],
    ['*/5 1-3,7 1,15 jan-MAR mon-fri/2', null],
    ['5/10 ? ? * ?', null],
    ['0 0 29 2 *', null],
    ['@hourly', null],
    ['@daily', null],
    ['@midnight', null],
    ['@weekly', null],
    ['@monthly', null],
    ['@yearly', null],
    ['@annually', null],
    ['@every 1h30m', null],
    ['@every 0', null],
    ['@every -1.5s', null],
    ['CRON_TZ=Europe/Berlin 0 3 1 1 *', null],
    ['TZ=UTC @daily', null],
    ['every now and then', invalid],
    ['0 0 0 * * *', invalid],
    ['* * * *', invalid],
    ['60 * * * *', invalid],
    ['* 24 * * *', invalid],
    ['* * 0 * *', invalid],
    ['* * 32 * *', invalid],
    ['* * * 13 *', invalid],
    ['* * * * 7', invalid],
    ['* * L * *', invalid],
    ['* * * * 5#2', invalid],
    ['*/0 * * * *', invalid],
    ['5-1 * * * *', invalid],
    ['1-2-3 * * * *', invalid],
    ['1/2/3 * * * *', invalid],
    ['-1 * * * *', invalid],
    ['1.5 * * * *', invalid],
    ['@every', invalid],
    ['@every ', invalid],
    ['@every 5', invalid],
    ['@every 1 h', invalid],
    ['@fortnightly', invalid],
    ['@toString', invalid],
    [' @hourly', invalid],
    ['CRON_TZ=Mars/Olympus 0 3 * * *', invalid],
    ['CRON_TZ=+01:00 0 3 * * *', invalid],
    ['CRON_TZ=UTC', invalid],
    ['0 0 31 2 *', never],
    ['0 0 30 feb,feb *', never],
    [', * * * *', never],
  ] as const) {
    test(`'${spec}' is ${problem === null ? 'fine' : problem === never ? 'never due' : 'invalid'}`, () => {
      assert.equal(validateCron(spec), problem);
    });
  }
});

describe('the wait for the next cron run', () => {
  const s = 1_000;
  const m = 60 * s;
  const h = 60 * m;
  const d = 24 * h;
  const table: [spec: string, start: string, close: string, wait: number | null][] = [
    ['0 10 * * *', '2018-12-17T16:00:00Z', '2018-12-17T16:00:00Z', 18 * h],
    ['0 10 * * *', '2018-12-18T10:00:00Z', '2018-12-18T10:00:00Z', 24 * h],
    ['0 * * * *', '2018-12-17T08:08:00Z', '2018-12-17T08:08:00Z', 52 * m],
    ['* * * * *', '2018-12-17T08:08:18Z', '2018-12-17T08:08:18Z', 42 * s],
    // A fraction of a second is waited for to the end of its second.
    ['* * * * *', '2018-12-17T08:08:18.250Z', '2018-12-17T08:08:18.250Z', 42 * s],
    ['* * * * *', '2018-12-17T08:08:18Z', '2018-12-17T08:08:59.999Z', 1 * s],
    // The close is on time for a run that is due at that very instant, unless the last one began then.
    ['0 * * * *', '2018-12-17T08:30:00Z', '2018-12-17T09:00:00Z', 0],
    ['0 * * * *', '2018-12-17T09:00:00Z', '2018-12-17T09:00:00Z', 1 * h],
    // What fell due while the last run was open is left out.
    ['0 10 * * *', '2018-12-17T08:00:00Z', '2018-12-20T00:00:00Z', 10 * h],
    ['*/10 * * * *', '2018-12-17T00:04:00Z', '2018-12-17T01:02:00Z', 8 * m],
    // A run that has yet to begin.
    ['*/10 * * * *', '2018-12-17T02:00:00Z', '2018-12-17T01:59:57Z', 3 * s],
    ['@every 5h', '2018-12-17T08:00:00Z', '2018-12-17T09:00:00Z', 4 * h],
    ['@every 5h', '2018-12-17T08:00:00Z', '2018-12-18T00:00:00Z', 4 * h],
    ['@every 30s', '2020-07-17T10:00:02Z', '2020-07-17T10:00:02Z', 30 * s],
    ['@every 30s', '2020-07-17T10:00:02Z', '2020-09-17T04:00:53Z', 9 * s],
    ['@every 30m', '2020-07-17T10:00:00Z', '2020-07-17T09:45:00Z', 15 * m],
    ['@every 1500ms', '2020-07-17T10:00:00.700Z', '2020-07-17T10:00:00.700Z', 1 * s],
    ['@every -1h', '2020-07-17T10:00:00Z', '2020-07-17T10:00:00Z', 1 * s],
    // Day of month or day of week, when both are restricted; a star with a step is a restriction, a plain one is not.
    ['0 0 13 * 5', '2024-01-06T00:00:00Z', '2024-01-06T00:00:00Z', 6 * d],
    ['0 0 13 * *', '2024-01-06T00:00:00Z', '2024-01-06T00:00:00Z', 7 * d],
    ['0 0 * * 5', '2024-01-06T00:00:00Z', '2024-01-06T00:00:00Z', 6 * d],
    ['0 0 */13 * 5', '2024-01-06T00:00:00Z', '2024-01-06T00:00:00Z', 6 * d],
    ['0 0 */7 * *', '2024-01-06T00:00:00Z', '2024-01-06T00:00:00Z', 2 * d],
    ['0 0 29 2 *', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z', 1_461 * d],
    ['@yearly', '2024-12-31T00:00:00Z', '2024-12-31T00:00:00Z', 1 * d],
    ['@weekly', '2024-01-06T00:00:00Z', '2024-01-06T00:00:00Z', 1 * d],
    // New York: 16:05 with daylight saving, 04:05 without.
    ['CRON_TZ=America/New_York 5 16 * * *', '2021-03-14T04:00:00Z', '2021-03-14T19:05:00Z', 1 * h],
    ['CRON_TZ=America/New_York 5 4 * * *', '2021-11-25T05:00:00Z', '2021-11-25T08:05:00Z', 1 * h],
    // 02:30 is skipped on 31 March in Berlin: not before the next day.
    ['TZ=Europe/Berlin 30 2 * * *', '2024-03-30T01:30:00Z', '2024-03-30T01:30:00Z', 47 * h],
    // 02:30 comes twice on 27 October in Berlin.
    ['TZ=Europe/Berlin 30 2 * * *', '2024-10-27T00:30:00Z', '2024-10-27T00:30:00Z', 1 * h],
    ['TZ=Europe/Berlin 0 0 * * *', '2024-10-26T22:00:00Z', '2024-10-26T22:00:00Z', 25 * h],
    // A quarter of an hour off the others.
    ['TZ=Asia/Kathmandu 0 6 1 * *', '2024-01-02T00:00:00Z', '2024-01-02T00:00:00Z', 30 * d + 15 * m],
    // Midnight is skipped in Cairo on 26 April: the day begins at 01:00.
    ['TZ=Africa/Cairo 0 1 26 4 *', '2024-04-20T00:00:00Z', '2024-04-25T21:00:00Z', 1 * h],
    ['0 0 31 2 *', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', null],
    ['nonsense', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', null],
    ['', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', null],
  ];
  for (const [spec, start, close, wait] of table) {
    test(`'${spec}' begun ${start}, closed ${close}: ${wait === null ? 'there is none' : `${wait / 1_000} s`}`, () => {
      assert.equal(nextCronBackoff(spec, Date.parse(start), Date.parse(close)), wait);
    });
  }

  test('does not count its way through a year of missed minutes', () => {
    const start = Date.parse('2020-01-01T00:00:00Z');
    const before = performance.now();
    assert.equal(nextCronBackoff('@every 1s', start, start + 10 * 365 * d + 1), 1 * s);
    assert.equal(nextCronBackoff('* * * * *', start, start + 10 * 365 * d + 1), 1 * m);
    assert.ok(performance.now() - before < 100);
  });
});
