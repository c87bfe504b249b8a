import './storage.fixture.ts';
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { assertValidFlag, type SdkFlag, SdkFlags } from './flags.ts';
import { openRun, type Run } from './run.fixture.ts';

const wait = async () => {};

describe('flags', () => {
  let run: Run;
  afterEach(() => run.dispose());

  const {
    NonCancellableScopesAreShieldedFromPropagation: shielded,
    OpenTelemetryInterceptorsTracesInboundSignals: traced,
  } = SdkFlags;

  test('are used by new tasks and written down with them', () => {
    run = openRun(wait);
    assert.equal(run.activator.hasFlag(shielded), true);
    assert.deepEqual(run.activator.concludeActivation().usedInternalFlags, [shielded.id]);
  });

  test('that are off by default are not', () => {
    run = openRun(wait);
    const off: SdkFlag = { id: 99, default: false, alternativeConditions: undefined };
    assert.equal(run.activator.hasFlag(off), false);
  });

  test('are used by a replay if the history has them', () => {
    run = openRun(wait, { isReplaying: true });
    assert.equal(run.activator.hasFlag(shielded), false);
    run.activator.addKnownFlags([shielded.id]);
    assert.equal(run.activator.hasFlag(shielded), true);
  });

  const versions: readonly { version: string | undefined; holds: boolean }[] = [
    { version: undefined, holds: false },
    { version: 'no version', holds: false },
    { version: '1.11.4', holds: false },
    { version: '1.11.5', holds: true },
    { version: '1.11.10', holds: true },
    { version: '1.12.0-rc1', holds: true },
    { version: '0.99.99', holds: false },
    { version: '2.0.0', holds: true },
  ];
  for (const { version, holds } of versions)
    test(`are ${holds ? '' : 'not '}taken from version ${version}`, () => {
      run = openRun(wait, { isReplaying: true });
      run.activator.sdkVersion = version;
      assert.equal(run.activator.hasFlag(traced), holds);
      assert.deepEqual(run.activator.concludeActivation().usedInternalFlags, []);
    });

  test('that nobody knows are refused', () => {
    run = openRun(wait);
    assert.throws(() => run.activator.addKnownFlags([1, 77]), new TypeError('Unknown SDK flag: 77'));
    for (const { id } of Object.values(SdkFlags)) assertValidFlag(id);
  });
});
