import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { CommandType, RateLimitSource, TaskQueueType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { openTaskQueueConfigs } from '../host/task-queue-configs.ts';
import { Code } from '../kernel/errors.ts';
import {
  type Conversation,
  complete,
  converse,
  execution,
  idleWorkflow,
  startWorkflow,
  takeTask,
  taskQueue,
  underWay,
} from './conversation.fixture.ts';

let opened: Conversation[] = [];
afterEach(async () => {
  await Promise.all(opened.map((each) => each.close()));
  opened = [];
});

async function open(limits: Parameters<typeof converse>[0] = {}): Promise<Conversation> {
  const conversation = await converse(limits);
  opened.push(conversation);
  return conversation;
}

const pause = { ...execution, identity: 'operator', reason: 'lunch', requestId: 'p' };
const takeActivity = ({ call, clock }: Conversation, maxTasksPerSecond: number | null = null) =>
  call(
    'PollActivityTaskQueue',
    {
      taskQueue,
      identity: 'worker',
      taskQueueMetadata: maxTasksPerSecond === null ? null : { maxTasksPerSecond: { value: maxTasksPerSecond } },
    },
    clock.now() - Date.now() + 10_000,
  );

const schedule = (activityId: string) => ({
  commandType: CommandType.SCHEDULE_ACTIVITY_TASK,
  scheduleActivityTaskCommandAttributes: {
    activityId,
    activityType: { name: 'A' },
    taskQueue,
    startToCloseTimeout: { seconds: 60, nanos: 0 },
  },
});

async function withActivities(c: Conversation, ...ids: string[]): Promise<void> {
  await startWorkflow(c);
  await complete(c, await takeTask(c), { commands: ids.map(schedule) });
}

describe('pausing over the wire', () => {
  test('is switched off unless somebody switches it on', async () => {
    const c = await open();
    await idleWorkflow(c);
    await assert.rejects(c.call('PauseWorkflowExecution', pause), { code: Code.UNIMPLEMENTED });
  });

  test('keeps a workflow and its activities from workers until it is over', async () => {
    const c = await open({ workflowPause: true });
    await withActivities(c, 'a');
    await c.call('PauseWorkflowExecution', pause);
    const { workflowExecutionInfo } = await c.call('DescribeWorkflowExecution', { execution });
    assert.equal(workflowExecutionInfo?.status, WorkflowExecutionStatus.PAUSED);
    let taken = false;
    const activity = takeActivity(c).finally(() => {
      taken = true;
    });
    await c.call('SignalWorkflowExecution', { workflowExecution: execution, signalName: 's' });
    await underWay();
    assert.equal(taken, false);
    await c.call('UnpauseWorkflowExecution', { ...pause, requestId: 'u' });
    assert.equal((await activity).activityId, 'a');
    assert.ok((await takeTask(c)).taskToken.length > 0);
  });

  test('of an activity, by either of two requests, ends by either', async () => {
    const c = await open();
    await withActivities(c, 'a');
    const named = { ...execution, activityId: 'a' };
    await c.call('PauseActivityExecution', { ...named, requestId: 'p' });
    const waiting = takeActivity(c);
    await c.call('UnpauseActivity', { execution, id: 'a' });
    const { taskToken, activityId } = await waiting;
    assert.equal(activityId, 'a');
    await c.call('PauseActivity', { execution, type: 'A' });
    assert.equal((await c.call('RecordActivityTaskHeartbeat', { taskToken })).activityPaused, true);
    await c.call('UnpauseActivityExecution', named);
    await c.call('ResetActivityExecution', named);
    const { activityPaused, activityReset } = await c.call('RecordActivityTaskHeartbeat', { taskToken });
    assert.deepEqual([activityPaused, activityReset], [false, true]);
  });
});

describe('the rate of a task queue', () => {
  const describeQueue = ({ call }: Conversation) =>
    call('DescribeTaskQueue', { taskQueue, taskQueueType: TaskQueueType.ACTIVITY, reportConfig: true });

  test('is what a worker asks for', async () => {
    const c = await open();
    await withActivities(c, 'a', 'b');
    assert.equal((await takeActivity(c, 0.1)).activityId, 'a');
    const second = takeActivity(c, 0.1);
    await underWay();
    c.clock.advance(9_900);
    assert.equal((await second).activityId, '');
    assert.deepEqual((await describeQueue(c)).effectiveRateLimit, {
      requestsPerSecond: Math.fround(0.1),
      rateLimitSource: RateLimitSource.WORKER,
    });
  });

  test('is rather what somebody has set, also after a restart', async () => {
    const c = await open();
    const { config } = await c.call('UpdateTaskQueueConfig', {
      taskQueue: 'queue',
      taskQueueType: TaskQueueType.ACTIVITY,
      identity: 'operator',
      updateQueueRateLimit: { rateLimit: { requestsPerSecond: 0 }, reason: 'stop' },
    });
    await withActivities(c, 'a');
    const waiting = takeActivity(c, 100);
    await underWay();
    const described = await describeQueue(c);
    assert.deepEqual(described.config, config);
    assert.deepEqual(described.effectiveRateLimit, { requestsPerSecond: 0, rateLimitSource: RateLimitSource.API });
    const { storage } = c.core.server.host;
    const queue = { namespaceId: c.core.server.namespaces.byName('default').id, name: 'queue' };
    const reopened = await openTaskQueueConfigs(storage);
    assert.deepEqual(reopened.find({ ...queue, type: TaskQueueType.ACTIVITY }), config);
    await c.call('UpdateTaskQueueConfig', {
      taskQueue: 'queue',
      taskQueueType: TaskQueueType.ACTIVITY,
      updateQueueRateLimit: { reason: 'go on' },
    });
    c.clock.advance(10);
    assert.equal((await waiting).activityId, 'a');
  });
});
