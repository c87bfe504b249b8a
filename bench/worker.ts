/** The official worker as a process of its own: `node worker.ts ADDRESS TASK-QUEUE`, started with an IPC channel. */
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const [address = '', taskQueue = ''] = process.argv.slice(2);
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue,
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  activities: { noop: async () => undefined },
  maxConcurrentActivityTaskExecutions: 1_000,
  maxConcurrentWorkflowTaskExecutions: 1_000,
  maxCachedWorkflows: 2_000,
});
const running = worker.run();
process.on('disconnect', () => worker.shutdown());
process.send?.('ready');
await running;
await connection.close();
