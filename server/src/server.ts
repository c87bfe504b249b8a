import { randomBytes } from 'node:crypto';
import { services } from '@perdure/api';
import type { Effect } from './engine/workflow/derive.ts';
import { dispatchTask } from './host/dispatch.ts';
import { createHost } from './host/host.ts';
import type { Loaded } from './host/loaded.ts';
import { type Namespaces, newNamespace, openNamespaces } from './host/namespaces.ts';
import type { Task } from './host/task.ts';
import type { Clock } from './kernel/clock.ts';
import type { Random } from './kernel/ids.ts';
import { defaultLimits, type Limits } from './kernel/limits.ts';
import { realClock } from './kernel/real-clock.ts';
import { systemRandom } from './kernel/real-random.ts';
import { createMatching } from './matching/matching.ts';
import type { ServerContext } from './rpc/context.ts';
import { createDispatch } from './rpc/dispatch.ts';
import { handlers } from './rpc/handlers/index.ts';
import { createTokens } from './rpc/tokens.ts';
import type { Dispatch, Listener } from './rpc/transport/contract.ts';
import { listenGrpc } from './rpc/transport/grpc-js.ts';
import type { Storage } from './storage/contract.ts';
import { openSqlite } from './storage/sqlite/open.ts';

export interface ServerOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly ip?: string;
  /** Port to listen on; 0 takes a free one. Default 7233. */
  readonly port?: number;
  /** Path of the database file. Default ':memory:'. */
  readonly db?: string;
  /** Namespaces to create besides `default`. */
  readonly namespaces?: readonly string[];
  /** Custom search attributes of every created namespace, by name. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Told of errors that are bugs of the server. Default: written to standard error. */
  readonly onBug?: (error: unknown) => void;
}

export interface Server {
  /** Where it listens, such as `127.0.0.1:7233`. */
  readonly address: string;
  /** Answers calls without a socket. */
  readonly dispatch: Dispatch;
  close(): Promise<void>;
}

const DEFAULT_PORT = 7233;
const TOKEN_SECRET_BYTES = 32;

/** Opens the storage, takes up what was going on, and listens. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const storage = await openSqlite({ path: options.db ?? ':memory:' });
  const core = await createCore(storage, options);
  const listener = await listen(core.dispatch, options);
  await core.recover();
  return {
    address: listener.address,
    dispatch: core.dispatch,
    async close() {
      await core.stop();
      await listener.close(0);
      await core.idle();
      await storage.close();
    },
  };
}

const listen = (dispatch: Dispatch, options: ServerOptions): Promise<Listener> =>
  listenGrpc({ host: options.ip ?? '127.0.0.1', port: options.port ?? DEFAULT_PORT, services, dispatch });

export interface Core {
  readonly dispatch: Dispatch;
  recover(): Promise<void>;
  /** Ends what waits. */
  stop(): Promise<void>;
  idle(): Promise<void>;
}

/** The server without a socket: everything between a call and the storage. */
export async function createCore(storage: Storage, options: ServerOptions): Promise<Core> {
  const clock = options.clock ?? realClock;
  const random = options.random ?? systemRandom;
  const limits = { ...defaultLimits, ...options.limits };
  const onBug = options.onBug ?? ((error: unknown) => console.error(error));
  const namespaces = await openNamespaces(storage);
  const matching = createMatching<Task>(clock);
  const perform = (effect: Effect, loaded: Loaded): void => {
    if (effect.kind === 'dispatch-workflow-task' || effect.kind === 'dispatch-activity')
      dispatchTask(matching, effect, loaded);
  };
  const host = createHost({
    clock,
    random,
    limits,
    storage,
    namespace: namespaces.view,
    retention: (id) => namespaces.byId(id)?.retention ?? 0,
    perform,
    onBug,
  });
  const tokens = createTokens(await tokenSecret(storage));
  const server: ServerContext = { host, matching, namespaces, tokens, clock, random, limits };
  await createNamespaces(namespaces, server, options);
  return {
    dispatch: createDispatch(server, handlers, new Map(), () => {}),
    recover: () => host.recover(),
    async stop() {
      matching.close();
      await host.close();
    },
    idle: () => host.close(),
  };
}

/** Tokens stay valid when the server starts again. */
async function tokenSecret(storage: Storage): Promise<Uint8Array> {
  const known = (await storage.records('cluster')).find(({ key }) => key === 'token-secret');
  if (known) return known.value;
  const value = randomBytes(TOKEN_SECRET_BYTES);
  await storage.commit({ runs: [], deletes: [], records: [{ collection: 'cluster', key: 'token-secret', value }] });
  return value;
}

async function createNamespaces(
  namespaces: Namespaces,
  { host, random }: ServerContext,
  options: ServerOptions,
): Promise<void> {
  const missing = ['default', ...(options.namespaces ?? [])].filter((name) => !namespaces.find(name));
  if (missing.length === 0) return;
  await host.stageRecords(missing.map((name) => namespaces.put(newNamespace(random.uuid(), name))));
}
