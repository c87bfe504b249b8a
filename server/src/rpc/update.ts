import type { Init } from '@perdure/api';
import type { Link } from '@perdure/api/common';
import {
  EventType,
  ResourceExhaustedCause,
  ResourceExhaustedScope,
  UpdateWorkflowExecutionLifecycleStage as Stage,
} from '@perdure/api/enums';
import type { Outcome } from '@perdure/api/update';
import type { UpdateWorkflowExecutionResponse } from '@perdure/api/workflowservice';
import { admitUpdate } from '../engine/workflow/requests/update.ts';
import type { Transition } from '../engine/workflow/transition.ts';
import { durableOrUnavailable } from '../host/host.ts';
import type { Loaded } from '../host/loaded.ts';
import { type Progress, type WaitUntil, waitForUpdate } from '../host/updates.ts';
import { notFound, resourceExhausted, unavailable, workflowNotReady } from '../kernel/errors.ts';
import type { UpdateCommand } from '../validation/update.ts';
import type { ServerContext } from './context.ts';
import { findRun, runNotFound } from './find-run.ts';
import type { Call } from './transport/contract.ts';

export type UpdateResponse = Init<UpdateWorkflowExecutionResponse>;

export const ABORTED_BY_CLOSING = 'workflow update was aborted by closing workflow';

/** A caller waits this long at most, then asks again. */
export const waitUntil = ({ wall, limits }: ServerContext, call: Call): WaitUntil => ({
  deadline: wall.now() + limits.updateLongPoll,
  signal: call.signal,
});

/** Admits the update and waits; again on the run that carries on, should the one that had it close meanwhile. */
export async function updateAndWait(
  server: ServerContext,
  namespace: { readonly id: string; readonly name: string },
  command: UpdateCommand,
  until: WaitUntil,
): Promise<UpdateResponse> {
  const { execution } = command;
  const update = (loaded: Loaded) => admitAndWait(server, namespace.name, loaded, command, until);
  for (;;) {
    const response =
      execution.runId === ''
        ? await server.host.withCurrent(namespace.id, execution.workflowId, (current) => {
            if (!current) throw runNotFound(execution);
            return update(current);
          })
        : await update(await findRun(server, namespace.id, execution));
    if (response) return response;
  }
}

/**
 * Admits the update in this turn, and waits. Null when it is to be tried again: the run was continued, or its memory was
 * lost.
 */
export async function admitAndWait(
  server: ServerContext,
  namespaceName: string,
  found: Loaded,
  command: UpdateCommand,
  until: WaitUntil,
): Promise<UpdateResponse | null> {
  try {
    server.host.change(found, (t) => admit(t, command));
  } catch (error) {
    // A refusal, too, may rest on what is not durable yet.
    await durableOrUnavailable(found.settled);
    throw error;
  }
  // The copy that was found may have been evicted, but the one that was changed is in memory.
  const loaded = server.host.cached(found.run.key.runId);
  return loaded ? waitAndAnswer(server, namespaceName, loaded, command, until) : null;
}

export function admit(t: Transition, { firstExecutionRunId, updateId, request }: UpdateCommand): void {
  if (firstExecutionRunId !== '' && t.run.started.firstExecutionRunId !== firstExecutionRunId)
    throw notFound('workflow execution not found');
  admitUpdate(t, updateId, request);
}

/** To be called in the turn in which the update was admitted. Null when it is to be tried again. */
export async function waitAndAnswer(
  server: ServerContext,
  namespaceName: string,
  loaded: Loaded,
  { updateId, request, wanted }: UpdateCommand,
  until: WaitUntil,
): Promise<UpdateResponse | null> {
  const progress = await waitForUpdate(server.wall, loaded, updateId, wanted, until);
  if (progress.kind === 'lost') return null;
  if (progress.kind === 'aborted' && progress.reason === 'workflow-continuing') return null;
  const { stage, outcome } = await reached(server, loaded, progress);
  return {
    updateRef: updateRef(loaded, updateId),
    stage,
    outcome,
    link: linkOf(namespaceName, loaded, request.requestId, stage, outcome),
  };
}

export interface Reached {
  readonly stage: Stage;
  readonly outcome: Outcome | null;
}

/** The stage and the outcome to answer with. Throws for an update that came to nothing. */
export async function reached(server: ServerContext, loaded: Loaded, progress: Progress): Promise<Reached> {
  switch (progress.kind) {
    case 'completed':
      return { stage: Stage.COMPLETED, outcome: progress.outcome };
    case 'recorded': {
      const event = await server.host.readEvent(loaded, progress.eventId);
      const outcome = event.workflowExecutionUpdateCompletedEventAttributes?.outcome;
      if (!outcome) throw new Error(`event ${progress.eventId} of ${loaded.run.key.runId} has no outcome of an update`);
      return { stage: Stage.COMPLETED, outcome };
    }
    case 'accepted':
      return { stage: Stage.ACCEPTED, outcome: null };
    case 'admitted':
    case 'unknown':
      return { stage: Stage.ADMITTED, outcome: null };
    case 'lost':
      throw unavailable('workflow update was aborted');
    case 'aborted':
      throw aborted(progress.reason);
  }
}

function aborted(reason: Extract<Progress, { kind: 'aborted' }>['reason']) {
  switch (reason) {
    case 'workflow-completed':
      return notFound(ABORTED_BY_CLOSING);
    case 'workflow-continuing':
      return resourceExhausted(
        ResourceExhaustedCause.BUSY_WORKFLOW,
        ResourceExhaustedScope.NAMESPACE,
        'workflow operation can not be applied because workflow is closing',
      );
    case 'workflow-task-failed':
      return workflowNotReady('Unable to perform workflow execution update due to unexpected workflow task failure.');
  }
}

export const updateRef = ({ run }: Loaded, updateId: string) => ({
  workflowExecution: { workflowId: run.key.workflowId, runId: run.key.runId },
  updateId,
});

/** To the event that accepted it; a failure may have none, so it is linked to the run. */
function linkOf(
  namespace: string,
  { run }: Loaded,
  requestId: string,
  stage: Stage,
  outcome: Outcome | null,
): Init<Link> | null {
  const { workflowId, runId } = run.key;
  if (outcome?.failure) return { workflow: { namespace, workflowId, runId, reason: 'Update rejected' } };
  if (stage === Stage.ADMITTED) return null;
  const requestIdRef = { requestId, eventType: EventType.WORKFLOW_EXECUTION_UPDATE_ACCEPTED };
  return { workflowEvent: { namespace, workflowId, runId, requestIdRef } };
}
