import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serialize } from 'node:v8';
import { CommandType, TaskQueueKind } from '@perdure/api/enums';
import { Acceptance, type Request } from '@perdure/api/update';
import { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import { emptyEntries, emptyHead, emptyWorkflowTask } from '../engine/workflow/empty.ts';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { attachRequest } from '../engine/workflow/requests/attach.ts';
import { completeWorkflowTask } from '../engine/workflow/requests/complete-workflow-task.ts';
import { signalRun } from '../engine/workflow/requests/signal.ts';
import { terminateRun } from '../engine/workflow/requests/terminate.ts';
import { admitUpdate } from '../engine/workflow/requests/update.ts';
import { command } from '../engine/workflow/testing.ts';
import { durableRun, evict, hostWorld, newRun, signal } from './host.fixture.ts';

const commands = [
  command(CommandType.SCHEDULE_ACTIVITY_TASK, {
    scheduleActivityTaskCommandAttributes: {
      activityId: 'a',
      activityType: { name: 'A' },
      taskQueue: { name: 'q' },
      startToCloseTimeout: { seconds: 60 },
    },
  }),
  command(CommandType.START_TIMER, {
    startTimerCommandAttributes: { timerId: 't', startToFireTimeout: { seconds: 99 } },
  }),
  command(CommandType.START_CHILD_WORKFLOW_EXECUTION, {
    startChildWorkflowExecutionCommandAttributes: { workflowId: 'child', workflowType: { name: 'C' } },
  }),
  command(CommandType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION, {
    signalExternalWorkflowExecutionCommandAttributes: { execution: { workflowId: 'other' }, signalName: 's' },
  }),
  command(CommandType.MODIFY_WORKFLOW_PROPERTIES, {
    modifyWorkflowPropertiesCommandAttributes: { upsertedMemo: { fields: { note: new Uint8Array([18, 1, 42]) } } },
  }),
  command(CommandType.PROTOCOL_MESSAGE, { protocolMessageCommandAttributes: { messageId: 'u/accept' } }),
];
const request: Request = {
  meta: { updateId: 'u', identity: '' },
  input: null,
  requestId: '',
  completionCallbacks: [],
  links: [],
};

describe('a run that is read from storage is the one that was stored', () => {
  test('with all that it holds', async () => {
    const { host } = await hostWorld({ cacheCapacity: 2 });
    const loaded = await durableRun(host, 'w');
    const { run } = loaded;
    const start = { requestId: 'request', identity: 'worker' };
    const callback = { nexus: { url: 'https://a', header: { a: 'b' } }, internal: null, links: [] };
    host.change(loaded, (t) => attachRequest(t, 'attached', null, [callback]));
    host.change(loaded, (t) => admitUpdate(t, 'u', request));
    const task = host.change(loaded, (t) => startWorkflowTask(t, start)).reply;
    const acceptance = Acceptance.encode({
      acceptedRequestMessageId: 'u/request',
      acceptedRequestSequencingEventId: 2,
      acceptedRequest: request,
    });
    const completion = RespondWorkflowTaskCompletedRequest.encode({
      commands,
      messages: [
        {
          id: 'u/accept',
          protocolInstanceId: 'u',
          body: { type_url: 'type.googleapis.com/temporal.api.update.v1.Acceptance', value: acceptance },
        },
      ],
      stickyAttributes: {
        workerTaskQueue: { name: 'sticky', kind: TaskQueueKind.STICKY, normalName: 'q' },
        scheduleToStartTimeout: { seconds: 5 },
      },
      binaryChecksum: 'build',
    });
    const { error } = host.change(loaded, (t) =>
      completeWorkflowTask(t, task, RespondWorkflowTaskCompletedRequest.decode(completion)),
    ).reply;
    assert.equal(error, null);
    host.change(loaded, signal);
    host.change(loaded, (t) => startWorkflowTask(t, start));
    // Held back, for a worker has the task.
    const input = new Uint8Array([1, 2, 3]);
    await host.change(loaded, (t) =>
      signalRun(t, { signalName: 's', input, header: null, identity: '', requestId: 'signal-request' }),
    ).durable;

    const collections = Object.entries(run).filter(([, value]) => value instanceof Map) as [
      string,
      Map<unknown, unknown>,
    ][];
    const empty = collections.filter(([, { size }]) => size === 0).map(([name]) => name);
    assert.deepEqual(empty, ['pendingUpdates'], 'whatever else a run holds is to be stored, and tried here');
    await evict(host, run.key.runId);
    const again = await host.load(run.key);
    assert.ok(again && again !== loaded);
    assert.deepEqual(again.run, run);
    assert.equal(again.run.head.abandonedActivities, emptyHead.abandonedActivities, 'or it would be stored as other');
    assert.equal(again.run.head.abandonedChildren, emptyHead.abandonedChildren);
  });

  test('with what was pending when it was closed', async () => {
    const { host } = await hostWorld({ cacheCapacity: 2 });
    const loaded = await durableRun(host, 'w');
    const task = host.change(loaded, (t) => startWorkflowTask(t, { requestId: '', identity: '' })).reply;
    const completion = RespondWorkflowTaskCompletedRequest.encode({ commands: commands.slice(0, 3) });
    const request = RespondWorkflowTaskCompletedRequest.decode(completion);
    host.change(loaded, (t) => completeWorkflowTask(t, task, request));
    const reason = { reason: '', details: null, identity: '' };
    await host.change(loaded, (t) => terminateRun(t, reason)).durable;
    const { head, key } = loaded.run;
    assert.deepEqual([head.abandonedActivities.length, head.abandonedChildren.length], [1, 1]);
    await evict(host, key.runId);
    const again = await host.load(key);
    assert.ok(again && again !== loaded);
    assert.deepEqual(again.run.head, head);
  });

  test('and what came first comes first', async () => {
    const { host } = await hostWorld({ cacheCapacity: 2 });
    const loaded = await durableRun(host, 'w');
    const task = host.change(loaded, (t) => startWorkflowTask(t, { requestId: '', identity: '' })).reply;
    const [activity] = commands;
    const many = Array.from({ length: 12 }, (_, n) => ({
      ...activity,
      scheduleActivityTaskCommandAttributes: {
        ...activity?.scheduleActivityTaskCommandAttributes,
        activityId: `a${n}`,
      },
    }));
    const completion = RespondWorkflowTaskCompletedRequest.encode({ commands: many });
    const request = RespondWorkflowTaskCompletedRequest.decode(completion);
    await host.change(loaded, (t) => completeWorkflowTask(t, task, request)).durable;
    await evict(host, loaded.run.key.runId);
    const again = await host.load(loaded.run.key);
    assert.ok(again && again !== loaded);
    assert.deepEqual([...again.run.activities.keys()], [...loaded.run.activities.keys()]);
  });

  test('without a task that was made for an update alone, which is asked for again', async () => {
    const { host } = await hostWorld();
    const loaded = await durableRun(host, 'w');
    const task = host.change(loaded, (t) => startWorkflowTask(t, { requestId: '', identity: '' })).reply;
    const completion = RespondWorkflowTaskCompletedRequest.decode(new Uint8Array(0));
    await host.change(loaded, (t) => completeWorkflowTask(t, task, completion)).durable;
    const { durable } = host.change(loaded, (t) => admitUpdate(t, 'u', request));
    assert.equal(durable, null);
    assert.equal(loaded.run.head.workflowTask?.speculative, true);
    const other = await hostWorld({ storage: host.storage, seed: 2 });
    const stored = await other.host.load(loaded.run.key);
    assert.equal(stored?.run.head.workflowTask, null);
    assert.equal(stored?.run.pendingUpdates.size, 0);
  });
});

test('what an earlier version stored has a value for every field that came later', async () => {
  const { host } = await hostWorld();
  const { run } = await durableRun(host, 'w');
  const loadRun = async () => {
    const stored = await host.storage.loadRun(run.key);
    if (!stored) return null;
    const { head, entries } = stored;
    const kinds = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((kind) => ({ kind, key: '1', value: serialize({}) }));
    const value = serialize({ nextEventId: 9, workflowTask: { attempt: 2 } });
    return { ...stored, head: { ...head, value }, entries: [...entries, ...kinds] };
  };
  const other = await hostWorld({ storage: { ...host.storage, loadRun }, seed: 2 });
  const read = (await other.host.load(run.key))?.run;
  assert.ok(read);
  assert.deepEqual(read.head, {
    ...emptyHead,
    nextEventId: 9,
    workflowTask: { ...emptyWorkflowTask, attempt: 2 },
  });
  for (const [name, empty] of Object.entries(emptyEntries)) {
    const collection: ReadonlyMap<unknown, unknown> = read[name as keyof typeof emptyEntries];
    assert.deepEqual(collection.get('1') ?? collection.get(1), empty, name);
  }
});

test('a run whose history does not begin with a start is reported as what it is', async () => {
  const { host } = await hostWorld();
  const { reply: run, durable } = newRun(host, 'w');
  await durable;
  const loadRun = async () => {
    const stored = await host.storage.loadRun(run.run.key);
    return stored && { ...stored, firstBatch: new Uint8Array(0) };
  };
  const other = await hostWorld({ storage: { ...host.storage, loadRun }, seed: 2 });
  await assert.rejects(other.host.load(run.run.key), /does not begin with a start/);
});
