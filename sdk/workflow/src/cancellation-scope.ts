import { CancelledFailure, type Duration } from '@perdure/common';
import { msOptionalToNumber } from '@perdure/common/lib/time';
import { currentCancellation, scopes, scopeWith } from './execution-scope.ts';
import { SdkFlags } from './flags.ts';
import { getActivator } from './global-attributes.ts';
import type { LinkedScope } from './linked-scope.ts';
import { untrackPromise } from './stack-helpers.ts';
import { sleep } from './timers.ts';

export { AsyncLocalStorage } from './execution-scope.ts';

/** Stands for the parent that the root scope does not have. */
const NO_PARENT: unique symbol = Symbol('no parent');

export interface CancellationScopeOptions {
  /** Milliseconds or a text such as `'5 minutes'`, after which the scope is cancelled. Default: never. */
  timeout?: Duration | undefined;
  /** Whether a request to cancel takes effect in the scope. Default: `true`. */
  cancellable: boolean;
  /** Whose cancellation reaches this scope. Default: the scope that the code runs in. */
  parent?: CancellationScope | typeof NO_PARENT;
}

/**
 * The code whose cancellation is one thing. Scopes form a tree below the workflow's own: what is cancelled cancels the
 * scopes below it and what was begun in it (timers, activities, children, conditions, triggers), each of which then
 * throws a `CancelledFailure`, or a failure with one as its cause. In a scope that is cancelled already nothing can be
 * begun, except in a scope that is not cancellable: the place for cleaning up.
 */
export class CancellationScope implements LinkedScope {
  /** Milliseconds until the scope is cancelled. */
  protected readonly timeout: number | undefined;
  /** Whether a request to cancel takes effect. If not, it stops here: nothing in the scope or below hears of it. */
  readonly cancellable: boolean;
  readonly parent?: CancellationScope;
  /**
   * Rejects when cancellation is asked for, of this scope or of one above, whether the scope is cancellable or not.
   */
  readonly cancelRequested: Promise<never>;
  #isCancelRequested = false;
  // Definite: a promise's executor runs before its constructor returns.
  protected readonly reject!: (reason?: unknown) => void;

  constructor(options?: CancellationScopeOptions) {
    this.timeout = msOptionalToNumber(options?.timeout);
    this.cancellable = options?.cancellable ?? true;
    const { promise, reject } = Promise.withResolvers<never>();
    this.cancelRequested = promise;
    this.reject = (reason) => {
      this.#isCancelRequested = true;
      reject(reason);
    };
    untrackPromise(promise);
    untrackPromise(promise.catch(ignore));
    if (options?.parent !== NO_PARENT) {
      this.parent = options?.parent ?? CancellationScope.current();
      this.#follow(this.parent);
    }
  }

  /** Hands on to this scope what is asked of its parent, unless the parent shields it. */
  #follow(parent: CancellationScope): void {
    const passesOn = () => parent.cancellable || !isShielded();
    if (parent.cancellable || (parent.#isCancelRequested && passesOn()))
      this.#isCancelRequested = parent.#isCancelRequested;
    const isBound = parent.cancellable || this.#isCancelRequested;
    untrackPromise(
      parent.cancelRequested.catch((reason) => {
        if (isBound || passesOn()) this.reject(reason);
      }),
    );
  }

  /** Whether the scope is cancelled in effect; never so if it is not cancellable. */
  get consideredCancelled(): boolean {
    return this.#isCancelRequested && this.cancellable;
  }

  /** Runs `fn` in this scope, and gives back what it gives back. */
  run<T>(fn: () => Promise<T>): Promise<T> {
    // Bound, and run by nobody else, so that stack traces show users few frames that are not theirs.
    return scopes.run(scopeWith({ cancellation: this }), this.runInContext.bind(this, fn) as () => Promise<T>);
  }

  protected async runInContext<T>(fn: () => Promise<T>): Promise<T> {
    const timer = this.timeout ? this.#startTimeout(this.timeout) : undefined;
    try {
      return await fn();
    } finally {
      if (timer && !timer.consideredCancelled && isShielded()) timer.cancel();
    }
  }

  #startTimeout(milliseconds: number): CancellationScope {
    const timer = new CancellationScope();
    untrackPromise(timer.run(() => sleep(milliseconds)).then(() => this.cancel(), ignore));
    return timer;
  }

  /** Asks for cancellation of the scope and of those below it. */
  cancel(): void {
    this.reject(new CancelledFailure('Cancellation scope cancelled'));
  }

  /** The scope that the code runs in. */
  static current(): CancellationScope {
    // Nothing but scopes of this class is ever put there.
    return currentCancellation() as CancellationScope;
  }

  /** Runs `fn` in a new scope. */
  static cancellable<T>(fn: () => Promise<T>): Promise<T> {
    return new this({ cancellable: true }).run(fn);
  }

  /** Runs `fn` in a new scope that cancellation does not reach. */
  static nonCancellable<T>(fn: () => Promise<T>): Promise<T> {
    return new this({ cancellable: false }).run(fn);
  }

  /** Runs `fn` in a new scope that is cancelled after the timeout. */
  static withTimeout<T>(timeout: Duration, fn: () => Promise<T>): Promise<T> {
    return new this({ cancellable: true, timeout }).run(fn);
  }
}

const ignore = (): void => {};

/** Whether scopes that are not cancellable keep cancellation from those below them, which old histories did without. */
const isShielded = (): boolean => getActivator().hasFlag(SdkFlags.NonCancellableScopesAreShieldedFromPropagation);

/** The scope of a whole workflow, cancelled when the workflow is. */
export class RootCancellationScope extends CancellationScope {
  constructor() {
    super({ cancellable: true, parent: NO_PARENT });
  }

  override cancel(): void {
    this.reject(new CancelledFailure('Workflow cancelled'));
  }
}
