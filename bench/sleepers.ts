/** Many open executions, each asleep on a timer: what they cost while nothing happens, and when the server restarts. */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { figuresOf } from './process-figures.ts';
import type { ServerProcess } from './server-process.ts';
import type { Suite } from './suite.ts';
import { printTable } from './table.ts';

const { CommandType } = proto.temporal.api.enums.v1;
const namespace = 'default';
const IN_FLIGHT = 100;
const IDLE_MS = 3_000;
/** A slow server gets fewer sleepers instead of all the time in the world. */
const PATIENCE_MS = 5 * 60_000;

export const sleepers: Suite = async (bench) => {
  const db = join(bench.folder, 'sleepers.db');
  let server = await bench.start(db);
  try {
    const begin = performance.now();
    const { count, last } = await putToSleep(server.address, bench.quick ? 5_000 : 100_000);
    const seconds = (performance.now() - begin) / 1000;
    console.log(
      `${count} executions put to sleep in ${seconds.toFixed(1)} s (${(count / seconds).toFixed(0)} a second)`,
    );
    const rows = [await idle('after making them', server, null)];
    if (bench.owned) {
      await server.stop();
      server = await bench.start(db);
      rows.push(await idle('after a restart', server, server.startUpMs));
      const disk = [db, `${db}-wal`].reduce(
        (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
        0,
      );
      console.log(`on disk: ${(disk / 2 ** 20).toFixed(1)} MB, ${(disk / count).toFixed(0)} bytes each`);
    }
    await checkAsleep(server.address, last);
    printTable(rows, { 'ms to first answer': 0, 'RSS MB': 0, 'idle CPU %': 1 });
  } finally {
    await server.stop();
  }
};

async function idle(what: string, server: ServerProcess, startUpMs: number | null) {
  const before = figuresOf(server.pid);
  await sleep(IDLE_MS);
  const after = figuresOf(server.pid);
  const busy = ((after.cpuMs - before.cpuMs) / IDLE_MS) * 100;
  return { what, 'ms to first answer': startUpMs, 'RSS MB': after.rssBytes / 2 ** 20, 'idle CPU %': busy };
}

/** Starts executions eagerly and answers their first task with a timer: two calls each. */
async function putToSleep(address: string, wanted: number): Promise<{ count: number; last: string }> {
  const connection = await Connection.connect({ address });
  const { workflowService: service } = connection;
  const taskQueue = { name: `sleepers-${randomUUID()}` };
  let workflowId = '';
  let count = 0;
  const deadline = performance.now() + PATIENCE_MS;
  const one = async () => {
    workflowId = randomUUID();
    const start = { namespace, workflowId, workflowType: { name: 'sleeper' }, taskQueue, requestId: randomUUID() };
    const { eagerWorkflowTask } = await service.startWorkflowExecution({ ...start, requestEagerExecution: true });
    const task = eagerWorkflowTask ?? (await service.pollWorkflowTaskQueue({ namespace, taskQueue }));
    await service.respondWorkflowTaskCompleted({ namespace, taskToken: task.taskToken ?? null, commands: [TIMER] });
  };
  const lane = async () => {
    while (count < wanted && performance.now() < deadline) {
      count++;
      await one();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  await connection.close();
  return { count, last: workflowId };
}

const TIMER = {
  commandType: CommandType.COMMAND_TYPE_START_TIMER,
  startTimerCommandAttributes: {
    timerId: '1',
    startToFireTimeout: proto.google.protobuf.Duration.fromObject({ seconds: 30 * 24 * 3600 }),
  },
};

async function checkAsleep(address: string, workflowId: string): Promise<void> {
  const connection = await Connection.connect({ address });
  const execution = { workflowId };
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({ namespace, execution });
  await connection.close();
  // Started, three events of the workflow task, and the timer.
  if (history?.events?.length !== 5) throw new Error(`a sleeper has ${history?.events?.length} events, not 5`);
}
