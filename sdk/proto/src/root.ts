/**
 * The root of all messages, as protobuf.js has it, except that things come into being when they are first asked for: a
 * process that runs a worker uses a fifth of them, and to make them all takes longer than everything else that it loads.
 *
 *     declared, as JSON ──root.temporal.api.common.v1.Payload, or a look-up by name──▶ Type, Enum, Service
 */
import protobuf from 'protobufjs/light.js';
import { declarations, type Package, together } from './generated/declarations.js';

/** What protobuf.js keeps on namespaces. A package of such a name is reached by a look-up only. */
const ownNames = new Set(['options', 'parsedOptions', 'name', 'parent', 'resolved', 'comment', 'filename', 'nested']);

/** Makes the root, and of what is below it only the outermost packages. */
export function createRoot(): protobuf.Root {
  const root = new protobuf.Root();
  for (const [name, declared] of Object.entries(declarations.declares)) makeMember(root, name, declared);
  return root;
}

function makeMember(namespace: protobuf.NamespaceBase, name: string, declared: Package | string): void {
  if (typeof declared !== 'string') {
    const inner = new LazyNamespace(name, declared.options);
    namespace.add(inner);
    if (!ownNames.has(name)) define(namespace, name, { value: inner, writable: true });
    inner.declare(declared.declares);
    return;
  }
  const json = JSON.parse(declared);
  namespace.addJSON({ [name]: json });
  if (json.edition !== undefined || json.extend !== undefined)
    for (const other of together) namespace.root.lookup(other);
}

function define(target: object, name: string, property: PropertyDescriptor): void {
  Object.defineProperty(target, name, { enumerable: true, configurable: true, ...property });
}

class LazyNamespace extends protobuf.Namespace {
  readonly #made: protobuf.ReflectionObject[] = [];
  /** Whether who asks for everything wants what is not there yet, too. */
  #showsAll = false;

  /** Has things made when they are first asked for, as one of `nested` or as a member. */
  declare(declares: Package['declares']): void {
    this.nested = {};
    for (const [name, declared] of Object.entries(declares)) this.#declare(name, declared, this.nested);
    this.#showsAll = true;
  }

  #declare(name: string, declared: Package | string, nested: Record<string, protobuf.ReflectionObject>): void {
    // As protobuf.js has it: messages, enums and services are members, extensions are not.
    const isMember = typeof declared === 'string' ? /^[A-Z]/.test(name) : !ownNames.has(name);
    const holders: object[] = isMember ? [nested, this] : [nested];
    const make = () => {
      for (const holder of holders) define(holder, name, { value: undefined, writable: true });
      makeMember(this, name, declared);
      const made = nested[name];
      if (made) this.#made.push(made);
    };
    for (const holder of holders)
      define(holder, name, {
        get() {
          make();
          return (holder as Record<string, unknown>)[name];
        },
        set: (value: unknown) => define(holder, name, { value, writable: true }),
      });
  }

  /** What `nestedArray` shows. */
  shown(all: () => protobuf.ReflectionObject[]): protobuf.ReflectionObject[] {
    return this.#showsAll ? all() : this.#made;
  }

  /** Called by protobuf.js before it makes the code of a message: what is not there needs no rules. */
  override _resolveFeaturesRecursive(edition: string): this {
    this.#showsAll = false;
    try {
      super._resolveFeaturesRecursive(edition);
      return this;
    } finally {
      this.#showsAll = true;
    }
  }
}

const { get: all } = Object.getOwnPropertyDescriptor(protobuf.Namespace.prototype, 'nestedArray') as {
  readonly get: () => protobuf.ReflectionObject[];
};
Object.defineProperty(LazyNamespace.prototype, 'nestedArray', {
  get(this: LazyNamespace) {
    return this.shown(() => all.call(this));
  },
});
