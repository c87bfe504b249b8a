/** Throughput and latency with a client and a worker, for each SDK that is asked for. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Plan, Row } from './measure-subjects.ts';
import { end, forkWith, type Sdk, wordsOf } from './sdk.ts';
import type { Theme } from './subjects.ts';
import type { Bench, Suite } from './suite.ts';
import { type Cell, printTable } from './table.ts';
import { startWorkerProcess } from './worker-process.ts';

export const workflows: Suite = (bench) => compare(bench, 'workflows');
export const messages: Suite = (bench) => compare(bench, 'messages');

async function compare(bench: Bench, theme: Theme): Promise<void> {
  const rows: Record<string, Cell>[] = [];
  for (const sdk of bench.sdks) {
    const plan = { theme, quick: bench.quick, only: bench.only, taskQueue: `bench-${randomUUID()}` };
    for (const row of await (sdk === 'embedded' ? embeddedRows(bench, plan) : rowsOverGrpc(bench, sdk, plan)))
      rows.push(cells(sdk, row));
  }
  printTable(rows, { 'in flight': 0, 'server CPU ms': 2, 'worker CPU ms': 2, 'client CPU ms': 2, 'server RSS MB': 0 });
}

async function rowsOverGrpc(bench: Bench, sdk: Sdk, plan: Omit<Plan, 'pids'>): Promise<Row[]> {
  const server = await bench.start();
  const worker = await startWorkerProcess(sdk, server.address, plan.taskQueue);
  const pids = { server: server.pid, worker: worker.pid };
  try {
    return await rowsOf(sdk, './client-process.ts', { ...plan, pids, address: server.address });
  } finally {
    await worker.stop();
    await server.stop();
  }
}

/** The one process does everything, so that its CPU stands in the column of the client. */
function embeddedRows({ folder }: Bench, plan: Omit<Plan, 'pids'>): Promise<Row[]> {
  return rowsOf('embedded', './embedded-process.ts', { ...plan, pids: {}, filename: join(folder, 'embedded.db') });
}

async function rowsOf(sdk: Sdk, file: string, plan: Plan & Record<string, unknown>): Promise<Row[]> {
  const child = forkWith(sdk, file, [JSON.stringify(plan)]);
  const rows: Row[] = [];
  for await (const word of wordsOf(child)) {
    if (word === null) {
      await end(child);
      return rows;
    }
    rows.push(word as Row);
  }
  throw new Error(`the load with ${sdk} ended with code ${child.exitCode} before it was measured`);
}

const cells = (sdk: Sdk, { name, inFlight, measured }: Row): Record<string, Cell> => ({
  sdk,
  what: name,
  'in flight': inFlight,
  'per second': measured.perSecond,
  'p50 ms': measured.p50Ms,
  'p99 ms': measured.p99Ms,
  'server CPU ms': measured.serverCpuMs,
  'worker CPU ms': measured.workerCpuMs,
  'client CPU ms': measured.clientCpuMs,
  'server RSS MB': measured.serverRssMb,
});
