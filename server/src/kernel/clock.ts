/** Ends what was scheduled. Calling it twice, or after the run, does nothing. */
export type Cancel = () => void;

/**
 * Where time comes from. Everything that is not pure gets one handed in, so that a whole server can run on virtual time.
 *
 * Whoever has many deadlines keeps them in a heap (`heap.ts`) and schedules only the earliest one here.
 */
export interface Clock {
  /** Epoch milliseconds. May have a fraction, and may go backwards when somebody sets the machine's clock. */
  now(): number;
  /**
   * Runs `run` once, when `now()` has reached `at` (epoch milliseconds), never before, and never from inside this
   * call, even if `at` has passed. `run` must not throw.
   *
   * `housekeeping` is for what is looked after now and then, such as whether something has expired: where time is
   * skipped it is never what time jumps to, and is done before anything else when time has jumped past it.
   */
  schedule(at: number, run: () => void, what?: 'due' | 'housekeeping'): Cancel;
  /** Whether time may jump to whatever is scheduled: then nothing may stay scheduled that nobody waits for any more. */
  readonly jumps: boolean;
  /**
   * Says that something goes on that time must not jump over, until it is cancelled. Means nothing where time is not
   * skipped. The rules are those of `skipping-clock.ts`.
   *
   * - `task`: somebody has, or is to get, a piece of work, and time goes at its own pace meanwhile
   * - `work`: the server itself is in the middle of something
   */
  hold(why: 'task' | 'work'): Cancel;
}

/** Where time is never skipped. */
export const holdsNothing = (): Cancel => () => {};
