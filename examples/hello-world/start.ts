/** An embedded server, a worker and one workflow, in one process. */
import path from 'node:path';
import { embedded } from '@perdure/embedded';
import * as activities from './src/activities.ts';
import type { hello } from './src/workflows.ts';

await using perdure = await embedded();
const worker = await perdure.createWorker({
  taskQueue: 'hello',
  workflowsPath: path.join(import.meta.dirname, 'src/workflows.ts'),
  activities,
});
await worker.runUntil(async () => {
  const handle = await perdure.client.workflow.start<typeof hello>('hello', {
    taskQueue: 'hello',
    workflowId: 'hello-ada',
    args: ['Ada'],
  });
  console.log(`${handle.workflowId} has begun; it would say goodbye in a day`);
  await handle.terminate('nobody waits that long for an example');
});
