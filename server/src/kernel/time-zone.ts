/**
 * Time zones by their IANA name: how far local time is ahead of UTC at an instant, as the runtime's tables say.
 * `null` when there is no such zone.
 */
export type OffsetAt = (instant: number) => number;

const utc: OffsetAt = () => 0;

/** Making a formatter takes longer than a thousand look-ups. Names come from outside, so there is a limit. */
const known = new Map<string, OffsetAt | null>();
const MOST_KNOWN = 1_000;

/** The empty name is UTC. Offsets are in ms, positive east of Greenwich. */
export function zoneOffset(name: string): OffsetAt | null {
  if (name === '' || name === 'UTC') return utc;
  let offsetAt = known.get(name);
  if (offsetAt === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    offsetAt = loadZone(name);
    known.set(name, offsetAt);
  }
  return offsetAt;
}

function loadZone(timeZone: string): OffsetAt | null {
  // The runtime takes bare offsets for zones too; the reference knows names only.
  if (/^[+-]/.test(timeZone)) return null;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
  return (instant) => {
    const second = Math.floor(instant / 1000) * 1000;
    // In this locale: month/day/year, hour:minute:second.
    const parts = format.format(second).match(/\d+/g);
    if (parts === null) throw new Error(`no local time in ${timeZone} at ${instant}`);
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, seconds = 0] = parts.map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
  };
}
