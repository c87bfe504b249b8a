import { IllegalStateError } from '@perdure/common';
import { SymbolBasedInstanceOfError } from '@perdure/common/lib/type-helpers';

/** The worker has been shut down. */
export class ShutdownError extends Error {
  static {
    SymbolBasedInstanceOfError<ShutdownError>('ShutdownError')(ShutdownError);
  }
}

/** The server cannot be reached, or what answers is none. */
export class TransportError extends Error {
  static {
    SymbolBasedInstanceOfError<TransportError>('TransportError')(TransportError);
  }
}

/** Something that should not happen did. The worker cannot go on. */
export class UnexpectedError extends Error {
  override cause?: unknown;

  static {
    SymbolBasedInstanceOfError<UnexpectedError>('UnexpectedError')(UnexpectedError);
  }

  constructor(message: string, cause?: unknown) {
    super(message);
    this.cause = cause;
  }
}

/** Activities were still running when `shutdownForceTime` was over. */
export class GracefulShutdownPeriodExpiredError extends Error {
  static {
    SymbolBasedInstanceOfError<GracefulShutdownPeriodExpiredError>('GracefulShutdownPeriodExpiredError')(
      GracefulShutdownPeriodExpiredError,
    );
  }
}

/**
 * Workflow code left the rejection of a promise unhandled; `cause` is what the promise was rejected with. Most often an
 * `await` is missing. A promise whose rejection does not matter is silenced with `promise.catch(() => {})`.
 */
export class UnhandledRejectionError extends Error {
  override cause: unknown;

  static {
    SymbolBasedInstanceOfError<UnhandledRejectionError>('UnhandledRejectionError')(UnhandledRejectionError);
  }

  constructor(message: string, cause: unknown) {
    super(message);
    this.cause = cause;
  }
}

/** Both of what went wrong in `Worker.runUntil`. */
export interface CombinedWorkerRunErrorCause {
  /** What the worker failed with. */
  workerError: unknown;
  /** What the function or the promise failed with. */
  innerError: unknown;
}

/** `Worker.runUntil` failed on both sides, or replaying a set of histories did. */
export class CombinedWorkerRunError extends Error {
  override readonly cause: CombinedWorkerRunErrorCause;

  static {
    SymbolBasedInstanceOfError<CombinedWorkerRunError>('CombinedWorkerRunError')(CombinedWorkerRunError);
  }

  constructor(message: string, { cause }: { cause: CombinedWorkerRunErrorCause }) {
    super(message);
    this.cause = cause;
  }
}

/** The worker has stopped, and the promise given to `Worker.runUntil` did not settle within `promiseCompletionTimeout`. */
export class PromiseCompletionTimeoutError extends Error {
  static {
    SymbolBasedInstanceOfError<PromiseCompletionTimeoutError>('PromiseCompletionTimeoutError')(
      PromiseCompletionTimeoutError,
    );
  }
}

/** @deprecated Import the classes themselves. */
export const errors = {
  IllegalStateError,
  ShutdownError,
  TransportError,
  UnexpectedError,
  GracefulShutdownPeriodExpiredError,
};
