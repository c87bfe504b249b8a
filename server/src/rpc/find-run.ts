import type { WorkflowExecution } from '@perdure/api/common';
import type { Loaded } from '../host/loaded.ts';
import { invalidArgument, notFound, type ServiceError } from '../kernel/errors.ts';
import { isUuid } from '../kernel/ids.ts';
import type { ServerContext } from './context.ts';

/** The run that a request names; without a run id the latest one. Throws NOT_FOUND if there is none. */
export async function findRun(
  server: ServerContext,
  namespaceId: string,
  execution: WorkflowExecution | null,
): Promise<Loaded> {
  checkExecution(execution);
  const { workflowId, runId } = execution;
  const loaded = runId
    ? (server.host.cached(runId) ?? (await server.host.load({ namespaceId, workflowId, runId })))
    : await server.host.loadCurrent(namespaceId, workflowId);
  if (!loaded || loaded.run.key.workflowId !== workflowId || loaded.run.key.namespaceId !== namespaceId)
    throw runNotFound(execution);
  return loaded;
}

export const runNotFound = ({ workflowId, runId }: WorkflowExecution): ServiceError =>
  notFound(
    runId
      ? `workflow execution not found for workflow ID "${workflowId}" and run ID "${runId}"`
      : `workflow not found for ID: ${workflowId}`,
  );

export function checkExecution(execution: WorkflowExecution | null): asserts execution is WorkflowExecution {
  if (!execution) throw invalidArgument('Execution is not set on request.');
  if (execution.workflowId === '') throw invalidArgument('WorkflowId is not set on request.');
  if (execution.runId !== '' && !isUuid(execution.runId)) throw invalidArgument('Invalid RunId.');
}

/** A chain of runs is named by its first one: then the latest run is meant, whichever was named. */
export const currentIf = (wholeChain: boolean, execution: WorkflowExecution): WorkflowExecution =>
  wholeChain ? { workflowId: execution.workflowId, runId: '' } : execution;
