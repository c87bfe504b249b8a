import type { WorkflowExecution } from '@perdure/api/common';
import type { Transition } from '../engine/workflow/transition.ts';
import { durableOrUnavailable } from '../host/host.ts';
import type { ServerContext } from './context.ts';
import { findRun } from './find-run.ts';

/**
 * Changes the run that a request names, without a run id the latest one, and answers once the change is durable.
 * Throws NOT_FOUND if there is none.
 */
export async function changeRun<T>(
  server: ServerContext,
  namespaceId: string,
  execution: WorkflowExecution | null,
  apply: (t: Transition) => T,
): Promise<T> {
  for (;;) {
    const loaded = await findRun(server, namespaceId, execution);
    // It may have been carried on by another run since it was found.
    if (execution?.runId === '' && loaded.run.head.successorRunId !== '') continue;
    try {
      const { reply, durable } = server.host.change(loaded, apply);
      if (durable !== null) await durableOrUnavailable(durable);
      return reply;
    } catch (error) {
      // A refusal, too, may rest on what is not durable yet.
      if (loaded.settled !== null) await durableOrUnavailable(loaded.settled);
      throw error;
    }
  }
}
