/** One run in an isolate: its globals, its modules, its activator. */
import type { FailureConverter, PayloadConverter } from '@perdure/common';
import type * as workflow from '@perdure/workflow';
import type { WorkflowCreateOptions } from '@perdure/workflow/lib/create-options';
import type { Isolate, Require } from './context.ts';
import type { Globals } from './current.ts';
import type { Activator } from './sdk.ts';

export type IsolatedRun = {
  readonly isolate: Isolate;
  readonly globals: Globals;
  readonly activator: Activator;
  /** Calls something that concerns the run, then runs microtasks until there are none. */
  readonly enter: <T>(call: () => T) => T;
};

/** The user's modules of one run, evaluated when they are first asked for. */
type RunExports = {
  readonly workflows: () => Record<string, unknown>;
  readonly interceptors: readonly (() => Record<string, unknown>)[];
  readonly payloadConverter?: () => { readonly payloadConverter?: PayloadConverter };
  readonly failureConverter?: () => { readonly failureConverter?: FailureConverter };
};

/** A class, so that its accessors are the same for all runs. */
class RunModules {
  readonly workflows: RunExports['workflows'];
  private readonly exports: RunExports;

  constructor(exports: RunExports) {
    this.exports = exports;
    this.workflows = exports.workflows;
  }

  interceptors(): Record<string, unknown>[] {
    return this.exports.interceptors.map((load) => load());
  }

  get payloadConverter(): PayloadConverter | undefined {
    return this.exports.payloadConverter?.().payloadConverter;
  }

  get failureConverter(): FailureConverter | undefined {
    return this.exports.failureConverter?.().failureConverter;
  }
}

export type RunOptions = WorkflowCreateOptions & {
  readonly registeredActivityNames: ReadonlySet<string>;
  readonly stackTracesEnabled: boolean;
  readonly patchActivationCallback?: (workflowInfo: WorkflowCreateOptions['info'], patchId: string) => boolean;
};

/** Evaluates the user's modules for a new run. Throws what they throw, or that there is no such workflow. */
export function createRun(isolate: Isolate, options: RunOptions): IsolatedRun {
  const { sdk } = isolate;
  const globals = isolate.newGlobals();
  switchTo(isolate, globals);
  let activator: Activator | undefined;
  isolate.enter(() => {
    const module = { exports: {} as RunExports };
    isolate.newRun(globals, requireOf(isolate), module, module.exports);
    sdk.initRuntime(
      {
        ...options,
        registeredActivityNames: options.registeredActivityNames as Set<string>,
        getTimeOfDay: process.hrtime.bigint,
        sourceMap: isolate.sources,
      },
      new RunModules(module.exports),
    );
    activator = sdk.maybeGetActivator();
  });
  if (!activator) throw new Error('the workflow package did not begin a run');
  const run: IsolatedRun = {
    isolate,
    globals,
    activator,
    enter(call) {
      switchTo(isolate, globals);
      sdk.setActivator(run.activator);
      return isolate.enter(call);
    },
  };
  return run;
}

function switchTo({ current, forgetMatches }: Isolate, globals: Globals): void {
  if (current.globals === globals) return;
  current.globals = globals;
  forgetMatches();
}

/** Code that was written for webpack may ask where a module is. */
function requireOf(isolate: Isolate): Require {
  return Object.assign((name: string) => requireShared(isolate, name), {
    resolve: (name: string) => name,
    exports: isolate.newExports,
  });
}

/**
 * A module that is not the run's own. `import()` comes here as well, and so does a `require` of a name that is made up
 * at run time.
 */
function requireShared({ modules }: Isolate, name: string): unknown {
  if (Object.hasOwn(modules, name)) return modules[name];
  const { DeterminismViolationError } = modules['@perdure/workflow'] as typeof workflow;
  throw new DeterminismViolationError(
    `Cannot import '${name}': Workflow code can import only what is in its bundle, with import declarations`,
  );
}
