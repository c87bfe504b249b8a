/** Holds a server against the recordings, many conversations at a time. */
import { type Connection, connect, converse, differences } from './conversation.ts';
import type { Scenario } from './scenarios.ts';

export interface Outcome {
  readonly scenario: Scenario;
  /** Nothing when what was said agrees with the recording. */
  readonly differences: readonly string[];
  readonly ms: number;
  /** It passed alone, after it had failed in company: most scenarios wait for real time to pass. */
  readonly retried: boolean;
}

export interface RunOptions {
  readonly address: string;
  readonly concurrency: number;
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Called for those that failed in company; true to try again alone. Default: always. */
  readonly retries?: (scenario: Scenario) => boolean;
}

const TIME_LIMIT_MS = 90_000;

export async function runScenarios(scenarios: readonly Scenario[], options: RunOptions): Promise<Outcome[]> {
  const connections = Array.from({ length: 2 }, () => connect(options.address));
  const outcomes: Outcome[] = [];
  const again: Scenario[] = [];
  const done = (outcome: Outcome): void => {
    outcomes.push(outcome);
    options.onOutcome?.(outcome);
  };
  const queue = scenarios.filter(({ serial }) => !serial);
  const lane = async (connection: Connection): Promise<void> => {
    for (let scenario = queue.shift(); scenario; scenario = queue.shift()) {
      const outcome = await hold(scenario, connection);
      if (outcome.differences.length > 0 && (options.retries?.(scenario) ?? true)) again.push(scenario);
      else done(outcome);
    }
  };
  const lanes = Math.max(1, options.concurrency);
  await Promise.all(Array.from({ length: lanes }, (_, i) => lane(connections[i % connections.length] as Connection)));
  const [first] = connections as [Connection];
  const last = [...again.map((scenario) => ({ scenario, retried: true })), ...serialOf(scenarios)];
  for (const { scenario, retried } of last) {
    const outcome = await hold(scenario, first);
    done({ ...outcome, retried: retried && outcome.differences.length === 0 });
  }
  for (const connection of connections) connection.close();
  return outcomes;
}

const serialOf = (scenarios: readonly Scenario[]): { scenario: Scenario; retried: boolean }[] =>
  scenarios.filter(({ serial }) => serial).map((scenario) => ({ scenario, retried: false }));

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
