import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WorkflowExecutionStatus, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { eventOf, type Given, given } from '../given.fixture.ts';
import * as s from '../steps.fixture.ts';
import { terminateRun } from './terminate.ts';

const CLOSED = 'WORKFLOW_EXECUTION_TERMINATED';

describe('terminating a run', () => {
  const idle = () => given().when(s.taken).when(s.completed());
  const table: [string, () => Given, string[]][] = [
    ['that waits for a worker', given, [`3 ${CLOSED}`]],
    ['that waits for something to do', idle, [`5 ${CLOSED}`]],
    ['whose task is with a worker', () => given().when(s.taken), ['4 WORKFLOW_TASK_FAILED', `5 ${CLOSED}`]],
    [
      'that holds events back',
      () => given().when(s.taken).when(s.signalled()),
      ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_EXECUTION_SIGNALED', `6 ${CLOSED}`],
    ],
    ['whose second attempt is waiting', () => given().when(s.taken).when(s.failed()), [`5 ${CLOSED}`]],
    [
      'whose second attempt is with a worker',
      () => given().when(s.taken).when(s.failed()).when(s.taken).when(s.signalled()),
      ['5 WORKFLOW_EXECUTION_SIGNALED', `6 ${CLOSED}`],
    ],
    ['that has an update waiting for a worker', () => idle().when(s.updateAdmitted()), [`5 ${CLOSED}`]],
    [
      'whose update is with a worker',
      () => idle().when(s.updateAdmitted()).when(s.taken),
      ['5 WORKFLOW_TASK_SCHEDULED', '6 WORKFLOW_TASK_STARTED', '7 WORKFLOW_TASK_FAILED', `8 ${CLOSED}`],
    ],
  ];
  for (const [name, before, events] of table)
    test(name, () => {
      const run = before().later(500).when(s.terminated);
      const { closeEventId } = run.run.head;
      run.gives({
        events,
        effects: [],
        wakes: {},
        head: { status: WorkflowExecutionStatus.TERMINATED, closeTime: run.now, workflowTask: null, sticky: null },
      });
      assert.equal(closeEventId, run.history.length);
      assert.deepEqual(run.run.buffered.size + run.run.pendingUpdates.size, 0);
    });

  test('says who did it and why', () => {
    const details = Buffer.of(10, 0);
    const links = [{ batchJob: { jobId: 'job' } }];
    const run = given().when((t) => terminateRun(t, { reason: 'enough', details, identity: 'client', links }));
    const event = eventOf(run, 3);
    const attributes = event.workflowExecutionTerminatedEventAttributes;
    assert.deepEqual([attributes?.reason, attributes?.identity], ['enough', 'client']);
    assert.deepEqual(Buffer.from(attributes?.details ?? []), details);
    assert.equal(event.links[0]?.batchJob?.jobId, 'job');
  });

  test('fails the task in the name of the server', () => {
    const run = given().when(s.taken).when(s.terminated);
    const attributes = eventOf(run, 4).workflowTaskFailedEventAttributes;
    assert.equal(attributes?.cause, WorkflowTaskFailedCause.FORCE_CLOSE_COMMAND);
    assert.deepEqual([attributes?.identity, attributes?.failure], ['history-service', null]);
  });
});
