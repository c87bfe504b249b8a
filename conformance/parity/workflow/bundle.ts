/** The same workflow code in two bundles: over the official package, and over ours. */
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

export type Side = 'official' | 'perdure';

const at = (url: URL) => fileURLToPath(url);
const HERE = at(new URL('.', import.meta.url));
export const SOURCES = [
  new URL('./workflows.ts', import.meta.url),
  new URL('../../sdk/workflows.ts', import.meta.url),
].map(at);
export const INTERCEPTORS = at(new URL('./workflow-interceptors.ts', import.meta.url));
export const CONVERTERS = at(new URL('./converters.ts', import.meta.url));

const quoted = JSON.stringify;

/** What a worker's bundler would generate. The official API looks for its modules on a global, ours is handed them. */
const entries: Record<Side, string> = {
  official: `
    const api = require('@temporalio/workflow/lib/worker-interface');
    require('@temporalio/workflow/lib/global-overrides').overrideGlobals();
    globalThis.__TEMPORAL__ = {
      api,
      importWorkflows: () => Object.assign({}, ${SOURCES.map((file) => `require(${quoted(file)})`).join(', ')}),
      importInterceptors: () => globalThis.intercepted ? [require(${quoted(INTERCEPTORS)})] : [],
    };
    globalThis.isolate = { api, current: () => globalThis.__TEMPORAL_ACTIVATOR__, begin: (options) => api.initRuntime(options) };
  `,
  perdure: `
    const api = require('@temporalio/workflow/lib/worker-interface');
    require('@temporalio/workflow/lib/global-overrides').overrideGlobals();
    const modules = {
      workflows: () => Object.assign({}, ${SOURCES.map((file) => `require(${quoted(file)})`).join(', ')}),
      interceptors: () => globalThis.intercepted ? [require(${quoted(INTERCEPTORS)})] : [],
    };
    globalThis.isolate = { api, current: api.maybeGetActivator, begin: (options) => api.initRuntime(options, { ...modules, ...(globalThis.converted ? require(${quoted(CONVERTERS)}) : {}) }) };
  `,
};

/** Code that imports the official packages gets ours. */
const toOurs: Plugin = {
  name: 'perdure',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^@temporalio\// }, ({ path, ...at }) => {
      return resolve(path.replace('@temporalio/', '@perdure/'), { kind: at.kind, resolveDir: at.resolveDir });
    });
  },
};

/** The modules in which the official bundler puts the user's converters. */
const converters: Plugin = {
  name: 'converters',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^__temporal_custom_/ }, ({ path }) => ({ path, namespace: 'converters' }));
    onLoad({ filter: /.*/, namespace: 'converters' }, () => ({
      contents: `module.exports = globalThis.converted ? require(${quoted(CONVERTERS)}) : {};`,
      resolveDir: HERE,
    }));
  },
};

export async function bundle(side: Side): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entries[side], resolveDir: HERE, loader: 'js' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'node22',
    plugins: [converters, ...(side === 'perdure' ? [toOurs] : [])],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
