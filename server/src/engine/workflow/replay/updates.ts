import { EventType } from '@perdure/api/enums';
import { put } from '../transition.ts';
import { type Fold, type Folds, need } from './fold.ts';

const admitted: Fold = (t, event) => {
  const { request } = need(event.workflowExecutionUpdateAdmittedEventAttributes, event);
  const updateId = request?.meta?.updateId ?? '';
  put(t, 'updates', updateId, { updateId, admittedEventId: event.eventId, acceptedEventId: 0, completedEventId: 0 });
};

const accepted: Fold = (t, event) => {
  const { protocolInstanceId: updateId } = need(event.workflowExecutionUpdateAcceptedEventAttributes, event);
  const admittedEventId = t.run.updates.get(updateId)?.admittedEventId ?? 0;
  put(t, 'updates', updateId, { updateId, admittedEventId, acceptedEventId: event.eventId, completedEventId: 0 });
};

const completed: Fold = (t, event) => {
  const { meta } = need(event.workflowExecutionUpdateCompletedEventAttributes, event);
  const update = t.run.updates.get(meta?.updateId ?? '');
  if (!update) return;
  put(t, 'updates', update.updateId, { ...update, completedEventId: event.eventId });
  t.run.head.completedUpdates++;
};

export const updateFolds: Folds = [
  [EventType.WORKFLOW_EXECUTION_UPDATE_ADMITTED, admitted],
  [EventType.WORKFLOW_EXECUTION_UPDATE_ACCEPTED, accepted],
  [EventType.WORKFLOW_EXECUTION_UPDATE_COMPLETED, completed],
];
