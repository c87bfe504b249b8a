/**
 * The exports of one of the user's modules, told from functions that give them. Evaluated in the context: it may use
 * nothing but what it is given.
 *
 * A proxy rather than an object with accessors, because V8 keeps accessors among its old objects: they would hold on to
 * all that a run has left behind until the next full collection.
 */
export function exportsOfContext(): (all: Record<string, () => unknown>) => object {
  const handler: ProxyHandler<Record<PropertyKey, () => unknown>> = {
    get: (all, name) => (Object.hasOwn(all, name) ? all[name]?.() : all[name]),
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
    getOwnPropertyDescriptor: (all, name) =>
      Object.hasOwn(all, name)
        ? { value: all[name]?.(), writable: true, enumerable: true, configurable: true }
        : undefined,
  };
  Object.freeze(handler);
  return (all) => new Proxy(all, handler);
}
