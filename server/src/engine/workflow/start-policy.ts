import {
  WorkflowIdConflictPolicy as Conflict,
  WorkflowIdReusePolicy as Reuse,
  WorkflowExecutionStatus as Status,
} from '@perdure/api/enums';
import { WorkflowExecutionAlreadyStartedFailure } from '@perdure/api/errordetails';
import { Code, ServiceError } from '../../kernel/errors.ts';
import { isOpen } from './close.ts';
import type { Run, SeenRequest } from './state.ts';

/** What becomes of a start when its workflow id has been used before. */
export type StartDecision =
  /** The same request was answered before. */
  | { readonly kind: 'repeated'; readonly seen: SeenRequest }
  | { readonly kind: 'use-existing' }
  /** Terminates the open run, then starts. */
  | { readonly kind: 'replace' }
  | { readonly kind: 'start' };

export interface StartPolicies {
  readonly requestId: string;
  readonly reuse: Reuse;
  readonly conflict: Conflict;
}

/** Throws ALREADY_EXISTS where a policy forbids the start. */
export function decideStart(current: Run | null, policies: StartPolicies): StartDecision {
  if (!current) return { kind: 'start' };
  const seen = policies.requestId ? current.requests.get(policies.requestId) : undefined;
  if (seen) return { kind: 'repeated', seen };
  return isOpen(current) ? decideConflict(current, policies) : decideReuse(current, policies);
}

function decideConflict(current: Run, { conflict }: StartPolicies): StartDecision {
  const { workflowId, runId } = current.key;
  if (conflict === Conflict.USE_EXISTING) return { kind: 'use-existing' };
  if (conflict === Conflict.TERMINATE_EXISTING) return { kind: 'replace' };
  throw alreadyStarted(current, `Workflow execution is already running. WorkflowId: ${workflowId}, RunId: ${runId}.`);
}

const failed: ReadonlySet<Status> = new Set([Status.FAILED, Status.CANCELED, Status.TERMINATED, Status.TIMED_OUT]);

function decideReuse(current: Run, { reuse }: StartPolicies): StartDecision {
  const { workflowId, runId } = current.key;
  if (reuse === Reuse.REJECT_DUPLICATE)
    throw alreadyStarted(
      current,
      `Workflow execution already finished. WorkflowId: ${workflowId}, RunId: ${runId}. Workflow Id reuse policy: reject duplicate workflow Id.`,
    );
  if (reuse === Reuse.ALLOW_DUPLICATE_FAILED_ONLY && !failed.has(current.head.status))
    throw alreadyStarted(
      current,
      `Workflow execution already finished successfully. WorkflowId: ${workflowId}, RunId: ${runId}. Workflow Id reuse policy: allow duplicate workflow Id if last run failed.`,
    );
  return { kind: 'start' };
}

function alreadyStarted(current: Run, message: string): ServiceError {
  const { runId } = current.key;
  const start = [...current.requests.values()].find(({ eventId }) => eventId === 1);
  return new ServiceError(Code.ALREADY_EXISTS, message, [
    {
      typeName: WorkflowExecutionAlreadyStartedFailure.typeName,
      value: WorkflowExecutionAlreadyStartedFailure.encode({
        startRequestId: start?.requestId ?? '',
        runId,
        firstExecutionRunId: current.started.firstExecutionRunId,
      }),
    },
  ]);
}
