import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@perdure/common';
import type { BuildOptions } from 'esbuild';
import { bundleShared, bundleUserCode } from './bundle-chunks.ts';
import { composeBundle } from './bundle-format.ts';
import { moduleMatches } from './module-rules.ts';

export { allowedBuiltinModules, disallowedBuiltinModules, disallowedModules, moduleMatches } from './module-rules.ts';

/**
 * Interceptors that once had to be given for Workflows to log.
 * @deprecated Workflows log by themselves.
 */
export const defaultWorkflowInterceptorModules: string[] = [
  fileURLToPath(new URL(`../workflow-log-interceptor${path.extname(import.meta.url)}`, import.meta.url)),
];

export interface WorkflowBundleWithSourceMap {
  /**
   * The source map stands in the code. This says nothing.
   * @deprecated
   */
  sourceMap: string;
  code: string;
}

/**
 * A plugin that changes how Workflow code is bundled.
 * @experimental
 */
export interface BundlerPlugin {
  /** The name of the plugin. */
  get name(): string;
  /** Called before bundling; returns the options to be used. */
  configureBundler?(options: BundleOptions): BundleOptions;
}

/** How Workflow code is bundled. */
export interface BundleOptions {
  /** A file, or a folder with an index. Every function that it exports is a Workflow. */
  workflowsPath: string;
  /** Modules that export `interceptors`, a function that returns a Workflow's interceptors. None by default. */
  workflowInterceptorModules?: string[];
  /** Told of the bundle's size. Nothing is logged without it. */
  logger?: Logger;
  /** A module that exports `payloadConverter`. */
  payloadConverterPath?: string;
  /** A module that exports `failureConverter`. */
  failureConverterPath?: string;
  /**
   * Modules that are left out: importing one gives an empty object. For what is imported somewhere but never used by
   * Workflow code.
   */
  ignoreModules?: string[];
  /**
   * Modules that are loaded once and shared by all Workflow Executions, before there are any. They are frozen, but what
   * they keep in closures, maps and sets would leak from one Workflow Execution to another: only for modules that keep
   * nothing.
   */
  preloadModules?: string[];
  /** Not supported, and refused: code is bundled with esbuild, not with webpack. Use `esbuildOptionsHook`. */
  webpackConfigHook?: (config: never) => unknown;
  /** Changes the options that esbuild is called with for the Workflow code. */
  esbuildOptionsHook?: (options: BuildOptions) => BuildOptions;
  plugins?: BundlerPlugin[];
}

/** Bundles Workflow code. {@link bundleWorkflowCode} is the short form. */
export class WorkflowCodeBundler {
  readonly workflowsPath: string;
  readonly workflowInterceptorModules: string[];
  private readonly options: BundleOptions;

  constructor(options: BundleOptions) {
    const configured = (options.plugins ?? []).reduce(
      (given, plugin) => plugin.configureBundler?.(given) ?? given,
      options,
    );
    refuseWhatCannotBe(configured);
    this.options = configured;
    this.workflowsPath = configured.workflowsPath;
    this.workflowInterceptorModules = configured.workflowInterceptorModules ?? [];
  }

  /** Bundles. Rejects if a module cannot be found or parsed, or must not be used in Workflows. */
  async createBundle(): Promise<WorkflowBundleWithSourceMap> {
    const { options } = this;
    const user = {
      workflowsPath: path.resolve(options.workflowsPath),
      interceptorModules: this.workflowInterceptorModules,
      payloadConverterPath: options.payloadConverterPath,
      failureConverterPath: options.failureConverterPath,
      ignoreModules: options.ignoreModules ?? [],
      preloadModules: [...new Set(options.preloadModules ?? [])],
      change: options.esbuildOptionsHook ?? ((unchanged: BuildOptions) => unchanged),
    };
    statSync(user.workflowsPath, { throwIfNoEntry: true });
    // Most code asks for no more of the SDK than what every bundle has: its part is begun without waiting for that.
    const usual = bundleShared(usuallyAsked, user);
    const [run] = await Promise.all([bundleUserCode(user), usual]);
    const isUsual = [...run.shared].every((name) => usuallyAsked.has(name));
    const code = composeBundle(run, await (isUsual ? usual : bundleShared(run.shared, user)));
    options.logger?.info('Workflow bundle created', { size: `${(code.length / 1024 / 1024).toFixed(2)}MB` });
    return { sourceMap: 'deprecated: the source map stands in the code\n', code };
  }
}

const usuallyAsked: ReadonlySet<string> = new Set(['@perdure/workflow', '@perdure/common']);

function refuseWhatCannotBe({ webpackConfigHook, preloadModules, ignoreModules }: BundleOptions): void {
  if (webpackConfigHook !== undefined) {
    throw new TypeError(
      "'webpackConfigHook' is not supported: Workflow code is bundled with esbuild. Use 'esbuildOptionsHook' to change its options.",
    );
  }
  const both = [...new Set(preloadModules ?? [])].filter((module) => moduleMatches(module, ignoreModules ?? []));
  if (both.length > 0)
    throw new Error(`Cannot preload modules that are also ignored: ${both.map((module) => `'${module}'`).join(', ')}`);
}

/**
 * Bundles Workflow code for `WorkerOptions.workflowBundle`, so that a worker need not do it when it starts. Takes some
 * 100 ms. Rejects if the code cannot be bundled, or imports what must not be used in Workflows.
 *
 * Where the code, or a library that it uses, imports `@temporalio/workflow` or `@temporalio/common`, it gets this SDK's.
 */
export async function bundleWorkflowCode(options: BundleOptions): Promise<WorkflowBundleWithSourceMap> {
  return await new WorkflowCodeBundler(options).createBundle();
}
