import type { Any } from './any.ts';

/** `T` with no member optional or null. */
export type NonNullableObject<T> = { [P in keyof T]-?: NonNullable<T[P]> };

export type AnyFunc = (...args: Any[]) => Any;

export type OmitLast<T> = T extends [...infer Init, Any] ? Init : never;
/** The function without its last parameter. */
export type OmitLastParam<F extends AnyFunc> = (...args: OmitLast<Parameters<F>>) => ReturnType<F>;

export type OmitFirst<T> = T extends [Any, ...infer Rest] ? Rest : never;
/** The function without its first parameter. */
export type OmitFirstParam<T> = T extends AnyFunc ? (...args: OmitFirst<Parameters<T>>) => ReturnType<T> : never;

/** `T` with at least one of the keys present. */
export type RequireAtLeastOne<T, Keys extends keyof T = keyof T> = Pick<T, Exclude<keyof T, Keys>> &
  { [K in Keys]-?: Required<Pick<T, K>> & Partial<Pick<T, Exclude<Keys, K>>> }[Keys];

/** `Base`, where `New` says otherwise. */
export type Replace<Base, New> = Omit<Base, keyof New> & New;

/** `T` with another type wherever one occurs, at any depth; functions and string records are left as they are. */
export type ReplaceNested<T, ToReplace, ReplaceWith> = T extends AnyFunc
  ? T
  : [keyof T] extends [never]
    ? T
    : T extends Record<string, string>
      ? T
      : T extends ToReplace
        ? ReplaceWith | Exclude<T, ToReplace>
        : { [P in keyof T]: ReplaceNested<T[P], ToReplace, ReplaceWith> };

export type UnionToIntersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  all: infer Intersection,
) => void
  ? Intersection & Union
  : never;

/** Each of the keys without the prefix; those that have another one drop out. */
export type RemovePrefix<Prefix extends string, Keys extends string> = Keys extends `${Prefix}${infer Suffix}`
  ? Suffix
  : never;

/** Nothing at run time; does not compile unless `_Copy` extends `_Orig`. */
export function checkExtends<_Orig, _Copy extends _Orig>(): void {}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

// biome-ignore lint/suspicious/noShadowRestrictedNames: the name is the API
export function hasOwnProperty<X extends Record<string, unknown>, Y extends PropertyKey>(
  record: X,
  prop: Y,
): record is X & Record<Y, unknown> {
  return prop in record;
}

export function hasOwnProperties<X extends Record<string, unknown>, Y extends PropertyKey>(
  record: X,
  props: Y[],
): record is X & Record<Y, unknown> {
  return props.every((prop) => prop in record);
}

/** Whether it looks like an error. An error of another realm, such as a Workflow's, is no `instanceof Error` here. */
export function isError(error: unknown): error is Error {
  if (!isRecord(error)) return false;
  const { name, message, stack } = error;
  return typeof name === 'string' && typeof message === 'string' && (stack == null || typeof stack === 'string');
}

export function isAbortError(error: unknown): error is Error & { name: 'AbortError' } {
  return isError(error) && error.name === 'AbortError';
}

/** The message of an error, or the string that was thrown instead of one. */
export function errorMessage(error: unknown): string | undefined {
  if (typeof error === 'string') return error;
  return isError(error) ? error.message : undefined;
}

/** The `code` of an error such as Node's, if it is a string. */
export function errorCode(error: unknown): string | undefined {
  const code = isRecord(error) ? error['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** For the end of an exhaustive switch. */
export function assertNever(msg: string, x: never): never {
  throw new TypeError(`${msg}: ${String(x)}`);
}

export type Class<E extends Error> = {
  new (...args: Any[]): E;
  prototype: E;
};

/**
 * Makes `instanceof` recognize errors of this class by a mark instead of by prototype, so that it holds across realms and
 * across copies of the package (the mark is the one that the official packages use, so also across those). It also sets the
 * `name` of the class's errors. To be applied to the class, as a decorator or by a call.
 *
 * A subclass that is not marked itself keeps the ordinary meaning of `instanceof`; otherwise every error of the marked
 * class would count as one of the subclass.
 */
export function SymbolBasedInstanceOfError<E extends Error>(markerName: string): (clazz: Class<E>) => void {
  return (clazz) => {
    const mark = Symbol.for(`__temporal_is${markerName}`);
    Object.defineProperty(clazz.prototype, 'name', { value: markerName, enumerable: true });
    Object.defineProperty(clazz.prototype, mark, { value: true });
    Object.defineProperty(clazz, Symbol.hasInstance, {
      value(this: unknown, error: unknown): boolean {
        if (this === clazz) return isRecord(error) && error[mark as unknown as string] === true;
        const { prototype } = this as { prototype: object };
        return Object.prototype.isPrototypeOf.call(prototype, error as object);
      },
    });
  };
}
