import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Init } from '@perdure/api';
import type { Command, StartChildWorkflowExecutionCommandAttributes } from '@perdure/api/command';
import { CommandType, ParentClosePolicy } from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import { createRun } from '../engine/workflow/create.ts';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { completeWorkflowTask } from '../engine/workflow/requests/complete-workflow-task.ts';
import { command, testNamespace, types } from '../engine/workflow/testing.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import type { RunKey, Storage } from '../storage/contract.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { createCrossRun } from './cross-run.ts';
import { createHost, type Host } from './host.ts';
import type { Loaded } from './loaded.ts';

/**
 * Each story is told over and over, with a crash after its first commit, its second, and so on; it always ends the same.
 * With slow reads and little memory most steps are commits of their own.
 */
interface Story {
  /** The workflow ids that clients start. */
  readonly starts: readonly string[];
  /** What the worker does with a workflow's next task, knowing the types of its events. */
  readonly work: (workflowId: string, events: readonly string[]) => readonly Init<Command>[];
  /** The events at the end, workflow tasks left out, of each workflow's runs, the first one first. */
  readonly end: Readonly<Record<string, readonly (readonly string[])[]>>;
}

const complete = command(CommandType.COMPLETE_WORKFLOW_EXECUTION, { completeWorkflowExecutionCommandAttributes: {} });
const continueAsNew = command(CommandType.CONTINUE_AS_NEW_WORKFLOW_EXECUTION, {
  continueAsNewWorkflowExecutionCommandAttributes: {},
});
const startChild = (more: Init<StartChildWorkflowExecutionCommandAttributes> = {}): Init<Command> =>
  command(CommandType.START_CHILD_WORKFLOW_EXECUTION, {
    startChildWorkflowExecutionCommandAttributes: { workflowId: 'child', workflowType: { name: 'C' }, ...more },
  });
const signalOther = (execution = { workflowId: 'other', runId: '' }): Init<Command> =>
  command(CommandType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION, {
    signalExternalWorkflowExecutionCommandAttributes: { execution, signalName: 's' },
  });
const cancelOther = (workflowId = 'other'): Init<Command> =>
  command(CommandType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION, {
    requestCancelExternalWorkflowExecutionCommandAttributes: { workflowId },
  });

const PARENT = ['WORKFLOW_EXECUTION_STARTED', 'START_CHILD_WORKFLOW_EXECUTION_INITIATED'];
const PARENT_OF_ONE = [...PARENT, 'CHILD_WORKFLOW_EXECUTION_STARTED'];
const asks = (events: readonly string[]): boolean => !events.includes('START_CHILD_WORKFLOW_EXECUTION_INITIATED');
const has = (events: readonly string[], type: string): boolean => events.includes(type);

const stories: Readonly<Record<string, Story>> = {
  'a child completes': {
    starts: ['parent'],
    work: (workflowId, events) => {
      if (workflowId === 'child') return [complete];
      if (asks(events)) return [startChild()];
      return has(events, 'CHILD_WORKFLOW_EXECUTION_COMPLETED') ? [complete] : [];
    },
    end: {
      parent: [[...PARENT_OF_ONE, 'CHILD_WORKFLOW_EXECUTION_COMPLETED', 'WORKFLOW_EXECUTION_COMPLETED']],
      child: [['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_COMPLETED']],
    },
  },
  'a child continues as new before it completes': {
    starts: ['parent'],
    work: (workflowId, events) => {
      if (workflowId === 'child') return has(events, 'first of its chain') ? [continueAsNew] : [complete];
      if (asks(events)) return [startChild()];
      return has(events, 'CHILD_WORKFLOW_EXECUTION_COMPLETED') ? [complete] : [];
    },
    end: {
      parent: [[...PARENT_OF_ONE, 'CHILD_WORKFLOW_EXECUTION_COMPLETED', 'WORKFLOW_EXECUTION_COMPLETED']],
      child: [
        ['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_CONTINUED_AS_NEW'],
        ['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_COMPLETED'],
      ],
    },
  },
  'a parent closes and terminates its child': {
    starts: ['parent'],
    work: (workflowId, events) => (workflowId === 'child' ? [] : asks(events) ? [startChild()] : [complete]),
    end: {
      parent: [[...PARENT_OF_ONE, 'WORKFLOW_EXECUTION_COMPLETED']],
      child: [['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_TERMINATED']],
    },
  },
  'a parent closes when its child is in its second run': {
    starts: ['parent'],
    work: (workflowId, events) => {
      if (workflowId === 'parent') {
        if (asks(events)) return [startChild()];
        return has(events, 'WORKFLOW_EXECUTION_SIGNALED') ? [complete] : [];
      }
      if (has(events, 'first of its chain')) return [continueAsNew];
      const signalled = has(events, 'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED');
      return signalled ? [] : [signalOther({ workflowId: 'parent', runId: '' })];
    },
    end: {
      parent: [[...PARENT_OF_ONE, 'WORKFLOW_EXECUTION_SIGNALED', 'WORKFLOW_EXECUTION_COMPLETED']],
      child: [
        ['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_CONTINUED_AS_NEW'],
        [
          'WORKFLOW_EXECUTION_STARTED',
          'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
          'EXTERNAL_WORKFLOW_EXECUTION_SIGNALED',
          'WORKFLOW_EXECUTION_TERMINATED',
        ],
      ],
    },
  },
  'a parent closes and has its child cancelled': {
    starts: ['parent'],
    work: (workflowId, events) => {
      if (workflowId === 'child') return has(events, 'WORKFLOW_EXECUTION_CANCEL_REQUESTED') ? [complete] : [];
      return asks(events) ? [startChild({ parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL })] : [complete];
    },
    end: {
      parent: [[...PARENT_OF_ONE, 'WORKFLOW_EXECUTION_COMPLETED']],
      child: [['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_CANCEL_REQUESTED', 'WORKFLOW_EXECUTION_COMPLETED']],
    },
  },
  'a child cannot have an id that is in use': {
    starts: ['child', 'parent'],
    work: (workflowId, events) => (workflowId === 'child' ? [] : asks(events) ? [startChild()] : [complete]),
    end: {
      parent: [[...PARENT, 'START_CHILD_WORKFLOW_EXECUTION_FAILED', 'WORKFLOW_EXECUTION_COMPLETED']],
      child: [['WORKFLOW_EXECUTION_STARTED']],
    },
  },
  'a workflow signals another one': {
    starts: ['other', 'sender'],
    work: (workflowId, events) => {
      if (workflowId === 'other') return has(events, 'WORKFLOW_EXECUTION_SIGNALED') ? [complete] : [];
      if (has(events, 'EXTERNAL_WORKFLOW_EXECUTION_SIGNALED')) return [complete];
      return has(events, 'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED') ? [] : [signalOther()];
    },
    end: {
      sender: [
        [
          'WORKFLOW_EXECUTION_STARTED',
          'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
          'EXTERNAL_WORKFLOW_EXECUTION_SIGNALED',
          'WORKFLOW_EXECUTION_COMPLETED',
        ],
      ],
      other: [['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_SIGNALED', 'WORKFLOW_EXECUTION_COMPLETED']],
    },
  },
  'what a workflow asks of another one in the task that closes it is not delivered': {
    starts: ['other', 'sender'],
    work: (workflowId, events) => {
      if (workflowId === 'sender') return [cancelOther(), complete];
      return has(events, 'WORKFLOW_EXECUTION_CANCEL_REQUESTED') ? [complete] : [];
    },
    end: {
      sender: [
        [
          'WORKFLOW_EXECUTION_STARTED',
          'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
          'WORKFLOW_EXECUTION_COMPLETED',
        ],
      ],
      other: [['WORKFLOW_EXECUTION_STARTED']],
    },
  },
  'a workflow can reach neither nobody nor itself': {
    starts: ['sender'],
    work: (_, events) => {
      if (!has(events, 'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED'))
        return [signalOther({ workflowId: 'nobody', runId: '' })];
      if (!has(events, 'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED')) return [];
      if (!has(events, 'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED')) return [cancelOther('sender')];
      return has(events, 'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED') ? [complete] : [];
    },
    end: {
      sender: [
        [
          'WORKFLOW_EXECUTION_STARTED',
          'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
          'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED',
          'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
          'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED',
          'WORKFLOW_EXECUTION_COMPLETED',
        ],
      ],
    },
  },
};

/** More turns than any story needs. */
const PATIENCE = 400;

interface Surroundings {
  readonly slowReads: boolean;
  readonly cacheCapacity?: number;
}

const surroundings: Readonly<Record<string, Surroundings>> = {
  'with everything in memory': { slowReads: false },
  'with slow reads and little memory': { slowReads: true, cacheCapacity: 1 },
};

for (const [name, story] of Object.entries(stories)) {
  describe(name, () => {
    for (const [where, given] of Object.entries(surroundings)) {
      test(`wherever the server crashes on the way, ${where}`, async () => {
        for (let commits = 1; await tellWithCrashAfter(story, commits, given); commits++) assert.ok(commits < 50);
      });
    }
  });
}

/** False when the story ended before the crash. */
async function tellWithCrashAfter(story: Story, commits: number, given: Surroundings): Promise<boolean> {
  const durable = await openSqlite({ path: ':memory:' });
  const storage = given.slowReads ? slow(durable) : durable;
  const clock = manualClock();
  const random = seededRandom(commits, clock.now);
  const dying = crashingAfter(storage, commits);
  let server = await boot(dying.storage, given, clock, random);
  let rebooted = false;
  for (let turns = 0; turns < PATIENCE; turns++) {
    if (dying.crashed() && !rebooted) {
      server.stop();
      server = await boot(storage, given, clock, random);
      rebooted = true;
    }
    for (const workflowId of story.starts) await ensureStarted(server.host, workflowId);
    for (const workflowId of Object.keys(story.end)) await workOn(server.host, durable, story, workflowId);
    clock.advance(100);
    await turn();
    if (await hasEnded(durable, story)) break;
  }
  server.stop();
  const told: Record<string, string[][]> = {};
  for (const workflowId of Object.keys(story.end)) told[workflowId] = await chainOf(durable, workflowId);
  assert.deepEqual(told, story.end, `with a crash after ${commits} commits`);
  assert.ok(await hasEnded(durable, story), 'somebody still has something to do');
  if (rebooted) await server.host.close();
  await durable.close();
  return rebooted;
}

interface Server {
  readonly host: Host;
  stop(): void;
}

async function boot(
  storage: Storage,
  { cacheCapacity }: Surroundings,
  clock: ReturnType<typeof manualClock>,
  random: ReturnType<typeof seededRandom>,
): Promise<Server> {
  const host = createHost({
    clock,
    random,
    limits: defaultLimits,
    storage,
    ...(cacheCapacity !== undefined && { cacheCapacity }),
    namespace: () => testNamespace,
    perform(effect, loaded) {
      if (
        effect.kind !== 'dispatch-workflow-task' &&
        effect.kind !== 'dispatch-activity' &&
        effect.kind !== 'call-back'
      )
        crossRun.perform(effect, loaded);
    },
    onBug: assert.ifError,
  });
  const crossRun = createCrossRun(host, assert.ifError);
  await host.recover();
  return { host, stop: crossRun.close };
}

/** After so many commits nothing is written any more. */
function crashingAfter(storage: Storage, commits: number): { storage: Storage; crashed: () => boolean } {
  let left = commits;
  const commit: Storage['commit'] = (writes) => (left-- > 0 ? storage.commit(writes) : new Promise(() => {}));
  return { storage: { ...storage, commit }, crashed: () => left < 0 };
}

/** What is read arrives a turn later, when what was staged before is on its way. */
const slow = (storage: Storage): Storage => ({
  ...storage,
  loadRun: (key) => turn().then(() => storage.loadRun(key)),
  currentRun: (namespaceId, workflowId) => turn().then(() => storage.currentRun(namespaceId, workflowId)),
});

async function ensureStarted(host: Host, workflowId: string): Promise<void> {
  await host.withCurrent(testNamespace.id, workflowId, (current) => {
    if (current) return;
    const runId = host.random.uuid();
    const t = createRun(host.context(testNamespace), {
      key: { namespaceId: testNamespace.id, workflowId, runId },
      requestId: `start ${workflowId}`,
      started: {
        workflowType: { name: 'W' },
        taskQueue: { name: 'q' },
        workflowTaskTimeout: { seconds: 10 },
        firstExecutionRunId: runId,
      },
    });
    host.create(t, testNamespace);
  });
}

/** Does the workflow task that is open, if one is, as a worker that sees the durable history. */
async function workOn(host: Host, storage: Storage, story: Story, workflowId: string): Promise<void> {
  const loaded = await host.loadCurrent(testNamespace.id, workflowId);
  if (!loaded || loaded.settled !== null || !loaded.run.head.workflowTask) return;
  const events = types(await eventsOf(storage, loaded.run.key));
  if (!loaded.run.started.continuedExecutionRunId) events.push('first of its chain');
  answer(host, loaded, story.work(workflowId, events));
}

function answer(host: Host, loaded: Loaded, commands: readonly Init<Command>[]): void {
  const open = loaded.run.head.workflowTask;
  if (!open || loaded.settled !== null) return;
  const task =
    open.startedEventId === 0
      ? host.change(loaded, (t) => startWorkflowTask(t, { requestId: '', identity: '' })).reply
      : open;
  const request = RespondWorkflowTaskCompletedRequest.decode(
    RespondWorkflowTaskCompletedRequest.encode({ commands: [...commands] }),
  );
  host.change(loaded, (t) => completeWorkflowTask(t, task, request));
}

async function eventsOf(storage: Storage, key: RunKey) {
  const batches = await storage.readHistory(key, 1, 1000);
  return batches.flatMap(({ bytes }) => History.decode(bytes).events);
}

/** The events of each run of the workflow, the first one first. Runs that nobody refers to would not be found here. */
async function chainOf(storage: Storage, workflowId: string): Promise<string[][]> {
  const chain: string[][] = [];
  let runId = (await storage.currentRun(testNamespace.id, workflowId))?.runId;
  while (runId) {
    const events = await eventsOf(storage, { namespaceId: testNamespace.id, workflowId, runId });
    chain.unshift(types(events).filter((type) => !type.startsWith('WORKFLOW_TASK')));
    runId = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  }
  return chain;
}

/** Also that closed runs have nothing left to do for anybody. */
async function hasEnded(storage: Storage, { end }: Story): Promise<boolean> {
  for (const [workflowId, runs] of Object.entries(end)) {
    const chain = await chainOf(storage, workflowId);
    if (chain.length !== runs.length || chain.at(-1)?.length !== runs.at(-1)?.length) return false;
  }
  for (const key of await storage.outstandingRuns('', 100))
    if (types(await eventsOf(storage, key)).some((type) => closing.has(type))) return false;
  return true;
}

const closing: ReadonlySet<string> = new Set([
  'WORKFLOW_EXECUTION_COMPLETED',
  'WORKFLOW_EXECUTION_TERMINATED',
  'WORKFLOW_EXECUTION_CONTINUED_AS_NEW',
]);
