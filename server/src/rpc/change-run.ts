import type { WorkflowExecution } from '@perdure/api/common';
import type { Transition } from '../engine/workflow/transition.ts';
import { durableOrUnavailable } from '../host/host.ts';
import type { Loaded } from '../host/loaded.ts';
import type { Changed } from '../host/transitions.ts';
import type { ServerContext } from './context.ts';
import { checkExecution, findRun, runNotFound } from './find-run.ts';

/**
 * Changes the run that a request names, without a run id the latest one, and answers once the change is durable.
 * Throws NOT_FOUND if there is none, and what `apply` throws.
 */
export async function changeRun<T>(
  server: ServerContext,
  namespaceId: string,
  execution: WorkflowExecution | null,
  apply: (t: Transition) => T,
): Promise<T> {
  checkExecution(execution);
  const { host } = server;
  const change = (loaded: Loaded): Attempt<T> => {
    try {
      return { refused: false, ...host.change(loaded, apply) };
    } catch (error) {
      // A refusal, too, may rest on what is not durable yet.
      return { refused: true, error, durable: loaded.settled };
    }
  };
  const attempt =
    execution.runId === ''
      ? await host.withCurrent(namespaceId, execution.workflowId, (current) => {
          if (!current) throw runNotFound(execution);
          return change(current);
        })
      : change(await findRun(server, namespaceId, execution));
  await durableOrUnavailable(attempt.durable);
  if (attempt.refused) throw attempt.error;
  return attempt.reply;
}

type Attempt<T> =
  | ({ readonly refused: false } & Changed<T>)
  | { readonly refused: true; readonly error: unknown; readonly durable: Promise<void> | null };
