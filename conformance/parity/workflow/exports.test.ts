import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';

const require = createRequire(import.meta.url);

/** The modules of the package that others import, with what they export there and do not here, and why. */
const subPaths: readonly { readonly path: string; readonly without?: readonly string[] }[] = [
  { path: 'activities' },
  { path: 'alea' },
  { path: 'cancellation-scope', without: ['registerSleepImplementation'] },
  { path: 'current-random' },
  { path: 'errors' },
  { path: 'event-groups' },
  { path: 'flags' },
  { path: 'global-attributes' },
  { path: 'global-overrides' },
  { path: 'interceptor-composition' },
  { path: 'interceptors' },
  { path: 'interfaces' },
  { path: 'internals' },
  { path: 'logs' },
  { path: 'metrics' },
  { path: 'nexus' },
  { path: 'random-helpers' },
  { path: 'random-stream-seed' },
  { path: 'random-streams' },
  { path: 'sha1' },
  { path: 'sinks' },
  { path: 'stack-helpers' },
  { path: 'trigger' },
  { path: 'update-scope' },
  { path: 'worker-interface', without: ['destroy'] },
  { path: 'workflow' },
];

describe('the package exports what the official one does', () => {
  test('by its name', async () => {
    const official: Record<string, unknown> = require('@temporalio/workflow');
    const perdure: Record<string, unknown> = await import('@perdure/workflow');
    const missing = Object.keys(official).filter((name) => !(name in perdure));
    const more = Object.keys(perdure).filter((name) => !(name in official));
    assert.deepEqual({ missing, more }, { missing: [], more: [] });
    for (const [name, value] of Object.entries(official)) assert.equal(typeof perdure[name], typeof value, name);
  });

  for (const { path, without = [] } of subPaths) {
    test(`as lib/${path}`, async () => {
      // The official module looks for what the bundler would put there only when it is called.
      const official: Record<string, unknown> = require(`@temporalio/workflow/lib/${path}`);
      const perdure: Record<string, unknown> = await import(`@perdure/workflow/lib/${path}`);
      const missing = Object.keys(official).filter((name) => !(name in perdure));
      assert.deepEqual(missing, [...without]);
    });
  }

  test('enumerations have the same members', async () => {
    const official: Record<string, unknown> = require('@temporalio/workflow');
    const perdure: Record<string, unknown> = await import('@perdure/workflow');
    for (const [name, value] of Object.entries(official)) {
      if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
        assert.deepEqual(Object.keys(perdure[name] as object).sort(), Object.keys(value).sort(), name);
    }
  });
});
