import type { RequestCancelExternalWorkflowExecutionCommandAttributes } from '@perdure/api/command';
import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { isUuid } from '../../../kernel/ids.ts';
import { addEvent, nextEventId } from '../events.ts';
import { put, type Transition } from '../transition.ts';
import { type ApplyCommand, outerFields, type Refused, refused } from './command.ts';
import { CROSS_NAMESPACE, isOtherNamespace, tooManyExternals } from './other-execution.ts';

const NAME = 'RequestCancelExternalWorkflowExecutionCommand';
const BAD = Cause.BAD_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_ATTRIBUTES;

/** REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION: asks another workflow to cancel itself, after the task. */
export const requestCancelExternalWorkflowExecution: ApplyCommand = (t, command, { completedEventId }) => {
  const attributes = command.requestCancelExternalWorkflowExecutionCommandAttributes;
  if (!attributes) return refused(BAD, `${NAME}Attributes is not set on ${NAME}.`);
  const refusal = check(t, attributes, completedEventId);
  if (refusal) return refusal;
  const { namespace, workflowId, runId, control, childWorkflowOnly, reason } = attributes;
  const namespaceId = t.namespace.id;
  const initiatedEventId = addEvent(t, EventType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED, {
    requestCancelExternalWorkflowExecutionInitiatedEventAttributes: {
      workflowTaskCompletedEventId: completedEventId,
      namespace,
      namespaceId,
      workflowExecution: { workflowId, runId },
      control,
      childWorkflowOnly,
      reason,
    },
    ...outerFields(command),
  });
  put(t, 'externals', initiatedEventId, {
    kind: 'cancel',
    initiatedEventId,
    namespaceId,
    workflowId,
    runId,
    requestId: t.random.uuid(),
    childWorkflowOnly,
  });
  return null;
};

function check(
  t: Transition,
  { namespace, workflowId, runId }: RequestCancelExternalWorkflowExecutionCommandAttributes,
  completedEventId: number,
): Refused | null {
  const { maxIdLength, maxPendingCancels } = t.limits;
  if (isOtherNamespace(t, namespace)) return refused(BAD, CROSS_NAMESPACE);
  if (workflowId === '') return refused(BAD, `WorkflowId is not set on ${NAME}. Namespace=${namespace} RunId=${runId}`);
  const { length } = workflowId;
  if (length > maxIdLength)
    return refused(
      BAD,
      `WorkflowId on ${NAME} exceeds length limit. WorkflowId=${workflowId} Length=${length} Limit=${maxIdLength} RunId=${runId} Namespace=${namespace}`,
    );
  const where = `WorkflowId=${workflowId} RunId=${runId} Namespace=${namespace}`;
  if (runId !== '' && !isUuid(runId)) return refused(BAD, `Invalid RunId set on ${NAME}. ${where}`);
  if (startsInSameTask(t, workflowId, completedEventId))
    return refused(BAD, `Start and RequestCancel for child workflow is not allowed in same workflow task. ${where}`);
  const tooMany = tooManyExternals(t, 'cancel', maxPendingCancels);
  return tooMany ? refused(Cause.PENDING_REQUEST_CANCEL_LIMIT_EXCEEDED, tooMany) : null;
}

/** Looks only at what this task has done, however many children there are. */
function startsInSameTask(t: Transition, workflowId: string, completedEventId: number): boolean {
  for (let id = completedEventId + 1; id < nextEventId(t); id++)
    if (t.run.children.get(id)?.workflowId === workflowId) return true;
  return false;
}
