import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType, EventType, ResetReapplyExcludeType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { History, type HistoryEvent } from '@perdure/api/history';
import { checkReplay } from '../engine/workflow/replay.fixture.ts';
import { outline } from '../engine/workflow/testing.ts';
import { readRun } from '../host/stored-form.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import type { RequestOf } from './context.ts';
import {
  answers,
  type Conversation,
  complete,
  converse,
  execution,
  idleWorkflow,
  startWorkflow,
  takeTask,
  underWay,
} from './conversation.fixture.ts';

/** Runs a test on a server of its own; at the end, every run's stored state follows from its stored history. */
async function on(use: (conversation: Conversation) => Promise<void>): Promise<void> {
  const conversation = await converse();
  try {
    await use(conversation);
    await checkStored(conversation);
  } finally {
    await conversation.close();
  }
}

async function checkStored({ core, call }: Conversation): Promise<void> {
  const { host, namespaces } = core.server;
  const namespace = namespaces.view(namespaces.byName('default').id);
  assert.ok(namespace);
  for (const workflowId of ['workflow', 'child']) {
    const seen = new Set<string>();
    let { runId } = (await host.storage.currentRun(namespace.id, workflowId)) ?? { runId: '' };
    for (; runId !== '' && !seen.has(runId); ) {
      seen.add(runId);
      const key = { namespaceId: namespace.id, workflowId, runId };
      const stored = await host.storage.loadRun(key);
      assert.ok(stored);
      const events = await history({ call }, runId, workflowId);
      const run = readRun(stored);
      checkReplay(run, events, host.context(namespace));
      runId = run.head.forkedFrom[0]?.runId ?? '';
    }
  }
}

async function history({ call }: Pick<Conversation, 'call'>, runId = '', workflowId = 'workflow') {
  const events: HistoryEvent[] = [];
  for (let nextPageToken = new Uint8Array(0); ; ) {
    const page = await call('GetWorkflowExecutionHistory', { execution: { workflowId, runId }, nextPageToken });
    events.push(...History.decode(page.history ?? new Uint8Array(0)).events);
    if (page.nextPageToken.length === 0) return events;
    nextPageToken = Uint8Array.from(page.nextPageToken);
  }
}

const signal = ({ call }: Conversation, signalName: string, input: Uint8Array | null = null) =>
  call('SignalWorkflowExecution', { workflowExecution: execution, signalName, input, requestId: signalName });

const signalsIn = (events: readonly HistoryEvent[]): string[] =>
  events.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []);

const reset = async (
  { call }: Conversation,
  workflowTaskFinishEventId: number,
  more: Init<RequestOf<'ResetWorkflowExecution'>> = {},
): Promise<string> => {
  const request = { workflowExecution: execution, workflowTaskFinishEventId, requestId: 'reset', reason: 'again' };
  return (await call('ResetWorkflowExecution', { ...request, ...more })).runId;
};

const describeRun = async ({ call }: Conversation, runId = '', workflowId = 'workflow') =>
  call('DescribeWorkflowExecution', { execution: { workflowId, runId } });

const continueAsNew: Init<Command> = {
  commandType: CommandType.CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
  continueAsNewWorkflowExecutionCommandAttributes: { workflowType: { name: 'W' }, taskQueue: { name: 'queue' } },
};
const startChild: Init<Command> = {
  commandType: CommandType.START_CHILD_WORKFLOW_EXECUTION,
  startChildWorkflowExecutionCommandAttributes: {
    workflowId: 'child',
    workflowType: { name: 'C' },
    taskQueue: { name: 'children' },
  },
};
const completeRun: Init<Command> = {
  commandType: CommandType.COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: {},
};

const step = async (conversation: Conversation, ...commands: Init<Command>[]) =>
  complete(conversation, await takeTask(conversation), { commands });

describe('a reset', () => {
  test('carries over what a worker’s task holds back', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      await signal(conversation, 'written');
      await takeTask(conversation);
      await signal(conversation, 'held back');
      const runId = await reset(conversation, 4);
      assert.deepEqual(signalsIn(await history(conversation, runId)), ['written', 'held back']);
    }));

  test('carries over what came to the runs that continued the base run', () =>
    on(async (conversation) => {
      const { runId: first } = await startWorkflow(conversation);
      await complete(conversation, await takeTask(conversation));
      await signal(conversation, 'one');
      await step(conversation, continueAsNew);
      conversation.clock.advance(2_000);
      await step(conversation);
      await signal(conversation, 'two');
      const { runId: second } = (await describeRun(conversation)).workflowExecutionInfo?.execution ?? { runId: '' };
      const third = await reset(conversation, 4, { workflowExecution: { ...execution, runId: first } });
      assert.deepEqual(signalsIn(await history(conversation)), ['one', 'two']);
      const status = async (runId: string) => (await describeRun(conversation, runId)).workflowExecutionInfo?.status;
      assert.equal(await status(first), WorkflowExecutionStatus.CONTINUED_AS_NEW);
      assert.equal(await status(second), WorkflowExecutionStatus.TERMINATED);
      assert.equal(await status(third), WorkflowExecutionStatus.RUNNING);
      const links = [first, second].map(
        async (runId) => (await describeRun(conversation, runId)).workflowExtendedInfo?.resetRunId,
      );
      assert.deepEqual(await Promise.all(links), [third, '']);
      assert.equal((await describeRun(conversation)).workflowExecutionInfo?.execution?.runId, third);
    }));

  test('misses nothing that happens while histories are read', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      const large = new Uint8Array(30_000);
      for (let i = 0; i < 10; i++) await signal(conversation, `before ${i}`, large);
      const resetting = reset(conversation, 4);
      const signalling = Array.from({ length: 5 }, (_, i) => signal(conversation, `meanwhile ${i}`, large));
      const [runId] = await Promise.all([resetting, ...signalling]);
      const names = signalsIn(await history(conversation, runId));
      assert.deepEqual([names.length, new Set(names).size], [15, 15]);
    }));

  test('shows when it was made, and when the workflow began', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      const began = conversation.clock.now();
      conversation.clock.advance(60_000);
      await reset(conversation, 4);
      const { workflowExecutionInfo, workflowExtendedInfo } = await describeRun(conversation);
      const seconds = (time: { seconds: number } | null | undefined) => (time?.seconds ?? 0) - Math.floor(began / 1000);
      assert.equal(seconds(workflowExecutionInfo?.startTime), 60);
      assert.equal(seconds(workflowExtendedInfo?.lastResetTime), 60);
      assert.equal(seconds(workflowExtendedInfo?.originalStartTime), 0);
      assert.deepEqual(Object.keys(workflowExtendedInfo?.requestIdInfos ?? {}), ['start']);
    }));

  test('lets an update be accepted again', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      const request = { meta: { updateId: 'u', identity: 'client' }, input: { name: 'update' } };
      const updating = conversation.call('UpdateWorkflowExecution', { workflowExecution: execution, request });
      const task = await takeTask(conversation);
      await complete(conversation, task, answers(task, ['accept', 'respond']));
      await updating;
      await reset(conversation, 4);
      const events = await history(conversation);
      assert.deepEqual(outline(events).slice(4), ['5 WORKFLOW_EXECUTION_UPDATE_ADMITTED', '6 WORKFLOW_TASK_SCHEDULED']);
    }));

  test('changes the options of the new run', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      const workflowExecutionOptions = { priority: { priorityKey: 4 } };
      const updateWorkflowOptions = { workflowExecutionOptions, updateMask: { paths: ['priority'] } };
      await reset(conversation, 4, { postResetOperations: [{ updateWorkflowOptions }] });
      assert.equal((await describeRun(conversation)).workflowExecutionInfo?.priority?.priorityKey, 4);
    }));

  test('has the new run skip time only where that is allowed', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      const updateWorkflowOptions = {
        workflowExecutionOptions: { timeSkippingConfig: { enabled: true } },
        updateMask: { paths: ['time_skipping_config'] },
      };
      await assert.rejects(
        () => reset(conversation, 4, { postResetOperations: [{ updateWorkflowOptions }] }),
        (error: unknown) => error instanceof ServiceError && error.code === Code.UNIMPLEMENTED,
      );
    }));

  test('of everything excluded carries nothing over', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      await signal(conversation, 'one');
      const { UNSPECIFIED, ...types } = ResetReapplyExcludeType;
      await reset(conversation, 4, { resetReapplyExcludeTypes: Object.values(types) });
      assert.deepEqual(signalsIn(await history(conversation)), []);
    }));

  test('that is refused leaves everything as it was', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      await signal(conversation, 'one');
      const before = outline(await history(conversation));
      await assert.rejects(
        () => reset(conversation, 5),
        (error: unknown) => error instanceof ServiceError && error.code === Code.INVALID_ARGUMENT,
      );
      assert.deepEqual(outline(await history(conversation)), before);
      assert.equal((await describeRun(conversation)).workflowExtendedInfo?.resetRunId, '');
    }));

  test('with the id of the request that started the run is that run', () =>
    on(async (conversation) => {
      const { runId } = await startWorkflow(conversation);
      await complete(conversation, await takeTask(conversation));
      assert.equal(await reset(conversation, 4, { requestId: 'start' }), runId);
    }));
});

describe('a child of a workflow that is reset', () => {
  const closingsIn = (events: readonly HistoryEvent[]) =>
    events.filter(({ eventType }) => eventType === EventType.CHILD_WORKFLOW_EXECUTION_COMPLETED).length;
  const finishChild = async (conversation: Conversation) =>
    complete(conversation, await takeTask(conversation, { name: 'children' }), { commands: [completeRun] });

  /** Events: 5 asks for the child, 6 is its start. */
  async function parentOfOne(conversation: Conversation): Promise<void> {
    await startWorkflow(conversation);
    await step(conversation, startChild);
    await step(conversation);
  }

  test('that it has by then brings its result to the new run', () =>
    on(async (conversation) => {
      await parentOfOne(conversation);
      const runId = await reset(conversation, 9);
      assert.equal((await describeRun(conversation)).pendingChildren.length, 1);
      await finishChild(conversation);
      await underWay();
      assert.equal(closingsIn(await history(conversation, runId)), 1);
    }));

  test('also over several resets', () =>
    on(async (conversation) => {
      await parentOfOne(conversation);
      await reset(conversation, 9);
      await step(conversation);
      const runId = await reset(conversation, 12, { requestId: 'second' });
      await finishChild(conversation);
      await underWay();
      assert.equal(closingsIn(await history(conversation, runId)), 1);
    }));

  test('whose start it has to hear again is not started twice', () =>
    on(async (conversation) => {
      await startWorkflow(conversation);
      const task = await takeTask(conversation);
      // The signal makes another task, which is with a worker when the child's start comes: that is written after it.
      await signal(conversation, 'one');
      const { workflowTask } = await complete(conversation, task, {
        commands: [startChild],
        returnNewWorkflowTask: true,
      });
      assert.ok(workflowTask);
      await underWay();
      await complete(conversation, workflowTask);
      const events = outline(await history(conversation));
      assert.deepEqual(events.slice(8, 10), ['9 WORKFLOW_TASK_COMPLETED', '10 CHILD_WORKFLOW_EXECUTION_STARTED']);
      const { UNSPECIFIED, ...types } = ResetReapplyExcludeType;
      const runId = await reset(conversation, 9, { resetReapplyExcludeTypes: Object.values(types) });
      await underWay();
      await finishChild(conversation);
      await underWay();
      assert.equal(closingsIn(await history(conversation, runId)), 1);
      assert.equal((await history(conversation, '', 'child')).length, 5);
    }));

  test('that it asks for only later has nothing to tell it', () =>
    on(async (conversation) => {
      await parentOfOne(conversation);
      const runId = await reset(conversation, 4);
      await finishChild(conversation);
      await underWay();
      assert.equal(closingsIn(await history(conversation, runId)), 0);
    }));

  test('ends with the new run', () =>
    on(async (conversation) => {
      await parentOfOne(conversation);
      await reset(conversation, 9);
      await step(conversation, completeRun);
      await underWay();
      const { workflowExecutionInfo } = await describeRun(conversation, '', 'child');
      assert.equal(workflowExecutionInfo?.status, WorkflowExecutionStatus.TERMINATED);
    }));

  test('that is reset itself brings the new result', () =>
    on(async (conversation) => {
      await parentOfOne(conversation);
      await complete(conversation, await takeTask(conversation, { name: 'children' }));
      await reset(conversation, 4, { workflowExecution: { workflowId: 'child' } });
      assert.equal(closingsIn(await history(conversation)), 0);
      await finishChild(conversation);
      await underWay();
      assert.equal(closingsIn(await history(conversation)), 1);
    }));
});
