import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Payload } from '@perdure/api/common';
import { NexusHandlerErrorRetryBehavior } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { nexusFailure } from './nexus-failure.ts';

describe('a failure in the JSON of Nexus', () => {
  test('says the message to everybody, and all of it to those who know it', () => {
    const cause = Failure.encode({ message: 'why', timeoutFailureInfo: { timeoutType: 1 } });
    const failure = Failure.encode({ message: 'no', stackTrace: 'at', cause, applicationFailureInfo: { type: 'T' } });
    assert.deepEqual(nexusFailure(failure), {
      message: 'no',
      stackTrace: 'at',
      metadata: { type: 'temporal.api.failure.v1.Failure' },
      details: {
        cause: { message: 'why', timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE' } },
        applicationFailureInfo: { type: 'T' },
      },
      cause: {
        message: 'why',
        metadata: { type: 'temporal.api.failure.v1.Failure' },
        details: { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE' } },
      },
    });
  });

  test('is an error of a handler where it came from one', () => {
    const encodedAttributes = Payload.encode({ data: Buffer.from('1') });
    const retryBehavior = NexusHandlerErrorRetryBehavior.NON_RETRYABLE;
    const nexusHandlerFailureInfo = { type: 'NOT_FOUND', retryBehavior };
    assert.deepEqual(nexusFailure(Failure.encode({ message: 'no', encodedAttributes, nexusHandlerFailureInfo })), {
      message: 'no',
      metadata: { type: 'nexus.HandlerError' },
      details: {
        type: 'NOT_FOUND',
        retryableOverride: false,
        encodedAttributes: Buffer.from('{"data":"MQ=="}').toString('base64url'),
      },
    });
  });
});
