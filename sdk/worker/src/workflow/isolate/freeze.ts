/**
 * Freezing a context that runs share, so that no run can leave anything behind in it for another to find.
 *
 * Intrinsics: everything that can be reached from the global object, and what only syntax reaches. A frozen prototype
 * brings the "override mistake": `error.name = 'X'` would throw, since a property that is inherited and cannot be
 * written cannot be assigned to on the heir. The properties of prototypes that code assigns to on heirs become
 * accessors, whose setter makes the heir a property of its own.
 */
import vm from 'node:vm';
import type { Current } from './context.ts';
import { hostObjects } from './globals.ts';

/** Freezes a context's intrinsics, and the modules that its runs share. */
export function freezeContext(context: typeof globalThis, modules: Readonly<Record<string, unknown>>): void {
  const freeze = vm.runInContext(`(${freezeRealm})`, context) as typeof freezeRealm;
  freeze(hostObjects(), Object.values(modules));
}

/**
 * Makes names that the global object does not have those of the current run: what code assigns to a global, by
 * whatever way, lands in its own globals, and is found there by name.
 */
export function openGlobals(context: typeof globalThis, current: Current): void {
  const open = vm.runInContext(`(${openGlobalsOfRealm})`, context) as typeof openGlobalsOfRealm;
  open(current);
}

/** Evaluated in the context: it may use nothing but what it is given. */
function openGlobalsOfRealm(current: Current): void {
  const handler: ProxyHandler<object> = {
    has: (_, name) => name in current.globals,
    get: (_, name) => current.globals[name],
    set: (_, name, value) => {
      current.globals[name] = value;
      return true;
    },
  };
  Object.setPrototypeOf(globalThis, new Proxy(Object.freeze(Object.create(Object.prototype)), Object.freeze(handler)));
}

/** Evaluated in the context: it may use nothing but what it is given. */
function freezeRealm(boundary: object[], modules: unknown[]): void {
  const assignable = new Map<object, 'all' | string[]>([
    [Object.prototype, 'all'],
    [Function.prototype, ['constructor', 'name', 'length', 'toString', 'bind', 'call', 'apply']],
    [Array.prototype, ['toString', 'concat', 'join', 'map', 'filter', 'push', 'length']],
    [Map.prototype, 'all'],
    [Set.prototype, 'all'],
  ]);
  for (const type of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError])
    assignable.set(type.prototype, ['constructor', 'name', 'message', 'toString']);
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  assignable.set(iterator, ['constructor', 'next', 'return', 'throw']);

  const letHeirsAssign = (prototype: object, names: 'all' | string[]): void => {
    for (const name of names === 'all' ? Object.getOwnPropertyNames(prototype) : names) {
      const property = Object.getOwnPropertyDescriptor(prototype, name);
      if (!property?.configurable || !('value' in property)) continue;
      const { value } = property;
      const accessor = {
        get() {
          return value;
        },
        set(this: object, assigned: unknown) {
          if (this === prototype) throw new TypeError(`Cannot assign to read only property '${name}' of object`);
          Object.defineProperty(this, name, { value: assigned, writable: true, enumerable: true, configurable: true });
        },
      };
      Object.defineProperty(prototype, name, {
        get: Object.getOwnPropertyDescriptor(accessor, 'get')?.value,
        set: Object.getOwnPropertyDescriptor(accessor, 'set')?.value,
        enumerable: property.enumerable ?? false,
        configurable: false,
      });
    }
  };

  const seen = new Set<unknown>(boundary);
  const frozen: object[] = [];
  const visit = (value: unknown): void => {
    if (((typeof value !== 'object' || value === null) && typeof value !== 'function') || seen.has(value)) return;
    seen.add(value);
    const object = value as object;
    // What is inside of bytes cannot be frozen; instances of a module's classes may have to change themselves.
    if (ArrayBuffer.isView(object)) return;
    frozen.push(object);
    for (const key of Reflect.ownKeys(object)) {
      const property = Object.getOwnPropertyDescriptor(object, key);
      visit(property?.value);
      visit(property?.get);
      visit(property?.set);
    }
    visit(Object.getPrototypeOf(object));
  };
  const byPrototype = Object.getPrototypeOf;
  const generator = function* () {};
  const asyncGenerator = async function* () {};
  const hidden: unknown[] = [
    async () => {},
    generator,
    generator(),
    asyncGenerator,
    asyncGenerator(),
    byPrototype(Int8Array),
    byPrototype(''[Symbol.iterator]()),
    byPrototype(new Map()[Symbol.iterator]()),
    byPrototype(new Set()[Symbol.iterator]()),
    byPrototype(''.matchAll(/a/g)),
    byPrototype([][Symbol.iterator]()),
    byPrototype(new Intl.Segmenter().segment('')),
    byPrototype(new Intl.Segmenter().segment('')[Symbol.iterator]()),
  ];
  const helpers = (globalThis as { Iterator?: { from(of: unknown): { map(f: unknown): unknown } } }).Iterator;
  if (helpers) {
    hidden.push(byPrototype(helpers.from({ next() {} })), byPrototype(helpers.from([]).map(() => 0)));
  }
  // Before freezing, for freezing cannot be done in part: names that heirs assign.
  for (const value of [globalThis, ...hidden]) visit(value);
  // Instances among the shared modules' exports keep working: their classes and functions are frozen, not they.
  const isPlain = (value: object): boolean => {
    const prototype = Object.getPrototypeOf(value);
    return typeof value === 'function' || prototype === null || prototype === Object.prototype || Array.isArray(value);
  };
  const visitModule = (value: unknown): void => {
    if (((typeof value !== 'object' || value === null) && typeof value !== 'function') || seen.has(value)) return;
    if (!isPlain(value as object)) return;
    seen.add(value);
    frozen.push(value as object);
    for (const key of Reflect.ownKeys(value as object)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      const inner = property && 'value' in property ? property.value : property?.get?.call(value);
      if (key === 'prototype' && typeof inner === 'object' && inner !== null && !seen.has(inner)) {
        seen.add(inner);
        frozen.push(inner);
        for (const name of Reflect.ownKeys(inner)) visitModule(Object.getOwnPropertyDescriptor(inner, name)?.value);
      } else visitModule(inner);
    }
  };
  for (const module of modules) visitModule(module);
  for (const [prototype, names] of assignable) letHeirsAssign(prototype, names);
  for (const object of frozen) Object.freeze(object);
}
