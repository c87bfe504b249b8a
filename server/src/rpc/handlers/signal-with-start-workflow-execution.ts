import { EventType, WorkflowIdConflictPolicy } from '@perdure/api/enums';
import { ensureWorkflowTask } from '../../engine/workflow/machines/workflow-task.ts';
import { type Signal, signalRun } from '../../engine/workflow/requests/signal.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Loaded } from '../../host/loaded.ts';
import { invalidArgument } from '../../kernel/errors.ts';
import { startCommand } from '../../validation/start-workflow.ts';
import type { Handler, RequestOf, ServerContext } from '../context.ts';
import { namespaceView } from '../namespace.ts';
import { linkTo, type Outcome, startOrAttach, useOpen } from '../start.ts';

/** Signals the open run of a workflow id, or starts one that begins with the signal. */
export const signalWithStartWorkflowExecution: Handler<'SignalWithStartWorkflowExecution'> = async (
  request,
  _call,
  server,
) => {
  const namespace = namespaceView(server, request.namespace);
  check(request);
  const defaults = { conflict: WorkflowIdConflictPolicy.USE_EXISTING };
  const command = startCommand(request, namespace, server.limits, server.clock.now(), defaults);
  const requestId = request.requestId || server.random.uuid();
  const signal: Signal = { ...request, requestId, input: request.signalInput };
  const { loaded, started, durable } = await startOrAttach(server, namespace, command, {
    requestId,
    identity: request.identity,
    userMetadata: request.userMetadata,
    links: request.links,
    toOpenRun: (open) => signalOpen(server, open, signal),
    alongWith: (t) => signalRun(t, signal),
  });
  const seen = { requestId, eventType: EventType.WORKFLOW_EXECUTION_SIGNALED, eventId: 0 };
  const signalLink = linkTo(namespace.name, loaded, seen);
  await durableOrUnavailable(durable);
  const { runId } = loaded.run.key;
  return { runId, firstExecutionRunId: loaded.run.started.firstExecutionRunId, started, signalLink };
};

function check(request: RequestOf<'SignalWithStartWorkflowExecution'>): void {
  if (request.signalName === '') throw invalidArgument('signal not set');
  if (!request.workflowType?.name) throw invalidArgument('workflow type not set');
  if (request.workflowIdConflictPolicy === WorkflowIdConflictPolicy.FAIL)
    throw invalidArgument(
      'Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.',
    );
}

/** Whoever calls again is not waiting for the start delay to end. */
function signalOpen(server: ServerContext, loaded: Loaded, signal: Signal): Outcome {
  const { durable } = server.host.change(loaded, (t) => {
    signalRun(t, signal);
    t.run.head.backoffUntil = null;
    ensureWorkflowTask(t);
  });
  return { ...useOpen(loaded), durable };
}
