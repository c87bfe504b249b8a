import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import { CallbackState, EventType, WorkflowIdConflictPolicy } from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import type { RequestOf } from './context.ts';
import { type Conversation, converse, execution, taskQueue, underWay } from './conversation.fixture.ts';

let conversation: Conversation;
beforeEach(async () => {
  conversation = await converse({ callbackAddresses: [{ pattern: 'a.example.com', allowInsecure: false }] });
});
afterEach(() => conversation.close());

const url = 'https://a.example.com/done';
const link = { batchJob: { jobId: 'job' } };

const start = (more: Init<RequestOf<'StartWorkflowExecution'>> = {}) =>
  conversation.call('StartWorkflowExecution', {
    ...execution,
    workflowType: { name: 'W' },
    taskQueue,
    requestId: 'first',
    completionCallbacks: [{ nexus: { url, header: { Token: 't' } }, links: [link] }],
    ...more,
  });

const attach = (more: Init<RequestOf<'StartWorkflowExecution'>> = {}) =>
  start({
    requestId: 'second',
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    onConflictOptions: { attachRequestId: true, attachCompletionCallbacks: true, attachLinks: true },
    ...more,
  });

const events = async () => {
  const { history } = await conversation.call('GetWorkflowExecutionHistory', { execution });
  return History.decode(history ?? new Uint8Array(0)).events;
};

async function terminate(): Promise<void> {
  await conversation.call('TerminateWorkflowExecution', { workflowExecution: execution });
  for (let turns = 0; turns < 5; turns++) await underWay();
}

describe('a callback', () => {
  test('is in the first event, is shown, and is told of the end', async () => {
    await start();
    const [first] = await events();
    const [kept] = first?.workflowExecutionStartedEventAttributes?.completionCallbacks ?? [];
    assert.deepEqual(kept?.nexus, { url, header: { token: 't' } });
    const open = await conversation.call('DescribeWorkflowExecution', { execution });
    assert.equal(open.callbacks[0]?.state, CallbackState.STANDBY);
    await terminate();
    assert.deepEqual(
      conversation.calledBack.map((request) => [request.url, request.headers['token']]),
      [[url, 't']],
    );
    const closed = await conversation.call('DescribeWorkflowExecution', { execution });
    assert.deepEqual([closed.callbacks[0]?.state, closed.callbacks[0]?.attempt], [CallbackState.SUCCEEDED, 1]);
  });

  test('of a start that meets an open run is attached to that, if asked for', async () => {
    await start({ completionCallbacks: [] });
    await attach();
    const last = (await events()).at(-1);
    assert.equal(last?.eventType, EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED);
    const attributes = last?.workflowExecutionOptionsUpdatedEventAttributes;
    assert.equal(attributes?.attachedRequestId, 'second');
    assert.equal(attributes?.attachedCompletionCallbacks[0]?.nexus?.url, url);
    await terminate();
    assert.match(conversation.calledBack[0]?.headers['nexus-link'] ?? '', /requestID=second/);
  });

  test('is attached once, however often that is asked for', async () => {
    await start({ completionCallbacks: [] });
    await attach();
    await attach();
    await terminate();
    assert.equal(conversation.calledBack.length, 1);
  });

  test('of a start that meets an open run is dropped where that is not asked for', async () => {
    await start({ completionCallbacks: [] });
    await attach({ onConflictOptions: { attachRequestId: true } });
    await terminate();
    assert.equal(conversation.calledBack.length, 0);
  });

  test('has links of its own, which the start does not repeat', async () => {
    await start({ links: [link, { batchJob: { jobId: 'another' } }] });
    const [first] = await events();
    assert.deepEqual(
      first?.links.map(({ batchJob }) => batchJob?.jobId),
      ['another'],
    );
  });

  test('goes with the run when a workflow is reset', async () => {
    await start();
    const task = await conversation.call(
      'PollWorkflowTaskQueue',
      { taskQueue, identity: 'worker' },
      conversation.clock.now() - Date.now() + 10_000,
    );
    await conversation.call('RespondWorkflowTaskCompleted', { taskToken: task.taskToken });
    await attach();
    await conversation.call('ResetWorkflowExecution', {
      workflowExecution: execution,
      workflowTaskFinishEventId: 4,
      requestId: 'reset',
    });
    for (let turns = 0; turns < 5; turns++) await underWay();
    assert.equal(conversation.calledBack.length, 0);
    await terminate();
    assert.equal(conversation.calledBack.length, 2);
  });
});
