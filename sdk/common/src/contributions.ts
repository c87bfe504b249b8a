import { filterNullAndUndefined, mergeObjects } from './objects.ts';

/** What is added to each log message or measurement: an object, or a function that is asked each time. */
export type Contribution<T extends object> = T | (() => T);

/** Contributions in the order in which they were made; later ones win. */
export type Contributions<T extends object> = readonly Contribution<T>[];

/**
 * The contributions with one more. Objects that follow each other become one, and if the new one says nothing new the
 * result is what was given, so that a child logger or meter that would do the same need not be made.
 */
export function contribute<T extends object>(to: Contributions<T>, added: Contribution<T>): Contributions<T> {
  if (typeof added === 'function') return [...to, added];
  if (Object.keys(added).length === 0) return to;
  const last = to.at(-1);
  if (last === undefined || typeof last === 'function') return [...to, added];
  const merged = mergeObjects<T>(last, added);
  return merged === last ? to : [...to.slice(0, -1), merged];
}

/** All of them and the extra ones as one object, without what is null or undefined. */
export function resolveContributions<T extends object>(contributions: Contributions<T>, extra: T | undefined): T {
  const parts = contributions.map((part) => (typeof part === 'function' ? part() : part));
  return filterNullAndUndefined(Object.assign({}, ...parts, extra) as T);
}
