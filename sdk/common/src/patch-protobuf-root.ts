import { isRecord } from './type-helpers.ts';

/** What protobuf.js keeps on namespaces. A package of such a name is left alone, or it would take that thing's place. */
const ownNames = new Set([
  'options',
  'parsedOptions',
  'name',
  'parent',
  'resolved',
  'comment',
  'filename',
  'nested',
  '_nestedArray',
]);

/**
 * A copy of a root in which packages and messages are members, as the types say that `pbts` makes: `root.foo.bar.Message`
 * instead of `root.nested.foo.nested.bar.nested.Message`.
 *
 * @param root What a module made by `pbjs -t json-module` exports.
 */
export function patchProtobufRoot<T extends Record<string, unknown>>(root: T): T {
  const patched = withMembers(root);
  // `import *`, as TypeScript compiles it for CommonJS, copies own enumerable members and nothing else. With these two the
  // copy is still a root: protobuf.js looks for `root`, and we for the class.
  Object.defineProperties(patched, {
    root: { get: () => patched, enumerable: true, configurable: true },
    constructor: { value: root.constructor, enumerable: true, configurable: true, writable: true },
  });
  return patched as T;
}

function withMembers(namespace: Record<string, unknown>): Record<string, unknown> {
  const patched = Object.create(Object.getPrototypeOf(namespace) as object) as Record<string, unknown>;
  // Inherited members too, for the reason above. `root` is a getter of protobuf.js and cannot be set.
  for (const key in namespace) if (key !== 'root') define(patched, key, namespace[key]);
  if (!isRecord(namespace['nested'])) return patched;
  for (const [name, inner] of Object.entries(namespace['nested'])) {
    if (ownNames.has(name)) continue;
    if (is('Namespace', inner)) define(patched, name, withMembers(inner));
    else if (is('Type', inner)) define(patched, name, inner);
  }
  return patched;
}

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Told by the mark that protobuf.js puts on its classes, whose names a minifier may change. */
function is(className: string, value: unknown): value is Record<string, unknown> {
  return isRecord(value) && (value.constructor as { className?: string }).className === className;
}
