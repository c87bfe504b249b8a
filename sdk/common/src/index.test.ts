import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const src = import.meta.dirname;
const imports = /^(?:import|export)\s(?!type\b)(?:[^'";]*?\sfrom\s)?'(?<from>[^']+)'/gm;

/** Everything that evaluating a module evaluates, as the modules of this package name it. */
function evaluated(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { groups } of readFileSync(path.join(src, file), 'utf8').matchAll(imports)) {
    const from = groups?.['from'] ?? '';
    if (from.startsWith('.')) evaluated(path.join(path.dirname(file), from), seen);
    else seen.add(from);
  }
  return seen;
}

const forWorkflows = [
  'index.ts',
  'converter/payload-search-attributes.ts',
  'encoding.ts',
  'interceptors.ts',
  'internal-workflow.ts',
  'reserved.ts',
  'time.ts',
  'user-metadata.ts',
  'versioning-intent-enum.ts',
];

for (const file of forWorkflows) {
  test(`${file} brings neither messages nor Node into a Workflow’s bundle`, () => {
    const packages = [...evaluated(file)].filter((name) => !name.endsWith('.ts'));
    assert.deepEqual(
      packages.filter((name) => !['long', 'ms', 'nexus-rpc'].includes(name)),
      [],
    );
  });
}

test('what must not be evaluated there is found to do so', () => {
  assert.ok(evaluated('internal-non-workflow.ts').has('@perdure/proto'));
  assert.ok(evaluated('protobufs.ts').has('protobufjs/light.js'));
});

test('sub paths that the official package divides further lead to the whole', async () => {
  const { makeProtoEnumConverters } = await import('@perdure/common/lib/internal-workflow/enums-helpers');
  const { encodeUserMetadata } = await import('@perdure/common/lib/internal-non-workflow/codec-helpers');
  assert.deepEqual([typeof makeProtoEnumConverters, typeof encodeUserMetadata], ['function', 'function']);
});
