/**
 * Where a run lives: in the context that runs share, or in one of its own.
 *
 * What runs share is frozen, so modules that change built-in objects while they load, as polyfills do, cannot load
 * there. They have not done anything by then: the run begins anew in a context of its own, and so do all after it.
 */
import type { Isolate } from '../isolate/context.ts';
import { watchRejections } from '../isolate/rejections.ts';
import { createRun, type IsolatedRun, type RunOptions } from '../isolate/run.ts';
import { newIsolate, type Runner } from './state.ts';

/** Of the runs that fit into memory in a shared context, the share that fits with a context each. */
const OWN_CONTEXT_SHARE = 0.4;

/** Evaluates the user's modules for a new run. Throws what they throw, or that there is no such workflow. */
export function place(runner: Runner, options: RunOptions): IsolatedRun {
  const { isolate: shared } = runner;
  if (!shared) return begin(newIsolate(runner, false), options);
  try {
    return begin(shared, options);
  } catch (error) {
    if (!isOfSomethingFrozen(error)) throw error;
    const run = begin(newIsolate(runner, false), options);
    runner.isolate = null;
    runner.maxCachedWorkflows = Math.ceil(runner.maxCachedWorkflows * OWN_CONTEXT_SHARE);
    runner.services.warn(
      `Workflow code changes built-in objects while it loads (${error.message}): each Workflow Execution gets a V8 context of its own, which takes more time and memory. Set 'reuseV8Context: false' if that is meant.`,
    );
    return run;
  }
}

function begin(isolate: Isolate, options: RunOptions): IsolatedRun {
  watchRejections(isolate);
  return createRun(isolate, options);
}

/** What the language says when something is to be changed that is frozen. Errors of a context have classes of their own. */
function isOfSomethingFrozen(error: unknown): error is { readonly message: string } {
  const { name, message = '' } = (error ?? {}) as Partial<Error>;
  return name === 'TypeError' && /not extensible|read only property|^Cannot (redefine|delete) property/.test(message);
}
