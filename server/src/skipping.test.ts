import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventType, WorkflowExecutionStatus } from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import { Code } from './kernel/errors.ts';
import {
  beginsWith,
  completeWorkflow,
  ending,
  historyOf,
  inWorld,
  scheduleActivity,
  seconds,
  settled,
  startTimer,
  taskQueue,
  timeOf,
} from './skipping.fixture.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const { COMPLETED, TIMED_OUT } = WorkflowExecutionStatus;

const each = (...[name, ...run]: [name: string, ...Parameters<typeof inWorld>]): void =>
  void test(name, () => inWorld(...run));

describe('everything timed is skipped', () => {
  each('hundreds of timers of one workflow, each at its own time', async (world) => {
    const fired: number[] = [];
    const timers = Array.from({ length: 300 }, (_, i) => startTimer(`${i}`, (((i * 7919) % 300) + 1) * DAY));
    world.work((task, fresh) => {
      if (task.previousStartedEventId === 0) return timers;
      for (const event of fresh.filter(({ eventType }) => eventType === EventType.TIMER_FIRED))
        fired[Number(event.timerFiredEventAttributes?.timerId)] = timeOf(event);
      return fired.filter(Boolean).length === 300 ? [completeWorkflow] : [];
    });
    await world.start('timers');
    assert.deepEqual(await ending(world, 'timers'), { status: COMPLETED, after: 300 * DAY });
    const begin = timeOf((await historyOf(world, 'timers'))[0] as HistoryEvent);
    fired.forEach((at, i) => {
      assert.equal(at - begin, (((i * 7919) % 300) + 1) * DAY);
    });
  });

  each(
    'timers of many workflows, most of which left memory',
    async (world) => {
      world.work(
        beginsWith(
          (task) => [startTimer('t', Number(task.workflowExecution?.workflowId) * HOUR)],
          EventType.TIMER_FIRED,
        ),
      );
      const ids = Array.from({ length: 200 }, (_, i) => `${i + 1}`);
      for (const id of ids) await world.start(id);
      await world.test('UnlockTimeSkipping', {});
      for (const id of ids) assert.deepEqual(await ending(world, id), { status: COMPLETED, after: Number(id) * HOUR });
    },
    { timeSkipping: true, cacheCapacity: 10 },
  );

  each('the back-offs of an activity; its attempts go at their own pace', async (world) => {
    const attempts: number[] = [];
    const retryPolicy = { initialInterval: seconds(HOUR), backoffCoefficient: 2, maximumAttempts: 4 };
    world.work(beginsWith(() => [scheduleActivity('a', { retryPolicy })], EventType.ACTIVITY_TASK_COMPLETED));
    world.act(async ({ attempt }) => {
      attempts.push(world.now());
      await settled();
      if (attempt < 4) throw new Error();
    });
    await world.start('w');
    assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: 7 * HOUR });
    assert.deepEqual(
      attempts.map((at) => at - (attempts[0] ?? 0)),
      [0, HOUR, 3 * HOUR, 7 * HOUR],
    );
  });

  each('the timeouts of a workflow and the back-off before it is retried', async (world) => {
    world.work(() => []);
    await world.start('w', {
      workflowRunTimeout: seconds(DAY),
      retryPolicy: { initialInterval: seconds(HOUR), maximumAttempts: 2, backoffCoefficient: 1 },
    });
    assert.deepEqual(await ending(world, 'w'), { status: TIMED_OUT, after: DAY + HOUR + DAY });
  });

  each('the wait before a delayed start', async (world) => {
    world.work(() => [completeWorkflow]);
    await world.start('w', { workflowStartDelay: seconds(30 * DAY) });
    assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: 30 * DAY });
  });

  each(
    'a year of a cron workflow whose activity fails once a day',
    async (world) => {
      let done = 0;
      const retryPolicy = { initialInterval: seconds(SECOND), maximumAttempts: 2 };
      world.work(beginsWith(() => [scheduleActivity('a', { retryPolicy })], EventType.ACTIVITY_TASK_COMPLETED));
      world.act(async ({ attempt }) => {
        if (attempt === 1) throw new Error();
        done++;
      });
      await world.start('cron', { cronSchedule: '0 0 * * *' });
      await world.sleep(365 * DAY);
      await settled();
      assert.equal(done, 365);
    },
    { timeSkipping: true },
  );

  each(
    'retention: what expired meanwhile is gone when a sleep is over',
    async (world) => {
      world.work(() => [completeWorkflow]);
      await world.start('w');
      await ending(world, 'w');
      await world.sleep(23 * HOUR);
      const describe = () => world.call('DescribeWorkflowExecution', { execution: { workflowId: 'w' } });
      await describe();
      await world.sleep(2 * HOUR);
      await assert.rejects(describe(), { code: Code.NOT_FOUND });
    },
    { timeSkipping: true },
  );
});

describe('what is out keeps time to its own pace', () => {
  each('a workflow task that nobody has taken yet', async (world) => {
    await world.start('w', { workflowRunTimeout: seconds(DAY) });
    await settled();
    assert.match(
      world.diagnose().join(),
      /workflow W \(w\): its workflow task has been waiting for a worker on task queue queue/,
    );
    world.base.advance(HOUR);
    assert.equal((await historyOf(world, 'w')).length, 2);
    world.work(() => [completeWorkflow]);
    assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: HOUR });
  });

  each('an activity, which may well time out meanwhile', async (world) => {
    const retryPolicy = { maximumAttempts: 1 };
    const options = { retryPolicy, startToCloseTimeout: seconds(HOUR), heartbeatTimeout: seconds(10 * SECOND) };
    world.work(beginsWith(() => [scheduleActivity('a', options)], EventType.ACTIVITY_TASK_TIMED_OUT));
    world.act(() => null);
    await world.start('w');
    await settled();
    assert.match(world.diagnose().join(), /activity A \(a\) has been with a worker for 0 s/);
    world.base.advance(9 * SECOND);
    await settled();
    assert.match(world.diagnose().join(), /with a worker for 9 s/);
    world.base.advance(SECOND);
    assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: 10 * SECOND });
  });

  each(
    'a query that is asked of a worker',
    async (world) => {
      await world.start('w');
      const first = await world.call('PollWorkflowTaskQueue', { taskQueue });
      await world.call('RespondWorkflowTaskCompleted', {
        taskToken: first.taskToken,
        commands: [startTimer('t', DAY)],
      });
      await world.test('LockTimeSkipping', {});
      const answer = world.call('QueryWorkflow', { execution: { workflowId: 'w' }, query: { queryType: 'q' } });
      const began = world.now();
      const task = await world.call('PollWorkflowTaskQueue', { taskQueue });
      await world.test('UnlockTimeSkipping', {});
      await settled();
      assert.equal(world.now(), began);
      await world.call('RespondQueryTaskCompleted', { taskToken: task.taskToken, completedType: 1 });
      await answer;
      await settled();
      assert.equal(world.now(), began + DAY);
    },
    { timeSkipping: 'unlocked' },
  );

  each('not the time between two attempts, nor an open workflow that waits', async (world) => {
    world.work(() => []);
    await world.start('w');
    await settled();
    assert.deepEqual(world.diagnose(), [
      'nothing is due: no timer, timeout, back-off or schedule is ahead; workflows wait for what you do',
    ]);
    assert.equal(world.core.diagnoseTime()?.skippedMs, 0);
  });
});
