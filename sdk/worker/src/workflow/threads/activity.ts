/**
 * What a thread is doing, written by it and read by the watchdog on the worker's thread: which task's code runs, and a
 * count that goes up each time code begins to. Code that runs while the count stands still does not give way.
 */
const task = 0;
const count = 1;

export type Activity = Int32Array<SharedArrayBuffer>;

export function newActivity(): Activity {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

export function codeBegins(activity: Activity, taskId: number): void {
  Atomics.store(activity, task, taskId);
  Atomics.add(activity, count, 1);
}

export function codeEnds(activity: Activity): void {
  Atomics.store(activity, task, 0);
}

export type Glimpse = { readonly taskId: number; readonly count: number };

export function look(activity: Activity): Glimpse {
  return { taskId: Atomics.load(activity, task), count: Atomics.load(activity, count) };
}
