/** How long a server takes from its spawn to its first answer, and how much memory it then has. */
import { join } from 'node:path';
import { figuresOf } from './process-figures.ts';
import type { Suite } from './suite.ts';
import { type Cell, printTable } from './table.ts';

export const startUp: Suite = async (bench) => {
  if (!bench.owned) return console.log('start-up: skipped, because the server is not started here');
  const rows: Record<string, Cell>[] = [];
  const db = join(bench.folder, 'start-up.db');
  for (let run = 0; run < (bench.quick ? 3 : 7); run++) {
    const server = await bench.start(db);
    const { rssBytes, cpuMs } = figuresOf(server.pid);
    const what = run === 0 ? 'start-up, new database' : 'start-up, again';
    rows.push({ what, 'ms to first answer': server.startUpMs, 'CPU ms': cpuMs, 'RSS MB': rssBytes / 2 ** 20 });
    await server.stop();
  }
  printTable(rows, { 'ms to first answer': 0, 'CPU ms': 0, 'RSS MB': 0 });
};
