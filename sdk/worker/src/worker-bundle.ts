/** The workflow code that a worker is given: in memory, in a file, or to be bundled. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@perdure/common';
import type { CompiledWorkerOptions } from './compile-options.ts';
import { isCodeBundleOption, isPathBundleOption } from './worker-option-types.ts';
import { WorkflowCodeBundler } from './workflow/bundler.ts';

export interface LoadedBundle {
  readonly code: string;
  readonly sourceMap: string;
  /** What its code is called in stack traces and debuggers. */
  readonly filename: string;
}

/** Undefined for a worker without workflows. */
export async function loadBundle(options: CompiledWorkerOptions, logger: Logger): Promise<LoadedBundle | undefined> {
  const { workflowBundle, workflowsPath } = options;
  if (workflowBundle) {
    warnOfIgnored(options, logger);
    if (isCodeBundleOption(workflowBundle)) return bundleOf(workflowBundle.code);
    if (isPathBundleOption(workflowBundle))
      return bundleOf(await readFile(workflowBundle.codePath, 'utf8'), workflowBundle.codePath);
    throw new TypeError('Invalid WorkflowOptions.workflowBundle');
  }
  if (!workflowsPath) return undefined;
  const { dataConverter, bundlerOptions, interceptors, plugins } = options;
  const bundler = new WorkflowCodeBundler({
    logger,
    workflowsPath,
    workflowInterceptorModules: interceptors.workflowModules,
    ...withoutUndefined({
      failureConverterPath: dataConverter?.failureConverterPath,
      payloadConverterPath: dataConverter?.payloadConverterPath,
      ignoreModules: bundlerOptions?.ignoreModules,
      preloadModules: bundlerOptions?.preloadModules,
      webpackConfigHook: bundlerOptions?.webpackConfigHook,
      plugins,
    }),
  });
  const { code } = await bundler.createBundle();
  return bundleOf(code);
}

const bundleOf = (code: string, file = 'workflow-bundle.js'): LoadedBundle => ({
  code,
  sourceMap: '',
  // Debuggers take relative names for parts of Node.
  filename: path.resolve(file),
});

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const withoutUndefined = <T extends object>(options: T): Given<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;

function warnOfIgnored({ workflowsPath, bundlerOptions, interceptors }: CompiledWorkerOptions, logger: Logger): void {
  const ignored = 'because WorkerOptions.workflowBundle is set';
  if (workflowsPath) logger.warn(`Ignoring WorkerOptions.workflowsPath ${ignored}`);
  if (bundlerOptions) logger.warn(`Ignoring WorkerOptions.bundlerOptions ${ignored}`);
  if (interceptors.workflowModules.length > 0)
    logger.warn(
      `Ignoring WorkerOptions.interceptors.workflowModules ${ignored}.\n` +
        'To use workflow interceptors with a workflowBundle, pass them in the call to bundleWorkflowCode.',
    );
}
