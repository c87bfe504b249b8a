import { EventType, WorkflowIdConflictPolicy } from '@perdure/api/enums';
import { ensureWorkflowTask } from '../../engine/workflow/machines/workflow-task.ts';
import { type Signal, signalRun } from '../../engine/workflow/requests/signal.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Loaded } from '../../host/loaded.ts';
import { invalidArgument } from '../../kernel/errors.ts';
import type { Limits } from '../../kernel/limits.ts';
import { checkLinks } from '../../validation/links.ts';
import { checkWorkflowId, startCommand } from '../../validation/start-workflow.ts';
import { checkTaskQueue } from '../../validation/task-queue.ts';
import { checkedTimeSkipping } from '../../validation/time-skipping.ts';
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
  check(request, server.limits);
  const defaults = { conflict: WorkflowIdConflictPolicy.USE_EXISTING };
  const asked = startCommand(request, namespace, server.limits, server.clock.now(), defaults);
  checkLinks(request.links, server.limits);
  const timeSkippingConfig = checkedTimeSkipping(request.timeSkippingConfig, server.limits);
  const command = { ...asked, started: { ...asked.started, ...(timeSkippingConfig && { timeSkippingConfig }) } };
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

/** What this request is told of itself before, and in other words than, a start. */
function check(request: RequestOf<'SignalWithStartWorkflowExecution'>, limits: Limits): void {
  const { workflowId, signalName, workflowType, requestId } = request;
  checkWorkflowId(workflowId, limits);
  if (signalName === '') throw invalidArgument('signal not set');
  checkLength('signal name', signalName, limits);
  if (!workflowType?.name) throw invalidArgument('workflow type not set');
  checkLength('workflow type name', workflowType.name, limits);
  checkTaskQueue(request.taskQueue, limits);
  checkLength('Request ID', requestId, limits);
  if (request.workflowIdConflictPolicy === WorkflowIdConflictPolicy.FAIL)
    throw invalidArgument(
      'Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.',
    );
}

function checkLength(what: string, text: string, { maxIdLength }: Limits): void {
  const length = Buffer.byteLength(text);
  if (length > maxIdLength) throw invalidArgument(`${what} exceeds maximum allowed length (${length}/${maxIdLength})`);
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
