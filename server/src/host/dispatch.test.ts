import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TaskQueueKind } from '@perdure/api/enums';
import { WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import { emptyRun } from '../engine/workflow/create.ts';
import { emptyHead } from '../engine/workflow/empty.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import type { QueueId } from '../matching/contract.ts';
import { createMatching } from '../matching/matching.ts';
import { type DispatchEffect, dispatchTask } from './dispatch.ts';
import { createLoaded } from './loaded.ts';
import type { Task } from './task.ts';

const key = { namespaceId: 'namespace-id', workflowId: 'workflow', runId: 'run' };
const started = WorkflowExecutionStartedEventAttributes.decode(new Uint8Array(0));
const view = { id: key.namespaceId, name: '', searchAttributes: new Map(), idOf: () => undefined, retention: 0 };
const loaded = createLoaded(emptyRun(key, started, 0, emptyHead), view);

const normal: QueueId = { namespaceId: 'namespace-id', name: 'queue', type: 'workflow' };
const sticky: QueueId = { ...normal, name: 'sticky' };
const activities: QueueId = { ...normal, type: 'activity' };

const effect: DispatchEffect = {
  kind: 'dispatch-workflow-task',
  queue: { name: 'queue', kind: TaskQueueKind.NORMAL, normalName: '' },
  scheduledEventId: 2,
  stamp: 1,
  fairnessKey: '',
  fairnessWeight: 1,
  priority: 3,
  scheduledTime: 0,
};
const onSticky: DispatchEffect = {
  ...effect,
  queue: { name: 'sticky', kind: TaskQueueKind.STICKY, normalName: 'queue' },
};
const activity: DispatchEffect = {
  kind: 'dispatch-activity',
  taskQueue: 'queue',
  scheduledEventId: 5,
  stamp: 1,
  fairnessKey: '',
  fairnessWeight: 1,
  priority: 1,
  scheduledTime: 0,
};

function world() {
  const clock = manualClock(1_000_000);
  const matching = createMatching<Task>(clock);
  const backlog = (queue: QueueId) => matching.describe(queue).backlogCount;
  const poll = (queue: QueueId) =>
    matching.poll(
      queue,
      { identity: 'worker', kind: 'normal', ratePerSecond: null, metadata: null },
      { deadline: clock.now() + 1_000 },
    );
  return { clock, matching, backlog, poll };
}

describe('a task goes', () => {
  test('to the workflow queue, named by its run, event and stamp', async () => {
    const { matching, poll, backlog } = world();
    dispatchTask(matching, effect, loaded);
    assert.deepEqual([backlog(normal), backlog(activities)], [1, 0]);
    const polled = await poll(normal);
    assert.deepEqual(polled?.offer.task, { kind: 'workflow', key, scheduledEventId: 2, stamp: 1 });
    assert.equal(polled.offer.priority, 3);
  });

  test('to the activity queue', async () => {
    const { matching, poll } = world();
    dispatchTask(matching, activity, loaded);
    const polled = await poll(activities);
    assert.deepEqual(polled?.offer.task, { kind: 'activity', key, scheduledEventId: 5, stamp: 1 });
    assert.equal(polled.offer.priority, 1);
  });

  test('to the sticky queue while its worker is there', async () => {
    const { clock, matching, poll, backlog } = world();
    const polling = poll(sticky);
    clock.advance(1_000);
    assert.equal(await polling, null);
    clock.advance(9_000);
    dispatchTask(matching, onSticky, loaded);
    assert.deepEqual([backlog(sticky), backlog(normal)], [1, 0]);
  });

  test('to the normal queue when the sticky one’s worker has gone, or never came', async () => {
    const { clock, matching, poll, backlog } = world();
    dispatchTask(matching, onSticky, loaded);
    assert.deepEqual([backlog(sticky), backlog(normal)], [0, 1]);
    const polling = poll(sticky);
    clock.advance(1_000);
    await polling;
    clock.advance(10_001);
    dispatchTask(matching, { ...onSticky, stamp: 2 }, loaded);
    assert.deepEqual([backlog(sticky), backlog(normal)], [0, 1]);
  });

  test('once, however often it is dispatched; the run’s next one takes the place of the last', async () => {
    const { matching, backlog, poll } = world();
    for (let i = 0; i < 3; i++) dispatchTask(matching, effect, loaded);
    dispatchTask(matching, { ...effect, stamp: 2 }, loaded);
    assert.equal(backlog(normal), 1);
    assert.equal((await poll(normal))?.offer.task.kind, 'workflow');
    assert.equal(backlog(normal), 0);
  });
});
