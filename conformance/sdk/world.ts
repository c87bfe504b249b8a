/** A server, a client and a worker for one test file. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientOptions, Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection.js';
import { TimeSkippingClient } from '@temporalio/testing/lib/client.js';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { assertSameOnBothTimes, skipsTime } from './both-times.ts';
import { sharedBundle } from './bundle.ts';
import { allHistories, assertAllReplay } from './replay.ts';

export interface World {
  readonly connection: Connection;
  readonly native: NativeConnection;
  readonly client: Client;
  /** The queue of the file's own worker. */
  readonly taskQueue: string;
  /** Start options: the file's task queue and a workflow id of its own. */
  at(label: string): { taskQueue: string; workflowId: string };
  /** Runs another worker, on a queue of its own unless told otherwise, until `stop` is called. */
  work(options?: Partial<WorkerOptions>): Promise<RunningWorker>;
  close(): Promise<void>;
}

export interface RunningWorker {
  readonly taskQueue: string;
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** Options for the file's own worker: activities, interceptors, sinks … */
  readonly worker?: Partial<WorkerOptions>;
  readonly client?: Partial<ClientOptions>;
  /** Search attributes that have to exist: name to type, e.g. `Keyword`. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  /** Whether every run is replayed in the end. Default true; not where workers ran different code. */
  readonly replay?: boolean;
}

/** A page of history may be larger than the 4 MB that a client takes unless told otherwise. */
const LARGE_MESSAGES = { 'grpc.max_receive_message_length': 64 << 20 };

/**
 * Connects to `PERDURE_ADDRESS`, or to an in-process server of this file's own, and starts a worker there.
 */
export async function openWorld({
  worker = {},
  client = {},
  searchAttributes = {},
  replay = true,
}: WorldOptions = {}): Promise<World> {
  installRuntime();
  const given = process.env['PERDURE_ADDRESS'];
  const server = given === undefined ? await ownServer(searchAttributes) : undefined;
  const address = given ?? server?.address ?? '';
  const [connection, native] = await Promise.all([
    Connection.connect({ address, channelArgs: LARGE_MESSAGES, ...reachesTestService }),
    NativeConnection.connect({ address }),
  ]);
  if (given !== undefined) await register(connection, searchAttributes);

  const running = new Set<RunningWorker>();
  const work = async (options: Partial<WorkerOptions> = {}): Promise<RunningWorker> => {
    const one = await startWorker(native, options);
    running.add(one);
    const stop = () => {
      running.delete(one);
      return one.stop();
    };
    return { taskQueue: one.taskQueue, stop };
  };
  const close = async () => {
    await Promise.all([...running].map((one) => one.stop()));
    try {
      // A server that is not this file's own has the runs of others, too.
      if (server !== undefined) await lookBack();
    } finally {
      await Promise.all([connection.close(), native.close()]);
      await server?.close();
    }
  };
  const lookBack = async () => {
    const histories = await allHistories(ownClient);
    assertSameOnBothTimes(histories.map(({ history }) => history));
    if (replay) await assertAllReplay(histories, await replayOptions(worker));
  };
  const ownClient = new (skipsTime ? TimeSkippingClient : Client)({ connection, ...client });
  let closed: Promise<void> | undefined;
  const main = await work(worker);
  return {
    connection,
    native,
    client: ownClient,
    taskQueue: main.taskQueue,
    at: (label) => ({ taskQueue: main.taskQueue, workflowId: `${label}-${randomUUID()}` }),
    work,
    // With all files in one process the runner calls their last hooks more than once.
    close: () => (closed ??= close()),
  };
}

/** What the test environment connects with. */
const reachesTestService = { [InternalConnectionOptionsSymbol]: { supportsTestService: skipsTime } };

/** Loaded only when it is needed: with an address given, nothing of our server takes part. */
async function ownServer(searchAttributes: Readonly<Record<string, string>>) {
  const { startServer } = await import('@perdure/server');
  return startServer({ port: 0, searchAttributes, timeSkipping: skipsTime });
}

async function startWorker(native: NativeConnection, options: Partial<WorkerOptions>): Promise<RunningWorker> {
  const taskQueue = options.taskQueue ?? `queue-${randomUUID()}`;
  const worker = await Worker.create({
    connection: native,
    workflowBundle: await sharedBundle(),
    maxHeartbeatThrottleInterval: 50,
    stickyQueueScheduleToStartTimeout: '1 second',
    ...options,
    taskQueue,
  });
  const ended = worker.run();
  // A worker that dies early is reported by `stop`, not as an unhandled rejection.
  ended.catch(() => undefined);
  return {
    taskQueue,
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}

async function replayOptions({ dataConverter, sinks, workflowFailureErrorTypes }: Partial<WorkerOptions>) {
  return {
    workflowBundle: await sharedBundle(),
    ...(dataConverter !== undefined && { dataConverter }),
    ...(sinks !== undefined && { sinks }),
    ...(workflowFailureErrorTypes !== undefined && { workflowFailureErrorTypes }),
  };
}

function installRuntime(): void {
  try {
    Runtime.install({
      logger: new DefaultLogger(process.env['VERBOSE'] === undefined ? 'ERROR' : 'DEBUG'),
      shutdownSignals: [],
    });
  } catch (error) {
    // With all files in one process the runtime of the first one serves them all.
    if (!(error instanceof Error) || error.name !== 'IllegalStateError') throw error;
  }
}

async function register(connection: Connection, attributes: Readonly<Record<string, string>>): Promise<void> {
  const types: Record<string, number> = {
    Text: 1,
    Keyword: 2,
    Int: 3,
    Double: 4,
    Bool: 5,
    Datetime: 6,
    KeywordList: 7,
  };
  const searchAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, type]) => [name, types[type] ?? 0]),
  );
  if (Object.keys(searchAttributes).length === 0) return;
  await connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
}

/**
 * Waits until `check` answers with something, asking again every 25 ms; for what a server may show a little later.
 *
 * @throws after ten seconds
 */
export async function eventually<T>(check: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(25)) {
    const found = await check();
    if (found !== undefined) return found;
  }
  throw new Error(`never happened: ${what}`);
}
