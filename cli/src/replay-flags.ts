import { parseArgs } from 'node:util';
import { UsageError } from './start-dev-flags.ts';

export interface Replay {
  /** The workflow code to hold against the histories. */
  readonly workflows: string;
  /** Files with histories as JSON; empty to take them from the server. */
  readonly histories: readonly string[];
  readonly address: string;
  readonly namespace: string;
  /** Which workflows of the server: a query of visibility. */
  readonly query: string;
  readonly limit: number;
  readonly apiKey: string | undefined;
  readonly tls: boolean;
  /** Whether to go on and replay whenever the code changes. */
  readonly watch: boolean;
}

const options = {
  workflows: { type: 'string', short: 'w' },
  history: { type: 'string', multiple: true },
  address: { type: 'string', default: process.env['TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233' },
  namespace: { type: 'string', short: 'n', default: process.env['TEMPORAL_NAMESPACE'] ?? 'default' },
  query: { type: 'string', short: 'q', default: "ExecutionStatus = 'Running'" },
  limit: { type: 'string', default: '1000' },
  'api-key': { type: 'string' },
  tls: { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
} as const;

/** Reads the flags of `perdure replay`. Throws `UsageError`. */
export function readReplayFlags(words: readonly string[]): Replay {
  const flags = parsed(words);
  if (flags.workflows === undefined)
    throw new UsageError('replay needs --workflows FILE: the code to hold against the histories');
  const limit = Number(flags.limit);
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new UsageError(`--limit is to be a number of workflows from 1 on, not "${flags.limit}"`);
  const { workflows, history = [], address, namespace, query, tls, watch } = flags;
  return { workflows, histories: history, address, namespace, query, limit, apiKey: flags['api-key'], tls, watch };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, strict: true }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}; see perdure replay --help`);
  }
}
