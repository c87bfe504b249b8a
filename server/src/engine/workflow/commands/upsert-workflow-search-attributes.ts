import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import {
  validateSearchAttributes,
  validateSearchAttributesSize,
  withTypes,
} from '../../../kernel/search-attributes.ts';
import { addEvent } from '../events.ts';
import { fieldsSize, mergeFields } from '../fields.ts';
import { put } from '../transition.ts';
import type { ApplyCommand } from './command.ts';
import { outerFields, refused, terminating } from './command.ts';

const NAME = 'UpsertWorkflowSearchAttributesCommand';

/** UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: what is given replaces what was there; null takes it away. */
export const upsertWorkflowSearchAttributes: ApplyCommand = (t, command, completion) => {
  const cause = Cause.BAD_SEARCH_ATTRIBUTES;
  const attributes = command.upsertWorkflowSearchAttributesCommandAttributes;
  if (!attributes) return refused(cause, `${NAME}Attributes is not set on ${NAME}.`);
  if (!attributes.searchAttributes) return refused(cause, `SearchAttributes is not set on ${NAME}.`);
  const given = attributes.searchAttributes.indexedFields;
  if (Object.keys(given).length === 0) return refused(cause, `IndexedFields is not set on ${NAME}.`);
  const wrong = validateSearchAttributes(given, t.namespace, t.limits);
  if (wrong !== null) return refused(cause, wrong);
  if (fieldsSize(given) > t.limits.blobSizeError) return terminating(cause, `${NAME}Attributes exceeds size limit.`);
  const indexedFields = withTypes(given, t.namespace.searchAttributes);
  const merged = mergeFields(t.run.fields.get('searchAttributes'), indexedFields);
  const tooLarge = validateSearchAttributesSize(merged, t.limits);
  if (tooLarge !== null) return terminating(cause, tooLarge);
  put(t, 'fields', 'searchAttributes', merged);
  addEvent(t, EventType.UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, {
    upsertWorkflowSearchAttributesEventAttributes: {
      workflowTaskCompletedEventId: completion.completedEventId,
      searchAttributes: { indexedFields },
    },
    ...outerFields(command),
  });
  return null;
};
