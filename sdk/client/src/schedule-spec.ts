import type { Duration } from '@perdure/common';

/**
 * When a schedule acts: at all times of `calendars`, `intervals` and `cronExpressions`, without those of `skip`, from
 * `startAt` to `endAt`. The times are fixed, as far as time zones are.
 */
export interface ScheduleSpec {
  calendars?: CalendarSpec[];
  intervals?: IntervalSpec[];
  /**
   * Times as cron writes them, for those who have them: calendars are easier to read.
   *
   * - five fields: minute, hour, day of month, month, day of week; a sixth is the year, and with seven the first is the
   *   second
   * - `@yearly`, `@monthly`, `@weekly`, `@daily`, `@hourly`, and `@every <interval>[/<phase>]` such as `@every 90m/5m`
   * - `CRON_TZ=<zone>` or `TZ=<zone>` may stand before it, and a comment after a `#`
   *
   * A time must match the day of month and the day of week, where some crons take either.
   */
  cronExpressions?: string[];
  /** Times to leave out. They match to the second. */
  skip?: CalendarSpec[];
  /** Inclusive. @default the beginning of time */
  startAt?: Date;
  /** Inclusive. @default the end of time */
  endAt?: Date;
  /**
   * Up to how much later, at random, every action is taken. Milliseconds, or text like `1 minute`.
   *
   * @default 0
   */
  jitter?: Duration;
  /**
   * The time zone that calendars are read in, by its IANA name such as `Europe/Zurich`. A clock time that daylight saving
   * leaves out does not come; one that it repeats comes twice.
   *
   * @default UTC
   */
  timezone?: string;
}

/** A spec as descriptions and lists have it: everything as calendars and intervals, in numbers. */
export type ScheduleSpecDescription = Omit<
  ScheduleSpec,
  'calendars' | 'intervals' | 'cronExpressions' | 'skip' | 'jitter'
> & {
  calendars?: CalendarSpecDescription[];
  intervals?: IntervalSpecDescription[];
  skip?: CalendarSpecDescription[];
  /** In milliseconds. */
  jitter?: number;
};

/** Times by the calendar: the seconds in which every field matches. `'*'` matches all. */
export interface CalendarSpec {
  /** 0 to 59. @default 0 */
  second?: LooseRange<number> | LooseRange<number>[] | '*';
  /** 0 to 59. @default 0 */
  minute?: LooseRange<number> | LooseRange<number>[] | '*';
  /** 0 to 23. @default 0 */
  hour?: LooseRange<number> | LooseRange<number>[] | '*';
  /** 1 to 31. @default '*' */
  dayOfMonth?: LooseRange<number> | LooseRange<number>[] | '*';
  /** @default '*' */
  month?: LooseRange<Month> | LooseRange<Month>[] | '*';
  /** With all digits. @default '*' */
  year?: LooseRange<number> | LooseRange<number>[] | '*';
  /** @default '*' */
  dayOfWeek?: LooseRange<DayOfWeek> | LooseRange<DayOfWeek>[] | '*';
  /** What it is for. */
  comment?: string;
}

/** A calendar as descriptions and lists have it; an empty `year` matches every year. */
export interface CalendarSpecDescription {
  second: Range<number>[];
  minute: Range<number>[];
  hour: Range<number>[];
  dayOfMonth: Range<number>[];
  month: Range<Month>[];
  year: Range<number>[];
  dayOfWeek: Range<DayOfWeek>[];
  comment?: string;
}

/**
 * Times at even distances, counted from the epoch: those that are `every` apart, moved by `offset`. Every hour with an
 * offset of 19 minutes is at xx:19.
 */
export interface IntervalSpec {
  /** To the second. Milliseconds, or text like `1 hour`. */
  every: Duration;
  /** To the second. @default 0 */
  offset?: Duration;
}

/** An interval as descriptions and lists have it, in milliseconds. */
export interface IntervalSpecDescription {
  every: number;
  offset: number;
}

/** The values from `start` to `end`, both included, `step` apart. */
export interface Range<Unit> {
  start: Unit;
  end: Unit;
  step: number;
}

/** A range, of which `end` and `step` may be left out, or one value. */
export type LooseRange<Unit> =
  | Range<Unit>
  | { start: Range<Unit>['start']; end?: Range<Unit>['end']; step?: never }
  | Unit;

export const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;
export type Month = (typeof MONTHS)[number];

export const DAYS_OF_WEEK = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
export type DayOfWeek = (typeof DAYS_OF_WEEK)[number];
