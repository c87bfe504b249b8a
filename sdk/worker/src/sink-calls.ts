/** Calls that workflows made to sinks, handed on to the functions that the worker was given. */
import type { Logger } from '@perdure/common';
import type { SinkCall } from '@perdure/workflow';
import type { AnySinks } from './default-sinks.ts';

/**
 * Calls the functions in the order of the calls. Whatever they throw is logged. `isReplay`: nothing of it is new, not
 * even what a history ends with that no worker has worked on.
 */
export function processSinkCalls(
  sinks: AnySinks,
  calls: readonly SinkCall[],
  logger: Logger,
  { isReplay = false }: { readonly isReplay?: boolean } = {},
): void {
  for (const call of calls) {
    const ifaceName = call.ifaceName === 'defaultWorkerLogger' ? '__temporal_logger' : call.ifaceName;
    const sink = sinks[ifaceName]?.[call.fnName];
    if (sink === undefined) {
      const { fnName } = call;
      logger.error('Workflow referenced an unregistered external sink', { ...runOf(call), ifaceName, fnName });
      continue;
    }
    if (sink.callDuringReplay || !(isReplay || call.workflowInfo.unsafe.isReplayingHistoryEvents))
      void callSink(sink.fn, call, ifaceName, logger);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a sink's function, with arguments of whatever types
type SinkFn = (info: SinkCall['workflowInfo'], ...args: any[]) => void | Promise<void>;

async function callSink(fn: SinkFn, call: SinkCall, ifaceName: string, logger: Logger): Promise<void> {
  const { fnName, workflowInfo, args } = call;
  try {
    await fn(workflowInfo, ...args);
  } catch (error) {
    const attributes = { ...runOf(call), ifaceName, fnName, error, workflowInfo };
    logger.error('External sink function threw an error', attributes);
  }
}

const runOf = ({ workflowInfo: info }: SinkCall) => ({
  namespace: info.namespace,
  taskQueue: info.taskQueue,
  workflowId: info.workflowId,
  runId: info.runId,
  workflowType: info.workflowType,
});
