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
    if (!isAssertionError(error)) throw error;
    const failure = ApplicationFailure.nonRetryable(error.message);
    if (error.stack !== undefined) failure.stack = error.stack;
    throw failure;
  }
}

/** By its code: `assert` is lent to workflows from outside, so that its errors are made of another `Error` than theirs. */
const isAssertionError = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_ASSERTION';
