import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Payload } from '@perdure/api/common';
import { EventType, PendingWorkflowTaskState, WorkflowExecutionStatus } from '@perdure/api/enums';
import { DescribeWorkflowExecutionResponse, RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import { toDuration, toTimestamp } from '../../kernel/time.ts';
import { describeRun } from './describe.ts';
import { type Given, given, START } from './given.fixture.ts';
import { completeActivity } from './machines/activity.ts';
import { completeWorkflowTask, startWorkflowTask } from './machines/workflow-task.ts';
import * as s from './steps.fixture.ts';
import { put } from './transition.ts';

const seen = (run: Given) =>
  DescribeWorkflowExecutionResponse.decode(DescribeWorkflowExecutionResponse.encode(describeRun(run.run, run.now)));

const take = (run: Given): Given => run.when((t) => startWorkflowTask(t, { requestId: 'r', identity: 'me' }));
const answer = (run: Given, buildId = ''): Given =>
  run.when((t) => {
    const request = RespondWorkflowTaskCompletedRequest.decode(
      RespondWorkflowTaskCompletedRequest.encode({ workerVersionStamp: { buildId } }),
    );
    completeWorkflowTask(t, request, false);
  });
const builds = (run: Given): unknown => {
  const bytes = seen(run).workflowExecutionInfo?.searchAttributes?.indexedFields['BuildIds'];
  return bytes && JSON.parse(Buffer.from(Payload.decode(bytes).data).toString());
};

describe('a description', () => {
  test('of a new run shows its task, its timeouts and who asked for it', () => {
    const run = given({
      started: { workflowRunTimeout: toDuration(60_000), workflowExecutionTimeout: toDuration(90_000) },
      creation: { requestId: 'first' },
    });
    const { executionConfig, workflowExecutionInfo, workflowExtendedInfo, pendingWorkflowTask } = seen(run);
    assert.equal(workflowExecutionInfo?.status, WorkflowExecutionStatus.RUNNING);
    assert.equal(workflowExecutionInfo.historyLength, 2);
    assert.equal(workflowExecutionInfo.closeTime, null);
    assert.equal(workflowExecutionInfo.rootExecution?.workflowId, run.run.key.workflowId);
    assert.deepEqual(executionConfig?.workflowRunTimeout, toDuration(60_000));
    assert.deepEqual(workflowExtendedInfo?.runExpirationTime, toTimestamp(START + 60_000));
    assert.deepEqual(workflowExtendedInfo.requestIdInfos, {
      first: { eventType: EventType.WORKFLOW_EXECUTION_STARTED, eventId: 1, buffered: false },
    });
    assert.equal(pendingWorkflowTask?.state, PendingWorkflowTaskState.SCHEDULED);
    assert.equal(pendingWorkflowTask.startedTime, null);
  });

  test('says since when a worker has the task', () => {
    const run = given();
    run.later(500);
    const { pendingWorkflowTask } = seen(take(run));
    assert.equal(pendingWorkflowTask?.state, PendingWorkflowTaskState.STARTED);
    assert.deepEqual(pendingWorkflowTask.startedTime, toTimestamp(START + 500));
    assert.deepEqual(pendingWorkflowTask.scheduledTime, toTimestamp(START));
  });

  test('of a closed run shows what was pending when it was closed', () => {
    const child = s.command('START_CHILD_WORKFLOW_EXECUTION', {
      startChildWorkflowExecutionCommandAttributes: { workflowId: 'child', workflowType: { name: 'C' } },
    });
    const busy = given()
      .when(s.taken)
      .when(s.completed([s.activity('a'), child]));
    const { pendingActivities, pendingChildren } = seen(busy);
    assert.deepEqual([pendingActivities.length, pendingChildren.length], [1, 1]);
    const closed = seen(busy.when(s.terminated));
    assert.deepEqual([closed.pendingActivities, closed.pendingChildren], [pendingActivities, pendingChildren]);
  });

  test('of a closed run does not show what had ended before', () => {
    const run = given()
      .when(s.taken)
      .when(s.completed([s.activity('a')]))
      .when((t) => completeActivity(t, t.run.activities.get(5) ?? assert.fail(), null, 'worker'));
    assert.deepEqual(seen(run.when(s.terminated)).pendingActivities, []);
  });

  test('shows requests that attached, buffered or not, and none that serve deduplication only', () => {
    const eventType = EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED;
    const run = given({ madeUp: true }).when((t) => {
      put(t, 'requests', 'attached', { requestId: 'attached', eventType, eventId: 0 });
      const signaled = EventType.WORKFLOW_EXECUTION_SIGNALED;
      put(t, 'requests', 'signal', { requestId: 'signal', eventType: signaled, eventId: 3 });
    });
    const { attached, signal } = seen(run).workflowExtendedInfo?.requestIdInfos ?? {};
    assert.deepEqual(attached, { eventType, eventId: 0, buffered: true });
    assert.equal(signal, undefined);
  });

  test('names the builds that worked on the run', () => {
    const run = given();
    assert.equal(builds(run), undefined);
    assert.deepEqual(builds(answer(take(run))), ['unversioned']);
    assert.deepEqual(builds(answer(take(given()), 'b1')), ['unversioned', 'unversioned:b1']);
  });

  test('of a run that starts later counts its duration from then', () => {
    const run = given({ madeUp: true, started: { firstWorkflowTaskBackoff: toDuration(5000) } });
    const { executionTime, startTime } = seen(run).workflowExecutionInfo ?? {};
    assert.deepEqual([startTime, executionTime], [toTimestamp(START), toTimestamp(START + 5000)]);
    run.when((t) => {
      t.run.head.closeTime = START + 7000;
    });
    assert.deepEqual(seen(run).workflowExecutionInfo?.executionDuration, toDuration(2000));
  });
});
