/**
 * A context: intrinsics of its own, the SDK's modules evaluated once in it, and then all of it frozen. Runs come and go
 * in it, each with a `globalThis` and modules of its own (`run.ts`). Runs that are to have a context each get one that
 * is not frozen.
 */
import vm from 'node:vm';
import type { SourceMap } from '@perdure/workflow/lib/create-options';
import type { Current, Globals } from './current.ts';
import { exportsOfContext } from './exports.ts';
import { freezeContext, openGlobals } from './freeze.ts';
import { addGlobals } from './globals.ts';
import type { Sdk } from './sdk.ts';
import { type StackFrames, traceIn } from './stack-trace.ts';
import { limited } from './time-limit.ts';

/** What a run's modules ask for what is not their own, and have their exports made by. */
export type Require = ((name: string) => unknown) & {
  readonly exports?: (all: Record<string, () => unknown>) => object;
};
type ModuleFunction = (require: Require, module: { exports: unknown }, exports: unknown) => void;
type RunFunction = (globals: Globals, require: Require, module: { exports: unknown }, exports: unknown) => void;

type Enter = <T>(call: () => T) => T;

export type Isolate = {
  readonly context: typeof globalThis;
  readonly sdk: Sdk;
  /** The modules that runs share, by the names that the user's modules ask for. */
  readonly modules: Readonly<Record<string, unknown>>;
  readonly newGlobals: () => Globals;
  readonly newExports: NonNullable<Require['exports']>;
  readonly newRun: RunFunction;
  readonly current: Current;
  /** Empties what the last match left in `RegExp`'s static properties. */
  readonly forgetMatches: () => void;
  /** Calls something of the context, then runs its microtasks until there are none. */
  readonly enter: Enter;
  /** Calls what enters the context more than once: where there is a time limit, it holds for all of that. */
  readonly within: Enter;
  /** What the trace of the last error looked like. */
  readonly frames: StackFrames;
  /** The source map of the user's modules, read when it is looked into. */
  readonly sources: SourceMap;
};

export type IsolateOptions = {
  readonly code: string;
  readonly filename: string;
  readonly sourceMap: string;
  readonly isShared: boolean;
  /** How long code may run at a time. Left out where something outside watches over it. */
  readonly timeoutMs?: number;
  /** May add to the context's globals. */
  readonly prepare?: (context: object) => void;
};

export function createIsolate(options: IsolateOptions): Isolate {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    microtaskMode: 'afterEvaluate',
  }) as typeof globalThis;
  const current: Current = { globals: Object.create(null), rejection: null };
  const frames = traceIn(context, options);
  addGlobals(context, current);
  Object.defineProperty(context, '__TEMPORAL_ACTIVATOR__', { get: () => current.maybeGetActivator?.() });
  options.prepare?.(context);
  const bundle = scriptOf(options).runInContext(context) as { run: RunFunction; shared: ModuleFunction };
  const { enter, within } = entry(context, options.timeoutMs);
  const modules = enter(() => {
    const module = { exports: {} };
    bundle.shared(refuse, module, module.exports);
    return module.exports as Record<string, unknown>;
  });
  const sdk: Sdk = {
    ...(modules['@perdure/workflow/lib/worker-interface'] as Sdk),
    ...(modules['@perdure/workflow/lib/global-overrides'] as Sdk),
  };
  enter(() => sdk.overrideGlobals(context));
  current.maybeGetActivator = sdk.maybeGetActivator;
  const newGlobals = vm.runInContext(globalsLiteral(context), context) as () => Globals;
  const newExports = vm.runInContext(`(${exportsOfContext})()`, context) as Isolate['newExports'];
  const forgetMatches = vm.runInContext('(() => { const any = /(?:)/; return () => { any.exec(""); }; })()', context);
  openGlobals(context, current);
  if (options.isShared) freezeContext(context, modules);
  const sources = sourcesOf(options);
  const { run: newRun } = bundle;
  return {
    context,
    sdk,
    modules,
    newGlobals,
    newExports,
    newRun,
    current,
    forgetMatches,
    enter,
    within,
    frames,
    sources,
  };
}

function sourcesOf({ sourceMap }: IsolateOptions): SourceMap {
  let map: SourceMap | undefined;
  const read = () => {
    map ??= (sourceMap ? JSON.parse(sourceMap).sections[0].map : { sources: [] }) as SourceMap;
    return map;
  };
  return {
    get sources() {
      return read().sources;
    },
    get sourcesContent() {
      return read().sourcesContent;
    },
  };
}

/** Bundles compiled in this thread; a few at most. */
const scripts = new Map<string, vm.Script>();

function scriptOf({ code, filename }: IsolateOptions): vm.Script {
  const script = scripts.get(code) ?? new vm.Script(code, { filename });
  scripts.set(code, script);
  return script;
}

function refuse(name: string): never {
  throw new Error(`The module '${name}' is not in the Workflow bundle`);
}

/** A function that makes an object with all that the context's global object has. */
function globalsLiteral(context: typeof globalThis): string {
  const names = Object.getOwnPropertyNames(context).filter(
    (name) => name !== 'globalThis' && /^[A-Za-z_$][\w$]*$/.test(name),
  );
  return `(function () { const globals = { ${names.join(', ')} }; globals.globalThis = globals; return globals; })`;
}

const drain = new vm.Script('0', { filename: 'drain.js' });

/** Functions of a context can be called from outside, but their microtasks wait until a script has been run in it. */
function entry(context: typeof globalThis, timeoutMs: number | undefined): Pick<Isolate, 'enter' | 'within'> {
  const enter: Enter = (call) => {
    try {
      return call();
    } finally {
      drain.runInContext(context);
    }
  };
  if (timeoutMs === undefined) return { enter, within: (call) => call() };
  const within: Enter = (call) => limited(call, timeoutMs);
  return { enter: (call) => within(() => enter(call)), within };
}
