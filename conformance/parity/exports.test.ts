import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { compilerObjections, listedAbsences, type Objections, packages, runtimeFaults, typeFaults } from './exports.ts';

const absent = listedAbsences();

describe('at run time', () => {
  for (const name of packages) {
    test(`@perdure/${name} exports what @temporalio/${name} does`, async () => {
      const names = async (scope: string) => Object.keys((await import(`${scope}/${name}`)) as object).filter(isName);
      const faults = runtimeFaults(await names('@temporalio'), await names('@perdure'), absent[name]);
      assert.deepEqual(faults, []);
    });
  }

  test('a name that is missing, one too many, and an entry without need are faults', () => {
    const faults = runtimeFaults(['a', 'b', 'c'], ['a', 'd'], {
      runtime: { b: 'deliberately', a: 'is there by now' },
      own: { e: 'ours alone' },
    });
    assert.deepEqual(faults, [
      'c is not there',
      'd is in no official package',
      'a needs no entry in absent.json any more: take it out',
      'e needs no entry in absent.json any more: take it out',
    ]);
  });
});

describe('to the compiler', () => {
  let objections: Objections;
  before(async () => {
    objections = await compilerObjections();
  });

  for (const name of packages) {
    test(`what @perdure/${name} exports can stand in for what @temporalio/${name} does`, () => {
      assert.deepEqual(typeFaults(objections.get(name) ?? new Map(), absent[name]?.types), []);
    });
  }

  test('an objection, and an entry without need, are faults', () => {
    const faults = typeFaults(
      new Map([
        ['A', 'is something else'],
        ['B', 'too'],
      ]),
      { B: 'deliberately', C: 'no more' },
    );
    assert.deepEqual(faults, ['A: is something else', 'C needs no entry in absent.json any more: take it out']);
  });
});

/** What an ES module sees of a CommonJS one has two names more. */
function isName(name: string): boolean {
  return name !== 'default' && name !== 'module.exports' && name !== '__esModule';
}
