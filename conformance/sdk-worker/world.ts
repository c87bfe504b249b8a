/** A server, a client and workers of this SDK for one test file. */
import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { Client, type ClientOptions, Connection } from '@perdure/client';
import { type Server, type ServerOptions, startServer } from '@perdure/server';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
} from '@perdure/worker';

export interface World {
  readonly server: Server;
  readonly connection: NativeConnection;
  readonly client: Client;
  /** Creates a worker with the workflows of this folder, on a queue of its own unless told otherwise. */
  createWorker(options?: Partial<WorkerOptions>): Promise<Worker>;
  /** A workflow id nobody else has, on the queue of a worker. */
  on(worker: Worker, label?: string): { taskQueue: string; workflowId: string };
}

export interface WorldOptions {
  readonly server?: ServerOptions;
  readonly client?: ClientOptions;
}

let bundle: Promise<{ code: string }> | undefined;

/** The workflows of this folder, bundled once. */
export const workflowBundle = () =>
  (bundle ??= bundleWorkflowCode({ workflowsPath: new URL('./workflows.ts', import.meta.url).pathname }));

/** Closed when the tests of the file have ended. */
export async function openWorld({ server: serverOptions, client: clientOptions }: WorldOptions = {}): Promise<World> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
  const server = await startServer({ port: 0, ...serverOptions });
  const { address } = server;
  const [connection, clientConnection] = await Promise.all([
    NativeConnection.connect({ address }),
    Connection.connect({ address }),
  ]);
  after(async () => {
    await Promise.all([connection.close(), clientConnection.close()]);
    await server.close();
  });
  return {
    server,
    connection,
    client: new Client({ connection: clientConnection, ...clientOptions }),
    createWorker: async (options = {}) =>
      Worker.create({ connection, taskQueue: randomUUID(), workflowBundle: await workflowBundle(), ...options }),
    on: (worker, label = 'run') => ({ taskQueue: worker.options.taskQueue, workflowId: `${label}-${randomUUID()}` }),
  };
}

/** Resolves once `condition` holds, looking at it at every turn of the event loop. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(setImmediate);
}
