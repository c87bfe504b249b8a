import { EventType } from '@perdure/api/enums';
import { signalRun } from '../../engine/workflow/requests/signal.ts';
import { invalidArgument } from '../../kernel/errors.ts';
import { checkLinks } from '../../validation/links.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';
import { checkExecution } from '../find-run.ts';

/** Signals a workflow. */
export const signalWorkflowExecution: Handler<'SignalWorkflowExecution'> = async (request, _call, server) => {
  const { workflowExecution, signalName, requestId, links } = request;
  const { limits } = server;
  const namespace = server.namespaces.byName(request.namespace);
  checkExecution(workflowExecution);
  if (signalName === '') throw invalidArgument('SignalName is not set on request.');
  if (signalName.length > limits.maxIdLength) throw invalidArgument('SignalName length exceeds limit.');
  if (requestId.length > limits.maxIdLength) throw invalidArgument('RequestId length exceeds limit.');
  checkLinks(links, limits);
  if ((request.input?.length ?? 0) > limits.blobSizeError) throw invalidArgument('Blob data size exceeds limit.');
  const { workflowId, runId } = await changeRun(server, namespace.id, workflowExecution, (t) => {
    signalRun(t, request);
    return t.run.key;
  });
  const requestIdRef = { requestId, eventType: EventType.WORKFLOW_EXECUTION_SIGNALED };
  return { link: { workflowEvent: { namespace: namespace.name, workflowId, runId, requestIdRef } } };
};
