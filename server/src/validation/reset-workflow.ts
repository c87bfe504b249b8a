import { ResetReapplyExcludeType as Exclude, ResetReapplyType } from '@perdure/api/enums';
import type { ResetWorkflowExecutionRequest } from '@perdure/api/workflowservice';
import type { Exclusions } from '../engine/workflow/requests/reapply.ts';
import { invalidArgument } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';
import { checkedTimeSkipping } from './time-skipping.ts';
import { checkedWorkflowOptions, type WorkflowOptionsUpdate } from './workflow-options.ts';

/** Refuses a reset for what can be seen without its workflow. */
export function checkResetRequest(
  { requestId, resetReapplyType }: ResetWorkflowExecutionRequest,
  limits: Limits,
): void {
  if (requestId === '') throw invalidArgument('RequestId is not set on request.');
  if (Buffer.byteLength(requestId) > limits.maxIdLength) throw invalidArgument('RequestId length exceeds limit.');
  if (!REAPPLY_TYPES.has(resetReapplyType)) throw invalidArgument(`unknown reset reapply type: ${resetReapplyType}`);
}

const REAPPLY_TYPES = new Set<number>(Object.values(ResetReapplyType));

/** What is not to be applied again. The older field says what is; the newer one, what is not. */
export function exclusions({
  resetReapplyType,
  resetReapplyExcludeTypes,
}: Pick<ResetWorkflowExecutionRequest, 'resetReapplyType' | 'resetReapplyExcludeTypes'>): Exclusions {
  const excluded = new Set<Exclude>(resetReapplyExcludeTypes);
  if (resetReapplyType === ResetReapplyType.SIGNAL || resetReapplyType === ResetReapplyType.NONE)
    excluded.add(Exclude.UPDATE);
  if (resetReapplyType === ResetReapplyType.NONE) excluded.add(Exclude.SIGNAL);
  return {
    signals: excluded.has(Exclude.SIGNAL),
    updates: excluded.has(Exclude.UPDATE),
    everything: Object.values(Exclude).every((type) => type === Exclude.UNSPECIFIED || excluded.has(type)),
  };
}

/** Refuses an event that cannot be where a workflow task ended. `nextEventId`: the base run's. */
export function checkResetPoint(finishEventId: number, nextEventId: number): void {
  if (finishEventId <= 1 || finishEventId >= nextEventId)
    throw invalidArgument('Workflow task finish ID must be > 1 && <= workflow last event ID.');
}

type PostOperations = ResetWorkflowExecutionRequest['postResetOperations'];

/** What is to be changed of the new run's options. Nothing else can be asked for yet. */
export const optionUpdates = (operations: PostOperations, limits: Limits): WorkflowOptionsUpdate[] =>
  operations.map(({ updateWorkflowOptions, signalWorkflow }) => {
    if (!updateWorkflowOptions) {
      const variant = signalWorkflow ? '*workflow.PostResetOperation_SignalWorkflow_' : '<nil>';
      throw invalidArgument(`unsupported post reset operation: ${variant}`);
    }
    const { workflowExecutionOptions, updateMask } = updateWorkflowOptions;
    const { options, fields } = checkedWorkflowOptions(workflowExecutionOptions, updateMask);
    const timeSkippingConfig = checkedTimeSkipping(options.timeSkippingConfig, limits);
    return { options: { ...options, timeSkippingConfig }, fields };
  });
