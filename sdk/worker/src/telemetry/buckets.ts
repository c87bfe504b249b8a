const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** In milliseconds. */
const byMetric: Readonly<Record<string, readonly number[]>> = {
  workflow_endtoend_latency: [
    ...[100, 500, 1 * seconds, 1.5 * seconds, 2 * seconds, 5 * seconds, 10 * seconds, 30 * seconds],
    ...[1 * minutes, 2 * minutes, 5 * minutes, 10 * minutes, 30 * minutes, 1 * hours, 8.5 * hours, 24 * hours],
  ],
  workflow_task_execution_latency: [1, 10, 20, 50, 100, 200, 500, 1000],
  workflow_task_replay_latency: [1, 10, 20, 50, 100, 200, 500, 1000],
  activity_execution_latency: [50, 100, 500, 1000, 5000, 10_000, 60_000],
  workflow_task_schedule_to_start_latency: [100, 500, 1000, 5000, 10_000, 100_000, 1_000_000],
  activity_schedule_to_start_latency: [100, 500, 1000, 5000, 10_000, 100_000, 1_000_000],
};
const usual: readonly number[] = [50, 100, 500, 1000, 2500, 10_000];

/** Upper bounds of the buckets of a histogram. An override holds for all metrics whose name contains its own. */
export function bucketsOf(
  name: string,
  overrides: Readonly<Record<string, readonly number[]>>,
  inSeconds: boolean,
): readonly number[] {
  const override = Object.keys(overrides).find((part) => name.includes(part));
  if (override !== undefined) return [...(overrides[override] ?? [])].sort((a, b) => a - b);
  const metric = Object.keys(byMetric).find((known) => name === known || name.endsWith(`_${known}`));
  const bounds = (metric === undefined ? undefined : byMetric[metric]) ?? usual;
  return inSeconds ? bounds.map((bound) => bound / 1000) : bounds;
}
