import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { isGrpcServiceError, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@perdure/client';
import { embedded, type Perdure } from '@perdure/embedded';
import { createActivities } from './activities.ts';
import type { order } from './workflows.ts';

const taskQueue = 'orders';

export interface AppOptions {
  /** Where the database and the log of steps are; it has to exist. */
  readonly folder: string;
  /** The port to listen on; 0 takes a free one. */
  readonly port: number;
  /** How long an order stays at each stage, in ms. */
  readonly pause: number;
}

/** Starts the application: durable functions, and an HTTP server in front of them. */
export async function startApp({ folder, port, pause }: AppOptions): Promise<{ server: Server; perdure: Perdure }> {
  const perdure = await embedded({ filename: path.join(folder, 'app.db') });
  const worker = await perdure.createWorker({
    taskQueue,
    workflowsPath: path.join(import.meta.dirname, 'workflows.ts'),
    activities: createActivities(path.join(folder, 'steps.log')),
  });
  // A worker that cannot go on is nothing to hide.
  worker.run().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
  const server = createServer((request, response) => {
    answer(perdure, pause, request.method ?? '', request.url ?? '').then(
      ([status, body]) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(port);
  return { server, perdure };
}

async function answer({ client }: Perdure, pause: number, method: string, url: string): Promise<[number, unknown]> {
  const id = /^\/orders\/([\w-]+)$/.exec(url)?.[1];
  if (id === undefined) return [404, { error: 'try /orders/17' }];
  const workflowId = `order-${id}`;
  try {
    if (method === 'POST') {
      await client.workflow.start<typeof order>('order', { taskQueue, workflowId, args: [id, pause] });
      return [202, { id, stage: 'placed' }];
    }
    return [200, { id, stage: await client.workflow.getHandle(workflowId).query<string>('stage') }];
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return [409, { error: `order ${id} is placed already` }];
    if (error instanceof WorkflowNotFoundError || isGrpcServiceError(error)) return [404, { error: `no order ${id}` }];
    throw error;
  }
}
