/** Whose payloads a message holds: for converters and codecs, and for drivers of external storage. */
import type { SerializationContext, StorageDriverTargetInfo } from '@perdure/common';
import type { temporal } from '@perdure/proto';
import type { RunFacts } from './run-memory.ts';

export interface PayloadContext {
  readonly serialization: SerializationContext;
  readonly target: StorageDriverTargetInfo;
  /** Headers are the business of interceptors: codecs leave them alone. */
  readonly isHeader?: true;
}

export interface RunIds {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType?: string;
}

export const HEADER = 'temporal.api.common.v1.Header';

export function runContext(namespace: string, { workflowId, runId, workflowType }: RunIds): PayloadContext {
  return {
    serialization: { type: 'workflow', namespace, workflowId },
    target: { kind: 'workflow', namespace, id: workflowId, runId, ...(workflowType && { type: workflowType }) },
  };
}

/** Of a message in a task or a page of history. */
export function receivedContext(
  message: object,
  typeName: string,
  around: PayloadContext,
  facts: RunFacts | undefined,
): PayloadContext {
  if (typeName === HEADER) return { ...around, isHeader: true };
  if (!/^temporal\.api\.history\.v1\.ActivityTask\w+EventAttributes$/.test(typeName)) return around;
  const { scheduledEventId } = message as { scheduledEventId?: unknown };
  if (scheduledEventId === undefined || scheduledEventId === null) return around;
  return ofActivity(around, facts?.activities.get(Number(scheduledEventId)), false);
}

/** Of a message in an answer. */
export function sentContext(
  message: object,
  typeName: string,
  around: PayloadContext,
  facts: RunFacts | undefined,
): PayloadContext {
  if (typeName === HEADER) return { ...around, isHeader: true };
  return typeName === 'temporal.api.command.v1.Command' ? ofCommand(message, around, facts) : around;
}

function ofActivity(around: PayloadContext, activityId: string | undefined, isLocal: boolean): PayloadContext {
  const { namespace, workflowId } = around.serialization as { namespace: string; workflowId: string };
  return {
    ...around,
    serialization: { type: 'activity', namespace, workflowId, isLocal, ...(activityId && { activityId }) },
  };
}

const ofWorkflow = (namespace: string, workflowId: string, type?: string | null): PayloadContext => ({
  serialization: { type: 'workflow', namespace, workflowId },
  target: { kind: 'workflow', namespace, id: workflowId, ...(type && { type }) },
});

/** Payloads of a command are for whom the command is about. */
function ofCommand(message: object, around: PayloadContext, facts: RunFacts | undefined): PayloadContext {
  const command = message as temporal.api.command.v1.ICommand;
  const { namespace } = around.target as { namespace: string };
  const activity = command.scheduleActivityTaskCommandAttributes;
  if (activity) return ofActivity(around, activity.activityId ?? undefined, false);
  const child = command.startChildWorkflowExecutionCommandAttributes;
  if (child) return ofWorkflow(child.namespace || namespace, child.workflowId ?? '', child.workflowType?.name);
  const signal = command.signalExternalWorkflowExecutionCommandAttributes;
  if (signal) return ofWorkflow(signal.namespace || namespace, signal.execution?.workflowId ?? '');
  const marker = command.recordMarkerCommandAttributes;
  if (marker?.markerName === 'core_local_activity') return ofActivity(around, undefined, true);
  const next = command.continueAsNewWorkflowExecutionCommandAttributes;
  if (next) {
    const { runId: _, ...target } = around.target;
    return { ...around, target: { ...target, ...(next.workflowType?.name && { type: next.workflowType.name }) } };
  }
  if (command.completeWorkflowExecutionCommandAttributes && facts?.parent) {
    const { namespace: of, workflowId: id, runId } = facts.parent;
    return { ...around, target: { kind: 'workflow', namespace: of || namespace, id, runId } };
  }
  return around;
}
