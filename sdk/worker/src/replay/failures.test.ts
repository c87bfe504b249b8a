import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DefaultFailureConverter, defaultPayloadConverter } from '@perdure/common';
import { activityFailure } from './failures.ts';
import { newLocalActivities } from './local-activities.ts';
import { localActivityEnded } from './machines/local-activity.ts';
import type { LocalActivityMachine, Run } from './state.ts';

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

test('a local activity that just failed is told with the stack trace that its marker will have', () => {
  const run = { jobs: [], fresh: [], time: null, localActivities: newLocalActivities() } as unknown as Run;
  const machine = { kind: 'local-activity', seq: 1, state: 'Running', schedule: {} } as LocalActivityMachine;
  localActivityEnded(run, machine, {
    result: { kind: 'failed', failure: { message: 'no' } },
    completeTime: null,
    attempt: 1,
    backoff: null,
    originalScheduleTime: null,
  });
  const failure = run.jobs[0]?.resolveActivity?.result?.failed?.failure;
  assert.deepEqual([failure?.message, failure?.stackTrace], ['no', '']);
});
