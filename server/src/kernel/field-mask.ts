/**
 * The paths of a `google.protobuf.FieldMask`, in camel case: clients write `start_to_close_timeout` as well as
 * `startToCloseTimeout`.
 */
export const maskedFields = (paths: readonly string[]): ReadonlySet<string> => new Set(paths.map(camelCased));

export const camelCased = (path: string): string => path.split('.').map(camelCasedName).join('.');

function camelCasedName(name: string): string {
  const [first = '', ...rest] = name.split('_');
  return first.slice(0, 1).toLowerCase() + first.slice(1) + rest.map(capitalised).join('');
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
