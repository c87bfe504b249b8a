import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completing, doing, type Tested, takeTask, testRun, types } from '../testing.ts';
import { type CancelRequest, requestCancel } from './request-cancel.ts';
import { terminateRun } from './terminate.ts';

const ask = (tested: Tested, more: Partial<CancelRequest> = {}) =>
  doing(tested, (t) => requestCancel(t, { reason: 'why', identity: 'client', requestId: 'r', ...more })).events;

describe('a request to cancel', () => {
  test('is written once, whoever asks', () => {
    const tested = testRun();
    completing(tested);
    const events = ask(tested);
    assert.deepEqual(types(events), ['WORKFLOW_EXECUTION_CANCEL_REQUESTED', 'WORKFLOW_TASK_SCHEDULED']);
    const attributes = events[0]?.workflowExecutionCancelRequestedEventAttributes;
    assert.equal(attributes?.cause, 'why');
    assert.equal(attributes.identity, 'client');
    assert.equal(attributes.externalWorkflowExecution, null);
    assert.deepEqual(ask(tested), []);
    assert.deepEqual(ask(tested, { requestId: 'another' }), []);
    assert.equal(tested.run.head.cancelRequestId, 'r');
  });

  test('says which workflow asked, and by which event', () => {
    const execution = { workflowId: 'other', runId: 'other-run' };
    const [event] = ask(testRun(), { sender: { execution, initiatedEventId: 7 } });
    const attributes = event?.workflowExecutionCancelRequestedEventAttributes;
    assert.deepEqual({ ...attributes?.externalWorkflowExecution }, execution);
    assert.equal(attributes?.externalInitiatedEventId, 7);
  });

  test('wakes a run that is held back', () => {
    const tested = testRun({ started: { firstWorkflowTaskBackoff: { seconds: 60, nanos: 0 } } });
    assert.deepEqual(types(ask(tested)), ['WORKFLOW_EXECUTION_CANCEL_REQUESTED', 'WORKFLOW_TASK_SCHEDULED']);
    assert.equal(tested.run.head.backoffUntil, null);
  });

  test('waits for the parent with the first task of a child', () => {
    const tested = testRun({ creation: { awaitsParent: true } });
    assert.deepEqual(types(ask(tested)), ['WORKFLOW_EXECUTION_CANCEL_REQUESTED']);
  });

  test('is held back while a worker has the task', () => {
    const tested = testRun();
    takeTask(tested);
    assert.deepEqual(ask(tested), []);
    assert.deepEqual(types(completing(tested).events), [
      'WORKFLOW_TASK_COMPLETED',
      'WORKFLOW_EXECUTION_CANCEL_REQUESTED',
      'WORKFLOW_TASK_SCHEDULED',
    ]);
  });

  test('is well on a closed run', () => {
    const tested = testRun();
    doing(tested, (t) => terminateRun(t, { reason: '', details: null, identity: '' }));
    assert.deepEqual(ask(tested), []);
  });
});

describe('a termination', () => {
  const end = (tested: Tested) =>
    doing(tested, (t) => terminateRun(t, { reason: 'enough', details: null, identity: 'me' })).events;

  test('closes the run before its first task', () => {
    const [event] = end(testRun());
    assert.equal(event?.workflowExecutionTerminatedEventAttributes?.reason, 'enough');
    assert.equal(event.workflowExecutionTerminatedEventAttributes.identity, 'me');
  });

  test('fails the task that a worker has, then writes what was held back', () => {
    const tested = testRun();
    takeTask(tested);
    ask(tested);
    const events = end(tested);
    assert.deepEqual(types(events), [
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_EXECUTION_CANCEL_REQUESTED',
      'WORKFLOW_EXECUTION_TERMINATED',
    ]);
    assert.equal(events[0]?.workflowTaskFailedEventAttributes?.identity, 'history-service');
  });
});
