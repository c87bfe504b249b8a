import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import { createRun } from '../engine/workflow/create.ts';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { completeWorkflowTask } from '../engine/workflow/requests/complete-workflow-task.ts';
import { terminateRun } from '../engine/workflow/requests/terminate.ts';
import { command, testNamespace } from '../engine/workflow/testing.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { confirmWithParent, startChild } from './families.ts';
import { createHost, type Host } from './host.ts';
import type { Loaded } from './loaded.ts';

/** The event by which the parent asks for its child. */
const INITIATED = 5;

/** A parent that waits for its child to be started; nothing is done about it by itself. */
async function parentWithPlan(): Promise<{ host: Host; parent: Loaded }> {
  const host = createHost({
    clock: manualClock(),
    random: seededRandom(1),
    limits: defaultLimits,
    storage: await openSqlite({ path: ':memory:' }),
    namespace: () => testNamespace,
    perform: () => {},
    onBug: assert.ifError,
  });
  const runId = host.random.uuid();
  const { reply: parent } = host.create(
    createRun(host.context(testNamespace), {
      key: { namespaceId: testNamespace.id, workflowId: 'parent', runId },
      requestId: '',
      started: { workflowType: { name: 'W' }, taskQueue: { name: 'q' }, workflowTaskTimeout: { seconds: 10 } },
    }),
    testNamespace,
  );
  const task = host.change(parent, (t) => startWorkflowTask(t, { requestId: '', identity: '' })).reply;
  const start = command(CommandType.START_CHILD_WORKFLOW_EXECUTION, {
    startChildWorkflowExecutionCommandAttributes: { workflowId: 'child', workflowType: { name: 'C' } },
  });
  const bytes = RespondWorkflowTaskCompletedRequest.encode({ commands: [start] });
  const request = RespondWorkflowTaskCompletedRequest.decode(bytes);
  host.change(parent, (t) => completeWorkflowTask(t, task, request));
  return { host, parent };
}

const childOf = async (host: Host): Promise<Loaded> => {
  const child = await host.loadCurrent(testNamespace.id, 'child');
  assert.ok(child);
  return child;
};

/** Starts the child, but gets no further than that. */
async function startAlone(host: Host, parent: Loaded): Promise<Loaded> {
  const interrupted: Host = {
    ...host,
    change: () => {
      throw new Error('interrupted');
    },
  };
  await assert.rejects(startChild(interrupted, parent.run.key, INITIATED), /interrupted/);
  const child = await childOf(host);
  assert.equal(child.run.head.awaitsParent, true);
  assert.equal(child.run.head.workflowTask, null);
  return child;
}

test('a child that was started already is not started again', async () => {
  const { host, parent } = await parentWithPlan();
  const child = await startAlone(host, parent);
  await startChild(host, parent.run.key, INITIATED);
  assert.equal((await childOf(host)).run.key.runId, child.run.key.runId);
  assert.equal(parent.run.children.get(INITIATED)?.runId, child.run.key.runId);
  assert.ok(child.run.head.workflowTask);
});

test('a child that waits for its parent asks for itself', async () => {
  const { host, parent } = await parentWithPlan();
  const child = await startAlone(host, parent);
  await confirmWithParent(host, child.run.key);
  assert.equal(parent.run.children.get(INITIATED)?.state, 'started');
  assert.ok(child.run.head.workflowTask);
  const before = parent.run.head.nextEventId;
  await startChild(host, parent.run.key, INITIATED);
  assert.equal(parent.run.head.nextEventId, before);
});

const fates: { of: string; end: (host: Host, parent: Loaded) => unknown }[] = [
  {
    of: 'closed',
    end: (host, parent) => host.change(parent, (t) => terminateRun(t, { reason: '', details: null, identity: '' })),
  },
  { of: 'was deleted', end: (host, parent) => host.deleteRun(parent.run.key) },
];
for (const { of, end } of fates) {
  test(`a child whose parent ${of} before it heard of the start is terminated`, async () => {
    const { host, parent } = await parentWithPlan();
    const child = await startAlone(host, parent);
    await end(host, parent);
    await confirmWithParent(host, child.run.key);
    assert.equal(child.run.head.status, WorkflowExecutionStatus.TERMINATED);
    await startChild(host, parent.run.key, INITIATED);
    assert.equal((await childOf(host)).run.key.runId, child.run.key.runId);
  });
}
