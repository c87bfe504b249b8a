import { SdkComponent } from '@perdure/common';
import { ContinueAsNew } from './continuation.ts';
import { isCancellation } from './errors.ts';
import { executionScope } from './execution-scope.ts';
import { assertInWorkflowContext, maybeGetActivator } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import type { Sink, Sinks } from './sink-call.ts';
import { callSink } from './sinks.ts';
import { untrackPromise } from './stack-helpers.ts';
import type { WorkflowInfo } from './workflow-info.ts';

type Log = (message: string, attrs?: Record<string, unknown>) => void;

export interface WorkflowLogger extends Sink {
  trace: Log;
  debug: Log;
  info: Log;
  warn: Log;
  error: Log;
}

/**
 * The sink that workflow logs used to go to.
 *
 * @deprecated Give the worker's runtime a logger.
 */
export interface LoggerSinksDeprecated extends Sinks {
  /** @deprecated Give the worker's runtime a logger. */
  defaultWorkerLogger: WorkflowLogger;
}

/** The sink that workflow logs go to. */
export interface LoggerSinksInternal extends Sinks {
  __temporal_logger: WorkflowLogger;
}

/** Under this key the worker's logger finds the time, in nanoseconds, to sort entries by. */
const LogTimestamp = Symbol.for('log_timestamp');

const logAt =
  (level: keyof WorkflowLogger & string): Log =>
  (message, attrs) => {
    const activator = assertInWorkflowContext('Workflow.log(...) may only be used from workflow context.');
    const { outbound } = activator.interceptors;
    const attributes = composeInterceptors(outbound, 'getLogAttributes', (given) => given);
    callSink('__temporal_logger', level, [
      message,
      {
        [LogTimestamp]: activator.getTimeOfDay(),
        sdkComponent: SdkComponent.workflow,
        ...attributes(workflowLogAttributes(activator.info)),
        ...attrs,
      },
    ]);
  };

/**
 * Logs from a workflow, through the worker, and not on replay. Entries say which workflow they are of, and what outbound
 * interceptors with `getLogAttributes` add. Attributes must be such that they can be posted to another thread.
 */
export const log: WorkflowLogger = {
  trace: logAt('trace'),
  debug: logAt('debug'),
  info: logAt('info'),
  warn: logAt('warn'),
  error: logAt('error'),
};

/** Logs beginning and end of the workflow function. */
export function executeWithLifecycleLogging(fn: () => Promise<unknown>): Promise<unknown> {
  const attrs = { sdkComponent: SdkComponent.worker };
  log.debug('Workflow started', attrs);
  const logged = fn().then(
    (result) => {
      log.debug('Workflow completed', attrs);
      return result;
    },
    (error: unknown) => {
      if (isCancellation(error)) log.debug('Workflow completed as cancelled', attrs);
      else if (error instanceof ContinueAsNew) log.debug('Workflow continued as new', attrs);
      else log.warn('Workflow failed', { error, ...attrs });
      throw error;
    },
  );
  untrackPromise(logged);
  return logged;
}

/** What log entries of a workflow say of it. The worker calls this too, from outside. */
export function workflowLogAttributes(info: WorkflowInfo): Record<string, unknown> {
  const { namespace, taskQueue, workflowId, runId, workflowType } = info;
  const attributes: Record<string, unknown> = { namespace, taskQueue, workflowId, runId, workflowType };
  const update = maybeGetActivator() && executionScope().update;
  if (update) {
    attributes['updateId'] = update.id;
    attributes['updateName'] = update.name;
  }
  return attributes;
}
