/**
 * The crash test: a server, two workers and many customers as real processes on a real disk; the server and the workers
 * are killed (SIGKILL) at random moments and started again; in the end every promise must have been kept.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openShop } from '@perdure/example-order-processing/shop.ts';
import { Client, Connection } from '@temporalio/client';
import { sharedBundle } from '../sdk/bundle.ts';
import { findViolations } from './checks.ts';
import { insist, playOrder, type Record } from './customer.ts';
import { type Observer, observe } from './observer.ts';
import { planOrder } from './plan.ts';
import { freePort, serverVictim, startDev, type Victim, workerVictim } from './processes.ts';
import { type Random, seededRandom } from './random.ts';

export interface CrashOptions {
  readonly seed: number;
  /** How often the server is killed. Workers are killed half as often, besides. */
  readonly kills: number;
  /** Orders that are open at a time. Default: 25. */
  readonly customers?: number;
  readonly report?: (line: string) => void;
}

export interface CrashReport {
  readonly orders: number;
  readonly serverKills: number;
  readonly workerKills: number;
  readonly signals: number;
  /** What went wrong, one line each; empty when all is well. */
  readonly violations: readonly string[];
  /** Where the databases are; removed when all is well. */
  readonly folder: string;
}

/** Runs the crash test. An order that gets no answer within two minutes is a violation too. */
export async function crash({
  seed,
  kills,
  customers = 25,
  report = () => undefined,
}: CrashOptions): Promise<CrashReport> {
  const folder = mkdtempSync(join(tmpdir(), 'perdure-crash-'));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  // The official bundler takes seconds, which are better spent before anything is killed.
  await sharedBundle();
  const environment = { CRASH_ADDRESS: address, CRASH_SHOP: join(folder, 'shop.db') };
  const shop = openShop(environment.CRASH_SHOP);
  const server = serverVictim(startDev({ port, db: join(folder, 'server.db') }));
  const workers = [1, 2].map((number) => workerVictim(number, environment));
  const connection = Connection.lazy({ address, channelArgs: { 'grpc.max_reconnect_backoff_ms': 200 } });
  const client = new Client({ connection });
  try {
    await insist(() => connection.workflowService.getSystemInfo({}));
    const scene: Scene = { client, server, workers, random: seededRandom(seed), report };
    const played = await play(scene, kills, customers);
    const violations = [...played.failures, ...(await findViolations(client, shop, played.records, played.observer))];
    if (server.ownEnds() > 0) violations.push(`the server ended by itself ${server.ownEnds()} times`);
    if (violations.length === 0) setImmediate(() => rmSync(folder, { recursive: true, force: true }));
    const signals = played.records.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
    const { workerKills } = played;
    return { orders: played.records.length, serverKills: kills, workerKills, signals, violations, folder };
  } finally {
    await Promise.all([...workers, server].map((victim) => victim.stop()));
    await connection.close();
    shop.close();
  }
}

interface Scene {
  readonly client: Client;
  readonly server: Victim;
  readonly workers: readonly Victim[];
  readonly random: Random;
  readonly report: (line: string) => void;
}

interface Played {
  readonly records: readonly Record[];
  /** Orders that got an answer that no order should get. */
  readonly failures: readonly string[];
  readonly observer: Observer;
  readonly workerKills: number;
}

/** Customers keep ordering as long as there is killing, and then see their last orders through. */
async function play(scene: Scene, kills: number, customers: number): Promise<Played> {
  const { client, random } = scene;
  const records: Record[] = [];
  const failures: string[] = [];
  const placed: string[] = [];
  let killing = true;
  const customer = async () => {
    while (killing) {
      const plan = planOrder(random, placed.length);
      placed.push(plan.order.orderId);
      try {
        records.push(await playOrder(client, plan));
      } catch (error) {
        failures.push(`${plan.order.orderId}: ${reasonOf(error)}`);
      }
    }
  };
  const observer = observe(client, seededRandom(random.between(0, 2 ** 31)), () => placed);
  const lanes = Promise.all(Array.from({ length: customers }, customer));
  const workerKills = await killAll(scene, kills);
  killing = false;
  await lanes;
  await observer.stop();
  return { records, failures, observer, workerKills };
}

/** What went wrong, down to its cause: who was refused wants to know by whom. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`;
}

async function killAll({ random, server, workers, report }: Scene, kills: number): Promise<number> {
  let workerKills = 0;
  for (let kill = 1; kill <= kills; kill++) {
    await sleep(random.between(300, 1_800));
    const worker = workers[random.between(0, workers.length - 1)];
    if (worker && random.next() < 0.5) {
      workerKills++;
      // Not awaited: now and then both are down together.
      void worker.killAndRestart(random.between(0, 500));
      await sleep(random.between(0, 200));
    }
    await server.killAndRestart(random.between(0, 300));
    report(`server kill ${kill} of ${kills}`);
  }
  return workerKills;
}
