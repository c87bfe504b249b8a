/** Times and durations as people write them in queries and search attributes. */

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9})\d*)?(Z|[+-]\d{2}:\d{2})$/;

/** An RFC 3339 time in epoch ms, with a fraction where it has more than milliseconds; null if it is none. */
export function parseTime(text: string): number | null {
  const found = RFC3339.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = found;
  const whole = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  // The 30th of February is taken for the 1st of March.
  const isRealDay = Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number.isNaN(whole) || (!isRealDay && Number(year) >= 100)) return null;
  return whole + Number(fraction.padEnd(9, '0')) / 1_000_000;
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h|d)/gy;
const CLOCK = /^(\d+):([0-5]?\d):([0-5]?\d)$/;

/** `300ms`, `-1.5h`, `2h45m`, `1d`, or `hh:mm:ss`, in ms; null if it is neither. */
export function parseDuration(text: string): number | null {
  const clock = CLOCK.exec(text);
  if (clock) return (Number(clock[1]) * 3_600 + Number(clock[2]) * 60 + Number(clock[3])) * 1_000;
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const unsigned = text.slice(sign.length);
  if (unsigned === '0') return 0;
  let ms = 0;
  let length = 0;
  for (const [part, amount = '', unit = ''] of unsigned.matchAll(PART)) {
    ms += Number(amount) * (UNITS[unit] ?? 0);
    length += part.length;
  }
  if (length === 0 || length !== unsigned.length) return null;
  return sign === '-' ? -ms : ms;
}
