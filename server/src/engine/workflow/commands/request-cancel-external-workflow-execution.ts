import type { RequestCancelExternalWorkflowExecutionCommandAttributes } from '@perdure/api/command';
import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { addEvent, nextEventId } from '../events.ts';
import type { Transition } from '../transition.ts';
import { type ApplyCommand, outerFields, type Refused, refused } from './command.ts';
import { refuseTarget, sendToOther, tooManyExternals } from './other-execution.ts';

const NAME = 'RequestCancelExternalWorkflowExecutionCommand';
const BAD = Cause.BAD_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_ATTRIBUTES;

/** REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION: asks another workflow to cancel itself, after the task. */
export const requestCancelExternalWorkflowExecution: ApplyCommand = (t, command, { completedEventId }) => {
  const attributes = command.requestCancelExternalWorkflowExecutionCommandAttributes;
  if (!attributes) return refused(BAD, `${NAME}Attributes is not set on ${NAME}.`);
  const refusal = check(t, attributes, completedEventId);
  if (refusal) return refusal;
  const { namespace, workflowId, runId, control, childWorkflowOnly, reason } = attributes;
  const initiatedEventId = addEvent(t, EventType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED, {
    requestCancelExternalWorkflowExecutionInitiatedEventAttributes: {
      workflowTaskCompletedEventId: completedEventId,
      namespace,
      namespaceId: t.namespace.id,
      workflowExecution: { workflowId, runId },
      control,
      childWorkflowOnly,
      reason,
    },
    ...outerFields(command),
  });
  sendToOther(t, { kind: 'cancel', initiatedEventId, workflowId, runId, childWorkflowOnly });
  return null;
};

function check(
  t: Transition,
  { namespace, workflowId, runId }: RequestCancelExternalWorkflowExecutionCommandAttributes,
  completedEventId: number,
): Refused | null {
  const details = `RunId=${runId} Namespace=${namespace}`;
  const rest = `Namespace=${namespace} RunId=${runId}`;
  const refusal = refuseTarget(t, { command: NAME, cause: BAD, namespace, workflowId, runId, rest, details });
  if (refusal) return refusal;
  if (startsInSameTask(t, workflowId, completedEventId))
    return refused(
      BAD,
      `Start and RequestCancel for child workflow is not allowed in same workflow task. WorkflowId=${workflowId} ${details}`,
    );
  const tooMany = tooManyExternals(t, 'cancel', t.limits.maxPendingCancels);
  return tooMany ? refused(Cause.PENDING_REQUEST_CANCEL_LIMIT_EXCEEDED, tooMany) : null;
}

/** Looks only at what this task has done, however many children there are. */
function startsInSameTask(t: Transition, workflowId: string, completedEventId: number): boolean {
  for (let id = completedEventId + 1; id < nextEventId(t); id++)
    if (t.run.children.get(id)?.workflowId === workflowId) return true;
  return false;
}
