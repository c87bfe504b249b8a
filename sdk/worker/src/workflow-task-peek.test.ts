import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporal } from '@perdure/proto';
import Long from 'long';
import { peekCompletionResponse, peekPoll, peekRunId, peekTask } from './workflow-task-peek.ts';

const { PollWorkflowTaskQueueResponse, RespondWorkflowTaskCompletedResponse } = temporal.api.workflowservice.v1;

type Task = temporal.api.workflowservice.v1.IPollWorkflowTaskQueueResponse;

const task: Task = {
  taskToken: new Uint8Array([1, 2, 3]),
  workflowExecution: { workflowId: 'order-7', runId: 'run-1' },
  workflowType: { name: 'order' },
  attempt: 2,
  backlogCountHint: Long.fromNumber(12),
  history: { events: [{ eventId: Long.ONE, workflowExecutionStartedEventAttributes: { identity: 'someone' } }] },
  scheduledTime: { seconds: Long.fromNumber(1_700_000_000), nanos: 250_000_000 },
  startedTime: { seconds: Long.fromNumber(1_700_000_001), nanos: 0 },
  pollerScalingDecision: { pollRequestDeltaSuggestion: -2 },
};

test('a poll says whether there is a task, how many wait, and how many polls the server would like', () => {
  const { empty, backlog, suggestedChange } = peekPoll(PollWorkflowTaskQueueResponse.encode(task).finish());
  assert.deepEqual({ empty, backlog, suggestedChange }, { empty: false, backlog: 12, suggestedChange: -2 });
});

test('a poll that ran out of time is empty, with or without a suggestion', () => {
  assert.equal(peekPoll(new Uint8Array()).empty, true);
  const encoded = PollWorkflowTaskQueueResponse.encode({ pollerScalingDecision: {} }).finish();
  const { empty, suggestedChange } = peekPoll(encoded);
  assert.deepEqual({ empty, suggestedChange }, { empty: true, suggestedChange: 0 });
});

test('a task says whose it is', () => {
  const encoded = PollWorkflowTaskQueueResponse.encode(task).finish();
  const { taskToken, ...summary } = peekTask(encoded);
  assert.deepEqual([...taskToken], [1, 2, 3]);
  assert.deepEqual(summary, {
    workflowId: 'order-7',
    runId: 'run-1',
    workflowType: 'order',
    attempt: 2,
    isQuery: false,
    scheduleToStartMs: 750,
  });
  assert.equal(peekRunId(encoded), 'run-1');
  assert.equal(peekRunId(new Uint8Array()), '');
});

test('a query that came by itself is known as one', () => {
  const query = PollWorkflowTaskQueueResponse.encode({ ...task, query: { queryType: 'state' } }).finish();
  assert.equal(peekTask(query).isQuery, true);
});

test('the answer to a completion is taken apart into tasks that can be decoded', () => {
  const encoded = RespondWorkflowTaskCompletedResponse.encode({
    workflowTask: task,
    activityTasks: [{ activityId: 'a' }, { activityId: 'b' }],
    resetHistoryEventId: Long.fromNumber(9),
  }).finish();
  const { nextTask, activityTasks, resetHistoryEventId } = peekCompletionResponse(encoded);
  assert.ok(nextTask);
  assert.equal(peekTask(nextTask).runId, 'run-1');
  assert.equal(resetHistoryEventId, 9);
  const ids = activityTasks.map(
    (bytes) => temporal.api.workflowservice.v1.PollActivityTaskQueueResponse.decode(bytes).activityId,
  );
  assert.deepEqual(ids, ['a', 'b']);
});

test('an empty answer has nothing in it', () => {
  const nothing = { nextTask: undefined, activityTasks: [], resetHistoryEventId: undefined };
  assert.deepEqual(peekCompletionResponse(new Uint8Array()), nothing);
});
