import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WorkflowExecutionAlreadyStartedError, type WorkflowStartOptions } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { openWorld } from '../world.ts';
import { close, stayOpen } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

type At = ReturnType<typeof world.at>;
type Policies = Pick<WorkflowStartOptions, 'workflowIdConflictPolicy' | 'workflowIdReusePolicy'>;

const start = (at: At, policies: Policies = {}) => world.client.workflow.start(stayOpen, { ...at, ...policies });

async function closed(at: At, fail: boolean): Promise<void> {
  const handle = await start(at);
  await handle.signal(close, fail);
  await handle.result().catch(() => undefined);
}

describe('a workflow id that is in use', { concurrency }, () => {
  test('is refused by default and with FAIL', async () => {
    const at = world.at('open');
    const handle = await start(at);
    await assert.rejects(start(at), WorkflowExecutionAlreadyStartedError);
    await assert.rejects(start(at, { workflowIdConflictPolicy: 'FAIL' }), WorkflowExecutionAlreadyStartedError);
    await handle.terminate();
  });

  test('means the run that has it, with USE_EXISTING', async () => {
    const at = world.at('open');
    const first = await start(at);
    const second = await start(at, { workflowIdConflictPolicy: 'USE_EXISTING' });
    assert.equal(second.firstExecutionRunId, first.firstExecutionRunId);
    await first.terminate();
  });

  test('changes hands with TERMINATE_EXISTING', async () => {
    const at = world.at('open');
    const first = await start(at);
    const second = await start(at, { workflowIdConflictPolicy: 'TERMINATE_EXISTING' });
    assert.notEqual(second.firstExecutionRunId, first.firstExecutionRunId);
    const old = world.client.workflow.getHandle(at.workflowId, first.firstExecutionRunId);
    assert.equal((await old.describe()).status.name, 'TERMINATED');
    assert.equal((await second.describe()).status.name, 'RUNNING');
    await second.terminate();
  });

  test('is given to one of many who want it at once', async () => {
    const at = world.at('race');
    const starts = await Promise.allSettled(Array.from({ length: 10 }, () => start(at)));
    const [winner, ...more] = starts.filter((one) => one.status === 'fulfilled');
    assert.ok(winner && more.length === 0);
    await winner.value.terminate();
  });
});

describe('a workflow id whose run has closed', { concurrency }, () => {
  const cases: [NonNullable<Policies['workflowIdReusePolicy']>, 'completed' | 'failed', boolean][] = [
    ['ALLOW_DUPLICATE', 'completed', true],
    ['ALLOW_DUPLICATE', 'failed', true],
    ['ALLOW_DUPLICATE_FAILED_ONLY', 'completed', false],
    ['ALLOW_DUPLICATE_FAILED_ONLY', 'failed', true],
    ['REJECT_DUPLICATE', 'completed', false],
    ['REJECT_DUPLICATE', 'failed', false],
  ];
  for (const [workflowIdReusePolicy, how, free] of cases) {
    test(`is ${free ? 'free' : 'refused'} with ${workflowIdReusePolicy} after a run that ${how}`, async () => {
      const at = world.at('closed');
      await closed(at, how === 'failed');
      const again = start(at, { workflowIdReusePolicy });
      if (free) await (await again).terminate();
      else await assert.rejects(again, WorkflowExecutionAlreadyStartedError);
    });
  }
});
