import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DynamicConfigError, readDynamicConfig } from './dynamic-config.ts';

describe('dynamic configuration', () => {
  for (const [key, value, limits] of [
    ['limit.blobSize.error', 4096, { blobSizeError: 4096 }],
    ['LIMIT.BLOBSIZE.ERROR', 4096, { blobSizeError: 4096 }],
    ['history.workflowIdReuseMinimalInterval', '0s', { workflowIdReuseMinimalInterval: 0 }],
    ['history.longPollExpirationInterval', '1m1.5s', { historyLongPoll: 61_500 }],
    ['history.longPollExpirationInterval', 3, { historyLongPoll: 3000 }],
    ['system.enableActivityEagerExecution', false, { eagerActivities: false }],
    [
      'callback.allowedAddresses',
      [{ Pattern: '*', AllowInsecure: true }, { AllowInsecure: true }, { Pattern: 'a.b' }],
      {
        callbackAddresses: [
          { pattern: '*', allowInsecure: true },
          { pattern: 'a.b', allowInsecure: false },
        ],
      },
    ],
  ] as const)
    test(`${key}=${JSON.stringify(value)} is taken`, () => {
      assert.deepEqual(readDynamicConfig([[key, value]]), { limits, warnings: [] });
    });

  test('a setting that holds anyway is taken without a word', () => {
    assert.deepEqual(readDynamicConfig([['frontend.enableUpdateWorkflowExecution', true]]).warnings, []);
  });

  test('settings without effect are each told of', () => {
    const { limits, warnings } = readDynamicConfig([
      ['frontend.rps', 5],
      ['frontend.enableUpdateWorkflowExecution', false],
    ]);
    assert.deepEqual(limits, {});
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? '', /frontend\.rps is not known/);
    assert.match(warnings[1] ?? '', /cannot be changed/);
  });

  for (const [key, value] of [
    ['limit.blobSize.error', 'large'],
    ['limit.blobSize.error', -1],
    ['history.longPollExpirationInterval', 'soon'],
    ['system.enableActivityEagerExecution', 1],
    ['callback.allowedAddresses', '*'],
  ] as const)
    test(`${key}=${JSON.stringify(value)} is refused`, () => {
      assert.throws(() => readDynamicConfig([[key, value]]), DynamicConfigError);
    });
});
