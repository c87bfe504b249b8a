import type { SignalExternalWorkflowExecutionCommandAttributes } from '@perdure/api/command';
import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { addEvent } from '../events.ts';
import type { Transition } from '../transition.ts';
import { type ApplyCommand, outerFields, type Refused, refused, terminating } from './command.ts';
import { refuseTarget, sendToOther, tooManyExternals } from './other-execution.ts';

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
  const initiatedEventId = addEvent(t, EventType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED, {
    signalExternalWorkflowExecutionInitiatedEventAttributes: {
      workflowTaskCompletedEventId: completedEventId,
      namespace,
      namespaceId: t.namespace.id,
      workflowExecution: { workflowId, runId },
      signalName,
      input,
      control,
      childWorkflowOnly,
      header,
    },
    ...outerFields(command),
  });
  sendToOther(t, { kind: 'signal', initiatedEventId, workflowId, runId, childWorkflowOnly });
  return null;
};

function check(t: Transition, attributes: SignalExternalWorkflowExecutionCommandAttributes): Refused | null {
  const { execution, signalName, namespace, input } = attributes;
  const { blobSizeError, maxPendingSignals } = t.limits;
  if (!execution) return refused(BAD, `Execution is not set on ${NAME}.`);
  const { workflowId, runId } = execution;
  const where = `Namespace=${namespace} RunId=${runId}`;
  const details = `${where} SignalName=${signalName}`;
  const target = { command: NAME, cause: BAD, namespace, workflowId, runId, rest: details, details };
  const refusal = refuseTarget(t, target);
  if (refusal) return refusal;
  if (signalName === '') return refused(BAD, `SignalName is not set on ${NAME}. WorkflowId=${workflowId} ${where}`);
  const tooMany = tooManyExternals(t, 'signal', maxPendingSignals);
  if (tooMany) return refused(Cause.PENDING_SIGNALS_LIMIT_EXCEEDED, tooMany);
  if ((input?.length ?? 0) > blobSizeError) return terminating(BAD, `${NAME}Attributes.Input exceeds size limit.`);
  return null;
}
