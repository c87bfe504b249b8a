/**
 * Has the examples (and the crash test, which runs one) use the official SDK wherever their sources name ours: `node --import ./scripts/with-official-sdk.ts …`.
 * Code that was written for `@perdure/*` so runs with `@temporalio/*`, unchanged: its workflows are bundled by the
 * official bundler, and skipped time comes from our own test server.
 */
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import type { BundleOptions } from '@temporalio/worker';

const ours = /^@perdure\/(?=(?:activity|client|common|proto|testing|worker|workflow)(?:\/|$))/;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isGuest = /\/(examples|conformance\/crash)\//.test(context.parentURL ?? '');
    return nextResolve(isGuest ? specifier.replace(ours, '@temporalio/') : specifier, context);
  },
});

const require = createRequire(import.meta.url);
const { WorkflowCodeBundler } =
  require('@temporalio/worker/lib/workflow/bundler') as typeof import('@temporalio/worker/lib/workflow/bundler.js');
const { TestWorkflowEnvironment } = require('@temporalio/testing') as typeof import('@temporalio/testing');

/** What our names stand for inside a bundle. */
const alias = Object.fromEntries(['common', 'workflow'].map((name) => [`@perdure/${name}`, `@temporalio/${name}`]));

type Bundler = { webpackConfigHook: NonNullable<BundleOptions['webpackConfigHook']> };

const { createBundle } = WorkflowCodeBundler.prototype;
WorkflowCodeBundler.prototype.createBundle = function (this: InstanceType<typeof WorkflowCodeBundler>) {
  const bundler = this as unknown as Bundler;
  const { webpackConfigHook } = bundler;
  bundler.webpackConfigHook = (given) => {
    const config = webpackConfigHook(given);
    return { ...config, resolve: { ...config.resolve, alias: { ...config.resolve?.alias, ...alias } } };
  };
  return createBundle.call(this);
};

const executable = {
  type: 'existing-path',
  path: path.join(import.meta.dirname, '..', 'cli/bin/perdure.js'),
} as const;
const createTimeSkipping = TestWorkflowEnvironment.createTimeSkipping.bind(TestWorkflowEnvironment);
TestWorkflowEnvironment.createTimeSkipping = (options) =>
  createTimeSkipping({ ...options, server: { executable, ...options?.server } });
