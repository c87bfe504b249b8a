import type { WorkflowTaskAnswer } from '../host.ts';
import { causeOf, failedAnswer } from '../runner/answer.ts';
import { readTask } from '../runner/task.ts';

/** Fails the task of code that had to be stopped. */
export function cutOffAnswer(bytes: Uint8Array, message: string): WorkflowTaskAnswer {
  const task = readTask(bytes);
  const failure = {
    message,
    source: 'TypeScriptSDK',
    applicationFailureInfo: { type: 'Error', nonRetryable: false },
  };
  const stats = { isSticky: false, replayMs: null, totalMs: 0, startTimeMs: null };
  return failedAnswer(task, failure, causeOf(null), stats);
}
