import { services } from '@perdure/api';
import type { IndexedValueType } from '@perdure/api/enums';
import { Health } from '@perdure/api/grpc-health';
import { OperatorService } from '@perdure/api/operatorservice';
import { TestService } from '@perdure/api/testservice';
import { WorkflowService } from '@perdure/api/workflowservice';
import { clusterRecords, namespaceMaker, presetNamespaces } from './first-start.ts';
import type { Post } from './host/callbacks/callbacks.ts';
import { type DispatchEffect, dispatchTask } from './host/dispatch.ts';
import { createEffects } from './host/effects.ts';
import { createHost } from './host/host.ts';
import { createNamespaceDeletion } from './host/namespace-deletion.ts';
import { DEFAULT_RETENTION_MS, openNamespaces } from './host/namespaces.ts';
import { createQueries } from './host/queries.ts';
import { createRetention } from './host/retention.ts';
import type { Task } from './host/task.ts';
import { matchingLimits, openTaskQueueConfigs } from './host/task-queue-configs.ts';
import type { Clock } from './kernel/clock.ts';
import { Code, ServiceError } from './kernel/errors.ts';
import type { Random } from './kernel/ids.ts';
import { defaultLimits, type Limits } from './kernel/limits.ts';
import { realClock } from './kernel/real-clock.ts';
import { randomOn, systemRandom } from './kernel/real-random.ts';
import { typeNamed as searchAttributeType } from './kernel/search-attributes.ts';
import { createMatching } from './matching/matching.ts';
import { createClientCheck } from './rpc/client-version.ts';
import type { ServerContext } from './rpc/context.ts';
import { createDispatch } from './rpc/dispatch.ts';
import { handlers } from './rpc/handlers/index.ts';
import { answerHealth, createHealth, healthWatch } from './rpc/health.ts';
import { operatorHandlers } from './rpc/operator/index.ts';
import { reflection } from './rpc/reflection/reflection.ts';
import { testHandlers } from './rpc/time-skipping.ts';
import { createTokens } from './rpc/tokens.ts';
import type { Dispatch, Listener, StreamingMethod } from './rpc/transport/contract.ts';
import { listenGrpc } from './rpc/transport/grpc.ts';
import { inProcessClient, type UnaryClient } from './rpc/transport/in-process.ts';
import { createPost } from './rpc/transport/post.ts';
import { createWorkerRegistry } from './rpc/workers/registry.ts';
import { openSkippedTime } from './skipped-time.ts';
import type { Storage } from './storage/contract.ts';
import { openSqlite } from './storage/sqlite/open.ts';
import type { TimeDiagnosis } from './time-diagnosis.ts';
import { CLUSTER_NAME } from './validation/namespace.ts';

export { DynamicConfigError, readDynamicConfig } from './kernel/dynamic-config.ts';
export { StorageError } from './storage/errors.ts';
export type { TimeDiagnosis, TimeWaitsFor } from './time-diagnosis.ts';
export { searchAttributeType };

export interface ServerOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly ip?: string;
  /** Port to listen on; 0 takes a free one. Default 7233. */
  readonly port?: number;
  /** Whether to listen on a socket. Default true; without one the server answers only `call`. */
  readonly listen?: boolean;
  /** Path of the database file. Default ':memory:'. */
  readonly db?: string;
  /** Namespaces to create besides `default`. */
  readonly namespaces?: readonly string[];
  /** Custom search attributes that `default` and `namespaces` have at least: their types, such as `Keyword`, by name. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
  /** How long (ms) the namespaces that are made at the start, or by being used, keep closed workflows. Default: a day. */
  readonly retention?: number;
  /** How many workflow runs to keep in memory at most, unless more are busy. Default 5000. */
  readonly cacheCapacity?: number;
  readonly clock?: Clock;
  /**
   * Whether TestService can have time skipped: it then jumps to what is due next whenever nothing goes on. It begins
   * locked, as the official test server does, so that it goes at its usual pace; 'unlocked' begins without that lock.
   * Default false.
   */
  readonly timeSkipping?: boolean | 'unlocked';
  /** Whether a namespace comes into being when somebody uses its name, as in the official test server. Default false. */
  readonly anyNamespace?: boolean;
  readonly random?: Random;
  /** Told of errors that are bugs of the server. Default: written to standard error. */
  readonly onBug?: (error: unknown) => void;
}

export interface Server {
  /** Where it listens, such as `127.0.0.1:7233`; empty if it does not. */
  readonly address: string;
  /** Answers calls without a socket, with the refusals, limits and deadlines of one; rejects with a `ServiceError`. */
  readonly call: UnaryClient['call'];
  /** Says what keeps time from being skipped; null when the server does not skip time. */
  diagnoseTime(): TimeDiagnosis | null;
  close(): Promise<void>;
}

const DEFAULT_PORT = 7233;

/**
 * Opens the storage, takes up what was going on, and listens.
 *
 * Rejects with a `StorageError` when the database cannot be opened, and with the socket's own error (`code` EADDRINUSE,
 * EACCES, …) when it cannot listen.
 */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const storage = await openSqlite({ path: options.db ?? ':memory:' });
  let core: Core | undefined;
  let listener: Listener | undefined;
  try {
    core = await createCore(storage, options);
    if (options.listen !== false) listener = await listen(core, options);
    core.server.cluster.address = listener?.address ?? '';
    await core.recover();
  } catch (error) {
    await core?.stop();
    await storage.close();
    throw error;
  }
  const { server, dispatch, diagnoseTime, stop, idle } = core;
  const inProcess = inProcessClient({ services, dispatch, onBug: bugReporter(options) });
  let closing = false;
  return {
    address: server.cluster.address,
    async call(...call) {
      if (closing) throw new ServiceError(Code.UNAVAILABLE, 'the server is closed; start another one');
      return inProcess.call(...call);
    },
    diagnoseTime,
    async close() {
      closing = true;
      await stop();
      await listener?.close(0);
      await idle();
      await storage.close();
    },
  };
}

const listen = ({ dispatch, streams }: Core, options: ServerOptions): Promise<Listener> =>
  listenGrpc({
    host: options.ip ?? '127.0.0.1',
    port: options.port ?? DEFAULT_PORT,
    services,
    dispatch,
    streams,
    onBug: bugReporter(options),
  });

const bugReporter = (options: ServerOptions) => options.onBug ?? ((error: unknown) => console.error(error));

function searchAttributeTypes({ searchAttributes = {} }: ServerOptions): Record<string, IndexedValueType> {
  const types = Object.entries(searchAttributes).map(([name, typeName]) => {
    const type = searchAttributeType(typeName);
    if (type === undefined) throw new Error(`${typeName}, wanted for ${name}, is no type of search attributes`);
    return [name, type] as const;
  });
  return Object.fromEntries(types);
}

const presetOf = (options: ServerOptions) => ({
  customSearchAttributes: searchAttributeTypes(options),
  retention: options.retention ?? DEFAULT_RETENTION_MS,
});

export interface CoreOptions extends ServerOptions {
  /** How callbacks are sent. */
  readonly post?: Post;
}

export interface Core {
  readonly server: ServerContext;
  readonly dispatch: Dispatch;
  readonly streams: readonly StreamingMethod[];
  recover(): Promise<void>;
  diagnoseTime(): TimeDiagnosis | null;
  /** Ends what waits. */
  stop(): Promise<void>;
  idle(): Promise<void>;
}

/** The clock of the callers and that of the runs, which is another one where time is skipped. */
async function openTime(storage: Storage, options: ServerOptions) {
  const wall = options.clock ?? realClock;
  const { timeSkipping = false } = options;
  const skipped = timeSkipping ? await openSkippedTime(storage, wall, timeSkipping === 'unlocked' ? 0 : 1) : null;
  const clock = skipped?.clock ?? wall;
  return { wall, clock, skipped, random: options.random ?? (skipped ? randomOn(clock) : systemRandom) };
}

/** A task keeps time to its own pace, so it waits as long by the one clock as by the other. */
const byTheWall = (effect: DispatchEffect, clock: Clock, wall: Clock): DispatchEffect => ({
  ...effect,
  scheduledTime: effect.scheduledTime + wall.now() - clock.now(),
});

/** The server without a socket: everything between a call and the storage. */
export async function createCore(storage: Storage, options: CoreOptions): Promise<Core> {
  const { wall, clock, skipped, random } = await openTime(storage, options);
  const limits = { ...defaultLimits, ...options.limits };
  const onBug = bugReporter(options);
  const namespaces = await openNamespaces(storage);
  const taskQueueConfigs = await openTaskQueueConfigs(storage);
  const matching = createMatching<Task>(wall, matchingLimits(taskQueueConfigs));
  const queries = createQueries(wall, clock, matching);
  const host = createHost({
    clock,
    random,
    limits,
    storage,
    namespace: namespaces.view,
    perform: (effect, loaded) => effects.perform(effect, loaded),
    onExpiry: (at) => retention.expects(at),
    onBug,
    ...(skipped && { timeLocks: skipped.locks }),
    ...(options.cacheCapacity !== undefined && { cacheCapacity: options.cacheCapacity }),
  });
  if (storage.isLasting) skipped?.storeBy(host.stageRecords);
  const effects = createEffects(host, {
    post: options.post ?? createPost(wall),
    dispatch: (effect, loaded) => dispatchTask(matching, skipped ? byTheWall(effect, clock, wall) : effect, loaded),
    onBug,
  });
  const retention = createRetention({ clock, storage, deleteRun: host.deleteRun, onBug });
  const workers = createWorkerRegistry(wall);
  const namespaceDeletion = createNamespaceDeletion({
    host,
    namespaces,
    taskQueueConfigs,
    onDeleted: (namespaceId) => workers.forgetNamespace(namespaceId),
    onBug,
  });
  const { id, tokenSecret } = await clusterRecords(storage, random);
  const preset = presetOf(options);
  const server: ServerContext = {
    host,
    matching,
    queries,
    namespaces,
    taskQueueConfigs,
    workers,
    namespaceDeletion,
    tokens: createTokens(tokenSecret),
    clock,
    wall,
    skipping: skipped,
    makeNamespace: options.anyNamespace ? namespaceMaker(namespaces, host, preset) : null,
    random,
    limits,
    cluster: { id, name: CLUSTER_NAME, address: '' },
  };
  await presetNamespaces(namespaces, host, options.namespaces ?? [], preset);
  const health = createHealth();
  return {
    server,
    dispatch: dispatchOf(server, health),
    streams: [healthWatch(health), ...reflection(services)],
    diagnoseTime: () => skipped?.diagnose() ?? null,
    async recover() {
      await host.recover();
      retention.start();
      namespaceDeletion.resume();
    },
    async stop() {
      health.set(false);
      skipped?.clock.close();
      matching.close();
      await effects.close();
      await retention.close();
      await namespaceDeletion.close();
      await host.close();
    },
    idle: () => host.close(),
  };
}

const dispatchOf = (server: ServerContext, health: ReturnType<typeof createHealth>): Dispatch =>
  createDispatch({
    server,
    services: [
      { service: WorkflowService, handlers },
      { service: OperatorService, handlers: operatorHandlers },
      { service: TestService, handlers: testHandlers },
    ],
    others: new Map([[Health.name, answerHealth(health)]]),
    check: createClientCheck(),
  });
