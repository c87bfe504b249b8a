import type { Init } from '@perdure/api';
import { WorkflowExecutionStatus, WorkflowIdConflictPolicy } from '@perdure/api/enums';
import type { StartWorkflowExecutionResponse } from '@perdure/api/workflowservice';
import { isOpen } from '../engine/workflow/close.ts';
import type { Run } from '../engine/workflow/state.ts';
import type { NamespaceView } from '../engine/workflow/transition.ts';
import { durableOrUnavailable } from '../host/host.ts';
import type { Loaded } from '../host/loaded.ts';
import { type WaitUntil, waitForUpdate } from '../host/updates.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import type { UpdateWithStart } from '../validation/multi-operation.ts';
import type { ServerContext } from './context.ts';
import { operationFailed, updateAfterStartFailed } from './multi-operation-failure.ts';
import { linkTo, startOrAttach, startResponse } from './start.ts';
import {
  ABORTED_BY_CLOSING,
  admit,
  admitAndWait,
  reached,
  type UpdateResponse,
  updateRef,
  waitAndAnswer,
} from './update.ts';

export interface StartedAndUpdated {
  readonly startWorkflow: Init<StartWorkflowExecutionResponse>;
  readonly updateWorkflow: UpdateResponse;
}

/**
 * The update goes to the run that is open, if the policies allow that, or else to a new one, which comes into being with
 * the update in it. Throws MultiOperationExecutionFailure in the place of either operation's error.
 */
export async function startAndUpdate(
  server: ServerContext,
  namespace: NamespaceView,
  operations: UpdateWithStart,
  until: WaitUntil,
): Promise<StartedAndUpdated> {
  const request = { ...operations, requestId: operations.start.requestId || server.random.uuid() };
  for (let closings = 0; ; ) {
    try {
      const done = await attemptOnce(server, namespace, request, until);
      if (done) return done;
    } catch (error) {
      // The run closed before it took the update: the next one may be started. Once, so that this comes to an end.
      if (!(error instanceof ClosedBeforeUpdate)) throw error;
      if (closings++ > 0) throw operationFailed([null, new ServiceError(Code.ABORTED, ABORTED_BY_CLOSING)]);
    }
  }
}

interface Request extends UpdateWithStart {
  readonly requestId: string;
}

/** The open run that the update was sent to closed without having taken it. */
class ClosedBeforeUpdate extends Error {}

/** Null when it is to be tried again. */
async function attemptOnce(
  server: ServerContext,
  namespace: NamespaceView,
  request: Request,
  until: WaitUntil,
): Promise<StartedAndUpdated | null> {
  const { workflowId } = request.startCommand;
  const running = await server.host.withCurrent(namespace.id, workflowId, (current) =>
    current && mayUse(current.run, request) ? { response: useRun(server, namespace, current, request, until) } : null,
  );
  return running ? running.response : startRun(server, namespace, request, until);
}

function mayUse(run: Run, { requestId, startCommand, update }: Request): boolean {
  const known = run.updates.get(update.updateId);
  if (known && known.completedEventId !== 0) return true;
  if (!isOpen(run)) return false;
  if (known || run.pendingUpdates.has(update.updateId) || run.requests.get(requestId)?.eventId === 1) return true;
  return startCommand.conflict === WorkflowIdConflictPolicy.USE_EXISTING;
}

/** Called in the turn in which the run was found. */
async function useRun(
  server: ServerContext,
  namespace: NamespaceView,
  loaded: Loaded,
  { update }: Request,
  until: WaitUntil,
): Promise<StartedAndUpdated | null> {
  const { run } = loaded;
  const { runId } = run.key;
  if (run.updates.get(update.updateId)?.completedEventId) {
    const { status } = run.head;
    const progress = await waitForUpdate(server.wall, loaded, update.updateId, 'completed', until);
    if (progress.kind === 'lost') return null;
    const { stage, outcome } = await reached(server, loaded, progress);
    return {
      startWorkflow: { runId, started: false, status },
      updateWorkflow: { updateRef: updateRef(loaded, update.updateId), stage, outcome },
    };
  }
  try {
    const updateWorkflow = await admitAndWait(server, namespace.name, loaded, update, until);
    if (!updateWorkflow) return null;
    const status = WorkflowExecutionStatus.RUNNING;
    return {
      startWorkflow: { runId, started: false, status, link: linkTo(namespace.name, loaded, null) },
      updateWorkflow,
    };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === Code.NOT_FOUND && error.message === ABORTED_BY_CLOSING) throw new ClosedBeforeUpdate();
    throw operationFailed([null, error]);
  }
}

async function startRun(
  server: ServerContext,
  namespace: NamespaceView,
  { start, startCommand, requestId, update }: Request,
  until: WaitUntil,
): Promise<StartedAndUpdated | null> {
  let refusedUpdate: ServiceError | null = null;
  let updating: Promise<UpdateResponse | null> | null = null;
  const outcome = await startOrAttach(server, namespace, startCommand, {
    requestId,
    identity: start.identity,
    userMetadata: start.userMetadata,
    links: start.links,
    alongWith(t) {
      try {
        admit(t, update);
      } catch (error) {
        if (error instanceof ServiceError) refusedUpdate = error;
        throw error;
      }
    },
  }).catch((error: unknown) => {
    if (!(error instanceof ServiceError)) throw error;
    throw operationFailed(refusedUpdate ? [null, refusedUpdate] : [error, null]);
  });
  // Somebody else started it meanwhile.
  if (!outcome.started || outcome.repeated) return null;
  const { loaded, durable } = outcome;
  const startWorkflow = startResponse(namespace.name, outcome);
  try {
    updating = waitAndAnswer(server, namespace.name, loaded, update, until);
    await durableOrUnavailable(durable);
    const updateWorkflow = await updating;
    return updateWorkflow && { startWorkflow, updateWorkflow };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    updating?.catch(() => {});
    throw updateAfterStartFailed(error);
  }
}
