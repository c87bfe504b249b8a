import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType } from '@perdure/api/enums';
import { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { completeWorkflowTask } from '../engine/workflow/requests/complete-workflow-task.ts';
import { command, testNamespace } from '../engine/workflow/testing.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import { deliverExternal } from './externals.ts';
import { startChild } from './families.ts';
import { durableRun, hostWorld, signalsOf } from './host.fixture.ts';
import type { Host } from './host.ts';
import type { Loaded } from './loaded.ts';

/** The event that asks for it. */
const INITIATED = 5;
const isUnavailable = (error: unknown): boolean => error instanceof ServiceError && error.code === Code.UNAVAILABLE;

/** A run whose command is staged, with a commit that is going to fail. */
async function doomed(asked: Init<Command>) {
  const { host, faults } = await hostWorld();
  const run = await durableRun(host, 'a');
  const target = await durableRun(host, 'b');
  const task = host.change(run, (t) => startWorkflowTask(t, { requestId: '', identity: '' })).reply;
  await run.settled;
  faults.failAt(faults.commits() + 1, 'before');
  const bytes = RespondWorkflowTaskCompletedRequest.encode({ commands: [asked] });
  host.change(run, (t) => completeWorkflowTask(t, task, RespondWorkflowTaskCompletedRequest.decode(bytes)));
  return { host, run, target };
}

/** The host as it looks to someone whose reading of an event takes until the commit has failed. */
const slowly = (host: Host, run: Loaded): Host => ({
  ...host,
  async readEvent(loaded, eventId) {
    const event = host.readEvent(loaded, eventId);
    await run.settled?.catch(() => {});
    return event;
  },
});

describe('what a run asks for whose commit failed is not done to others:', () => {
  test('no child is started', async () => {
    const { host, run } = await doomed(
      command(CommandType.START_CHILD_WORKFLOW_EXECUTION, {
        startChildWorkflowExecutionCommandAttributes: { workflowId: 'child', workflowType: { name: 'C' } },
      }),
    );
    await assert.rejects(startChild(slowly(host, run), run.run.key, INITIATED), isUnavailable);
    assert.equal(run.dropped, true);
    assert.equal(await host.loadCurrent(testNamespace.id, 'child'), null);
  });

  test('no signal is sent', async () => {
    const { host, run, target } = await doomed(
      command(CommandType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION, {
        signalExternalWorkflowExecutionCommandAttributes: { execution: { workflowId: 'b' }, signalName: 's' },
      }),
    );
    await assert.rejects(deliverExternal(slowly(host, run), run.run.key, INITIATED), isUnavailable);
    assert.equal(await signalsOf(host, target.run.key), 0);
  });
});
