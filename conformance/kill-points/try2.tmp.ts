import { isDeepStrictEqual } from 'node:util';
import { play } from './play.ts';
import * as order from './scenarios/order.ts';
import * as activities from './scenarios/activities.ts';
import * as timers from './scenarios/timers.ts';
import * as chains from './scenarios/chains.ts';
import * as messages from './scenarios/messages.ts';
import * as families from './scenarios/families.ts';
const all = { ...order, ...activities, ...timers, ...chains, ...messages, ...families };
const variants = [
  { kind: 'stop', point: 'before', downMs: 100, withWorkers: false, sticky: false, slow: false, lazy: true, forgetful: true },
  { kind: 'stop', point: 'after', downMs: 100, withWorkers: false, sticky: true, slow: true, lazy: true, forgetful: false },
  { kind: 'stop', point: 'before', downMs: 90000, withWorkers: true, sticky: true, slow: true, lazy: false, forgetful: true },
  { kind: 'stop', point: 'after', downMs: 90000, withWorkers: true, sticky: false, slow: false, lazy: true, forgetful: false },
  { kind: 'fail', point: 'before', downMs: 100, withWorkers: false, sticky: true, slow: true, lazy: false, forgetful: true },
  { kind: 'fail', point: 'after', downMs: 100, withWorkers: false, sticky: false, slow: true, lazy: true, forgetful: true },
] as const;
const only = process.argv[2];
let total = 0, bad = 0;
for (const [name, s] of Object.entries(all)) {
  if (only && name !== only) continue;
  const t = performance.now();
  const base = await play(s, null);
  let runs = 0;
  for (const [vi, {sticky, slow, lazy, forgetful, ...v}] of variants.entries()) {
    for (let n = 1; ; n++) {
      runs++;
      try {
        const p = await play(s, { ...v, n }, { sticky, slow, lazy, forgetful });
        if (p.violations.length || !isDeepStrictEqual(p.played, base.played)) { bad++; console.log('BAD', name, 'v' + vi, 'n' + n, p.violations, isDeepStrictEqual(p.played, base.played) ? '' : JSON.stringify(p.played)); }
        if (p.commits < n) break;
      } catch (e) { bad++; console.log('ERR', name, 'v' + vi, 'n' + n, String((e as Error).stack).slice(0, 300)); if (n > 100) break;  }
    }
  }
  total += runs;
  console.log(name, runs, 'runs', (performance.now() - t).toFixed(0) + 'ms');
}
console.log({ total, bad });
