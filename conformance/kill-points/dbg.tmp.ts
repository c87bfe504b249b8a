import { play } from './play.ts';
import { children } from './scenarios/families.ts';
import { deserialize } from 'node:v8';
let w: any;
const s = { ...children, async client(c: any, world: any) { w = world; const real = world.storage.outstandingRuns; world.storage.outstandingRuns = async (a: any, l: any) => { const r = await real(a, l); for (const k of r) { if (k.workflowId.startsWith('dis')) continue; const st = await world.storage.loadRun(k); console.log(k.workflowId, st.head.status, st.head.due, st.entries.map((e: any) => [e.kind, e.key, e.kind === 3 ? deserialize(e.value).state : '']), deserialize(st.head.value)); } return r; }; return children.client(c, world); } };
const p = await play(s, { kind: 'stop', point: 'before', downMs: 90000, withWorkers: true, n: Number(process.argv[2]) } , { slow: true, sticky: true, forgetful: true });
console.log(p.violations); console.log(w.bugs);
