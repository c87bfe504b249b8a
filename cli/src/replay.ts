import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client, Connection, type HistoryAndWorkflowId } from '@perdure/client';
import { historyFromJSON } from '@perdure/common/lib/proto-utils';
import { DefaultLogger, type ReplayReport, Runtime, replayAll } from '@perdure/worker';
import type { Replay } from './replay-flags.ts';
import { UsageError } from './start-dev-flags.ts';

/**
 * Replays histories with the code of the working tree and tells which it does not fit. The exit code is 1 if there is
 * one. Throws `UsageError` when the histories cannot be had.
 */
export async function replay(asked: Replay, print: (line: string) => void = console.log): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const histories = await historiesOf(asked);
  if (histories.length === 0) return print('There is no history to replay.');
  const report = await replayOnce(asked, histories, print);
  process.exitCode = report !== null && report.failures.length === 0 ? 0 : 1;
  if (asked.watch) await replayOnChange(asked, histories, print);
}

async function replayOnce(
  { workflows }: Replay,
  histories: readonly HistoryAndWorkflowId[],
  print: (line: string) => void,
): Promise<ReplayReport | null> {
  const begun = performance.now();
  try {
    const report = await replayAll({ workflowsPath: path.resolve(workflows), histories });
    for (const { workflowId, runId, error } of report.failures)
      print(`✗ ${workflowId} (run ${runId})\n${error.message.replaceAll(/^/gm, '    ')}`);
    const ms = Math.round(performance.now() - begun);
    print(`${report.replayed} replayed, ${report.failures.length} do not fit, ${ms} ms`);
    return report;
  } catch (error) {
    print(`✗ ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** Waits for changes below the folder of the code, several at once being one, until the process is told to end. */
async function replayOnChange(
  asked: Replay,
  histories: readonly HistoryAndWorkflowId[],
  print: (line: string) => void,
): Promise<never> {
  const folder = path.dirname(path.resolve(asked.workflows));
  print(`waiting for changes in ${folder}`);
  let changed = Promise.withResolvers<void>();
  watch(folder, { recursive: true }, (_, file) => {
    if (file !== null && /\.[cm]?[jt]sx?$/.test(file)) changed.resolve();
  });
  for (;;) {
    await changed.promise;
    // An editor writes a file in several steps.
    await new Promise((resolve) => setTimeout(resolve, 50));
    changed = Promise.withResolvers();
    await replayOnce(asked, histories, print);
  }
}

async function historiesOf(asked: Replay): Promise<HistoryAndWorkflowId[]> {
  if (asked.histories.length > 0) return Promise.all(asked.histories.map(historyInFile));
  const { address, apiKey, tls, namespace, query, limit } = asked;
  const options = { address, ...(apiKey !== undefined && { apiKey }), ...(tls && { tls: true }) };
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect(options);
    const { workflow } = new Client({ connection, namespace });
    const found: HistoryAndWorkflowId[] = [];
    for await (const history of workflow.list({ query }).intoHistories()) {
      found.push(history);
      if (found.length === limit) break;
    }
    return found;
  } catch (error) {
    throw new UsageError(`the histories cannot be had from ${address}: ${reasonOf(error)}`);
  } finally {
    await connection?.close();
  }
}

async function historyInFile(file: string): Promise<HistoryAndWorkflowId> {
  try {
    return {
      workflowId: path.basename(file, '.json'),
      history: historyFromJSON(JSON.parse(await readFile(file, 'utf8'))),
    };
  } catch (error) {
    throw new UsageError(`${file} holds no history as JSON: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
