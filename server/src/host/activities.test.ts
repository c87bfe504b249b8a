import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandType } from '@perdure/api/enums';
import { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import { createRun } from '../engine/workflow/create.ts';
import type { Effect } from '../engine/workflow/derive.ts';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { completeWorkflowTask } from '../engine/workflow/requests/complete-workflow-task.ts';
import { failActivityTask } from '../engine/workflow/requests/fail-activity-task.ts';
import { heartbeatActivityTask } from '../engine/workflow/requests/heartbeat-activity-task.ts';
import { startActivityTask } from '../engine/workflow/requests/start-activity-task.ts';
import { command, testNamespace } from '../engine/workflow/testing.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import type { RunWrite, Storage } from '../storage/contract.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import type { Host } from './host.ts';
import { createHost } from './host.ts';
import type { Loaded } from './loaded.ts';

const key = { namespaceId: testNamespace.id, workflowId: 'workflow', runId: '0190a5b4-0000-7000-8000-000000000001' };

interface World {
  readonly host: Host;
  /** Tasks that went to their queue. */
  readonly dispatched: Effect[];
  /** What was written of the run, commit by commit. */
  readonly writes: RunWrite[];
}

function hostOn(storage: Storage, clock = manualClock()): World {
  const dispatched: Effect[] = [];
  const writes: RunWrite[] = [];
  const host = createHost({
    clock,
    random: seededRandom(1),
    limits: defaultLimits,
    storage: {
      ...storage,
      commit(commit) {
        writes.push(...commit.runs);
        return storage.commit(commit);
      },
    },
    namespace: () => testNamespace,
    perform: (effect) => dispatched.push(effect),
    onBug: assert.ifError,
  });
  return { host, dispatched, writes };
}

/** A run whose events 5 and later have scheduled activities. */
async function scheduled({ host }: World, activities: number): Promise<Loaded> {
  const { reply: loaded } = host.create(
    createRun(host.context(testNamespace), {
      key,
      requestId: '',
      started: { workflowType: { name: 'W' }, taskQueue: { name: 'q' }, workflowTaskTimeout: { seconds: 10 } },
    }),
    testNamespace,
  );
  const task = host.change(loaded, (t) => startWorkflowTask(t, { requestId: '', identity: '' })).reply;
  const commands = Array.from({ length: activities }, (_, index) =>
    command(CommandType.SCHEDULE_ACTIVITY_TASK, {
      scheduleActivityTaskCommandAttributes: {
        activityId: `a${index}`,
        activityType: { name: 'A' },
        taskQueue: { name: 'q' },
        startToCloseTimeout: { seconds: 60 },
        heartbeatTimeout: { seconds: 30 },
      },
    }),
  );
  const bytes = RespondWorkflowTaskCompletedRequest.encode({ commands });
  const request = RespondWorkflowTaskCompletedRequest.decode(bytes);
  await host.change(loaded, (t) => completeWorkflowTask(t, task, request)).durable;
  return loaded;
}

async function start({ host }: World, loaded: Loaded, scheduledEventId: number): Promise<void> {
  const { reply, durable } = host.change(loaded, (t) => startActivityTask(t, { scheduledEventId, stamp: 1 }, 'worker'));
  assert.ok(reply);
  await durable;
}

const byId = (activityId: string) => ({ kind: 'id', activityId }) as const;

test('an activity that is started, or beats, is one row, unless the run wants to be woken earlier for it', async (t) => {
  const storage = await openSqlite({ path: ':memory:' });
  t.after(() => storage.close());
  const world = hostOn(storage);
  const loaded = await scheduled(world, 3);
  const rowsOf = async (act: () => Promise<unknown>) => {
    world.writes.length = 0;
    await act();
    return world.writes.map(({ head, entries }) => [head !== undefined, entries.length]);
  };
  assert.deepEqual(await rowsOf(() => start(world, loaded, 5)), [[true, 1]]);
  assert.deepEqual(await rowsOf(() => start(world, loaded, 6)), [[false, 1]]);
  const heartbeat = { details: null, identity: '' };
  const beat = async () => world.host.change(loaded, (t) => heartbeatActivityTask(t, byId('a0'), heartbeat)).durable;
  assert.deepEqual(await rowsOf(beat), [[false, 1]]);
});

test('a back-off that ended while the server was down is taken up after the start', async (t) => {
  const storage = await openSqlite({ path: ':memory:' });
  t.after(() => storage.close());
  const clock = manualClock();
  const before = hostOn(storage, clock);
  const loaded = await scheduled(before, 1);
  await start(before, loaded, 5);
  const failure = { failure: null, lastHeartbeatDetails: null, identity: '' };
  await before.host.change(loaded, (t) => failActivityTask(t, byId('a0'), failure)).durable;
  assert.equal(before.dispatched.filter(({ kind }) => kind === 'dispatch-activity').length, 1);
  await before.host.close();

  clock.advance(5_000);
  const after = hostOn(storage, clock);
  await after.host.recover();
  clock.advance(1);
  const found = await after.host.load(key);
  clock.advance(1);
  assert.equal(found?.run.activities.get(5)?.attempt, 2);
  const again = after.dispatched.filter(({ kind }) => kind === 'dispatch-activity');
  assert.deepEqual(
    again.map((effect) => 'stamp' in effect && effect.stamp),
    [2],
  );
  await after.host.close();
});
