import { CommandType } from '@perdure/api/enums';
import { cancelWorkflowExecution } from './cancel-workflow-execution.ts';
import type { ApplyCommand } from './command.ts';
import { completeWorkflowExecution } from './complete-workflow-execution.ts';
import { continueAsNewWorkflowExecution } from './continue-as-new-workflow-execution.ts';
import { failWorkflowExecution } from './fail-workflow-execution.ts';

/** What a worker may ask for, and where that is done. */
export const commands: ReadonlyMap<CommandType, ApplyCommand> = new Map([
  [CommandType.COMPLETE_WORKFLOW_EXECUTION, completeWorkflowExecution],
  [CommandType.FAIL_WORKFLOW_EXECUTION, failWorkflowExecution],
  [CommandType.CANCEL_WORKFLOW_EXECUTION, cancelWorkflowExecution],
  [CommandType.CONTINUE_AS_NEW_WORKFLOW_EXECUTION, continueAsNewWorkflowExecution],
]);

/** Commands after one of these are a mistake of the worker's. */
export const closingCommands: ReadonlySet<CommandType> = new Set([
  CommandType.COMPLETE_WORKFLOW_EXECUTION,
  CommandType.FAIL_WORKFLOW_EXECUTION,
  CommandType.CANCEL_WORKFLOW_EXECUTION,
  CommandType.CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
]);
