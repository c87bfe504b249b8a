import { Semaphore } from './semaphore.ts';

/** Calls the function as soon as it may. */
export type ConcurrencyLimit = <T>(fn: () => Promise<T>) => Promise<T>;

/** At most so many calls at a time, at least one. To be shared by what shall be limited together. */
export function limit(concurrency: number): ConcurrencyLimit {
  const semaphore = new Semaphore(Math.max(1, concurrency));
  return async (fn) => {
    await semaphore.acquire();
    try {
      return await fn();
    } finally {
      semaphore.release();
    }
  };
}

/** One call after the other. */
export function sequential(): ConcurrencyLimit {
  return limit(1);
}
