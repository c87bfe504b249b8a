import { play } from '/work/main/conformance/kill-points/play.ts';
import * as order from '/work/main/conformance/kill-points/scenarios/order.ts';
import * as activities from '/work/main/conformance/kill-points/scenarios/activities.ts';
import * as timers from '/work/main/conformance/kill-points/scenarios/timers.ts';
import * as chains from '/work/main/conformance/kill-points/scenarios/chains.ts';
import * as messages from '/work/main/conformance/kill-points/scenarios/messages.ts';
import * as families from '/work/main/conformance/kill-points/scenarios/families.ts';
const all = { ...order, ...activities, ...timers, ...chains, ...messages, ...families };
const only = process.argv[2];
for (const [name, s] of Object.entries(all)) {
  if (only && name !== only) continue;
  for (const sticky of [false, true]) {
  const t = performance.now();
  try {
    const p = await play(s, null, { sticky });
    console.log(name, sticky, p.commits, (performance.now() - t).toFixed(0) + 'ms', JSON.stringify(p.played), p.violations);
  } catch (e) { console.log(name, sticky, 'ERR', e); }
  }
}
