import type { Any } from './any.ts';
import { isRecord } from './type-helpers.ts';

/** A copy without the members that are null or undefined. */
export function filterNullAndUndefined<T extends Record<string, Any>>(obj: T): T {
  return Object.fromEntries(Object.entries(obj).filter(([, value]) => value != null)) as T;
}

/**
 * The original with what the delta says instead; what is null or undefined there is taken out. If that changes nothing, the
 * result is the original itself, so that whoever stacks deltas can tell.
 */
export function mergeObjects<T extends Record<string, Any>>(original: T, delta: T | undefined): T;
export function mergeObjects<T extends Record<string, Any>>(
  original: T | undefined,
  delta: T | undefined,
): T | undefined;
export function mergeObjects<T extends Record<string, Any>>(
  original: T | undefined,
  delta: T | undefined,
): T | undefined {
  if (original == null) return delta;
  const differing = Object.entries(delta ?? {}).filter(([key, value]) => value !== original[key]);
  if (differing.length === 0) return original;

  const merged: Record<string, unknown> = { ...original };
  for (const [key, value] of differing) {
    if (value == null) delete merged[key];
    else merged[key] = value;
  }
  return merged as T;
}

/** The target with what the source says instead, member by member at any depth. Arrays are replaced whole. */
export function deepMerge<T extends Record<string, Any>>(target: T, source: Partial<T>): T {
  const merged: Record<string, unknown> = { ...target };
  if (!isPlain(target) || !isPlain(source)) return merged as T;
  for (const [key, value] of Object.entries(source)) {
    const present = merged[key];
    merged[key] = isPlain(value) && isPlain(present) ? deepMerge(present, value) : value;
  }
  return merged as T;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && !Array.isArray(value);
}
