/**
 * Has the examples (and the crash test, which runs one) use the official SDK wherever their sources name ours: `node --import ./scripts/with-official-sdk.ts …`.
 * Code that was written for `@perdure/*` so runs with `@temporalio/*`, unchanged: its workflows are bundled by the
 * official bundler, and skipped time comes from our own test server.
 */
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';

const ours = /^@perdure\/(?=(?:activity|client|common|proto|testing|worker|workflow)(?:\/|$))/;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isGuest = /\/(examples|conformance\/crash)\//.test(context.parentURL ?? '');
    return nextResolve(isGuest ? specifier.replace(ours, '@temporalio/') : specifier, context);
  },
});

const require = createRequire(import.meta.url);
const { Worker } = require('@temporalio/worker') as typeof import('@temporalio/worker');
const { TestWorkflowEnvironment } = require('@temporalio/testing') as typeof import('@temporalio/testing');

/** What our names stand for inside a bundle. */
const alias = Object.fromEntries(['common', 'workflow'].map((name) => [`@perdure/${name}`, `@temporalio/${name}`]));

const create = Worker.create.bind(Worker);
Worker.create = (options) =>
  create({
    ...options,
    bundlerOptions: {
      ...options.bundlerOptions,
      webpackConfigHook: (config) => ({
        ...config,
        resolve: { ...config.resolve, alias: { ...config.resolve?.alias, ...alias } },
      }),
    },
  });

const executable = {
  type: 'existing-path',
  path: path.join(import.meta.dirname, '..', 'cli/bin/perdure.js'),
} as const;
const createTimeSkipping = TestWorkflowEnvironment.createTimeSkipping.bind(TestWorkflowEnvironment);
TestWorkflowEnvironment.createTimeSkipping = (options) =>
  createTimeSkipping({ ...options, server: { executable, ...options?.server } });
