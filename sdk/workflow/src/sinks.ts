import { assertInWorkflowContext } from './global-attributes.ts';
import type { Sink, SinkFunction, Sinks } from './sink-call.ts';

export type * from './sink-call.ts';

/**
 * Makes functions that call sinks, which are functions that the worker was given to run outside the isolate: for logs,
 * metrics, traces. They are called when the activation is over, with a copy of the arguments, and give nothing back.
 */
export function proxySinks<T extends Sinks>(): T {
  return new Proxy({} as T, { get: (_, ifaceName) => proxySink(ifaceName as string) });
}

function proxySink(ifaceName: string): Sink {
  const call =
    (fnName: string): SinkFunction =>
    (...args) => {
      // What the workflow does with the arguments afterwards must not show in the call.
      const copy = globalThis.structuredClone?.(args) ?? args;
      callSink(ifaceName, fnName, copy);
    };
  return new Proxy({}, { get: (_, fnName) => call(fnName as string) });
}

/** Has a sink called when the activation is over. */
export function callSink(ifaceName: string, fnName: string, args: unknown[]): void {
  const activator = assertInWorkflowContext('Proxied sinks functions may only be used from a Workflow Execution.');
  activator.sinkCalls.push({ ifaceName, fnName, args, workflowInfo: activator.info });
}
