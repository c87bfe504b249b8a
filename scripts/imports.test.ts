import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cycles, importFault, importsOf } from './imports.ts';

const faults = (file: string, text: string) => importsOf(file, text).flatMap((each) => importFault(file, each) ?? []);

describe('reading imports', () => {
  test('finds every way of reaching another file', () => {
    const text = `
      import { a } from './a.ts';
      import type { B } from './b.ts';
      import { type C } from './c.ts';
      export * from './d.ts';
      export type { E } from './e.ts';
      type F = import('./f.ts').F;
      const g = import('./g.ts');
      const h = new Worker(new URL('./h.ts', import.meta.url));
      import './i.ts';
      const site = new URL('http://127.0.0.1', base);`;
    assert.deepEqual(
      importsOf('x.ts', text).map(({ specifier, typeOnly }) => `${specifier}${typeOnly ? ' type' : ''}`),
      ['./a.ts', './b.ts type', './c.ts type', './d.ts', './e.ts type', './f.ts type', './g.ts', './h.ts', './i.ts'],
    );
  });
});

describe('the gate for imports', () => {
  const cases: readonly [does: string, file: string, text: string, fault: RegExp | undefined][] = [
    ['lets the engine import the kernel', 'server/src/engine/x.ts', "import '../kernel/ids.ts'", undefined],
    [
      'refuses storage in the engine',
      'server/src/engine/x.ts',
      "import '../storage/contract.ts'",
      /must not import server\/src\/storage/,
    ],
    [
      'refuses it even as a type',
      'server/src/engine/x.ts',
      "import type { S } from '../storage/contract.ts'",
      /knows neither disk/,
    ],
    [
      'lets validation have the engine’s types',
      'server/src/validation/x.ts',
      "import type { S } from '../engine/s.ts'",
      undefined,
    ],
    [
      'refuses the engine itself in validation',
      'server/src/validation/x.ts',
      "import { S } from '../engine/s.ts'",
      /except as types/,
    ],
    [
      'lets a handler name an engine request',
      'server/src/rpc/handlers/x.ts',
      "import '../../engine/workflow/close.ts'",
      undefined,
    ],
    [
      'refuses running a transition in a handler',
      'server/src/rpc/handlers/x.ts',
      "import '../../engine/workflow/conclude.ts'",
      /one transition, one commit/,
    ],
    [
      'refuses the disk in a handler',
      'server/src/rpc/handlers/x.ts',
      "import '../../storage/sqlite/open.ts'",
      /never reads the disk/,
    ],
    [
      'refuses handlers in a transport',
      'server/src/rpc/transport/x.ts',
      "import '../handlers/x.ts'",
      /a transport carries/,
    ],
    [
      'refuses one driver in another',
      'server/src/storage/sqlite/x.ts',
      "import '../memory/x.ts'",
      /knows no other driver/,
    ],
    [
      'lets the composition root import all of the server',
      'server/src/server.ts',
      "import './storage/sqlite/x.ts'",
      undefined,
    ],
    ['lets a test set up what it needs', 'server/src/engine/x.test.ts', "import '../host/x.ts'", undefined],
    ['lets the command line import the server', 'cli/src/main.ts', "import '@perdure/server'", undefined],
    ['refuses the command line in the server', 'server/src/server.ts', "import 'perdure'", /must not import cli/],
    [
      'refuses a way around a package’s entry',
      'conformance/x.test.ts',
      "import '../server/src/server.ts'",
      /through their public entries/,
    ],
    [
      'refuses the official SDK in the server',
      'server/src/host/x.ts',
      "import '@temporalio/common'",
      /a guest, never a part/,
    ],
    [
      'refuses the gRPC library in the server',
      'server/src/rpc/transport/grpc.ts',
      "import '@grpc/grpc-js'",
      /only the other side in tests/,
    ],
    ['refuses SQLite outside its driver', 'server/src/host/x.ts', "import 'node:sqlite'", /belongs to its driver/],
    ['refuses a folder that the table does not know', 'elsewhere/x.ts', "import './y.ts'", /does not know/],
  ];
  for (const [does, file, text, fault] of cases) {
    test(does, () => {
      const found = faults(file, text);
      assert.equal(found.length, fault ? 1 : 0, found.join('\n'));
      if (fault) assert.match(found[0] ?? '', fault);
    });
  }

  test('finds a cycle and names the files on it', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', []],
    ]);
    assert.deepEqual(cycles(graph), [['a', 'b', 'c']]);
  });

  test('finds no cycle where two ways lead to one file', () => {
    const graph = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
    ]);
    assert.deepEqual(cycles(graph), []);
  });
});
