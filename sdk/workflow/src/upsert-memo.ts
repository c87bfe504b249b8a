import { mapToPayloads } from '@perdure/common';
import { assertInWorkflowContext } from './global-attributes.ts';
import { pushAnnotated } from './operation.ts';

/**
 * Changes the workflow's memo: the given keys get the given values, `undefined` and `null` take a key away, other keys
 * stay.
 */
export function upsertMemo(memo: Record<string, unknown>): void {
  const activator = assertInWorkflowContext('Workflow.upsertMemo(...) may only be used from a Workflow Execution.');
  if (memo == null) throw new Error('memo must be a non-null Record');
  // Only what is encoded as nothing takes a key away; null would be a value.
  const changes = Object.fromEntries(Object.entries(memo).map(([key, value]) => [key, value ?? undefined]));
  const context = activator.workflowSerializationContext();
  const fields = mapToPayloads(activator.payloadConverter, changes, context);
  pushAnnotated(activator, { modifyWorkflowProperties: { upsertedMemo: { fields } } });
  activator.mutateWorkflowInfo((info) => {
    const merged = Object.entries({ ...info.memo, ...memo });
    return { ...info, memo: Object.fromEntries(merged.filter(([, value]) => value != null)) };
  });
}
