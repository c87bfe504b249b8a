import { upsertMemo, workflowInfo } from '@temporalio/workflow';

/** Changes one note, adds one, removes one, and tells what it then sees. */
export async function memorable(): Promise<Record<string, unknown>> {
  upsertMemo({ changed: 'after', added: { deep: [1, 2] }, removed: null });
  return workflowInfo().memo ?? {};
}
