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
   */
  schedule(at: number, run: () => void): Cancel;
}
