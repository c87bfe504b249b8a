import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readDynamicConfig, settingNames } from './kernel/dynamic-config.ts';
import { defaultLimits, type Limits } from './kernel/limits.ts';

const document = readFileSync(new URL('../SETTINGS.md', import.meta.url), 'utf8');
const rows = [...document.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, name = '', value = '']) => [name, value]);

describe('the document of settings', () => {
  test('names all that there are, and no others', () => {
    const named = [...document.matchAll(/`([a-z]+\.[A-Za-z.]+)`/g)].map(([, name]) => name);
    const known = settingNames().filter((name) => !name.startsWith('component.callbacks.'));
    assert.deepEqual([...new Set(named)].sort(), known.sort());
  });

  for (const [name = '', value = ''] of rows)
    test(`has the default of ${name}`, () => {
      const none = name === 'callback.allowedAddresses' ? [] : 0;
      const json = /^\d+[smh]$/.test(value) ? value : value === 'none' ? none : JSON.parse(value);
      const { limits } = readDynamicConfig([[name, json]]);
      for (const [limit, read] of Object.entries(limits)) assert.deepEqual(read, defaultLimits[limit as keyof Limits]);
    });
});
