/**
 * Sends random requests to a server and says which were answered badly.
 *
 *     npm run fuzz -- [--requests 100000] [--seed N] [--address 127.0.0.1:7233]
 *
 * Without an address a server of its own is started. The last line is `N requests, N faults`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, serverVictim, startDev } from '../crash/processes.ts';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    address: { type: 'string' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'perdure-fuzz-'));
const port = await freePort();
const own = values.address === undefined ? serverVictim(startDev({ port, db: join(folder, 'fuzz.db') })) : null;
const seed = Number(values.seed);
const requests = Number(values.requests);
console.log(`seed ${seed}`);
const began = performance.now();
const { faults, codes } = await fuzz({ address: values.address ?? `127.0.0.1:${port}`, requests, seed });
for (const { rpc, what, base64 } of faults.slice(0, 50)) console.log(`${rpc}: ${what}\n    ${base64.slice(0, 2_000)}`);
for (const [code, count] of Object.entries(codes).sort(([, a], [, b]) => b - a)) console.log(`${code}: ${count}`);
if (own) {
  console.log(`${Math.round(residentBytes(own.pid()) / 2 ** 20)} MB resident`);
  if (own.ownEnds() > 0) console.log('the server ended by itself');
  await own.stop();
}
rmSync(folder, { recursive: true });
const failed = faults.length + (own?.ownEnds() ?? 0);
console.log(`${requests} requests in ${Math.round((performance.now() - began) / 1000)} s, ${failed} faults`);
process.exitCode = failed > 0 ? 1 : 0;

/** 0 where there is no /proc. */
function residentBytes(pid: number | undefined): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1];
    return Number(pages) * 4096;
  } catch {
    return 0;
  }
}
