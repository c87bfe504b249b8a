import type { WorkflowExecution } from '@perdure/api/common';
import { UpdateWorkflowExecutionLifecycleStage as Stage } from '@perdure/api/enums';
import type { Request as UpdateRequest } from '@perdure/api/update';
import type { UpdateWorkflowExecutionRequest } from '@perdure/api/workflowservice';
import { invalidArgument, permissionDenied } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import type { Limits } from '../kernel/limits.ts';
import { checkLinks } from './links.ts';

/** An update as it is asked for, complete and within the limits. */
export interface UpdateCommand {
  readonly execution: WorkflowExecution;
  /** '' or the first run of the chain that is meant. */
  readonly firstExecutionRunId: string;
  readonly updateId: string;
  readonly request: UpdateRequest;
  readonly wanted: 'accepted' | 'completed';
}

/** Throws INVALID_ARGUMENT for what is missing or too long, PERMISSION_DENIED for waiting for the admission only. */
export function updateCommand(
  { request, waitPolicy, firstExecutionRunId }: UpdateWorkflowExecutionRequest,
  execution: WorkflowExecution,
  limits: Limits,
  random: Random,
): UpdateCommand {
  if (!request?.meta) throw invalidArgument('Update meta is not set on request.');
  const { meta, input, links } = request;
  if (meta.updateId.length > limits.maxIdLength) throw invalidArgument('UpdateId length exceeds limit.');
  if (!input) throw invalidArgument('Update input is not set on request.');
  if (input.name === '') throw invalidArgument('Update name is not set on request.');
  const stage = waitPolicy?.lifecycleStage ?? Stage.UNSPECIFIED;
  if (stage === Stage.ADMITTED)
    throw permissionDenied(
      'UpdateWorkflowExecution issued asynchronously and waiting on update admitted is not supported.',
    );
  checkLinks(links, limits);
  const updateId = meta.updateId || random.uuid();
  return {
    execution,
    firstExecutionRunId,
    updateId,
    request: {
      meta: { updateId, identity: meta.identity },
      input,
      requestId: request.requestId,
      completionCallbacks: request.completionCallbacks,
      links,
    },
    wanted: stage === Stage.ACCEPTED ? 'accepted' : 'completed',
  };
}
