/**
 * Freezing a context that runs share, so that no run can leave anything behind in it for another to find.
 *
 * Intrinsics: everything that can be reached from the global object, and what only syntax reaches. A frozen prototype
 * brings the "override mistake": `error.name = 'X'` would throw, since a property that is inherited and cannot be
 * written cannot be assigned to on the heir. The properties of prototypes that code assigns to on heirs become
 * accessors, whose setter makes the heir a property of its own.
 */
import vm from 'node:vm';
import type { Current } from './current.ts';
import { hostObjects } from './globals.ts';

/** Freezes a context's intrinsics, and the modules that its runs share. */
export function freezeContext(context: typeof globalThis, modules: Readonly<Record<string, unknown>>): void {
  const within = <T extends (...args: never[]) => unknown>(fn: T) => vm.runInContext(`(${fn})`, context) as T;
  const reached = new Set<unknown>(hostObjects());
  const found = within(reachIntrinsics)(within(hiddenIntrinsics)(), reached);
  const modulesFound = within(reachModules)(Object.values(modules), reached);
  within(letHeirsAssign)(within(assignableOnHeirs)());
  for (const object of [...found, ...modulesFound]) Object.freeze(object);
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

/* What follows is evaluated in the context: it may use nothing but what it is given. */

/**
 * The prototypes, and which of their properties code assigns to on heirs. No more than that: a call through an accessor
 * costs more than one through a property.
 */
function assignableOnHeirs(): (readonly [prototype: object, names: 'all' | string[]])[] {
  const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError];
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  return [
    [Object.prototype, 'all'],
    [Function.prototype, ['constructor', 'name', 'length', 'toString']],
    [Array.prototype, ['toString']],
    [iterator, ['constructor', 'next', 'return', 'throw']],
    ...errors.map((type): [object, string[]] => [type.prototype, ['constructor', 'name', 'message', 'toString']]),
  ];
}

/** Turns properties into accessors that give each heir which is assigned to a property of its own. */
function letHeirsAssign(prototypes: readonly (readonly [prototype: object, names: 'all' | string[]])[]): void {
  for (const [prototype, names] of prototypes) {
    for (const name of names === 'all' ? Object.getOwnPropertyNames(prototype) : names) {
      const property = Object.getOwnPropertyDescriptor(prototype, name);
      if (!property?.configurable || !('value' in property)) continue;
      const { value, enumerable = false } = property;
      const accessor = {
        get: () => value,
        set(this: object, assigned: unknown) {
          if (this === prototype)
            throw new TypeError(`Cannot assign to read only property '${name}' of object '${prototype}'`);
          Object.defineProperty(this, name, { value: assigned, writable: true, enumerable: true, configurable: true });
        },
      };
      Object.defineProperty(prototype, name, { ...accessor, enumerable, configurable: false });
    }
  }
}

/** Objects of the language that have no name, by their likes. */
function hiddenIntrinsics(): unknown[] {
  const generator = function* () {};
  const asyncGenerator = async function* () {};
  const segments = new Intl.Segmenter().segment('');
  const iterators = [''[Symbol.iterator](), new Map().keys(), new Set().keys(), ''.matchAll(/a/g), [].keys()];
  const { Iterator } = globalThis as { Iterator?: { from(of: unknown): { map(f: unknown): unknown } } };
  if (Iterator) iterators.push(...([Iterator.from({ next() {} }), Iterator.from([]).map(() => 0)] as never[]));
  return [
    async () => {},
    generator,
    generator(),
    asyncGenerator,
    asyncGenerator(),
    ...[Int8Array, segments, segments[Symbol.iterator](), ...iterators].map(Object.getPrototypeOf),
  ];
}

/** Everything that can be reached from the global object, apart from what was reached before. */
function reachIntrinsics(hidden: readonly unknown[], reached: Set<unknown>): object[] {
  const found: object[] = [];
  const visit = (value: unknown): void => {
    if (((typeof value !== 'object' || value === null) && typeof value !== 'function') || reached.has(value)) return;
    reached.add(value);
    // What is inside of bytes cannot be frozen.
    if (ArrayBuffer.isView(value)) return;
    found.push(value);
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      for (const part of [property?.value, property?.get, property?.set]) visit(part);
    }
    visit(Object.getPrototypeOf(value));
  };
  for (const value of [globalThis, ...hidden]) visit(value);
  return found;
}

/**
 * The modules' exports and what they hold: functions, classes with their prototypes, plain objects. Instances are left
 * alone, because they may have to change themselves.
 */
function reachModules(modules: readonly unknown[], reached: Set<unknown>): object[] {
  const found: object[] = [];
  const isInstance = (value: object) => {
    const prototype = Object.getPrototypeOf(value);
    return typeof value !== 'function' && prototype !== null && prototype !== Object.prototype && !Array.isArray(value);
  };
  const visit = (value: unknown, isPrototype = false): void => {
    if (((typeof value !== 'object' || value === null) && typeof value !== 'function') || reached.has(value)) return;
    if (!isPrototype && isInstance(value)) return;
    reached.add(value);
    found.push(value);
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      // Modules export by getters, which belong to nobody; those of classes need an instance.
      if (property?.get && !isPrototype && typeof value !== 'function') visit(property.get.call(value));
      else for (const part of [property?.value, property?.get, property?.set]) visit(part, key === 'prototype');
    }
  };
  for (const module of modules) visit(module);
  return found;
}
