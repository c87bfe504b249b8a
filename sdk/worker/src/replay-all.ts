import type { ReplayHistoriesIterable, ReplayResult } from './replay.ts';
import type { ReplayWorkerOptions } from './worker-options.ts';
import { runReplayHistories } from './worker-replay.ts';

export interface ReplayAllOptions extends ReplayWorkerOptions {
  /** What to replay, such as `client.workflow.list({ query }).intoHistories()`. */
  histories: ReplayHistoriesIterable;
}

export interface ReplayReport {
  /** How many histories were replayed. */
  readonly replayed: number;
  /** Those that the code does not fit, with the reason. Empty if the code can take all of them over. */
  readonly failures: readonly Required<ReplayResult>[];
}

/**
 * Replays histories to see whether changed Workflow code still fits the Workflows that are running: a check for continuous
 * integration. Goes on after one that does not fit, so that the report has them all.
 *
 * Rejects if the code cannot be bundled, or the histories cannot be had.
 */
export async function replayAll({ histories, ...options }: ReplayAllOptions): Promise<ReplayReport> {
  const failures: Required<ReplayResult>[] = [];
  let replayed = 0;
  for await (const { error, ...run } of runReplayHistories(options, histories)) {
    replayed++;
    if (error !== undefined) failures.push({ ...run, error });
  }
  return { replayed, failures };
}
