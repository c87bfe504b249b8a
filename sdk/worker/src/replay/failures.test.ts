import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DefaultFailureConverter, defaultPayloadConverter } from '@perdure/common';
import { activityFailure } from './failures.ts';

test('a failure that was made here has the empty stack trace of one that came over the wire', () => {
  const converter = new DefaultFailureConverter({ encodeCommonAttributes: true });
  const error = converter.failureToError(
    activityFailure('failed', { activityType: 'book' }, {}),
    defaultPayloadConverter,
  );
  const { encodedAttributes } = converter.errorToFailure(error, defaultPayloadConverter);
  assert.ok(encodedAttributes);
  assert.deepEqual(defaultPayloadConverter.fromPayload(encodedAttributes), { message: 'failed', stack_trace: '' });
});
