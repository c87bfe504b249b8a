/** Workflow code that leaves something behind wherever it can, and looks for what others left. */
import * as workflow from '@perdure/workflow';

let moduleState = 0;

// biome-ignore lint/security/noGlobalEval: what it may do is the question
const globalEval = eval;

/** Ways to leave a mark, each with the way to find it again. */
const ways: Record<string, { leave: (mark: string) => unknown; find: () => unknown }> = {
  'module state': { leave: () => moduleState++, find: () => moduleState },
  globalThis: { leave: (mark) => Object.assign(globalThis, { mark }), find: () => Reflect.get(globalThis, 'mark') },
  'a symbol of the registry': {
    leave: (mark) => Reflect.set(globalThis, Symbol.for('mark'), mark),
    find: () => Reflect.get(globalThis, Symbol.for('mark')),
  },
  'the real global object': {
    leave: (mark) => Reflect.set(Function('return this')(), 'realMark', mark),
    find: () => Reflect.get(Function('return this')(), 'realMark'),
  },
  'an undeclared variable': {
    leave: (mark) => Function('mark', 'sloppy = mark')(mark),
    find: () => Function('return typeof sloppy === "undefined" ? undefined : sloppy')(),
  },
  'a var of global code': {
    leave: (mark) => globalEval(`var evaluated = "${mark}"`),
    find: () => globalEval('typeof evaluated === "undefined" ? undefined : evaluated'),
  },
  'a function of the SDK': {
    leave: (mark) => Object.assign(workflow.sleep, { mark }),
    find: () => Reflect.get(workflow.sleep, 'mark'),
  },
  'a class of the SDK': {
    leave: (mark) => Object.assign(workflow.CancellationScope.prototype, { mark }),
    find: () => Reflect.get(workflow.CancellationScope.prototype, 'mark'),
  },
  'the static properties of regular expressions': {
    leave: (mark) => /(.*)/.exec(mark),
    find: () => (RegExp.$1 === '' ? undefined : RegExp.$1),
  },
  'a stack trace hook': {
    leave: (mark) => Reflect.set(Error, 'prepareStackTrace', () => mark),
    find: () => (new Error('x').stack?.includes('x') ? undefined : new Error('x').stack),
  },
};

const hosts = { Object, Function, Array, Map, Promise, Error, RegExp, Date, Math, JSON, URL, TextEncoder, console };
for (const [name, host] of Object.entries(hosts)) {
  ways[name] = { leave: (mark) => Object.assign(host, { mark }), find: () => Reflect.get(host, 'mark') };
  const { prototype } = host as { prototype?: object };
  if (prototype)
    ways[`the prototype of ${name}`] = {
      leave: (mark) => Object.assign(prototype, { mark }),
      find: () => Reflect.get(prototype, 'mark'),
    };
}
const generator = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()));
ways['the prototype of generators'] = {
  leave: (mark) => Object.assign(generator, { mark }),
  find: () => Reflect.get(generator, 'mark'),
};
const iterator = Object.getPrototypeOf([][Symbol.iterator]());
ways['the prototype of array iterators'] = {
  leave: (mark) => Object.assign(iterator, { mark }),
  find: () => Reflect.get(iterator, 'mark'),
};

/** Leaves a mark in every way. What is refused does no harm. */
export async function leave(mark: string): Promise<void> {
  for (const way of Object.values(ways)) {
    try {
      way.leave(mark);
    } catch {
      // Refused.
    }
  }
}

/** The ways in which something of another run can be found. */
export async function find(): Promise<string[]> {
  return Object.entries(ways)
    .filter(([, way]) => way.find() !== undefined && way.find() !== 0)
    .map(([name]) => name);
}

/** Leaves a mark, and finds it after having waited. */
export async function keep(mark: string): Promise<unknown[]> {
  Object.assign(globalThis, { mark });
  Function('mark', 'sloppy = mark')(mark);
  moduleState = 1;
  await workflow.sleep(1);
  return [Reflect.get(globalThis, 'mark'), Function('return sloppy')(), Function('return mark')(), moduleState];
}

/** What libraries assign to on what inherits from a prototype that is frozen. */
export async function assignOnHeirs(): Promise<unknown[]> {
  const error = new Error('old');
  error.name = 'Named';
  error.message = 'new';
  class Old {}
  Object.assign(Old.prototype, { constructor: Old, toString: () => 'old style' });
  function Inherits() {}
  Inherits.prototype = Object.create(Error.prototype);
  Inherits.prototype.constructor = Inherits;
  Inherits.prototype.toString = () => 'inherited';
  const plain: Record<string, unknown> = {};
  plain['hasOwnProperty'] = 1;
  plain['valueOf'] = 2;
  return [`${error}`, `${new Old()}`, `${new (Inherits as never as new () => object)()}`, Object.keys(plain)];
}

/** What is not the same each time, or reaches out. */
export async function reach(): Promise<Record<string, string>> {
  const attempts: Record<string, () => unknown> = {
    process: () => process,
    require: () => require(`node:${'fs'}`),
    WeakRef: () => new WeakRef({}),
    FinalizationRegistry: () => new FinalizationRegistry(() => {}),
    Buffer: () => Buffer,
    fetch: () => fetch,
    setInterval: () => setInterval,
    performance: () => performance,
  };
  const answers: Record<string, string> = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    try {
      attempt();
      answers[name] = 'reached';
    } catch (error) {
      answers[name] = (error as Error).name;
    }
  }
  const name = 'no-such-module';
  answers['import'] = await import(name).catch((error: Error) => error.name);
  return answers;
}

/** Time and chance are the workflow's. */
export async function times(): Promise<unknown[]> {
  const first = [Date.now(), new Date().toISOString(), Math.random()];
  await workflow.sleep(1);
  return [...first, Date.now(), new Date() instanceof Date, new Date(0).getTime(), typeof Date()];
}
