import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { TimeSkippingConfig } from '@perdure/api/common';
import { CommandType, EventType, FastForwardPollingResult, WorkflowExecutionStatus } from '@perdure/api/enums';
import { Code } from '../kernel/errors.ts';
import type { ServerOptions } from '../server.ts';
import {
  beginsWith,
  completeWorkflow,
  ending,
  historyOf,
  inWorld,
  type SkippingWorld,
  scheduleActivity,
  seconds,
  settled,
  startTimer,
  taskQueue,
  timeOf,
  typesOf,
} from '../skipping.fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { COMPLETED, TIMED_OUT } = WorkflowExecutionStatus;
const SKIPPED = EventType.WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED;
const on = { timeSkippingConfig: { enabled: true } };
const allowed: ServerOptions = { timeSkipping: false, limits: { workflowTimeSkipping: true } };

/** The server's own time stands still, though what is due at it is done: what goes on does so in the time of the runs. */
const each = (name: string, run: (world: SkippingWorld) => Promise<void>, options = allowed): void =>
  void test(name, () =>
    inWorld(async (world) => {
      const began = world.now();
      let over = false;
      const ticking = (async () => {
        for (; !over; await settled(1)) world.base.advance(0);
      })();
      await run(world).finally(() => {
        over = true;
      });
      await ticking;
      assert.equal(world.now(), began);
    }, options),
  );

const skipsOf = async (world: SkippingWorld, workflowId: string, runId = '') =>
  (await historyOf(world, workflowId, runId)).filter(({ eventType }) => eventType === SKIPPED);

const infoOf = async ({ call }: SkippingWorld, workflowId: string) =>
  (await call('DescribeWorkflowExecution', { execution: { workflowId } })).workflowExtendedInfo?.timeSkippingInfo;

describe('a workflow that skips time', () => {
  each('fires its timers one after the other, and says so in its history', async (world) => {
    world.work((task, fresh) => {
      if (task.previousStartedEventId === 0) return [startTimer('a', DAY), startTimer('b', 3 * DAY)];
      const fired = fresh.find(({ eventType }) => eventType === EventType.TIMER_FIRED);
      return fired?.timerFiredEventAttributes?.timerId === 'b' ? [completeWorkflow] : [];
    });
    await world.start('w', on);
    assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: 3 * DAY });
    const history = await historyOf(world, 'w');
    const { TIMER_FIRED } = EventType;
    assert.deepEqual(
      typesOf(history).filter((type) => type === SKIPPED || type === TIMER_FIRED),
      [SKIPPED, TIMER_FIRED, SKIPPED, TIMER_FIRED],
    );
    const [skip] = await skipsOf(world, 'w');
    const { targetTime, wallClockTime } = skip?.workflowExecutionTimeSkippingTransitionedEventAttributes ?? {};
    assert.equal((targetTime?.seconds ?? 0) - (skip?.eventTime?.seconds ?? 0), DAY / 1000);
    assert.equal(wallClockTime?.seconds, Math.floor(world.now() / 1000));
    assert.equal((await infoOf(world, 'w'))?.currentSessionSkipCount, 2);
  });

  each('skips back-offs, not attempts, and leaves other workflows where they are', async (world) => {
    const retryPolicy = { initialInterval: seconds(HOUR), backoffCoefficient: 2, maximumAttempts: 3 };
    world.work(beginsWith(() => [scheduleActivity('a', { retryPolicy })], EventType.ACTIVITY_TASK_COMPLETED));
    world.act(async ({ attempt }) => {
      await settled();
      if (attempt < 3) throw new Error();
    });
    await world.start('w', on);
    assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: 3 * HOUR });
    await world.start('other', { workflowStartDelay: seconds(1_000) });
    await settled();
    assert.equal((await historyOf(world, 'other')).length, 1);
    assert.equal(await infoOf(world, 'other'), null);
  });

  each('waits neither for its start nor for the end of its time', async (world) => {
    world.work(() => []);
    await world.start('w', { ...on, workflowStartDelay: seconds(DAY), workflowRunTimeout: seconds(2 * DAY) });
    assert.deepEqual(await ending(world, 'w'), { status: TIMED_OUT, after: 3 * DAY });
  });

  each('does not skip while a task is out', async (world) => {
    await world.start('w', on);
    const { taskToken } = await world.call('PollWorkflowTaskQueue', { taskQueue });
    const commands = [startTimer('t', DAY), scheduleActivity('a')];
    await world.call('RespondWorkflowTaskCompleted', { taskToken, commands });
    await settled();
    assert.deepEqual(await skipsOf(world, 'w'), []);
    const activity = await world.call('PollActivityTaskQueue', { taskQueue });
    await world.call('RespondActivityTaskCompleted', { taskToken: activity.taskToken });
    const next = await world.call('PollWorkflowTaskQueue', { taskQueue });
    await world.call('RespondWorkflowTaskCompleted', { taskToken: next.taskToken });
    assert.equal((await skipsOf(world, 'w')).length, 1);
  });

  each('stops after as many skips as it is allowed, until it is configured anew', async (world) => {
    world.work(() => [startTimer(`${Math.random()}`, HOUR)]);
    await world.start('w', { timeSkippingConfig: { enabled: true, maxSessionSkipCount: 3 } });
    await settled(60);
    assert.equal((await skipsOf(world, 'w')).length, 3);
    assert.equal((await infoOf(world, 'w'))?.effectiveConfig?.enabled, false);
    await world.call('UpdateWorkflowExecutionOptions', {
      workflowExecution: { workflowId: 'w' },
      workflowExecutionOptions: { timeSkippingConfig: { enabled: true, maxSessionSkipCount: 2 } },
      updateMask: { paths: ['time_skipping_config'] },
    });
    await settled(60);
    assert.equal((await skipsOf(world, 'w')).length, 5);
  });

  each('hands its time on to the runs that follow, and to its children', async (world) => {
    const child = {
      commandType: CommandType.START_CHILD_WORKFLOW_EXECUTION,
      startChildWorkflowExecutionCommandAttributes: { workflowId: 'child', workflowType: { name: 'W' }, taskQueue },
    };
    const again = {
      commandType: CommandType.CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
      continueAsNewWorkflowExecutionCommandAttributes: { workflowType: { name: 'W' }, taskQueue },
    };
    let runs = 0;
    world.work((task, fresh) => {
      const types = typesOf(fresh);
      if (task.workflowExecution?.workflowId === 'child')
        return task.previousStartedEventId === 0 ? [startTimer('c', DAY)] : [completeWorkflow];
      if (task.previousStartedEventId === 0) return [startTimer('t', DAY)];
      if (types.includes(EventType.TIMER_FIRED)) return runs++ === 0 ? [again] : [child];
      return types.includes(EventType.CHILD_WORKFLOW_EXECUTION_COMPLETED) ? [completeWorkflow] : [];
    });
    await world.start('w', on);
    const { status, after } = await ending(world, 'w');
    assert.equal(status, COMPLETED);
    // The child's own skips are its own.
    assert.ok(after >= 2 * DAY && after < 2 * DAY + HOUR, `${after}`);
    const [first] = await historyOf(world, 'child');
    assert.ok(first && timeOf(first) - world.now() >= 2 * DAY);
    assert.equal(first.workflowExecutionStartedEventAttributes?.timeSkippingConfig?.enabled, true);
  });

  each('begins to skip time, and ends, with a reset that asks for it', async (world) => {
    const reset = (requestId: string, options: { timeSkippingConfig: Init<TimeSkippingConfig> | null } | null) => {
      const updateMask = { paths: ['time_skipping_config'] };
      const change = { updateWorkflowOptions: { workflowExecutionOptions: options, updateMask } };
      return world.call('ResetWorkflowExecution', {
        workflowExecution: { workflowId: 'w' },
        workflowTaskFinishEventId: 4,
        requestId,
        postResetOperations: options ? [change] : [],
      });
    };
    world.work(() => [startTimer(`${Math.random()}`, DAY)]);
    await world.start('w');
    await settled(60);
    assert.deepEqual(await skipsOf(world, 'w'), []);
    await reset('on', { timeSkippingConfig: { enabled: true, maxSessionSkipCount: 2 } });
    await settled(60);
    assert.equal((await skipsOf(world, 'w')).length, 2);
    // What was changed after the point of the next reset holds after it as well.
    await reset('again', null);
    await settled(60);
    assert.equal((await skipsOf(world, 'w')).length, 2);
    await reset('off', { timeSkippingConfig: null });
    await settled(60);
    assert.deepEqual(await skipsOf(world, 'w'), []);
    assert.equal((await infoOf(world, 'w'))?.effectiveConfig ?? null, null);
  });

  each('survives a reset with the time that it had', async (world) => {
    world.work(beginsWith(() => [startTimer('t', DAY)], EventType.TIMER_FIRED));
    await world.start('w', on);
    await ending(world, 'w');
    const finished = (await historyOf(world, 'w')).filter(
      ({ eventType }) => eventType === EventType.WORKFLOW_TASK_COMPLETED,
    );
    const { runId } = await world.call('ResetWorkflowExecution', {
      workflowExecution: { workflowId: 'w' },
      workflowTaskFinishEventId: finished.at(-1)?.eventId ?? 0,
      requestId: 'reset',
    });
    await settled(60);
    const history = await historyOf(world, 'w', runId);
    const times = history.map(timeOf);
    assert.ok((times.at(-1) ?? 0) >= world.now() + DAY);
    assert.equal(typesOf(history).at(-1), EventType.WORKFLOW_EXECUTION_COMPLETED);
  });
});

describe('a fast-forward', () => {
  const fastForward = (days: number, id = 'ff') => ({
    timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: seconds(days * DAY) } },
  });
  const poll = ({ call }: SkippingWorld, fastForwardId = 'ff') =>
    call('PollWorkflowExecutionTimeSkipping', { workflowExecution: { workflowId: 'w' }, fastForwardId });
  const { FAST_FORWARD_COMPLETED, FAST_FORWARD_FAILED } = FastForwardPollingResult;

  each('goes so far, past timers, and no further', async (world) => {
    world.work((task) => (task.previousStartedEventId === 0 ? [startTimer('a', DAY), startTimer('b', 3 * DAY)] : []));
    await world.start('w', fastForward(2));
    const { fastForwardPollingResult, fastForwardInfo } = await poll(world);
    assert.equal(fastForwardPollingResult, FAST_FORWARD_COMPLETED);
    assert.equal(fastForwardInfo?.hasCompleted, true);
    const skips = await skipsOf(world, 'w');
    assert.deepEqual(
      skips.map((skip) => skip.workflowExecutionTimeSkippingTransitionedEventAttributes?.disabledAfterFastForward),
      [false, true],
    );
    const { currentTime } = (await infoOf(world, 'w')) ?? {};
    assert.equal((currentTime?.seconds ?? 0) - Math.floor(world.now() / 1000), (2 * DAY) / 1000);
  });

  each('fails for who waits for another one, and when the workflow ends before', async (world) => {
    await world.start('w', fastForward(2));
    const other = await poll(world, 'another');
    assert.equal(other.fastForwardPollingResult, FAST_FORWARD_FAILED);
    const waiting = poll(world);
    await settled();
    await world.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: 'w' } });
    const { fastForwardPollingResult, failedReason } = await waiting;
    assert.equal(fastForwardPollingResult, FAST_FORWARD_FAILED);
    assert.match(failedReason, /ended before/);
  });

  test('ends at its time by itself, whatever is under way', () =>
    inWorld(async (world) => {
      await world.start('w', { ...fastForward(1), workflowTaskTimeout: seconds(10_000) });
      const waiting = poll(world);
      await settled();
      world.base.advance(DAY);
      assert.equal((await waiting).fastForwardPollingResult, FAST_FORWARD_COMPLETED);
    }, allowed));
});

describe('skipping the time of a workflow is refused', () => {
  each(
    'where it is not allowed',
    async (world) => {
      await assert.rejects(world.start('w', on), { code: Code.UNIMPLEMENTED, message: /not enabled for namespace/ });
    },
    { timeSkipping: false },
  );

  const refused: readonly [what: string, config: object, message: RegExp][] = [
    ['without a length', { enabled: true, fastForwardConfig: { id: 'x' } }, /duration must be positive/],
    [
      'without a name',
      { enabled: true, fastForwardConfig: { duration: seconds(1_000) } },
      /fast_forward_id must be set/,
    ],
    [
      'that is switched off',
      { fastForwardConfig: { id: 'x', duration: seconds(1_000) } },
      /cannot set fast_forward when enabled is false/,
    ],
  ];
  for (const [what, timeSkippingConfig, message] of refused)
    each(`for a fast-forward ${what}`, async (world) => {
      await assert.rejects(world.start('w', { timeSkippingConfig }), { code: Code.INVALID_ARGUMENT, message });
    });
});
