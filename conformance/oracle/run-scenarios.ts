/** Holds a server against the recordings, many conversations at a time. */
import { type Connection, connect, converse, differences } from './conversation.ts';
import type { Scenario } from './scenarios.ts';

export interface Outcome {
  readonly scenario: Scenario;
  /** Nothing when what was said agrees with the recording. */
  readonly differences: readonly string[];
  readonly ms: number;
  /** It passed in little company, after it had failed in much: most scenarios wait for real time to pass. */
  readonly retried: boolean;
}

export interface RunOptions {
  readonly address: string;
  readonly concurrency: number;
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Called for those that failed in company; true to try again with few others. Default: always. */
  readonly retries?: (scenario: Scenario) => boolean;
}

const TIME_LIMIT_MS = 90_000;
/** How many of those that failed in company are tried again beside each other. */
const FEW = 4;

export async function runScenarios(scenarios: readonly Scenario[], options: RunOptions): Promise<Outcome[]> {
  const connections = Array.from({ length: Math.max(FEW, options.concurrency) }, () => connect(options.address));
  const outcomes: Outcome[] = [];
  const again: Scenario[] = [];
  const done = (outcome: Outcome): void => {
    outcomes.push(outcome);
    options.onOutcome?.(outcome);
  };
  const spread = (queue: Scenario[], lanes: number, each: (outcome: Outcome) => void): Promise<unknown> =>
    Promise.all(
      connections.slice(0, lanes).map(async (connection) => {
        for (let scenario = queue.shift(); scenario; scenario = queue.shift()) each(await hold(scenario, connection));
      }),
    );
  await spread(
    scenarios.filter(({ serial }) => !serial),
    options.concurrency,
    (outcome) => {
      if (outcome.differences.length === 0 || options.retries?.(outcome.scenario) === false) done(outcome);
      else again.push(outcome.scenario);
    },
  );
  await spread(again, FEW, (outcome) => done({ ...outcome, retried: outcome.differences.length === 0 }));
  await spread(
    scenarios.filter(({ serial }) => serial),
    1,
    done,
  );
  for (const connection of connections) connection.close();
  return outcomes;
}

async function hold(scenario: Scenario, connection: Connection): Promise<Outcome> {
  const began = performance.now();
  const conversation = converse(connection);
  const found: string[] = [];
  try {
    await within(TIME_LIMIT_MS, scenario.run(conversation));
  } catch (error) {
    found.push(`the scenario broke off: ${(error as Error).message}`);
  }
  // Through JSON, since that is how the recordings came about: what is undefined is not there.
  const got = JSON.parse(JSON.stringify(conversation.normalized())) as unknown;
  if (scenario.recorded === undefined) found.push('nothing was recorded of it');
  else found.push(...differences(scenario.recorded, got, scenario.ignore));
  return { scenario, differences: found, ms: performance.now() - began, retried: false };
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took over ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
