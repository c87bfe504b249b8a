type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * The same object. Its type says that a field which may be undefined is an optional one: to the codecs and to callers an
 * undefined field and a missing one are the same, and to the type checker they are not.
 */
export function given<T extends object>(fields: T): Given<T> {
  return fields as unknown as Given<T>;
}
