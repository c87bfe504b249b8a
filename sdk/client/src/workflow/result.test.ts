import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@perdure/common';
import { temporal } from '@perdure/proto';
import { WorkflowContinuedAsNewError, WorkflowFailedError } from '../errors.ts';
import { recordingConnection } from '../recording-channel.fixture.ts';
import { WorkflowClient } from '../workflow-client.ts';

const { GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse } = temporal.api.workflowservice.v1;
type Event = temporal.api.history.v1.IHistoryEvent;

const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"done"') };
const completed: Event = { workflowExecutionCompletedEventAttributes: { result: { payloads: [payload] } } };

/** A client of which the server closes run after run as given. `asked` are the runs that were asked for. */
function world(...pages: readonly (readonly Event[])[]) {
  const { connection, calls } = recordingConnection({
    GetWorkflowExecutionHistory: (_, before) => {
      const events = [...(pages[before] ?? [])];
      return GetWorkflowExecutionHistoryResponse.encode({ history: { events } }).finish();
    },
  });
  const asked = () => calls.map(({ request }) => GetWorkflowExecutionHistoryRequest.decode(request).execution?.runId);
  return { client: new WorkflowClient({ connection }), asked };
}

async function failureOf(event: Event): Promise<WorkflowFailedError> {
  const outcome = await world([event])
    .client.result('w')
    .catch((error: unknown) => error);
  assert.ok(outcome instanceof WorkflowFailedError);
  return outcome;
}

describe('the result of a workflow', () => {
  test('is what it returned', async () => {
    assert.equal(await world([completed]).client.result('w', 'r'), 'done');
  });

  test('is asked for until there is one', async () => {
    const { client, asked } = world([], [], [completed]);
    assert.equal(await client.result('w', 'r'), 'done');
    assert.deepEqual(asked(), ['r', 'r', 'r']);
  });

  for (const [does, attributes] of [
    ['continues as new', 'workflowExecutionContinuedAsNewEventAttributes'],
    ['is a cron’s', 'workflowExecutionCompletedEventAttributes'],
    ['is retried', 'workflowExecutionFailedEventAttributes'],
    ['timed out and is retried', 'workflowExecutionTimedOutEventAttributes'],
  ] as const) {
    test(`is that of the next run when one ${does}`, async () => {
      const { client, asked } = world([{ [attributes]: { newExecutionRunId: 'next' } }], [completed]);
      assert.equal(await client.result('w', 'r'), 'done');
      assert.deepEqual(asked(), ['r', 'next']);
    });
  }

  test('is the run’s own when it is not to be followed', async () => {
    const event = { workflowExecutionContinuedAsNewEventAttributes: { newExecutionRunId: 'next' } };
    await assert.rejects(world([event]).client.result('w', 'r', { followRuns: false }), (error: unknown) => {
      assert.ok(error instanceof WorkflowContinuedAsNewError);
      assert.equal(error.newExecutionRunId, 'next');
      return true;
    });
  });

  test('is a failure when the workflow fails, with the workflow’s own as its cause', async () => {
    const failure = { message: 'broken', applicationFailureInfo: { type: 'Broken', nonRetryable: true } };
    const { cause, retryState } = await failureOf({
      workflowExecutionFailedEventAttributes: { failure, retryState: 2 },
    });
    assert.ok(cause instanceof ApplicationFailure);
    assert.deepEqual([cause.message, cause.type, retryState], ['broken', 'Broken', 'NON_RETRYABLE_FAILURE']);
  });

  for (const [does, event, kind, message] of [
    [
      'is cancelled',
      { workflowExecutionCanceledEventAttributes: {} },
      CancelledFailure,
      'Workflow execution cancelled',
    ],
    [
      'is terminated',
      { workflowExecutionTerminatedEventAttributes: { reason: 'enough' } },
      TerminatedFailure,
      'enough',
    ],
    ['times out', { workflowExecutionTimedOutEventAttributes: {} }, TimeoutFailure, 'Workflow execution timed out'],
  ] as const) {
    test(`is a failure when the workflow ${does}, without a stack of this process`, async () => {
      const failure = await failureOf(event);
      assert.ok(failure.cause instanceof kind);
      assert.deepEqual([failure.message, failure.cause.stack], [message, '']);
    });
  }
});
