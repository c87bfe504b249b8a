import type {
  ExecuteMultiOperationRequest,
  StartWorkflowExecutionRequest,
  UpdateWorkflowExecutionRequest,
} from '@perdure/api/workflowservice';
import { invalidArgument, ServiceError } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import type { Limits } from '../kernel/limits.ts';
import { durationMs } from '../kernel/time.ts';
import type { StartCommand } from './start-workflow.ts';
import { type UpdateCommand, updateCommand } from './update.ts';

/** An error stands for the operation that has it; null for one that is good so far. */
export type OperationErrors = readonly [start: ServiceError | null, update: ServiceError | null];

export interface UpdateWithStart {
  readonly start: StartWorkflowExecutionRequest;
  readonly startCommand: StartCommand;
  readonly update: UpdateCommand;
}

export interface UpdateWithStartChecks {
  readonly namespaceName: string;
  readonly limits: Limits;
  readonly random: Random;
  readonly checkStart: (request: StartWorkflowExecutionRequest) => StartCommand;
  readonly checkExecution: (execution: UpdateWorkflowExecutionRequest['workflowExecution']) => void;
  /** What an operation's error becomes for the request as a whole. */
  readonly failure: (errors: OperationErrors) => ServiceError;
}

/** The only operations there are: a start and an update of the same workflow id. Throws INVALID_ARGUMENT otherwise. */
export function updateWithStart(
  { operations }: ExecuteMultiOperationRequest,
  checks: UpdateWithStartChecks,
): UpdateWithStart {
  const start = operations[0]?.startWorkflow;
  const update = operations[1]?.updateWorkflow;
  if (operations.length !== 2 || !start || !update)
    throw invalidArgument('Operations have to be exactly [Start, Update].');
  const startCommand = attempt(() => checkStart(start, checks));
  const command = attempt(() => checkUpdate(update, startCommand, checks));
  if (startCommand instanceof ServiceError || command instanceof ServiceError)
    throw checks.failure([
      startCommand instanceof ServiceError ? startCommand : null,
      command instanceof ServiceError ? command : null,
    ]);
  return { start, startCommand, update: command };
}

function attempt<T>(check: () => T): T | ServiceError {
  try {
    return check();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

function checkStart(request: StartWorkflowExecutionRequest, checks: UpdateWithStartChecks): StartCommand {
  checkNamespace(request.namespace, checks);
  const command = checks.checkStart(request);
  if (request.cronSchedule !== '') throw invalidArgument('CronSchedule is not allowed.');
  if (request.requestEagerExecution) throw invalidArgument('RequestEagerExecution is not supported.');
  if (durationMs(request.workflowStartDelay) > 0) throw invalidArgument('WorkflowStartDelay is not supported.');
  return command;
}

function checkUpdate(
  request: UpdateWorkflowExecutionRequest,
  start: StartCommand | ServiceError,
  checks: UpdateWithStartChecks,
): UpdateCommand {
  checkNamespace(request.namespace, checks);
  checks.checkExecution(request.workflowExecution);
  const execution = request.workflowExecution ?? { workflowId: '', runId: '' };
  const command = updateCommand(request, execution, checks.limits, checks.random);
  if (request.firstExecutionRunId !== '') throw invalidArgument('FirstExecutionRunId is not allowed.');
  if (execution.runId !== '') throw invalidArgument('RunId is not allowed.');
  if (!(start instanceof ServiceError) && start.workflowId !== execution.workflowId)
    throw invalidArgument('WorkflowId is not consistent with previous operation(s).');
  return command;
}

function checkNamespace(name: string, { namespaceName }: UpdateWithStartChecks): void {
  if (name !== '' && name !== namespaceName)
    throw invalidArgument("Operation namespace did not match request's namespace.");
}
