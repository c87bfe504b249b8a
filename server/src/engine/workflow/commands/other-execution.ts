import type { WorkflowTaskFailedCause } from '@perdure/api/enums';
import { isUuid } from '../../../kernel/ids.ts';
import type { External } from '../state.ts';
import { put, type Transition } from '../transition.ts';
import { type Refused, refused } from './command.ts';

/** What the commands to other workflows share. */

/** The other one, as a command names it, and how its refusals say so: `details` with the workflow id, `rest` without. */
export interface Target {
  readonly command: string;
  readonly cause: WorkflowTaskFailedCause;
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly rest: string;
  readonly details: string;
}

export function refuseTarget(t: Transition, target: Target): Refused | null {
  const { command, cause, namespace, workflowId, runId, rest, details } = target;
  if (isOtherNamespace(t, namespace)) return refused(cause, CROSS_NAMESPACE);
  if (workflowId === '') return refused(cause, `WorkflowId is not set on ${command}. ${rest}`);
  const { length } = workflowId;
  const { maxIdLength } = t.limits;
  if (length > maxIdLength)
    return refused(
      cause,
      `WorkflowId on ${command} exceeds length limit. WorkflowId=${workflowId} Length=${length} Limit=${maxIdLength} ${details}`,
    );
  if (runId !== '' && !isUuid(runId))
    return refused(cause, `Invalid RunId set on ${command}. WorkflowId=${workflowId} ${details}`);
  return null;
}

/** From now on it is on its way. */
export function sendToOther(t: Transition, external: Omit<External, 'namespaceId' | 'requestId'>): void {
  put(t, 'externals', external.initiatedEventId, {
    ...external,
    namespaceId: t.namespace.id,
    requestId: t.random.uuid(),
  });
}

/** Commands reach no other namespace. Reference: dynamic config system.enableCrossNamespaceCommands, off by default. */
export const isOtherNamespace = (t: Transition, name: string): boolean => name !== '' && name !== t.namespace.name;
export const CROSS_NAMESPACE = 'cross namespace commands are not allowed';

/** Says so when too many of a kind are on their way. They are only counted when there are many in all. */
export function tooManyExternals(t: Transition, kind: 'signal' | 'cancel', limit: number): string | null {
  const { externals } = t.run;
  if (externals.size < limit) return null;
  let count = 0;
  for (const external of externals.values()) if (external.kind === kind) count++;
  if (count < limit) return null;
  const what =
    kind === 'signal' ? 'pending signals to external workflows' : 'pending requests to cancel external workflows';
  return `the number of ${what}, ${count}, has reached the per-workflow limit of ${limit}`;
}
