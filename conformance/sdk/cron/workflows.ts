import { ApplicationFailure, condition, workflowInfo } from '@temporalio/workflow';

/** Counts its runs by means of the last run's result; the second one fails, and the fourth one does not end. */
export async function tick(): Promise<number> {
  const { lastResult, lastFailure, continuedFromExecutionRunId } = workflowInfo();
  const ticks = typeof lastResult === 'number' ? lastResult : 0;
  if (continuedFromExecutionRunId !== undefined && ticks === 1 && lastFailure === undefined)
    throw ApplicationFailure.nonRetryable('the second tick fails');
  if (ticks === 2) await condition(() => false);
  return ticks + 1;
}
