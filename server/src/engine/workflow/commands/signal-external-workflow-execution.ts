import type { SignalExternalWorkflowExecutionCommandAttributes } from '@perdure/api/command';
import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { isUuid } from '../../../kernel/ids.ts';
import { addEvent } from '../events.ts';
import { put, type Transition } from '../transition.ts';
import { type ApplyCommand, outerFields, type Refused, refused, terminating } from './command.ts';
import { CROSS_NAMESPACE, isOtherNamespace, tooManyExternals } from './other-execution.ts';

const NAME = 'SignalExternalWorkflowExecutionCommand';
const BAD = Cause.BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES;

/** SIGNAL_EXTERNAL_WORKFLOW_EXECUTION: a signal to another workflow, delivered after the task. */
export const signalExternalWorkflowExecution: ApplyCommand = (t, command, { completedEventId }) => {
  const attributes = command.signalExternalWorkflowExecutionCommandAttributes;
  if (!attributes) return refused(BAD, `${NAME}Attributes is not set on ${NAME}.`);
  const refusal = check(t, attributes);
  if (refusal) return refusal;
  const { execution, signalName, input, control, childWorkflowOnly, header, namespace } = attributes;
  const { workflowId = '', runId = '' } = execution ?? {};
  const namespaceId = t.namespace.id;
  const initiatedEventId = addEvent(t, EventType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED, {
    signalExternalWorkflowExecutionInitiatedEventAttributes: {
      workflowTaskCompletedEventId: completedEventId,
      namespace,
      namespaceId,
      workflowExecution: { workflowId, runId },
      signalName,
      input,
      control,
      childWorkflowOnly,
      header,
    },
    ...outerFields(command),
  });
  put(t, 'externals', initiatedEventId, {
    kind: 'signal',
    initiatedEventId,
    namespaceId,
    workflowId,
    runId,
    requestId: t.random.uuid(),
    childWorkflowOnly,
  });
  return null;
};

function check(t: Transition, attributes: SignalExternalWorkflowExecutionCommandAttributes): Refused | null {
  const { execution, signalName, namespace, input } = attributes;
  const { maxIdLength, blobSizeError, maxPendingSignals } = t.limits;
  if (!execution) return refused(BAD, `Execution is not set on ${NAME}.`);
  if (isOtherNamespace(t, namespace)) return refused(BAD, CROSS_NAMESPACE);
  const { workflowId, runId } = execution;
  if (workflowId === '')
    return refused(
      BAD,
      `WorkflowId is not set on ${NAME}. Namespace=${namespace} RunId=${runId} SignalName=${signalName}`,
    );
  const where = `Namespace=${namespace} RunId=${runId}`;
  const { length } = workflowId;
  if (length > maxIdLength)
    return refused(
      BAD,
      `WorkflowId on ${NAME} exceeds length limit. WorkflowId=${workflowId} Length=${length} Limit=${maxIdLength} ${where} SignalName=${signalName}`,
    );
  if (runId !== '' && !isUuid(runId))
    return refused(BAD, `Invalid RunId set on ${NAME}. WorkflowId=${workflowId} ${where} SignalName=${signalName}`);
  if (signalName === '') return refused(BAD, `SignalName is not set on ${NAME}. WorkflowId=${workflowId} ${where}`);
  const tooMany = tooManyExternals(t, 'signal', maxPendingSignals);
  if (tooMany) return refused(Cause.PENDING_SIGNALS_LIMIT_EXCEEDED, tooMany);
  if ((input?.length ?? 0) > blobSizeError) return terminating(BAD, `${NAME}Attributes.Input exceeds size limit.`);
  return null;
}
