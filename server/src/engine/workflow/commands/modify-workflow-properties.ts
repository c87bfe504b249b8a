import { Memo } from '@perdure/api/common';
import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { addEvent } from '../events.ts';
import { fieldsSize, mergeFields } from '../fields.ts';
import { put } from '../transition.ts';
import type { ApplyCommand } from './command.ts';
import { outerFields, refused, terminating } from './command.ts';

const NAME = 'ModifyWorkflowPropertiesCommand';

/** MODIFY_WORKFLOW_PROPERTIES: merges into the memo; null takes a field away. */
export const modifyWorkflowProperties: ApplyCommand = (t, command, completion) => {
  const cause = Cause.BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES;
  const attributes = command.modifyWorkflowPropertiesCommandAttributes;
  if (!attributes) return refused(cause, `${NAME}Attributes is not set on ${NAME}.`);
  if (!attributes.upsertedMemo) return refused(cause, `UpsertedMemo is not set on ${NAME}.`);
  const { fields } = attributes.upsertedMemo;
  if (Object.keys(fields).length === 0) return refused(cause, `UpsertedMemo.Fields is not set on ${NAME}.`);
  if (fieldsSize(fields) > t.limits.blobSizeError) return terminating(cause, `${NAME}Attributes exceeds size limit.`);
  const merged = mergeFields(t.run.fields.get('memo'), fields);
  if (Memo.encode({ fields: merged }).length > t.limits.memoSizeError)
    return terminating(cause, `${NAME}Attributes. Memo exceeds size limit.`);
  put(t, 'fields', 'memo', merged);
  addEvent(t, EventType.WORKFLOW_PROPERTIES_MODIFIED, {
    workflowPropertiesModifiedEventAttributes: {
      workflowTaskCompletedEventId: completion.completedEventId,
      upsertedMemo: { fields },
    },
    ...outerFields(command),
  });
  return null;
};
