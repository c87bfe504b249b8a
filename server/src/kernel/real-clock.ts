import { type Cancel, type Clock, holdsNothing } from './clock.ts';

/**
 * The longest single wait. `setTimeout` counts elapsed time, `now` reads the wall clock; looking again at least this
 * often bounds how late a deadline is seen after the machine slept or its clock was set. It also keeps far instants
 * below what `setTimeout` can hold (24.8 days; beyond that it would fire at once).
 */
const LONGEST_WAIT_MS = 60_000;

/**
 * The machine's clock, in whole milliseconds.
 *
 * Its timers are unref'd: an open socket keeps a server alive, not something due in an hour. So an embedded server
 * that was forgotten never holds up the exit of the program around it.
 */
export const realClock: Clock = { now: Date.now, schedule, jumps: false, hold: holdsNothing };

function schedule(at: number, run: () => void): Cancel {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const wait = Math.ceil(at - Date.now());
    timer = setTimeout(fire, Math.min(Math.max(wait, 0), LONGEST_WAIT_MS));
    timer.unref();
  };
  // A timer may fire up to a millisecond early by the wall clock.
  const fire = (): void => (Date.now() >= at ? run() : arm());
  arm();
  return () => clearTimeout(timer);
}
