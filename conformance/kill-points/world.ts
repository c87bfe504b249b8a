import { type Codec, type Init, services } from '@perdure/api';
import { WorkflowService } from '@perdure/api/workflowservice';
import {
  Code,
  createCore,
  type FaultPoint,
  faulty,
  inProcessClient,
  type ManualClock,
  manualClock,
  openSqlite,
  type Post,
  ServiceError,
  type Storage,
  seededRandom,
  type UnaryClient,
} from '@perdure/server/testing';
import { type Ledger, newLedger, recorded } from './ledger.ts';

/**
 * A server that dies and is started again on what was durable, with clients and workers around it that live on. Time is
 * virtual: when nothing happens any more it moves on to whatever is due next. The same fault gives the same course of
 * events, down to the order of turns of the event loop.
 */
export interface World {
  readonly clock: ManualClock;
  readonly ledger: Ledger;
  readonly storage: Storage;
  /** Things done to the world outside, such as cards charged. */
  readonly effects: string[];
  /** Errors that the server took for bugs of its own, the fault's own ones left out. */
  readonly bugs: unknown[];
  /** Called whenever the server has come (back) up. */
  readonly onBoot: ((first: boolean) => void)[];
  life: Life | null;
  lives: number;
  /** Counts whatever happens, so that one can see that nothing does. */
  stirs: number;
  /** Commits that the life with the fault was given. */
  commits: () => number;
  over: boolean;
  ids: number;
  readonly server: Server;
}

export interface Fault {
  /** The server stops for good, or the commit is refused and the server goes on. */
  readonly kind: 'stop' | 'fail';
  /** The commit of the first life that it strikes. */
  readonly n: number;
  readonly point: FaultPoint;
  /** How long the server is down. */
  readonly downMs: number;
  /** How many lives of the server it strikes, one after the other. Default 1. */
  readonly lives?: number;
}

export interface Server {
  /** This commit of the store is told as durable and is not; 0 for an honest store. */
  readonly lieAt: number;
  /** Everything asked of the store takes a few turns of the event loop, in which other things happen. */
  readonly slow: boolean;
  /** Hardly any run stays in memory: whenever something was done, others are asked for. */
  readonly forgetful: boolean;
}

/** One run of the server's process. */
interface Life {
  readonly client: UnaryClient;
  /** Rejects at the end of it. */
  readonly death: Promise<never>;
  readonly die: () => void;
}

/** When the clock starts (epoch ms). */
const START = Date.UTC(2024, 0, 1);
/** A scenario that is not through by then never will be. */
const LONGEST_MS = 3 * 3_600_000;
const SLOWEST_TURNS = 3;
/** Nothing takes this many turns of the event loop without something stirring. */
const QUIET_TURNS = 4;

export async function createWorld(fault: Fault | null, server: Server): Promise<World> {
  const ledger = newLedger();
  const { float } = seededRandom(0);
  const turn = async (): Promise<void> => {
    for (let turns = Math.floor(float() * (SLOWEST_TURNS + 1)); turns > 0; turns--) {
      await turnOfEventLoop();
      world.stirs++;
    }
  };
  const world: World = {
    clock: manualClock(START),
    ledger,
    storage: recorded(
      lying(await openSqlite({ path: ':memory:' }), server.lieAt),
      ledger,
      server.slow ? turn : () => void world.stirs++,
    ),
    effects: [],
    bugs: [],
    onBoot: [],
    life: null,
    lives: 0,
    stirs: 0,
    commits: () => 0,
    over: false,
    ids: 0,
    server,
  };
  boot(world, fault);
  return world;
}

function lying(store: Storage, lieAt: number): Storage {
  let commits = 0;
  return { ...store, commit: async (commit) => (++commits === lieAt ? undefined : store.commit(commit)) };
}

/** Starts the server. When it dies of the fault it is started again. */
function boot(world: World, fault: Fault | null): void {
  const number = ++world.lives;
  const store = faulty(world.storage);
  const planned = new Error('planned');
  if (fault?.kind === 'stop') store.stopAt(fault.n, fault.point);
  if (fault?.kind === 'fail') store.failAt(fault.n, fault.point, planned);
  if (number === 1) world.commits = store.commits;
  const { clock, end } = mortalClock(world);
  const { promise: death, reject } = Promise.withResolvers<never>();
  death.catch(() => {});
  const die = (): void => {
    world.stirs++;
    world.life = null;
    end();
    reject(unavailable());
  };
  const restart = (): void => {
    die();
    world.clock.schedule(world.clock.now() + (fault?.downMs ?? 0), () => boot(world, again));
  };
  const again = number < (fault?.lives ?? 1) ? fault : null;
  void store.stopped.then(restart);
  const onBug = (error: unknown): void => {
    if (error !== planned) world.bugs.push(error);
  };
  const random = seededRandom(number, clock.now);
  const cacheCapacity = world.server.forgetful ? 1 : 5000;
  const limits = { callbackAddresses: [{ pattern: '*', allowInsecure: false }] };
  const post = receiver(world);
  createCore(store.storage, { clock, random, onBug, cacheCapacity, limits, post }).then((core) => {
    world.stirs++;
    const client = inProcessClient({ services, dispatch: core.dispatch, onBug });
    world.life = { client, death, die };
    for (const told of world.onBoot) told(number === 1);
    // Calls come in meanwhile, as they do when a server listens.
    core.recover().catch(restart);
  }, restart);
}

/** Whoever is called back by this life of the server, and takes it the second time only. */
function receiver(world: World): Post {
  const refused = new Set<string>();
  return async ({ url, headers, body }) => {
    world.stirs++;
    if (!refused.has(url)) {
      refused.add(url);
      return { kind: 'not-taken', message: 'not now', retryable: true };
    }
    world.effects.push(`${url} is told ${headers['nexus-operation-state']} ${Buffer.from(body)}`);
    return { kind: 'taken' };
  };
}

/** Ends the server, however it is doing, and starts it again on what is durable. */
export async function restartNow(world: World): Promise<void> {
  world.life?.die();
  boot(world, null);
  await runUntil(world, () => world.life !== null);
}

/** The world's clock, for as long as the process lives. */
function mortalClock(world: World): { readonly clock: ManualClock; readonly end: () => void } {
  const { clock } = world;
  const scheduled = new Set<() => void>();
  let ended = false;
  return {
    clock: {
      ...clock,
      schedule(at, run) {
        if (ended) return () => {};
        const cancel = clock.schedule(at, () => {
          scheduled.delete(cancelOnce);
          world.stirs++;
          run();
        });
        const cancelOnce = (): void => {
          scheduled.delete(cancelOnce);
          cancel();
        };
        scheduled.add(cancelOnce);
        return cancelOnce;
      },
    },
    end() {
      ended = true;
      for (const cancel of [...scheduled]) cancel();
    },
  };
}

type Methods = typeof WorkflowService.methods;
export type Method = keyof Methods;
type Decoded<C> = C extends { decode(bytes: Uint8Array): infer T } ? T : never;
export type Request<M extends Method> = Init<Decoded<Methods[M]['request']>>;
export type Response<M extends Method> = Decoded<Methods[M]['response']>;

/** So far away that it needs no timer. */
const FAR_MS = 2 ** 33;

/** One attempt at one call. UNAVAILABLE while the server is down, and when it dies before it answered. */
export async function call<M extends Method>(world: World, method: M, request: Request<M>): Promise<Response<M>> {
  const { life } = world;
  if (!life) throw unavailable();
  const codecs = WorkflowService.methods[method] as { request: Codec<object>; response: Codec<object> };
  world.stirs++;
  try {
    const body = codecs.request.encode(request);
    const answer = life.client.call(WorkflowService.name, method, body, { deadlineMs: FAR_MS });
    return codecs.response.decode(await Promise.race([answer, life.death])) as Response<M>;
  } finally {
    world.stirs++;
    if (world.server.forgetful && method !== 'DescribeWorkflowExecution') void distract(world);
  }
}

/** Workflows that nobody works on. They are only there to take the room of others. */
const DISTRACTIONS = ['distraction-1', 'distraction-2', 'distraction-3'];
export const isDistraction = (workflowId: string): boolean => DISTRACTIONS.includes(workflowId);

export async function startDistractions(world: World): Promise<void> {
  for (const workflowId of DISTRACTIONS) {
    await insist(world, 'StartWorkflowExecution', {
      namespace: 'default',
      workflowId,
      requestId: workflowId,
      workflowType: { name: 'distraction' },
      taskQueue: { name: 'nobody' },
    });
  }
}

async function distract(world: World): Promise<void> {
  for (const workflowId of DISTRACTIONS) {
    await call(world, 'DescribeWorkflowExecution', { namespace: 'default', execution: { workflowId } }).catch(() => {});
  }
}

/** The same, again and again for as long as the server cannot be reached (or says one of `codes`). */
export async function insist<M extends Method>(
  world: World,
  method: M,
  request: Request<M>,
  codes: readonly Code[] = [],
): Promise<Response<M>> {
  for (;;) {
    try {
      return await call(world, method, request);
    } catch (error) {
      const code = error instanceof ServiceError ? error.code : Code.UNKNOWN;
      if (code !== Code.UNAVAILABLE && !codes.includes(code)) throw error;
      await sleep(world, RETRY_MS);
    }
  }
}

const RETRY_MS = 500;

export const sleep = (world: World, ms: number): Promise<void> =>
  new Promise((resolve) => {
    world.clock.schedule(world.clock.now() + ms, () => {
      world.stirs++;
      resolve();
    });
  });

/** An id that no other thing in this world has. */
export const newId = (world: World, what: string): string => `${what}-${++world.ids}`;

const turnOfEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets everything that can happen now happen. */
async function settle(world: World): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; ) {
    const before = world.stirs;
    await turnOfEventLoop();
    quiet = world.stirs === before ? quiet + 1 : 0;
  }
}

/** Lets things happen, and time pass, until `done`. Throws when that never comes. */
export async function runUntil(world: World, done: () => boolean): Promise<void> {
  for (;;) {
    await settle(world);
    if (done()) return;
    const at = world.clock.nextAt();
    if (at === null || at > START + LONGEST_MS)
      throw new Error('nothing happens any more, and the scenario is not over');
    world.clock.advanceTo(at);
  }
}

const unavailable = (): ServiceError => new ServiceError(Code.UNAVAILABLE, 'the server is down');
