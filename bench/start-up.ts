/** How long a server takes from its spawn to its first answer, and a worker to its first polls; and how much memory they then have. */
import { join } from 'node:path';
import { figuresOf } from './process-figures.ts';
import { end, forkWith, ready, type Sdk } from './sdk.ts';
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
    rows.push({ what, 'ms until ready': server.startUpMs, 'CPU ms': cpuMs, 'RSS MB': rssBytes / 2 ** 20 });
    await server.stop();
  }
  const server = await bench.start(db);
  for (const sdk of bench.sdks.filter((each) => each !== 'embedded')) {
    const bundle = join(bench.folder, `${sdk}.js`);
    await startWorker(sdk, server.address, bundle);
    for (let run = 0; run < (bench.quick ? 2 : 5); run++) {
      const bundled = await startWorker(sdk, server.address, bundle);
      rows.push({ what: `${sdk} worker, bundle made before`, ...bundled });
      rows.push({ what: `${sdk} worker, bundling`, ...(await startWorker(sdk, server.address)) });
    }
  }
  await server.stop();
  printTable(rows, { 'ms until ready': 0, 'CPU ms': 0, 'RSS MB': 0 });
};

async function startWorker(sdk: Sdk, address: string, bundle?: string): Promise<Record<string, Cell>> {
  const begin = performance.now();
  const worker = forkWith(sdk, './worker-start.ts', [address, 'start-up', ...(bundle === undefined ? [] : [bundle])]);
  await ready(worker);
  const ms = performance.now() - begin;
  const { rssBytes, cpuMs } = figuresOf(worker.pid);
  await end(worker);
  return { 'ms until ready': ms, 'CPU ms': cpuMs, 'RSS MB': rssBytes / 2 ** 20 };
}
