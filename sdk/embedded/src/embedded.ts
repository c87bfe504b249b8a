import { Client, type ClientOptions, Connection } from '@perdure/client';
import { type InternalConnectionOptions, InternalConnectionOptionsSymbol } from '@perdure/client/lib/connection';
import { type Server, type ServerOptions, startServer } from '@perdure/server';
import { inProcessChannel } from '@perdure/transport';
import { Worker, type WorkerOptions } from '@perdure/worker';
import { nativeConnectionOver } from '@perdure/worker/lib/connection';
import { whenStopped } from '@perdure/worker/lib/worker';

export interface EmbeddedOptions {
  /**
   * The file that holds everything, made when it does not exist; its directory has to. One process at a time may have
   * it open. Default: nothing outlives the process.
   */
  readonly filename?: string;
  /** The namespace of the client and of workers; made when it does not exist. Default `default`. */
  readonly namespace?: string;
  /** Custom search attributes that the namespace has at least: their types, such as `Keyword`, by name. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  /** What the client is made with besides: data converter, interceptors, identity … */
  readonly client?: Omit<ClientOptions, 'connection' | 'namespace'>;
  /**
   * Where to listen for clients and workers of other processes, such as the command line and the UI; port 0 takes a free
   * one. Default: nowhere.
   */
  readonly listen?: { readonly ip?: string; readonly port: number };
}

/** The options of a worker of this process, whose connection and namespace are given. */
export type EmbeddedWorkerOptions = Omit<WorkerOptions, 'connection' | 'namespace'>;

/** A server in this process, and the way to it. */
export interface Perdure extends AsyncDisposable {
  readonly client: Client;
  /** Where the server listens, such as `127.0.0.1:7233`; empty if it does not. */
  readonly address: string;
  /**
   * Makes a worker, which does nothing before it runs. Rejects as `Worker.create` does, such as for workflow code that
   * cannot be bundled.
   */
  createWorker(options: EmbeddedWorkerOptions): Promise<Worker>;
  /**
   * Stops the workers that run, then the server; what is not done goes on when the file is opened again. Further calls
   * wait for the first.
   */
  close(): Promise<void>;
}

/**
 * Starts a server in this process and connects to it, without a socket.
 *
 * Rejects with a `StorageError` when the file cannot be opened, and with the socket's own error when it is to listen and
 * cannot.
 *
 * @example
 * const perdure = await embedded({ filename: 'app.db' });
 * const worker = await perdure.createWorker({ taskQueue: 'orders', workflowsPath, activities });
 * const running = worker.run();
 * await perdure.client.workflow.execute(order, { taskQueue: 'orders', workflowId: 'order-17', args: [17] });
 * await perdure.close();
 * await running;
 */
export async function embedded(options: EmbeddedOptions = {}): Promise<Perdure> {
  const { namespace = 'default' } = options;
  const server = await startServer(serverOptions(options, namespace));
  try {
    return await connected(server, options, namespace);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function connected(server: Server, options: EmbeddedOptions, namespace: string): Promise<Perdure> {
  const connection = Connection.lazy({
    [InternalConnectionOptionsSymbol]: { channel: inProcessChannel(server.call) },
  } as InternalConnectionOptions);
  const native = await nativeConnectionOver(inProcessChannel(server.call));
  const workers = new Set<Worker>();
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await Promise.all([...workers].map(stop));
    await Promise.all([connection.close(), native.close()]);
    await server.close();
  }

  const perdure: Perdure = {
    client: new Client({ ...options.client, connection, namespace }),
    address: server.address,
    async createWorker(workerOptions) {
      const worker = await Worker.create({ ...workerOptions, connection: native, namespace });
      for (const earlier of workers) if (hasEnded(earlier)) workers.delete(earlier);
      workers.add(worker);
      return worker;
    },
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => perdure.close(),
  };
  return perdure;
}

function serverOptions({ filename, searchAttributes, listen }: EmbeddedOptions, namespace: string): ServerOptions {
  return {
    ...(filename !== undefined && { db: filename }),
    ...(namespace !== 'default' && { namespaces: [namespace] }),
    ...(searchAttributes !== undefined && { searchAttributes }),
    ...(listen === undefined ? { listen: false } : listen),
  };
}

const hasEnded = (worker: Worker): boolean => worker.getState() === 'STOPPED' || worker.getState() === 'FAILED';

/** A worker that never ran has nothing to stop. */
async function stop(worker: Worker): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await whenStopped(worker);
}
