import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Payload } from '@perdure/api/common';
import { WorkflowTaskFailedCause } from '@perdure/api/enums';
import { type Given, given } from './given.fixture.ts';
import { completed, failed, signalled, taken } from './steps.fixture.ts';

const color = Payload.encode({ data: Buffer.from('"red"') });
const searchAttributes = { indexedFields: { Color: color } };
const NAME = 'TemporalReportedProblems';

function reported({ run }: Given): unknown {
  const bytes = run.fields.get('searchAttributes')?.[NAME];
  return bytes && JSON.parse(Buffer.from(Payload.decode(bytes).data).toString());
}

const failing = (run: Given, times: number, cause?: WorkflowTaskFailedCause): Given => {
  for (let i = 0; i < times; i++) run.when(taken).when(failed(cause));
  return run;
};

test('a run whose task failed five times in a row says so among its search attributes', () => {
  const run = failing(given({ started: { searchAttributes } }), 4);
  assert.equal(reported(run), undefined);
  failing(run, 1, WorkflowTaskFailedCause.NON_DETERMINISTIC_ERROR);
  const cause = 'cause=WorkflowTaskFailedCauseWorkflowWorkerUnhandledFailure';
  assert.deepEqual(reported(run), ['category=WorkflowTaskFailed', cause], 'what began the streak');
  const payload = Payload.decode(run.run.fields.get('searchAttributes')?.[NAME] ?? new Uint8Array(0));
  assert.equal(Buffer.from(payload.metadata['type'] ?? []).toString(), 'KeywordList');
});

test('also one whose task timed out', () => {
  const run = given({ limits: { taskProblemsToReport: 2 } });
  run.when(taken).later(10_000).when(taken).later(10_000);
  assert.deepEqual(reported(run), ['category=WorkflowTaskTimedOut', 'cause=WorkflowTaskTimedOutCauseStartToClose']);
});

test('a task that succeeds takes it back and leaves the other attributes', () => {
  const run = failing(given({ started: { searchAttributes } }), 6)
    .when(taken)
    .when(completed());
  assert.deepEqual(Object.keys(run.run.fields.get('searchAttributes') ?? {}), ['Color']);
  assert.equal(run.run.head.taskProblem, null);
});

test('a streak goes on over events between its attempts, and is reported with what began it last', () => {
  const run = failing(given(), 3).when(signalled());
  failing(run, 2, WorkflowTaskFailedCause.NON_DETERMINISTIC_ERROR);
  assert.deepEqual(reported(run), [
    'category=WorkflowTaskFailed',
    'cause=WorkflowTaskFailedCauseNonDeterministicError',
  ]);
});

test('nothing is written as long as nothing about it changes', () => {
  const run = failing(given(), 5);
  const before = run.run.fields.get('searchAttributes');
  failing(run, 1);
  assert.equal(run.run.fields.get('searchAttributes'), before);
});
