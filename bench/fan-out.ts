/**
 * What an activity costs the server in a workflow with few others and in one with many: the cost should not depend on
 * how many there are. Raw calls, no SDK.
 */
import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { figuresOf } from './process-figures.ts';
import { startRawWorker } from './raw-worker.ts';
import type { ServerProcess } from './server-process.ts';
import type { Suite } from './suite.ts';
import { printTable } from './table.ts';

const { HistoryEventFilterType } = proto.temporal.api.enums.v1;

type HistoryPage = temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryResponse;

const POLLERS = 20;

export const fanOut: Suite = async (bench) => {
  const server = await bench.start();
  const total = bench.quick ? 2_000 : 10_000;
  try {
    // The first, unmeasured, warms the server up.
    await runAll(server, 10, bench.quick ? 500 : 2_000);
    const small = await runAll(server, 10, total);
    const large = await runAll(server, 1_000, total);
    const ratio = {
      'activities in a workflow': '1000 against 10',
      'CPU ms': large['CPU ms'] / small['CPU ms'],
      'bytes written': large['bytes written'] / small['bytes written'],
      'elapsed ms': large['elapsed ms'] / small['elapsed ms'],
    };
    console.log(`each activity costs the server (${total} activities, ${POLLERS} pollers):`);
    printTable([small, large, ratio], { 'CPU ms': 3, 'bytes written': 1, 'elapsed ms': 3 });
  } finally {
    await server.stop();
  }
};

async function runAll(server: ServerProcess, fanOut: number, total: number) {
  const connection = await Connection.connect({ address: server.address });
  const worker = startRawWorker(connection, fanOut, POLLERS);
  const before = figuresOf(server.pid);
  const begin = performance.now();
  const { workflowService: service } = connection;
  const execute = async () => {
    const workflowId = randomUUID();
    const request = { namespace: 'default', workflowId, workflowType: { name: 'fan-out' }, requestId: randomUUID() };
    await service.startWorkflowExecution({ ...request, taskQueue: { name: worker.taskQueue } });
    await untilClosed(connection, workflowId);
  };
  // Ten small workflows at a time keep as many activities open as the pollers can take; large ones go one by one.
  let left = total / fanOut;
  const lane = async () => {
    while (left-- > 0) await execute();
  };
  await Promise.all(Array.from({ length: fanOut < 100 ? 10 : 1 }, lane));
  const elapsed = performance.now() - begin;
  const after = figuresOf(server.pid);
  await worker.stop();
  await connection.close();
  return {
    'activities in a workflow': String(fanOut),
    'CPU ms': (after.cpuMs - before.cpuMs) / total,
    'bytes written': (after.writtenBytes - before.writtenBytes) / total,
    'elapsed ms': elapsed / total,
  };
}

async function untilClosed(connection: Connection, workflowId: string): Promise<void> {
  const wait = {
    namespace: 'default',
    execution: { workflowId },
    waitNewEvent: true,
    historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
  };
  let nextPageToken: Uint8Array | null = null;
  for (;;) {
    const page: HistoryPage = await connection.workflowService.getWorkflowExecutionHistory({ ...wait, nextPageToken });
    if (page.history?.events?.length) return;
    nextPageToken = page.nextPageToken ?? null;
  }
}
