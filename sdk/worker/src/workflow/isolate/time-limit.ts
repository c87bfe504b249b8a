/**
 * A time limit for what runs on this very thread. Node has two: the inspector's, which costs 40 µs a call, and that of
 * `vm`, which starts a thread for each call and takes five times as long.
 */
import { executionAsyncId } from 'node:async_hooks';
import { Session } from 'node:inspector';
import vm from 'node:vm';
import { timedOut } from '../timed-out.ts';

type RunLimited = (timeoutMs: number) => void;

/** Where scripts look for what they are to run. A test runner may give its tests another global object. */
const home: Record<symbol, () => void> = vm.runInThisContext('globalThis');
const name = 'perdure.waiting';
const waiting = Symbol.for(name);
const expression = `globalThis[Symbol.for('${name}')]()`;

let runLimited: RunLimited | undefined;
let isLimited = false;

/** Calls something, and ends it when it takes longer. What is called from there is under the limit already. */
export function limited<T>(call: () => T, timeoutMs: number): T {
  if (isLimited) return call();
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  const run = () => {
    try {
      outcome = { value: call() };
    } catch (error) {
      outcome = { error };
    }
  };
  Object.defineProperty(home, waiting, { value: run, configurable: true });
  runLimited ??= withInspector() ?? withVm;
  isLimited = true;
  const asyncId = executionAsyncId();
  try {
    runLimited(timeoutMs);
  } finally {
    isLimited = false;
    delete home[waiting];
  }
  if (outcome === undefined) {
    if (executionAsyncId() !== asyncId) leaveAll();
    const error = new Error(timedOut(timeoutMs));
    // The frames that are left are none of the code's.
    error.stack = `${error}`;
    throw error;
  }
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

type Process = NodeJS.Process & { readonly _fatalException: (error: Error) => boolean };

/**
 * Code that is cut off does not leave the promises that it was in the middle of. With a hook of `async_hooks`, such as
 * test runners have, Node counts them, and ends the process over one too many. It begins to count anew after an error
 * that nobody caught: it is told of one that is.
 */
function leaveAll(): void {
  const node: Process = vm.runInThisContext('process');
  if (node.hasUncaughtExceptionCaptureCallback()) return;
  node.setUncaughtExceptionCaptureCallback(() => undefined);
  node._fatalException(new Error('Code was cut off'));
  node.setUncaughtExceptionCaptureCallback(null);
}

/** Undefined where the process may not use the inspector. */
function withInspector(): RunLimited | undefined {
  const session = new Session();
  try {
    session.connect();
  } catch {
    return undefined;
  }
  return (timeout) => session.post('Runtime.evaluate', { expression, timeout }, () => undefined);
}

const script = new vm.Script(expression, { filename: 'enter.js' });

function withVm(timeout: number): void {
  try {
    script.runInThisContext({ timeout });
  } catch {
    // It was cut off: what is run here throws nothing.
  }
}
