/**
 * What a context has besides JavaScript's own: classes of the web that need no outside world, and `console`.
 *
 * Classes of the host are handed over as subclasses made in the context, so that freezing the context freezes nothing
 * that the rest of the process uses.
 */
import assert from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import vm from 'node:vm';
import type { Current } from './current.ts';

const { AssertionError } = assert;
const hosts = { AssertionError, URL, URLSearchParams, TextEncoder, TextDecoder, AbortController, AsyncLocalStorage };

/** Objects of the host that can be reached from the context; they are not the context's to freeze. */
export function hostObjects(): object[] {
  return Object.values(hosts).flatMap((host) => [host, host.prototype]);
}

export function addGlobals(context: typeof globalThis, current: Current): void {
  const makeGlobals = vm.runInContext(`(${globalsOfContext})`, context) as typeof globalsOfContext;
  makeGlobals(hosts, assert, (level, args) => log(current, level, args), {
    push: (destructor) => current.maybeGetActivator?.()?.workflowSandboxDestructors.push(destructor),
  });
}

type Level = 'log' | 'warn' | 'error' | 'info' | 'debug';

/** Lines of code that is replayed were written before. */
function log({ maybeGetActivator }: Current, level: Level, args: unknown[]): void {
  const info = maybeGetActivator?.()?.info;
  if (info?.unsafe.isReplayingHistoryEvents) return;
  console[level](info ? `[${info.workflowType}(${info.workflowId})]` : '[not in workflow context]', ...args);
}

/** Evaluated in the context: it may use nothing but what it is given. */
function globalsOfContext(
  host: typeof hosts,
  hostAssert: typeof assert,
  log: (level: Level, args: unknown[]) => void,
  destructors: { readonly push: (destructor: () => void) => void },
): void {
  const define = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
  define('URL', class URL extends host.URL {});
  define('URLSearchParams', class URLSearchParams extends host.URLSearchParams {});
  define('AbortController', class AbortController extends host.AbortController {});
  define('TextDecoder', class TextDecoder extends host.TextDecoder {});
  define(
    'TextEncoder',
    class TextEncoder extends host.TextEncoder {
      override encode(text?: string): Uint8Array<ArrayBuffer> {
        return new Uint8Array(super.encode(text));
      }
    },
  );
  define(
    'AsyncLocalStorage',
    class AsyncLocalStorage extends host.AsyncLocalStorage<unknown> {
      constructor() {
        super();
        destructors.push(() => this.disable());
      }
    },
  );
  const levels: readonly Level[] = ['log', 'warn', 'error', 'info', 'debug'];
  define('console', Object.fromEntries(levels.map((level) => [level, (...args: unknown[]) => log(level, args)])));
  const check = hostAssert as unknown as Record<string, (...args: unknown[]) => unknown>;
  const wrapped = (...args: unknown[]) => (hostAssert as unknown as (...args: unknown[]) => void)(...args);
  const functions = Object.keys(check).filter((name) => /^[a-z]/.test(name) && typeof check[name] === 'function');
  for (const name of functions) Object.assign(wrapped, { [name]: (...args: unknown[]) => check[name]?.(...args) });
  Object.assign(wrapped, {
    strict: wrapped,
    // What is thrown is of the host's class.
    AssertionError: class AssertionError extends host.AssertionError {
      static override [Symbol.hasInstance](value: unknown): boolean {
        return value instanceof host.AssertionError;
      }
    },
  });
  define('assert', wrapped);
  const symbols: [string, string][] = [
    ['dispose', 'nodejs.dispose'],
    ['asyncDispose', 'nodejs.asyncDispose'],
  ];
  for (const [name, key] of symbols)
    if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol.for(key) });
}
