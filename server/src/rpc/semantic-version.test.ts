import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareVersions, parseRange, parseVersion, VersionError } from './semantic-version.ts';

describe('semantic versions', () => {
  for (const [text, parts] of [
    ['1.2.3', [1, 2, 3, '']],
    ['0.0.10-rc.1+build.5', [0, 0, 10, 'rc.1']],
  ] as const)
    test(`${text} is read`, () => assert.deepEqual(parseVersion(text), parts));

  for (const [text, why] of [
    ['', /^Version string empty$/],
    ['latest', /^No Major\.Minor\.Patch elements found$/],
    ['1.2', /^No Major/],
    ['1.x.3', /^Invalid character/],
    ['01.2.3', /^Invalid character/],
    ['1.2.3.4', /^Invalid character/],
  ] as const)
    test(`"${text}" is no version`, () => {
      assert.throws(
        () => parseVersion(text),
        (error: Error) => error instanceof VersionError && why.test(error.message),
      );
    });

  test('come in order, pre-releases before what they lead to', () => {
    const inOrder = [
      '1.0.0-1',
      '1.0.0-2',
      '1.0.0-10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-beta',
      '1.0.0',
      '1.0.1',
      '1.1.0',
      '2.0.0',
    ];
    const shuffled = inOrder.toReversed().map(parseVersion).sort(compareVersions);
    assert.deepEqual(shuffled, inOrder.map(parseVersion));
  });

  for (const [range, version, inside] of [
    ['<2.0.0', '1.99.0', true],
    ['<2.0.0', '2.0.0', false],
    ['>=1.0.0 <2.0.0', '1.5.0', true],
    ['>=1.0.0 <2.0.0', '2.5.0', false],
    ['<1.0.0 || >2.0.0', '2.5.0', true],
    ['1.2.3', '1.2.3', true],
    ['!=1.2.3', '1.2.3', false],
    ['<=1.2.3', '1.2.4', false],
  ] as const)
    test(`${version} is ${inside ? '' : 'not '}in ${range}`, () => {
      assert.equal(parseRange(range)(parseVersion(version)), inside);
    });

  test('a range without a version is none', () => {
    assert.throws(() => parseRange('any'), { message: 'Could not get version from string: "any"' });
  });
});
