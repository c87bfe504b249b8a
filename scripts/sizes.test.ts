import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lineCount, sizeFaults } from './sizes.ts';

describe('the gate for sizes', () => {
  test('counts lines whether or not the last one is ended', () => {
    assert.equal(lineCount('a\nb\n'), 2);
    assert.equal(lineCount('a\nb'), 2);
  });

  const cases = [
    { does: 'accepts a file of 400 lines', lines: 400, allowed: undefined, fault: undefined },
    { does: 'refuses a file of 401 lines', lines: 401, allowed: undefined, fault: /401 lines, over 400/ },
    { does: 'accepts a listed file at its number', lines: 450, allowed: 450, fault: undefined },
    { does: 'refuses a listed file over its number', lines: 451, allowed: 450, fault: /451 lines, over 450/ },
    { does: 'wants a lower number for a file that got shorter', lines: 449, allowed: 450, fault: /down to 449/ },
    { does: 'wants an exception gone that is not needed', lines: 300, allowed: 450, fault: /needs no exception/ },
  ];
  for (const { does, lines, allowed, fault } of cases) {
    test(does, () => {
      const faults = sizeFaults(new Map([['server/src/x.ts', lines]]), allowed ? { 'server/src/x.ts': allowed } : {});
      assert.equal(faults.length, fault ? 1 : 0);
      if (fault) assert.match(faults[0]?.message ?? '', fault);
    });
  }

  test('wants an exception gone whose file is gone', () => {
    assert.match(sizeFaults(new Map(), { 'server/src/gone.ts': 500 })[0]?.message ?? '', /needs no exception/);
  });
});
