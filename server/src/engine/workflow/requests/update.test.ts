import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RespondWorkflowTaskFailedRequest } from '@perdure/api/workflowservice';
import { ServiceError } from '../../../kernel/errors.ts';
import {
  acceptance,
  admit,
  completeTask,
  doing,
  idleRun,
  response,
  type Tested,
  takeWithUpdates,
  testRun,
} from '../machines/update.fixture.ts';
import { failWorkflowTask } from './fail-workflow-task.ts';
import { terminateRun } from './terminate.ts';

function failTask(tested: Tested): void {
  takeWithUpdates(tested);
  const task = tested.run.head.workflowTask;
  assert.ok(task);
  const request = RespondWorkflowTaskFailedRequest.decode(RespondWorkflowTaskFailedRequest.encode({}));
  doing(tested, (t) => failWorkflowTask(t, task, request));
}

const terminate = (tested: Tested) =>
  doing(tested, (t) => terminateRun(t, { reason: '', details: null, identity: '' }));

function completeUpdate(tested: Tested, updateId: string): void {
  admit(tested, updateId);
  takeWithUpdates(tested);
  completeTask(tested, [], { messages: [acceptance(updateId), response(updateId)] });
}

describe('admitting an update', () => {
  const refusals: { of: string; run: () => Tested; updateId?: string; code: number; text: RegExp }[] = [
    {
      of: 'a closed run that does not know it',
      run: () => {
        const tested = idleRun();
        terminate(tested);
        return tested;
      },
      code: 5,
      text: /^workflow execution already completed$/,
    },
    {
      of: 'a run whose task has failed twice',
      run: () => {
        const tested = testRun();
        failTask(tested);
        failTask(tested);
        return tested;
      },
      code: 9,
      text: /^Unable to perform workflow execution update due to Workflow Task in failed state\.$/,
    },
    {
      of: 'a run with too many under way',
      run: () => {
        const tested = idleRun({ limits: { maxInFlightUpdates: 2 } });
        admit(tested, 'a');
        admit(tested, 'b');
        return tested;
      },
      code: 8,
      text: /^limit on number of concurrent in-flight updates has been reached \(2\)$/,
    },
    {
      of: 'a run that has had too many',
      run: () => {
        const tested = idleRun({ limits: { maxUpdates: 1 } });
        completeUpdate(tested, 'a');
        return tested;
      },
      code: 9,
      text: /^The limit on the total number of distinct updates in this workflow has been reached \(1\)\./,
    },
    {
      of: 'a run whose waiting updates are too large',
      run: () => idleRun({ limits: { maxInFlightUpdateBytes: 5 } }),
      code: 8,
      text: /^limit on total payload size of in-flight updates has been reached \(5 bytes\)$/,
    },
  ];
  for (const { of, run, code, text } of refusals)
    test(`${of} is refused and changes nothing`, () => {
      const tested = run();
      const before = tested.run.pendingUpdates.size;
      assert.throws(
        () => admit(tested, 'new'),
        (error) => error instanceof ServiceError && error.code === code && text.test(error.message),
      );
      assert.equal(tested.run.pendingUpdates.size, before);
    });

  test('with an id that is waiting already is that update', () => {
    const tested = idleRun({ limits: { maxInFlightUpdates: 1 } });
    admit(tested);
    admit(tested);
    assert.deepEqual(takeWithUpdates(tested).sent, ['u1']);
  });

  test('with an id that is completed already is that update, also when the run is closed', () => {
    const tested = idleRun({ limits: { maxUpdates: 1 } });
    completeUpdate(tested, 'u1');
    admit(tested);
    terminate(tested);
    admit(tested);
    assert.equal(tested.run.pendingUpdates.size, 0);
    assert.equal(tested.run.updates.size, 1);
  });

  test('rides on a task that is there anyway', () => {
    const tested = testRun();
    admit(tested);
    assert.equal(tested.run.head.workflowTask?.speculative, false);
    assert.deepEqual(takeWithUpdates(tested).sent, ['u1']);
  });

  test('waits for its task while the parent does not know of the run', () => {
    const tested = testRun({ creation: { awaitsParent: true } });
    admit(tested);
    assert.equal(tested.run.head.workflowTask, null);
    assert.equal(tested.run.pendingUpdates.size, 1);
  });

  test('suggests to continue as new from nine tenths of the limit on', () => {
    const tested = idleRun({ limits: { maxUpdates: 2 } });
    completeUpdate(tested, 'a');
    admit(tested, 'b');
    takeWithUpdates(tested);
    assert.equal(tested.run.head.workflowTask?.suggestContinueAsNewReasons.length, 1);
  });
});
