import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { EventType, HistoryEventFilterType, WorkflowExecutionStatus } from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import { Code } from './kernel/errors.ts';
import type { ServerOptions } from './server.ts';
import {
  completeWorkflow,
  events,
  type SkippingWorld,
  scheduleActivity,
  seconds,
  settled,
  skippingWorld,
  startTimer,
  type Taken,
  taskQueue,
} from './skipping.fixture.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const { COMPLETED, TIMED_OUT, RUNNING } = WorkflowExecutionStatus;

function each(
  name: string,
  run: (world: SkippingWorld) => Promise<void>,
  options: ServerOptions = { timeSkipping: 'unlocked' },
): void {
  test(name, async () => {
    const bugs: unknown[] = [];
    const world = await skippingWorld({ onBug: (bug) => bugs.push(bug), ...options });
    try {
      await run(world);
    } finally {
      await world.close();
    }
    assert.deepEqual(bugs, []);
  });
}

const timeOf = ({ eventTime }: HistoryEvent): number =>
  (eventTime?.seconds ?? 0) * 1000 + (eventTime?.nanos ?? 0) / 1_000_000;
const typesOf = (all: readonly HistoryEvent[]): EventType[] => all.map(({ eventType }) => eventType);

async function historyOf({ call }: SkippingWorld, workflowId: string, runId = ''): Promise<readonly HistoryEvent[]> {
  const { history } = await call('GetWorkflowExecutionHistory', { execution: { workflowId, runId } });
  return events(history);
}

/** Waits for the last run of a workflow to close, and says how, and when, in ms since the first one began. */
async function ending(world: SkippingWorld, workflowId: string): Promise<{ status: number; after: number }> {
  let began: number | null = null;
  for (let runId = ''; ; ) {
    const execution = { workflowId, runId };
    const wait = { waitNewEvent: true, historyEventFilterType: HistoryEventFilterType.CLOSE_EVENT };
    began ??= timeOf((await historyOf(world, workflowId))[0] as HistoryEvent);
    const [close] = events((await world.call('GetWorkflowExecutionHistory', { execution, ...wait })).history);
    assert.ok(close, `${workflowId} did not close: ${world.diagnose().join('; ')}`);
    runId = close.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? '';
    if (runId !== '') continue;
    const { workflowExecutionInfo } = await world.call('DescribeWorkflowExecution', { execution: { workflowId } });
    return { status: workflowExecutionInfo?.status ?? 0, after: timeOf(close) - began };
  }
}

/** Completes once the history holds an event of this type; begins with the commands given. */
const beginsWith =
  (first: (task: Taken) => readonly object[], until: EventType) =>
  (task: Taken, fresh: readonly HistoryEvent[]): readonly object[] => {
    if (task.previousStartedEventId === 0) return first(task);
    return typesOf(fresh).includes(until) ? [completeWorkflow] : [];
  };

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

describe('TestService', () => {
  const locked: ServerOptions = { timeSkipping: true };

  each(
    'nests locks, and refuses to unlock what is not locked',
    async (world) => {
      world.work(beginsWith(() => [startTimer('t', DAY)], EventType.TIMER_FIRED));
      await world.test('LockTimeSkipping', {});
      await world.start('w');
      await settled();
      await world.test('UnlockTimeSkipping', {});
      await settled();
      assert.match(world.diagnose().join(), /time is locked \(1\)/);
      await world.test('UnlockTimeSkipping', {});
      assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: DAY });
      await assert.rejects(world.test('UnlockTimeSkipping', {}), { code: Code.FAILED_PRECONDITION });
      await assert.rejects(world.sleep(1), { code: Code.FAILED_PRECONDITION });
    },
    locked,
  );

  each(
    'Sleep leaves the locks alone: it takes as long as time does',
    async (world) => {
      let over = false;
      const sleep = world.test('Sleep', { duration: seconds(HOUR) }).then(() => (over = true));
      await settled();
      world.base.advance(HOUR - 1);
      await settled();
      assert.equal(over, false);
      world.base.advance(1);
      await sleep;
      const before = world.now();
      await world.test('UnlockTimeSkipping', {});
      await world.test('Sleep', { duration: seconds(YEAR) });
      assert.equal(world.now(), before + YEAR);
    },
    locked,
  );

  each('SleepUntil waits for an instant, and not for one that has passed', async (world) => {
    const began = world.now();
    await world.test('SleepUntil', { timestamp: { seconds: Math.floor((began - DAY) / 1000), nanos: 0 } });
    assert.equal(world.now(), began);
    const wanted = Math.ceil((began + DAY) / 1000);
    await world.test('SleepUntil', { timestamp: { seconds: wanted, nanos: 0 } });
    assert.equal(world.now(), wanted * 1000);
    const { time } = await world.test('GetCurrentTime', {});
    assert.deepEqual(time, { seconds: wanted, nanos: 0 });
    await assert.rejects(world.test('SleepUntil', {}), { code: Code.INVALID_ARGUMENT });
  });

  each(
    'UnlockTimeSkippingWithSleep goes exactly so far, and locks in the turn in which it gets there',
    async (world) => {
      world.work(beginsWith(() => [startTimer('a', DAY), startTimer('b', DAY + 1)], EventType.TIMER_FIRED));
      const began = world.now();
      await world.start('w');
      await settled();
      await world.sleep(DAY);
      assert.equal(world.now(), began + DAY);
      assert.equal(world.core.diagnoseTime()?.locks, 1);
      await assert.rejects(world.test('Sleep', { duration: { seconds: -1, nanos: 0 } }), {
        code: Code.INVALID_ARGUMENT,
      });
    },
    locked,
  );

  each(
    'a sleep that is given up gives its lock back',
    async (world) => {
      await world.test('LockTimeSkipping', {});
      const leave = new AbortController();
      const sleep = world.sleep(DAY, leave.signal);
      await settled();
      assert.equal(world.core.diagnoseTime()?.sleepers, 1);
      leave.abort();
      await assert.rejects(sleep, { code: Code.CANCELLED });
      assert.equal(world.core.diagnoseTime()?.sleepers, 0);
      assert.equal(world.core.diagnoseTime()?.nextDue, null);
    },
    locked,
  );

  each('an activity sleeps by taking its own lock away, while timers go on beside it', async (world) => {
    const ticks: string[] = [];
    world.work((task, fresh) => {
      if (task.previousStartedEventId === 0)
        return [scheduleActivity('a', { startToCloseTimeout: seconds(YEAR) }), startTimer('t', DAY)];
      const types = typesOf(fresh);
      if (types.includes(EventType.TIMER_FIRED)) ticks.push('timer');
      if (types.includes(EventType.ACTIVITY_TASK_COMPLETED)) return [completeWorkflow];
      return [];
    });
    world.act(() => world.sleep(10 * DAY).then(() => ticks.push('activity')));
    await world.start('w');
    assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: 10 * DAY });
    assert.deepEqual(ticks, ['timer', 'activity']);
    assert.equal(world.core.diagnoseTime()?.locks, 0);
  });

  test('is not there on a server that does not skip time, but for what time it is', async () => {
    const world = await skippingWorld({ timeSkipping: false });
    await assert.rejects(world.test('LockTimeSkipping', {}), {
      code: Code.UNIMPLEMENTED,
      message: /--time-skipping/,
    });
    const { time } = await world.test('GetCurrentTime', {});
    assert.equal(time?.seconds, Math.floor(world.base.now() / 1000));
    assert.equal(world.core.diagnoseTime(), null);
    await world.close();
  });
});

describe('a server that is started again', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'perdure-skipping-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('goes on at the time to which it had skipped, with the tasks that were out', async () => {
    const db = path.join(folder, 'one.db');
    const first = await skippingWorld({ timeSkipping: 'unlocked' }, db);
    await first.start('w', { workflowTaskTimeout: seconds(10 * SECOND), workflowRunTimeout: seconds(YEAR) });
    const { taskToken } = await first.call('PollWorkflowTaskQueue', { taskQueue });
    const commands = [startTimer('t', 100 * DAY), startTimer('u', 200 * DAY)];
    await first.call('RespondWorkflowTaskCompleted', { taskToken, commands });
    const taken = await first.call('PollWorkflowTaskQueue', { taskQueue });
    assert.equal(typesOf(events(taken.history)).at(-3), EventType.TIMER_FIRED);
    const reached = first.now();
    assert.ok(reached - first.base.now() >= 100 * DAY);
    await first.close();

    const second = await skippingWorld({ timeSkipping: 'unlocked', clock: first.base }, db);
    await settled();
    assert.equal(second.now(), reached);
    assert.match(second.diagnose().join(), /workflow W \(w\): its workflow task has been with a worker/);
    // It may still be answered, and everything goes on from there.
    await second.call('RespondWorkflowTaskCompleted', { taskToken: taken.taskToken });
    const last = await second.call('PollWorkflowTaskQueue', { taskQueue });
    assert.equal(second.now(), first.base.now() + 200 * DAY);
    await second.call('RespondWorkflowTaskCompleted', { taskToken: last.taskToken, commands: [completeWorkflow] });
    await second.close();
  });

  test('has slept when somebody was told so, even if nothing else happened', async () => {
    const db = path.join(folder, 'two.db');
    const first = await skippingWorld({ timeSkipping: true }, db);
    await first.sleep(DAY);
    // As after a crash: what was told is stored by then, without the help of an orderly end.
    const second = await skippingWorld({ timeSkipping: true, clock: first.base }, path.join(folder, 'two.db')).catch(
      () => null,
    );
    assert.equal(second, null, 'the database belongs to the first one');
    await first.close();
    const third = await skippingWorld({ timeSkipping: true, clock: first.base }, db);
    assert.equal(third.now(), first.base.now() + DAY);
    await third.close();
  });
});

describe('namespaces of a test server', () => {
  each(
    'come into being when they are used, with its search attributes',
    async (world) => {
      const { namespaceInfo } = await world.call('DescribeNamespace', { namespace: 'mine' });
      assert.equal(namespaceInfo?.name, 'mine');
      await world.start('w', { namespace: 'yours' });
      const { workflowExecutionInfo } = await world.call('DescribeWorkflowExecution', {
        namespace: 'yours',
        execution: { workflowId: 'w' },
      });
      assert.equal(workflowExecutionInfo?.status, RUNNING);
    },
    { timeSkipping: true, anyNamespace: true, searchAttributes: { Color: 'Keyword' } },
  );

  each('do not elsewhere', async (world) => {
    await assert.rejects(world.call('DescribeNamespace', { namespace: 'mine' }), { code: Code.NOT_FOUND });
  });
});

test('a server that nobody uses has nothing to jump to', async () => {
  const world = await skippingWorld({ timeSkipping: 'unlocked' });
  world.work(() => []);
  await settled();
  world.base.advance(HOUR);
  await settled();
  assert.equal(world.core.diagnoseTime()?.nextDue, null);
  assert.equal(world.core.diagnoseTime()?.skippedMs, 0);
  await world.close();
});
