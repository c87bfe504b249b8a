import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WorkflowTaskFailedCause as Cause, WorkflowExecutionStatus } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { Code } from '../../../kernel/errors.ts';
import { eventOf, given } from '../given.fixture.ts';
import { completed, failed, signalled, taken, terminated, updateAdmitted } from '../steps.fixture.ts';

describe('a worker that cannot process its task', () => {
  test('says why, and the next attempt follows', () => {
    const failure = Failure.encode({ message: 'order changed', applicationFailureInfo: { type: 'T' } });
    const run = given().when(taken).when(failed(Cause.NON_DETERMINISTIC_ERROR, failure));
    run.gives({ events: ['4 WORKFLOW_TASK_FAILED'], effects: ['dispatch-workflow-task queue'], wakes: {} });
    const attributes = eventOf(run, 4).workflowTaskFailedEventAttributes;
    assert.equal(attributes?.cause, Cause.NON_DETERMINISTIC_ERROR);
    assert.deepEqual(Buffer.from(attributes?.failure ?? []), Buffer.from(failure));
    assert.deepEqual([attributes?.scheduledEventId, attributes?.startedEventId], [2, 3]);
  });

  test('ends the run when its answer would be too large again', () => {
    const run = given().when(taken).when(signalled()).when(failed(Cause.GRPC_MESSAGE_TOO_LARGE));
    run.gives({
      events: ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_EXECUTION_TERMINATED'],
      effects: [],
      wakes: {},
      head: { status: WorkflowExecutionStatus.TERMINATED },
    });
    const attributes = eventOf(run, 4).workflowTaskFailedEventAttributes;
    assert.deepEqual([attributes?.cause, attributes?.identity], [Cause.FORCE_CLOSE_COMMAND, 'history-service']);
    const { reason, identity } = eventOf(run, 6).workflowExecutionTerminatedEventAttributes ?? {};
    assert.deepEqual([reason, identity], ['GrpcMessageTooLarge', 'history-service']);
  });

  test('gets its updates again with the next attempt', () => {
    const run = given().when(taken).when(completed()).when(updateAdmitted()).when(taken).when(failed());
    run.gives({ effects: ['dispatch-workflow-task queue'], notices: [] });
    assert.ok(run.run.pendingUpdates.has('u'));
  });
});

describe('a failure is refused', () => {
  test('before a worker has taken the task', () => {
    given().when(failed()).refused(Code.NOT_FOUND, 'Workflow task not found.');
  });
  test('when the task is done', () => {
    given().when(taken).when(completed()).when(failed()).refused(Code.NOT_FOUND, 'Workflow task not found.');
  });
  test('when the run is closed', () => {
    const run = given().when(taken).when(terminated).when(failed());
    run.refused(Code.NOT_FOUND, 'workflow execution already completed');
  });
});
