import type { StorageDriverTargetInfo, WorkflowSerializationContext } from '@perdure/common';
import type { Caller } from '../base-client.ts';
import { given } from '../given.ts';

/** Whose values are converted, for converters and codecs that want to know. */
export function workflowContext({ namespace }: Caller, workflowId: string): WorkflowSerializationContext {
  return { type: 'workflow', namespace, workflowId };
}

/** Whose payloads are stored, for drivers of external storage that want to know. */
export function workflowTarget({ namespace }: Caller, id: string | undefined, type?: string): StorageDriverTargetInfo {
  return given(
    type === undefined
      ? { kind: 'workflow' as const, namespace, id }
      : { kind: 'workflow' as const, namespace, id, type },
  );
}
