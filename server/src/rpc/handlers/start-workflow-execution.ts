import { EventType, TaskQueueKind, WorkflowExecutionStatus } from '@perdure/api/enums';
import { createRun } from '../../engine/workflow/create.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Handler } from '../context.ts';

/** Starts a workflow. */
export const startWorkflowExecution: Handler<'StartWorkflowExecution'> = async (request, _call, server) => {
  const namespace = server.namespaces.byName(request.namespace);
  const view = server.namespaces.view(namespace.id);
  if (!view) throw new Error('a namespace without a view');
  const runId = server.random.uuid();
  const t = createRun(server.host.context(view), {
    key: { namespaceId: namespace.id, workflowId: request.workflowId, runId },
    requestId: request.requestId,
    started: {
      workflowType: request.workflowType,
      taskQueue: { name: request.taskQueue?.name ?? '', kind: TaskQueueKind.NORMAL },
      input: request.input,
      workflowTaskTimeout: { seconds: 10, nanos: 0 },
      originalExecutionRunId: runId,
      firstExecutionRunId: runId,
      identity: request.identity,
      attempt: 1,
      workflowId: request.workflowId,
    },
  });
  const { durable } = server.host.create(t, view);
  if (durable) await durableOrUnavailable(durable);
  return {
    runId,
    firstExecutionRunId: runId,
    started: true,
    status: WorkflowExecutionStatus.RUNNING,
    link: {
      workflowEvent: {
        namespace: namespace.name,
        workflowId: request.workflowId,
        runId,
        eventRef: { eventId: 1, eventType: EventType.WORKFLOW_EXECUTION_STARTED },
      },
    },
  };
};
