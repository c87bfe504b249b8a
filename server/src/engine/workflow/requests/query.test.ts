import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { QueryRejectCondition as Reject, WorkflowExecutionStatus as Status } from '@perdure/api/enums';
import { completeTask, START, testRun } from '../machines/update.fixture.ts';
import type { Head, Run } from '../state.ts';
import { routeQuery } from './query.ts';

/** A run in which a task was completed and nothing is going on, but for these fields of its head. */
function runWith(changes: Partial<Head>): Run {
  const tested = testRun();
  completeTask(tested);
  Object.assign(tested.run.head, changes);
  return tested.run;
}

const task = testRun().run.head.workflowTask;
const closed = (status: Status): Partial<Head> => ({ status, closeEventId: 5 });

describe('a query', () => {
  const routes: { of: string; head: Partial<Head>; condition?: Reject; route: string }[] = [
    { of: 'an idle run', head: {}, route: 'directly' },
    { of: 'a run with a task', head: { workflowTask: task }, route: 'with-task' },
    { of: 'a run before its first task', head: { previousStartedEventId: 0, workflowTask: task }, route: 'with-task' },
    {
      of: 'a run that is held back a moment',
      head: { previousStartedEventId: 0, backoffUntil: START + 1 },
      route: 'with-task',
    },
    { of: 'a closed run', head: closed(Status.FAILED), condition: Reject.NONE, route: 'directly' },
    { of: 'a failed run, unless open', head: closed(Status.FAILED), condition: Reject.NOT_OPEN, route: 'rejected' },
    {
      of: 'a completed run, unless open',
      head: closed(Status.COMPLETED),
      condition: Reject.NOT_OPEN,
      route: 'rejected',
    },
    {
      of: 'a failed run, unless it ended well',
      head: closed(Status.FAILED),
      condition: Reject.NOT_COMPLETED_CLEANLY,
      route: 'rejected',
    },
    {
      of: 'a completed run, unless it ended badly',
      head: closed(Status.COMPLETED),
      condition: Reject.NOT_COMPLETED_CLEANLY,
      route: 'directly',
    },
    { of: 'a paused run', head: { status: Status.PAUSED }, route: 'rejected' },
  ];
  for (const { of, head, condition = Reject.NONE, route } of routes)
    test(`of ${of}: ${route}`, () => assert.equal(routeQuery(runWith(head), condition, START + 1_000), route));

  const refusals: { of: string; head: Partial<Head>; text: RegExp }[] = [
    {
      of: 'a run that closed before its first task',
      head: { ...closed(Status.TERMINATED), previousStartedEventId: 0 },
      text: /^Workflow execution closed before WorkflowTaskStarted event$/,
    },
    {
      of: 'a run that is held back for longer than the caller waits',
      head: { previousStartedEventId: 0, backoffUntil: START + 2_000 },
      text: /^Workflow task is not scheduled yet\.$/,
    },
    {
      of: 'a run whose task keeps failing',
      head: { workflowTaskAttempt: 3, workflowTask: task },
      text: /^Unable to query workflow due to Workflow Task in failed state\.$/,
    },
  ];
  for (const { of, head, text } of refusals)
    test(`of ${of} is refused`, () => {
      const run = runWith(head);
      if (head.previousStartedEventId === 0 && !head.workflowTask) run.head.workflowTask = null;
      assert.throws(() => routeQuery(run, Reject.NONE, START + 1_000), { message: text });
    });
});
