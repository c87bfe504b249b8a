/** `npm run bench -- [--address HOST:PORT] [--server COMMAND] [--quick] [SUITE…]`: see `USAGE`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fanOut } from './fan-out.ts';
import { SDKS, type Sdk } from './sdk.ts';
import { ownCommand, type ServerProcess, startServerProcess } from './server-process.ts';
import { sleepers } from './sleepers.ts';
import { startUp } from './start-up.ts';
import type { Bench, Suite } from './suite.ts';
import { messages, workflows } from './throughput.ts';
import { timeSkipping } from './time-skipping.ts';
import { visibility } from './visibility.ts';

const SUITES: Readonly<Record<string, Suite>> = {
  'start-up': startUp,
  workflows,
  messages,
  'fan-out': fanOut,
  sleepers,
  visibility,
  'time-skipping': timeSkipping,
};

const USAGE = `npm run bench -- [options] [suite …]

suites: ${Object.keys(SUITES).join(', ')}; all of them if none is named
  --sdk NAME            official, perdure (ours over gRPC) or embedded (ours, with the server in one process); may be
                        repeated; all of them if none is named, for an address those over gRPC
  --only TEXT           of workflows and messages only those whose name contains this, such as '1 activities'
  --quick               less of everything: about a minute in all
  --server COMMAND      start this server instead of ours; {port} and {db} in it are filled in
  --address HOST:PORT   measure a server that is already there, with the namespace 'default'
  --server-pid PID      its process, to measure CPU and memory`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    address: { type: 'string' },
    server: { type: 'string' },
    'server-pid': { type: 'string' },
    sdk: { type: 'string', multiple: true },
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const names = positionals.length > 0 ? positionals : Object.keys(SUITES);
const overGrpc = values.address !== undefined || values.server !== undefined;
const sdks = (values.sdk ?? SDKS.filter((sdk) => !(overGrpc && sdk === 'embedded'))) as readonly Sdk[];
const unknown =
  names.find((name) => !Object.hasOwn(SUITES, name)) ?? sdks.find((sdk) => !(SDKS as readonly string[]).includes(sdk));
if (values.help || unknown !== undefined) {
  if (unknown !== undefined) console.error(`There is no suite or SDK called ${unknown}.\n`);
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}
for (const name of names) await runSuite(name);

async function runSuite(name: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'perdure-bench-'));
  console.log(`\n== ${name} ==`);
  try {
    await SUITES[name]?.(benchIn(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function benchIn(folder: string): Bench {
  const { address, quick, only } = values;
  if (address !== undefined) {
    const pid = values['server-pid'] === undefined ? undefined : Number(values['server-pid']);
    const there: ServerProcess = { address, pid, startUpMs: Number.NaN, stop: async () => undefined };
    return { quick, only, sdks, folder, owned: false, start: async () => there };
  }
  const command = values.server ?? ownCommand();
  const start = (db = join(folder, 'bench.db')) => startServerProcess(command, db);
  return { quick, only, sdks, folder, owned: true, start };
}
