import type { HistoryEvent } from '@perdure/api/history';
import { type Client, createClient, type Outcome, outcomeOf } from './client.ts';
import { brokenPromises, type Histories, leftBehind, runsOf } from './promises.ts';
import { fetchHistory, newSeen, type Program, startWorker } from './worker.ts';
import { createWorld, type Fault, restartNow, runUntil, sleep, startDistractions, type World } from './world.ts';

/** Something that clients and workers do together. */
export interface Scenario extends Program {
  /** Its answer is part of what is compared. */
  readonly client: (client: Client, world: World) => Promise<unknown>;
  /**
   * What is compared of the runs of every workflow: how all of them ended (the default), or the last one only, where
   * it depends on the time how many there are.
   */
  readonly compare?: 'all-runs' | 'last-run';
}

export interface Disturbance extends Fault {
  /** The workers go down and come back with the server; what they were doing is lost. */
  readonly withWorkers: boolean;
}

/** What a scenario comes to, and what may not depend on how often the server died on the way. */
export interface Played {
  readonly answer: unknown;
  readonly outcomes: Readonly<Record<string, readonly Outcome[]>>;
  /** Sorted, each once: what was done again was done to no effect. */
  readonly effects: readonly string[];
}

export interface Play {
  readonly played: Played;
  /** Broken promises that hold for every scenario. */
  readonly violations: readonly string[];
  /** Commits of the first life of the server. */
  readonly commits: number;
}

export interface Conditions {
  /** The workers keep runs in memory. */
  readonly sticky?: boolean;
  /** Tasks wait for the workers, not the workers for tasks. */
  readonly lazy?: boolean;
  /** See `Server`. */
  readonly slow?: boolean;
  readonly forgetful?: boolean;
  readonly lieAt?: number;
}

/** What a closed workflow still does to others is done by then. */
const AFTERMATH_MS = 15_000;

export async function play(
  scenario: Scenario,
  disturbance: Disturbance | null,
  { sticky = false, lazy = false, slow = false, forgetful = false, lieAt = 0 }: Conditions = {},
): Promise<Play> {
  const world = await createWorld(disturbance, { slow, forgetful, lieAt });
  const seen = newSeen();
  let endWorker: (() => void) | null = null;
  world.onBoot.push(() => {
    if (endWorker && !disturbance?.withWorkers) return;
    endWorker?.();
    endWorker = startWorker(world, scenario, seen, { sticky, lazy });
  });
  try {
    if (forgetful) await through(world, startDistractions(world));
    const answer = await through(world, scenario.client(createClient(world), world));
    await through(world, aftermath(world));
    world.over = true;
    const commits = world.commits();
    const violations = await leftBehind(world);
    await restartNow(world);
    const histories = await through(world, readHistories(world));
    violations.push(...brokenPromises(world, seen, histories));
    violations.push(...world.bugs.map((bug) => `the server reported a bug: ${bug}`));
    const effects = [...new Set(world.effects)].sort();
    return { played: { answer, outcomes: outcomesOf(world, scenario, histories), effects }, violations, commits };
  } finally {
    world.over = true;
    world.life?.die();
    await world.storage.close();
  }
}

/** The server may die once more while it is at that. */
async function aftermath(world: World): Promise<void> {
  let { lives } = world;
  do {
    lives = world.lives;
    await sleep(world, AFTERMATH_MS);
  } while (world.life === null || world.lives !== lives);
}

async function through<T>(world: World, promise: Promise<T>): Promise<T> {
  let over = false;
  const settled = promise.finally(() => {
    over = true;
    world.stirs++;
  });
  settled.catch(() => {});
  await runUntil(world, () => over);
  return settled;
}

async function readHistories(world: World): Promise<Histories> {
  const histories = new Map<string, readonly HistoryEvent[]>();
  for (const run of runsOf(world)) {
    histories.set(run.runId, await fetchHistory(world, newSeen(), run));
  }
  return histories;
}

function outcomesOf(world: World, { compare }: Scenario, histories: Histories): Record<string, readonly Outcome[]> {
  const outcomes: Record<string, readonly Outcome[]> = {};
  for (const { workflowId, runId } of runsOf(world)) {
    const last = histories.get(runId)?.at(-1);
    const before = compare === 'last-run' ? [] : (outcomes[workflowId] ?? []);
    outcomes[workflowId] = [...before, ...(last ? [outcomeOf(last)] : [])];
  }
  return outcomes;
}
