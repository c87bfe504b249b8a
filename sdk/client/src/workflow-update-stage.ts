import { makeProtoEnumConverters } from '@perdure/common/lib/internal-workflow';
import type { temporal } from '@perdure/proto';

type Stages = typeof temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;

/** How far an update has come. */
export const WorkflowUpdateStage = {
  /** The server holds it; no worker has seen it yet. Not durable, so nobody can wait for this stage. */
  ADMITTED: 'ADMITTED',
  /** The workflow has taken it on: its validator passed. */
  ACCEPTED: 'ACCEPTED',
  /** It has a result or a failure. */
  COMPLETED: 'COMPLETED',
  /** @deprecated Leave the stage out instead. */
  UNSPECIFIED: undefined,
} as const;
export type WorkflowUpdateStage = (typeof WorkflowUpdateStage)[keyof typeof WorkflowUpdateStage];

export const [encodeWorkflowUpdateStage] = makeProtoEnumConverters<
  Stages[keyof Stages],
  Stages,
  keyof Stages,
  typeof WorkflowUpdateStage,
  'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_'
>({ ADMITTED: 1, ACCEPTED: 2, COMPLETED: 3, UNSPECIFIED: 0 }, 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_');
