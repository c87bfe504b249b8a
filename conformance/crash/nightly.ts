/** The long form of the crash test: `npm run crash -- [--kills 200] [--seed N]`. Exits with 1 when a promise was broken. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { crash } from './crash.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    customers: { type: 'string', default: '25' },
  },
});
const seed = Number(values.seed);
console.log(`seed ${seed}`);
const begin = performance.now();
const { orders, signals, serverKills, workerKills, violations, folder } = await crash({
  seed,
  kills: Number(values.kills),
  customers: Number(values.customers),
  report: (line) => console.log(`${((performance.now() - begin) / 1000).toFixed(1).padStart(7)} s  ${line}`),
});
console.log(`${orders} orders, ${signals} signals, ${serverKills} server kills, ${workerKills} worker kills`);
for (const violation of violations) console.error(violation);
console.log(violations.length === 0 ? 'every promise was kept' : `${violations.length} broken; databases in ${folder}`);
process.exit(violations.length === 0 ? 0 : 1);
