interface Start {
  readonly handle: Promise<unknown>;
  readonly resolve: (handle: unknown) => void;
  readonly reject: (error: unknown) => void;
  claimed: boolean;
}

/** What becomes of the starts that go with updates. */
const starts = new WeakMap<object, Start>();

export function registerStart(operation: object): void {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  // Whoever does not ask for the handle is told of the failure by the update itself.
  promise.catch(() => undefined);
  starts.set(operation, { handle: promise, resolve, reject, claimed: false });
}

/** The handle to the started workflow; rejects when the start fails. */
export const handleOf = (operation: object): Promise<unknown> | undefined => starts.get(operation)?.handle;

/**
 * Uses the operation up; gives what its handle is told with.
 *
 * @throws Error when it was used before
 */
export function claimStart(operation: object): Pick<Start, 'resolve' | 'reject'> {
  const start = starts.get(operation);
  if (start === undefined || start.claimed) {
    throw new Error('This WithStartWorkflowOperation instance has already been executed.');
  }
  start.claimed = true;
  return start;
}
