import type { CronFields } from './cron-parse.ts';
import { parseCron } from './cron-parse.ts';

/** How many years ahead a time is looked for before a schedule counts as one that never comes. */
const YEARS_AHEAD = 5;
/** Validation must not depend on when it is done: it looks from here, and finds a leap day within reach. */
const VALIDATED_FROM = Date.UTC(2024, 0, 1);

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What is wrong with a workflow's cron schedule, in the words of the reference; null when nothing is, or it is empty. */
export function validateCron(spec: string): string | null {
  if (spec === '') return null;
  const schedule = parseCron(spec);
  if (schedule === null) return 'invalid CronSchedule.';
  if (schedule.kind === 'every' || firstFrom(schedule, VALIDATED_FROM) !== null) return null;
  return 'invalid CronSchedule, no time can be found to satisfy the schedule';
}

/**
 * How long after `closeTime` the next run of a cron workflow begins whose last one began at `startTime` (both epoch
 * ms): at the first scheduled instant after the start that is not before the close, rounded up to whole seconds.
 * A run that has yet to begin does so at its own time. Null when the schedule is empty or never comes again.
 */
export function nextCronBackoff(spec: string, startTime: number, closeTime: number): number | null {
  const schedule = spec === '' ? null : parseCron(spec);
  if (schedule === null) return null;
  const next = closeTime < startTime ? startTime : nextAfter(schedule, startTime, closeTime);
  return next === null ? null : Math.ceil((next - closeTime) / SECOND_MS) * SECOND_MS;
}

function nextAfter(schedule: NonNullable<ReturnType<typeof parseCron>>, start: number, close: number): number | null {
  const startSecond = Math.floor(start / SECOND_MS) * SECOND_MS;
  if (schedule.kind === 'fields') return firstFrom(schedule, Math.max(startSecond + SECOND_MS, close));
  const first = startSecond + schedule.everyMs;
  return first + Math.max(0, Math.ceil((close - first) / schedule.everyMs)) * schedule.everyMs;
}

/**
 * The first instant at or after `from` whose local time matches. It goes forward through real time, so a local time that
 * is skipped when clocks change never comes, and one that is repeated comes twice, as in the reference.
 */
function firstFrom(schedule: CronFields, from: number): number | null {
  let at = Math.ceil(from / MINUTE_MS) * MINUTE_MS;
  const lastYear = local(schedule, at).getUTCFullYear() + YEARS_AHEAD;
  for (;;) {
    const now = local(schedule, at);
    const year = now.getUTCFullYear();
    const month = now.getUTCMonth();
    if (year > lastYear) return null;
    if (!schedule.months.has(month + 1)) at = startOfDay(schedule, Date.UTC(year, month + 1, 1), at);
    else if (!matchesDay(schedule, now)) at = startOfDay(schedule, Date.UTC(year, month, now.getUTCDate() + 1), at);
    else if (!schedule.hours.has(now.getUTCHours())) at += (60 - now.getUTCMinutes()) * MINUTE_MS;
    else if (!schedule.minutes.has(now.getUTCMinutes())) at += MINUTE_MS;
    else return at;
  }
}

/** Local time, to be read with the UTC getters. */
const local = (schedule: CronFields, at: number): Date => new Date(at + schedule.offsetAt(at));

/** When both days of the month and of the week are restricted, either will do; the habit of cron since ever. */
function matchesDay(schedule: CronFields, day: Date): boolean {
  const ofMonth = schedule.daysOfMonth.has(day.getUTCDate());
  const ofWeek = schedule.daysOfWeek.has(day.getUTCDay());
  return schedule.anyDayOfMonth || schedule.anyDayOfWeek ? ofMonth && ofWeek : ofMonth || ofWeek;
}

/** The first instant of the day that begins at `midnight` local time, later than `after`. */
function startOfDay(schedule: CronFields, midnight: number, after: number): number {
  const before = midnight - schedule.offsetAt(midnight - DAY_MS);
  const later = midnight - schedule.offsetAt(midnight + DAY_MS);
  for (const at of [Math.min(before, later), Math.max(before, later)]) {
    if (at > after && local(schedule, at).getTime() >= midnight) return at;
  }
  return Math.max(before, later, after + MINUTE_MS);
}
