/** A controller that turns how far a measurement is from its target, and how fast it gets there, into one number. */
export interface PidOptions {
  readonly target: number;
  readonly proportional: number;
  readonly derivative: number;
}

/** No output, and no part of it, goes beyond this. */
const LIMIT = 100;

const clamp = (value: number) => Math.min(LIMIT, Math.max(-LIMIT, value));

export function createPid({ target, proportional, derivative }: PidOptions): (measurement: number) => number {
  let last: number | undefined;
  return (measurement) => {
    const p = clamp((target - measurement) * proportional);
    // Of the measurement, not of the error, so that nothing jumps when the target does.
    const d = last === undefined ? 0 : clamp((last - measurement) * derivative);
    last = measurement;
    return clamp(p + d);
  };
}
