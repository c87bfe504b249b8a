import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import {
  WorkflowIdConflictPolicy as Conflict,
  EventType,
  WorkflowIdReusePolicy as Reuse,
  WorkflowExecutionStatus as Status,
} from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import { Code, type ServiceError } from '../kernel/errors.ts';
import type { RequestOf } from './context.ts';
import { type Conversation, complete, converse, execution, takeTask, taskQueue } from './conversation.fixture.ts';

let conversation: Conversation;
beforeEach(async () => {
  conversation = await converse();
});
afterEach(() => conversation.close());

type Start = Init<RequestOf<'StartWorkflowExecution'>>;
const start = (more: Start = {}) =>
  conversation.call('StartWorkflowExecution', {
    ...execution,
    workflowType: { name: 'W' },
    taskQueue,
    requestId: 'first',
    identity: 'client',
    ...more,
  });
const signalWithStart = (more: Init<RequestOf<'SignalWithStartWorkflowExecution'>> = {}) =>
  conversation.call('SignalWithStartWorkflowExecution', {
    ...execution,
    workflowType: { name: 'W' },
    taskQueue,
    requestId: 'signal',
    signalName: 's',
    ...more,
  });
const terminate = () => conversation.call('TerminateWorkflowExecution', { workflowExecution: execution });
const statusOf = async (runId: string) => {
  const { workflowExecutionInfo } = await conversation.call('DescribeWorkflowExecution', {
    execution: { ...execution, runId },
  });
  return workflowExecutionInfo?.status;
};
const typesOf = async (runId: string) => {
  const { history } = await conversation.call('GetWorkflowExecutionHistory', { execution: { ...execution, runId } });
  return History.decode(history ?? new Uint8Array(0)).events.map(({ eventType }) => eventType);
};
const { WORKFLOW_EXECUTION_STARTED, WORKFLOW_EXECUTION_SIGNALED, WORKFLOW_TASK_SCHEDULED } = EventType;
const refusedWith = (code: Code, message: RegExp) => (error: ServiceError) => {
  assert.equal(error.code, code);
  assert.match(error.message, message);
  return true;
};

describe('a start', () => {
  test('brings a run into being, in one commit', async () => {
    const before = conversation.commits();
    const { runId, started, status, firstExecutionRunId, link } = await start();
    assert.deepEqual([started, status, firstExecutionRunId], [true, Status.RUNNING, runId]);
    assert.deepEqual(link?.workflowEvent?.eventRef, { eventId: 1, eventType: WORKFLOW_EXECUTION_STARTED });
    assert.equal(conversation.commits(), before + 1);
  });

  test('is answered like the first when it comes again', async () => {
    const first = await start();
    assert.deepEqual(await start(), first);
    await terminate();
    const again = await start({ workflowIdReusePolicy: Reuse.REJECT_DUPLICATE });
    assert.deepEqual([again.runId, again.started, again.status], [first.runId, true, Status.TERMINATED]);
  });

  test('with the id of an open run is refused', async () => {
    const { runId } = await start();
    await assert.rejects(start({ requestId: 'second' }), refusedWith(Code.ALREADY_EXISTS, /is already running/));
    assert.equal(await statusOf(runId), Status.RUNNING);
  });

  test('uses the open run, and says who does', async () => {
    const { runId } = await start();
    const use = { requestId: 'second', workflowIdConflictPolicy: Conflict.USE_EXISTING };
    const plain = await start(use);
    assert.deepEqual([plain.runId, plain.started], [runId, false]);
    const attached = await start({ ...use, onConflictOptions: { attachRequestId: true } });
    assert.equal(attached.link?.workflowEvent?.requestIdRef?.requestId, 'second');
    assert.equal((await typesOf(runId)).at(-1), EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED);
  });

  test('takes the place of the open run, both in one commit', async () => {
    const { runId } = await start();
    const before = conversation.commits();
    const second = await start({ requestId: 'second', workflowIdConflictPolicy: Conflict.TERMINATE_EXISTING });
    assert.equal(conversation.commits(), before + 1);
    assert.equal(await statusOf(runId), Status.TERMINATED);
    assert.deepEqual([await statusOf(''), second.started], [Status.RUNNING, true]);
    assert.notEqual(second.runId, runId);
  });

  test('that comes to nothing leaves the open run alone', async () => {
    const { runId } = await start();
    const tooLarge = signalWithStart({
      workflowIdConflictPolicy: Conflict.TERMINATE_EXISTING,
      signalInput: Buffer.alloc((2 << 20) + 1),
    });
    await assert.rejects(tooLarge, refusedWith(Code.INVALID_ARGUMENT, /exceeds limit/));
    assert.equal(await statusOf(runId), Status.RUNNING);
  });

  test('takes the first task along when its worker wants it', async () => {
    const { eagerWorkflowTask, runId } = await start({ requestEagerExecution: true });
    assert.equal(eagerWorkflowTask?.startedEventId, 3);
    const again = await start({ requestEagerExecution: true });
    assert.deepEqual(again.eagerWorkflowTask?.taskToken, eagerWorkflowTask.taskToken, 'the answer got lost');
    await complete(conversation, eagerWorkflowTask);
    assert.equal((await typesOf(runId)).at(-1), EventType.WORKFLOW_TASK_COMPLETED);
    assert.equal((await start({ requestEagerExecution: true })).eagerWorkflowTask, null);
  });

  test('takes no task along that has to wait', async () => {
    const delayed = { requestEagerExecution: true, workflowStartDelay: { seconds: 60 } };
    const { eagerWorkflowTask, runId } = await start(delayed);
    assert.equal(eagerWorkflowTask, null);
    assert.deepEqual(await typesOf(runId), [WORKFLOW_EXECUTION_STARTED]);
  });

  test('takes a task along after a delay of nothing', async () => {
    const { eagerWorkflowTask } = await start({ requestEagerExecution: true, workflowStartDelay: { seconds: 0 } });
    assert.equal(eagerWorkflowTask?.startedEventId, 3);
  });
});

describe('a signal with a start', () => {
  test('starts a run that begins with it', async () => {
    const { runId, started } = await signalWithStart();
    assert.equal(started, true);
    const begin = [WORKFLOW_EXECUTION_STARTED, WORKFLOW_EXECUTION_SIGNALED, WORKFLOW_TASK_SCHEDULED];
    assert.deepEqual(await typesOf(runId), begin);
  });

  test('signals the open run, once per request', async () => {
    const { runId } = await start();
    for (let i = 0; i < 2; i++) {
      const second = await signalWithStart();
      assert.deepEqual([second.runId, second.started], [runId, false]);
    }
    const signals = (await typesOf(runId)).filter((type) => type === WORKFLOW_EXECUTION_SIGNALED);
    assert.equal(signals.length, 1);
  });

  test('signals also the run that the same request id has started', async () => {
    const { runId } = await start();
    await signalWithStart({ requestId: 'first' });
    assert.equal((await typesOf(runId)).at(-1), WORKFLOW_EXECUTION_SIGNALED);
  });

  test('ends the start delay of the run that it meets', async () => {
    const { runId } = await signalWithStart({ workflowStartDelay: { seconds: 60 } });
    assert.deepEqual(await typesOf(runId), [WORKFLOW_EXECUTION_STARTED, WORKFLOW_EXECUTION_SIGNALED]);
    await signalWithStart({ requestId: 'second' });
    assert.equal((await typesOf(runId)).at(-1), WORKFLOW_TASK_SCHEDULED);
  });

  test('starts anew after the run has closed', async () => {
    const { runId } = await start();
    await terminate();
    const second = await signalWithStart();
    assert.notEqual(second.runId, runId);
    await assert.rejects(
      (async () => {
        await terminate();
        await signalWithStart({ requestId: 'third', workflowIdReusePolicy: Reuse.REJECT_DUPLICATE });
      })(),
      refusedWith(Code.ALREADY_EXISTS, /already finished/),
    );
  });
});

describe('a task token', () => {
  const respond = (more: Init<RequestOf<'RespondWorkflowTaskCompleted'>>) =>
    conversation.call('RespondWorkflowTaskCompleted', { identity: 'worker', ...more });

  test('is good for its task, also without the namespace being named', async () => {
    await start();
    const { taskToken } = await takeTask(conversation);
    await respond({ namespace: '', taskToken });
  });

  test('is refused when it is missing, rubbish or from another namespace', async () => {
    await start();
    const { taskToken } = await takeTask(conversation);
    await assert.rejects(respond({}), refusedWith(Code.INVALID_ARGUMENT, /^Task token not set on request\.$/));
    await assert.rejects(
      respond({ taskToken: Buffer.of(1, 2, 3) }),
      refusedWith(Code.INVALID_ARGUMENT, /deserializing task token/),
    );
    const elsewhere = respond({ taskToken, namespace: 'temporal-system' });
    await assert.rejects(elsewhere, refusedWith(Code.INVALID_ARGUMENT, /token from a different namespace/));
    const nowhere = respond({ taskToken, namespace: 'nowhere' });
    await assert.rejects(nowhere, refusedWith(Code.NOT_FOUND, /nowhere/));
  });
});
