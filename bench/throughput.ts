/** Throughput and latency with the official client and worker: whole workflows, then signals, queries and updates. */
import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { type LoadOptions, type Measured, measure } from './load.ts';
import type { Suite } from './suite.ts';
import { type Cell, printTable } from './table.ts';
import { startWorkerProcess } from './worker-process.ts';
import { bump, chain, count, fanOut, listen, nudge } from './workflows.ts';

interface Subject {
  readonly name: string;
  readonly inFlight: readonly number[];
  readonly prepare: (client: Client, taskQueue: string, lanes: number) => Promise<Operation>;
}

interface Operation {
  readonly run: (lane: number) => Promise<unknown>;
  readonly done: () => Promise<unknown>;
}

export const workflows: Suite = async (bench) =>
  compare(bench, [
    ...[0, 1, 5].map((activities) => executing(`workflow, ${activities} activities`, chain, activities, [1, 50, 500])),
    executing('workflow, fan-out of 100', fanOut, 100, bench.quick ? [1, 10] : [1, 50]),
  ]);

export const messages: Suite = async (bench) =>
  compare(bench, [
    talking('signal', (handle) => handle.signal(nudge)),
    talking('query', (handle) => handle.query(count)),
    talking('update', (handle) => handle.executeUpdate(bump)),
  ]);

async function compare(bench: Parameters<Suite>[0], subjects: readonly Subject[]): Promise<void> {
  const server = await bench.start();
  const taskQueue = `bench-${randomUUID()}`;
  const worker = await startWorkerProcess(server.address, taskQueue);
  const connection = await Connection.connect({ address: server.address });
  const client = new Client({ connection });
  const rows: Record<string, Cell>[] = [];
  try {
    for (const { name, inFlight, prepare } of subjects) {
      for (const lanes of inFlight) {
        const options: LoadOptions = {
          inFlight: lanes,
          measureMs: bench.quick ? 1_500 : 6_000,
          pids: { server: server.pid, worker: worker.pid },
        };
        const operation = await prepare(client, taskQueue, lanes);
        rows.push(row(name, lanes, await measure(operation.run, options)));
        await operation.done();
      }
    }
  } finally {
    await connection.close();
    await worker.stop();
    await server.stop();
  }
  printTable(rows, { 'in flight': 0, 'server CPU ms': 2, 'worker CPU ms': 2, 'client CPU ms': 2, 'server RSS MB': 0 });
}

function row(name: string, inFlight: number, measured: Measured): Record<string, Cell> {
  return {
    what: name,
    'in flight': inFlight,
    'per second': measured.perSecond,
    'p50 ms': measured.p50Ms,
    'p99 ms': measured.p99Ms,
    'server CPU ms': measured.serverCpuMs,
    'worker CPU ms': measured.workerCpuMs,
    'client CPU ms': measured.clientCpuMs,
    'server RSS MB': measured.serverRssMb,
  };
}

function executing(
  name: string,
  workflow: (n: number) => Promise<void>,
  activities: number,
  inFlight: readonly number[],
): Subject {
  return {
    name,
    inFlight,
    prepare: async (client, taskQueue) => ({
      run: () => client.workflow.execute(workflow, { taskQueue, workflowId: randomUUID(), args: [activities] }),
      done: async () => undefined,
    }),
  };
}

/** Messages to one to begin with and lanes after that: each lane talks to a workflow of its own. */
function talking(name: string, talk: (handle: WorkflowHandle<typeof listen>) => Promise<unknown>): Subject {
  return {
    name,
    inFlight: [1, 50],
    prepare: async (client, taskQueue, lanes) => {
      const start = () => client.workflow.start(listen, { taskQueue, workflowId: randomUUID() });
      const talks = await Promise.all(Array.from({ length: lanes }, async () => ({ handle: await start(), said: 0 })));
      await Promise.all(talks.map(({ handle }) => handle.query(count)));
      return {
        run: async (lane) => {
          const mine = talks[lane];
          if (!mine) return;
          // A history has an end; a new workflow takes over long before that.
          if (++mine.said % 2_000 === 0) {
            await mine.handle.terminate();
            mine.handle = await start();
          }
          await talk(mine.handle);
        },
        done: () => Promise.all(talks.map(({ handle }) => handle.terminate())),
      };
    },
  };
}
