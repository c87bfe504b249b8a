/**
 * Values that change and tell who listens: as much of what the Observable proposal asks for as worker counters need.
 * There is no dependency on RxJS, but its `from(worker.numInFlightActivities$)` takes them.
 */

export interface Observer<T> {
  next?: (value: T) => void;
  error?: (error: unknown) => void;
  complete?: () => void;
}

export interface Subscription {
  unsubscribe(): void;
  readonly closed: boolean;
}

/** Where a value can be watched. Whoever subscribes is told the present value at once, and then every other one. */
export interface Observable<T> {
  subscribe(observer?: Observer<T> | ((value: T) => void)): Subscription;
  /** What RxJS looks for. */
  readonly ['@@observable']: () => Observable<T>;
}

/** A watched value that can be set. */
export interface Observed<T> extends Observable<T> {
  readonly value: T;
  getValue(): T;
  next(value: T): void;
}

/** RxJS reads `Symbol.observable` when something has defined it, and `'@@observable'` otherwise. */
const interopSymbol = (Symbol as { observable?: symbol }).observable;

export function observed<T>(initial: T): Observed<T> {
  let current = initial;
  const listeners = new Set<(value: T) => void>();
  const self: Observed<T> = {
    get value() {
      return current;
    },
    getValue: () => current,
    next(value) {
      current = value;
      for (const listener of listeners) listener(value);
    },
    subscribe(observer) {
      const listener = typeof observer === 'function' ? observer : (value: T) => observer?.next?.(value);
      listeners.add(listener);
      listener(current);
      return {
        get closed() {
          return !listeners.has(listener);
        },
        unsubscribe: () => void listeners.delete(listener),
      };
    },
    '@@observable': () => self,
  };
  if (interopSymbol) Object.defineProperty(self, interopSymbol, { value: () => self });
  return self;
}

/** Adds to a watched number. */
export function add(count: Observed<number>, change: 1 | -1): void {
  count.next(count.value + change);
}
