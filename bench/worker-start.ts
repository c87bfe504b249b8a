/**
 * A worker that says when it polls: `node worker-start.ts ADDRESS TASK-QUEUE [BUNDLE]`, started with an IPC channel. With a
 * bundle it bundles nothing itself, and makes that first if it is not there: then it is not one to measure.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const [address = '', taskQueue = '', codePath] = process.argv.slice(2);
const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url));
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});
if (codePath !== undefined && !existsSync(codePath))
  writeFileSync(codePath, (await bundleWorkflowCode({ workflowsPath })).code);
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue,
  ...(codePath === undefined ? { workflowsPath } : { workflowBundle: { codePath } }),
  activities: { noop: async () => undefined },
});
const running = worker.run();
while (!polls()) await new Promise((resolve) => setImmediate(resolve));
process.send?.('ready');
process.on('disconnect', () => worker.shutdown());
await running;
await connection.close();

function polls(): boolean {
  const { hasOutstandingWorkflowPoll, hasOutstandingActivityPoll } = worker.getStatus();
  return hasOutstandingWorkflowPoll && hasOutstandingActivityPoll;
}
