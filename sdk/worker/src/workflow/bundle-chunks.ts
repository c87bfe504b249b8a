/**
 * The two parts of a bundle, made by esbuild: the user's modules, and the SDK with whatever else is loaded once.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, BuildResult, Metafile, OutputFile, Plugin, PluginBuild } from 'esbuild';
import type { Chunk } from './bundle-format.ts';
import { trimNames, trimRun } from './bundle-trim.ts';
import {
  allowedBuiltinModules,
  bareName,
  disallowedModules,
  moduleMatches,
  ownName,
  type Refused,
  refusal,
} from './module-rules.ts';

/** What a run's modules may share with those of others: it is evaluated before any run exists. */
const sharedPackages = ['@perdure/workflow', '@perdure/common', 'nexus-rpc'];

/** Modules that every bundle has, under the names by which the isolate asks for them. */
const sdkModules = [
  '@perdure/workflow',
  '@perdure/workflow/lib/worker-interface',
  '@perdure/workflow/lib/global-overrides',
];

const here = path.dirname(fileURLToPath(import.meta.url));

export type UserCode = {
  readonly workflowsPath: string;
  readonly interceptorModules: readonly string[];
  readonly payloadConverterPath?: string | undefined;
  readonly failureConverterPath?: string | undefined;
  readonly ignoreModules: readonly string[];
  readonly preloadModules: readonly string[];
  readonly change: (options: BuildOptions) => BuildOptions;
};

/** Loads what bundles when there is something to bundle. */
async function build(what: BuildOptions): Promise<BuildResult> {
  const esbuild = await import('esbuild');
  return await esbuild.build(what);
}

const options: BuildOptions = {
  bundle: true,
  write: false,
  format: 'cjs',
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  target: 'node22',
  // A dynamic import becomes a call of `require`, which refuses what is not in the bundle.
  supported: { 'dynamic-import': false },
  define: {
    'process.env.NODE_ENV': '"development"',
    global: 'globalThis',
    // As bundles of webpack have them: there are no files any more.
    __filename: '"/index.js"',
    __dirname: '"/"',
  },
  keepNames: true,
  // Whatever the project's settings: imports that are only used as types are none.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false, useDefineForClassFields: false } },
  metafile: true,
  logLevel: 'silent',
  charset: 'utf8',
};

/** Bundles the user's modules. Also says which shared modules they ask for. */
export async function bundleUserCode(user: UserCode): Promise<Chunk & { readonly shared: ReadonlySet<string> }> {
  const shared = new Set<string>();
  const rules = new ModuleRules(user.ignoreModules);
  const changed = user.change({
    ...options,
    stdin: { contents: entryOf(user), resolveDir: path.dirname(user.workflowsPath), sourcefile: 'workflow-entry.cjs' },
    sourcemap: 'external',
    outdir: path.dirname(user.workflowsPath),
  });
  const { outputFiles, metafile } = await build({
    ...changed,
    plugins: [sharing(shared, user.preloadModules), rules.plugin, ...(changed.plugins ?? [])],
  });
  rules.refuse(metafile);
  return { ...chunkOf(outputFiles, path.dirname(user.workflowsPath), trimRun), shared };
}

function entryOf({ workflowsPath, interceptorModules, payloadConverterPath, failureConverterPath }: UserCode): string {
  const load = (file: string) => `() => require(${JSON.stringify(file)})`;
  return [
    `exports.workflows = ${load(workflowsPath)};`,
    `exports.interceptors = [${[...new Set(interceptorModules)].map(load).join(', ')}];`,
    ...(payloadConverterPath ? [`exports.payloadConverter = ${load(payloadConverterPath)};`] : []),
    ...(failureConverterPath ? [`exports.failureConverter = ${load(failureConverterPath)};`] : []),
  ].join('\n');
}

const sdkChunks = new Map<string, Promise<Chunk>>();

/** Bundles what is shared: the SDK's modules, those that the user's code asks for, and those to be preloaded. */
export function bundleShared(
  asked: ReadonlySet<string>,
  user: Pick<UserCode, 'preloadModules' | 'ignoreModules'>,
): Promise<Chunk> {
  const names = [...new Set([...sdkModules, ...asked, ...user.preloadModules])].sort();
  if (user.preloadModules.length > 0) return buildShared(names, user.ignoreModules);
  const key = names.join('\n');
  const known = sdkChunks.get(key);
  if (known !== undefined) return known;
  const built = buildShared(names, user.ignoreModules);
  sdkChunks.set(key, built);
  built.catch(() => sdkChunks.delete(key));
  return built;
}

async function buildShared(names: readonly string[], ignoreModules: readonly string[]): Promise<Chunk> {
  const rules = new ModuleRules(ignoreModules);
  const contents = names.map((name) => `  ${JSON.stringify(name)}: require(${JSON.stringify(name)}),\n`).join('');
  const { outputFiles, metafile } = await build({
    ...options,
    stdin: { contents: `module.exports = {\n${contents}};`, resolveDir: here, sourcefile: 'shared-entry.cjs' },
    sourcemap: 'external',
    sourcesContent: false,
    outdir: here,
    plugins: [rules.plugin],
  });
  rules.refuse(metafile);
  return chunkOf(outputFiles, here, trimNames);
}

function chunkOf(files: readonly OutputFile[] | undefined, folder: string, trim: (code: string) => string): Chunk {
  const text = (extension: string) => files?.find((file) => file.path.endsWith(extension))?.text ?? '';
  return { code: trim(text('.js')), sourceMap: absolute(text('.map'), folder) };
}

/** Leaves out of a run's modules what all runs share; the isolate hands it over. */
function sharing(shared: Set<string>, preloadModules: readonly string[]): Plugin {
  return {
    name: 'shared',
    setup(on: PluginBuild) {
      on.onResolve({ filter: /^(@perdure\/|@temporalio\/|nexus-rpc$)/ }, async ({ path: specifier, kind }) => {
        const name = ownName(specifier);
        if (moduleMatches(name, disallowedModules)) return null;
        if (moduleMatches(name, sharedPackages)) {
          shared.add(name);
          return { path: name, external: true };
        }
        return name === specifier ? null : await on.resolve(name, { resolveDir: here, kind });
      });
      for (const file of preloadModules) shareFile(on, file);
    },
  };
}

/** Leaves a file out that is to be preloaded, by whatever name it is imported. */
function shareFile(on: PluginBuild, file: string): void {
  const name = path.basename(file).replace(/\.[^.]+$/, '');
  on.onResolve({ filter: new RegExp(escaped(name)) }, async ({ path: specifier, pluginData, kind, resolveDir }) => {
    if (pluginData === 'asked') return null;
    const asked = { kind, resolveDir, pluginData: 'asked' };
    const [found, preloaded] = await Promise.all([on.resolve(specifier, asked), on.resolve(file, asked)]);
    return found.path === preloaded.path ? { path: file, external: true } : null;
  });
}

/** Keeps modules out that workflow code must not use, and remembers who asked for them. */
class ModuleRules {
  private readonly found = new Map<string, Set<string>>();
  private readonly ignored: readonly string[];

  constructor(ignored: readonly string[]) {
    this.ignored = ignored;
  }

  readonly plugin: Plugin = {
    name: 'module-rules',
    setup: (on) => {
      const names = [...disallowedModules, ...allowedBuiltinModules, ...this.ignored];
      const filter = new RegExp(`^(node:)?(${names.map(escaped).join('|')})(/|$)`);
      on.onResolve({ filter }, ({ path: specifier, importer, pluginData }) => {
        if (pluginData === 'asked') return null;
        // It takes what it needs of files from whoever has them, and does without.
        if (/node_modules[\\/]protobufjs[\\/]src[\\/]util[\\/]fs\.js$/.test(importer))
          return { path: 'fs', namespace: 'null' };
        const name = bareName(specifier);
        if (moduleMatches(name, this.ignored)) return { path: name, namespace: 'empty' };
        if (moduleMatches(name, disallowedModules)) {
          this.found.set(name, (this.found.get(name) ?? new Set()).add(importer));
          return { path: name, namespace: 'empty' };
        }
        return allowedBuiltinModules.includes(name) ? { path: name, namespace: 'builtin' } : null;
      });
      on.onResolve({ filter: /^\.\/util\/fs$/ }, ({ importer }) =>
        /node_modules[\\/](protobufjs[\\/]src|@protobufjs[\\/]fetch)[\\/]/.test(importer)
          ? { path: 'fs', namespace: 'null' }
          : null,
      );
      on.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
      on.onLoad({ filter: /.*/, namespace: 'null' }, () => ({ contents: 'module.exports = null;' }));
      on.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path: name }) => ({ contents: builtins[name] ?? '' }));
    },
  };

  /** Throws if anything was asked for that must not be. */
  refuse(metafile: Metafile | undefined): void {
    if (this.found.size === 0) return;
    const refused: Refused[] = [...this.found].map(([module, importers]) => ({
      module,
      chain: chainTo([...importers][0] ?? '', metafile),
    }));
    throw refusal(refused);
  }
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The deterministic part of Node's modules. */
const builtins: Record<string, string> = {
  assert: 'module.exports = globalThis.assert;',
  url: 'module.exports = { URL, URLSearchParams };',
  util: 'module.exports = { TextEncoder, TextDecoder };',
};

/** The files from one that imports something up to the entry. */
function chainTo(importer: string, metafile: Metafile | undefined): string[] {
  const importers = new Map<string, string>();
  for (const [file, { imports }] of Object.entries(metafile?.inputs ?? {}))
    for (const { path: imported } of imports) if (!importers.has(imported)) importers.set(imported, file);
  const chain: string[] = [];
  for (let file: string | undefined = path.relative(process.cwd(), importer); file; file = importers.get(file)) {
    if (chain.includes(file) || /(workflow|shared)-entry\.cjs$/.test(file)) break;
    chain.push(file);
  }
  return chain;
}

/** The files of a source map by their whole paths. */
function absolute(sourceMap: string, folder: string): string {
  const map = JSON.parse(sourceMap);
  map.sources = map.sources.map((source: string) => path.resolve(folder, source));
  return JSON.stringify(map);
}
