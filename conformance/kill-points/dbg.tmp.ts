import { play } from './play.ts';
import { queries } from './scenarios/messages.ts';
const p = await play(queries, { kind: 'fail', point: 'after', downMs: 100, withWorkers: false, n: 7 }, { sticky: false });
console.log(p);
