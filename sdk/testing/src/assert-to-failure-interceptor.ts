import assert from 'node:assert';
import { ApplicationFailure, type WorkflowInterceptors } from '@perdure/workflow';

/** Runs in workflows: an assertion that does not hold fails the workflow instead of its task, which would be tried again. */
export function interceptors(): WorkflowInterceptors {
  return {
    inbound: [
      {
        execute: (input, next) => failing(() => next(input)),
        handleSignal: (input, next) => failing(() => next(input)),
      },
    ],
  };
}

async function failing<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof assert.AssertionError)) throw error;
    const failure = ApplicationFailure.nonRetryable(error.message);
    if (error.stack !== undefined) failure.stack = error.stack;
    throw failure;
  }
}
