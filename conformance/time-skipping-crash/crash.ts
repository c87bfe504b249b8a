/**
 * A server that skips time, as a real process on a real disk, is killed (SIGKILL) at random moments and started again,
 * while workflows sleep for days. In the end every one of them must have done what it was to do, when it was to do it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo } from '@perdure/activity';
import { ApplicationFailure } from '@perdure/common';
import { bundleWorkflowCode, NativeConnection, Worker } from '@perdure/worker';
import { Client, Connection } from '@temporalio/client';
import { type InternalConnectionOptions, InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection.js';
import { insist } from '../crash/customer.ts';
import { freePort, serverVictim, startDev, testServer, type Victim } from '../crash/processes.ts';
import { type Random, seededRandom } from '../crash/random.ts';
import { checkJourney, checkNoons } from './checks.ts';
import { type Journey, planJourney, start, TASK_QUEUE } from './journeys.ts';
import { type Attempt, HOUR } from './punctuality.ts';
import { keepTime } from './time.ts';

export interface CrashOptions {
  readonly seed: number;
  /** How often the server is killed. */
  readonly kills: number;
  /** Whether time is skipped all along, or only when the test asks for it. */
  readonly unlocked: boolean;
  /** Journeys under way at a time. Default: 8. */
  readonly travellers?: number;
}

export interface CrashReport {
  readonly journeys: number;
  /** How many days the server's time went on. */
  readonly days: number;
  readonly attempts: number;
  /** What went wrong, one line each; empty when all is well. */
  readonly violations: readonly string[];
  /** Where the database is; removed when all is well. */
  readonly folder: string;
}

/** Runs the test. A journey that gets no answer within two minutes is a violation too. */
export async function crash({ seed, kills, unlocked, travellers = 8 }: CrashOptions): Promise<CrashReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'perdure-time-crash-'));
  const at = { port: await freePort(), db: path.join(folder, 'server.db') };
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: path.join(import.meta.dirname, 'workflows.ts') });
  const server = serverVictim(unlocked ? testServer(at, '--enable-time-skipping') : startDev(at, '--time-skipping'));
  const address = `127.0.0.1:${at.port}`;
  const connection = connect(address);
  try {
    await insist(() => connection.workflowService.getSystemInfo({}));
    const native = await NativeConnection.connect({ address });
    const attempts: Attempt[] = [];
    const activities = { work: (failures: number) => work(failures, attempts) };
    const worker = await Worker.create({ connection: native, taskQueue: TASK_QUEUE, workflowBundle, activities });
    const scene: Scene = { connection, server, random: seededRandom(seed), unlocked, attempts };
    const played = await worker.runUntil(play(scene, kills, travellers));
    await native.close();
    if (played.violations.length === 0) setImmediate(() => rmSync(folder, { recursive: true, force: true }));
    return { ...played, attempts: attempts.length, folder };
  } finally {
    await server.stop();
    await connection.close();
  }
}

function connect(address: string): Connection {
  // What the official test environment does to reach TestService.
  const options: InternalConnectionOptions = {
    address,
    channelArgs: { 'grpc.max_reconnect_backoff_ms': 200 },
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  };
  return Connection.lazy(options);
}

async function work(failures: number, attempts: Attempt[]): Promise<void> {
  const { workflowExecution, activityId, attempt, currentAttemptScheduledTimestampMs: due } = activityInfo();
  attempts.push({ runId: workflowExecution?.runId ?? '', activityId, attempt, due });
  if (attempt <= failures) throw ApplicationFailure.retryable(`attempt ${attempt}`);
}

interface Scene {
  readonly connection: Connection;
  readonly server: Victim;
  readonly random: Random;
  readonly unlocked: boolean;
  readonly attempts: readonly Attempt[];
}

const NOON = 'noon';

interface Played {
  readonly journeys: number;
  readonly days: number;
  readonly violations: readonly string[];
}

/** Journeys are begun as long as there is killing, and then seen through. */
async function play(scene: Scene, kills: number, travellers: number): Promise<Played> {
  const { connection, random, unlocked, attempts } = scene;
  const journeys: Journey[] = [];
  let travelling = true;
  let killing = true;
  const firstNoon = await start(connection, { workflowId: NOON, type: 'noon', args: [], cronSchedule: '0 12 * * *' });
  const time = keepTime(connection, random, !unlocked, () => !travelling);
  const lanes = Array.from({ length: travellers }, async () => {
    while (killing) {
      const journey = planJourney(random, journeys.length);
      journeys.push(journey);
      await travel(connection, journey);
    }
  });
  await killAll(scene, kills);
  killing = false;
  // One that does not end is found to be open by its checks.
  await Promise.allSettled(lanes);
  travelling = false;
  const { first, last, contradictions } = await time;
  const violations = [...contradictions];
  for (const journey of journeys) violations.push(...(await checkJourney(connection, journey, attempts)));
  violations.push(...(await checkNoons(connection, NOON, firstNoon, attempts, last)));
  if (scene.server.ownEnds() > 0) violations.push(`the server ended by itself ${scene.server.ownEnds()} times`);
  return { journeys: journeys.length, days: Math.floor((last - first) / (24 * HOUR)), violations };
}

async function travel(connection: Connection, { workflowId, delayHours, legs }: Journey): Promise<void> {
  await start(connection, { workflowId, delayHours, type: 'journey', args: [legs] });
  const handle = new Client({ connection }).workflow.getHandle(workflowId);
  await insist(() => handle.result());
}

async function killAll({ connection, random, server }: Scene, kills: number): Promise<void> {
  for (let kill = 1; kill <= kills; kill++) {
    await pause(random.between(0, 1_000));
    await server.killAndRestart(random.between(0, 200));
    await insist(() => connection.workflowService.getSystemInfo({}));
  }
}
