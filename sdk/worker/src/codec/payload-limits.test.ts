import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporal } from '@perdure/proto';
import { findOversized, noPayloadLimits } from './payload-limits.ts';
import { asType } from './payload-walk.ts';

const { RespondActivityTaskFailedRequest, StartWorkflowExecutionRequest } = temporal.api.workflowservice.v1;
const limits = { payloadsWarn: 100, payloadsError: 200, memoWarn: 50, memoError: 90 };
const payload = (size: number) => ({ data: new Uint8Array(size) });

const start = (fields: object) =>
  findOversized(StartWorkflowExecutionRequest.create(fields), asType(StartWorkflowExecutionRequest), limits);
const fail = (failure: object, given = limits) =>
  findOversized(RespondActivityTaskFailedRequest.create({ failure }), asType(RespondActivityTaskFailedRequest), given);

test('payloads that belong together are measured as they are sent', async () => {
  assert.equal(await start({ input: { payloads: [payload(46), payload(46)] } }), undefined);
  const found = await start({ input: { payloads: [payload(47), payload(47)] } });
  assert.deepEqual(found, { level: 'warning', what: 'payloads', size: 102, limit: 100 });
});

test('a memo is measured with its keys', async () => {
  assert.equal(await start({ memo: { fields: { k: payload(40) } } }), undefined);
  const found = await start({ memo: { fields: { ['k'.repeat(20)]: payload(40) } } });
  assert.equal(found?.what, 'memo');
});

test('a failure is measured with its message, its stack trace and its causes', async () => {
  assert.equal(await fail({ message: 'm'.repeat(90) }), undefined);
  const text = 'x'.repeat(60);
  for (const failure of [
    { message: text, stackTrace: text },
    { message: text, cause: { message: text } },
    { message: text, applicationFailureInfo: { details: { payloads: [payload(60)] } } },
    { message: text, encodedAttributes: payload(60) },
  ])
    assert.equal((await fail(failure))?.level, 'warning');
  assert.equal((await fail({ message: 'm'.repeat(300) }))?.level, 'error');
  assert.equal(await fail({ message: 'm'.repeat(300) }, noPayloadLimits), undefined);
});
