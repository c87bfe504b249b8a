import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  WorkflowIdConflictPolicy as Conflict,
  EventType,
  WorkflowIdReusePolicy as Reuse,
  WorkflowExecutionStatus as Status,
} from '@perdure/api/enums';
import { WorkflowExecutionAlreadyStartedFailure } from '@perdure/api/errordetails';
import { Code, ServiceError } from '../../kernel/errors.ts';
import { type Given, given as givenRun, type RunOptions } from './given.fixture.ts';
import { attachRequest } from './requests/attach.ts';
import { decideStart } from './start-policy.ts';
import type { Run } from './state.ts';
import { terminated } from './steps.fixture.ts';

const given = (options: RunOptions = {}): Given => givenRun({ madeUp: true, ...options });

/** A run of that status, and open if it is RUNNING or PAUSED. */
function runOf(status: Status): Run {
  const open = status === Status.RUNNING || status === Status.PAUSED;
  const run = open ? given() : given().when(terminated);
  run.when((t) => {
    t.run.head.status = status;
  });
  return run.run;
}

/** What becomes of a start: its decision, or the text of its refusal. */
function outcome(current: Run | null, reuse: Reuse, conflict: Conflict, requestId = 'new-request'): string {
  try {
    return decideStart(current, { requestId, reuse, conflict }).kind;
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.code, Code.ALREADY_EXISTS);
    return error.message;
  }
}

const names = (values: Record<string, number>, value: number) =>
  Object.keys(values).find((key) => values[key] === value);
const reuses = [Reuse.ALLOW_DUPLICATE, Reuse.ALLOW_DUPLICATE_FAILED_ONLY, Reuse.REJECT_DUPLICATE];
const conflicts = [Conflict.FAIL, Conflict.USE_EXISTING, Conflict.TERMINATE_EXISTING];

const running = 'Workflow execution is already running. WorkflowId: workflow, RunId: run.';
const finished =
  'Workflow execution already finished. WorkflowId: workflow, RunId: run. Workflow Id reuse policy: reject duplicate workflow Id.';
const succeeded =
  'Workflow execution already finished successfully. WorkflowId: workflow, RunId: run. Workflow Id reuse policy: allow duplicate workflow Id if last run failed.';

describe('a start whose id an open run has', () => {
  const expected = new Map<Conflict, string>([
    [Conflict.FAIL, running],
    [Conflict.USE_EXISTING, 'use-existing'],
    [Conflict.TERMINATE_EXISTING, 'replace'],
  ]);
  for (const status of [Status.RUNNING, Status.PAUSED])
    for (const reuse of reuses)
      for (const conflict of conflicts)
        test(`${names(Status, status)}: reuse ${names(Reuse, reuse)}, conflict ${names(Conflict, conflict)}`, () => {
          assert.equal(outcome(runOf(status), reuse, conflict), expected.get(conflict));
        });
});

describe('a start whose id a closed run had', () => {
  const bad = [Status.FAILED, Status.CANCELED, Status.TERMINATED, Status.TIMED_OUT];
  const good = [Status.COMPLETED, Status.CONTINUED_AS_NEW];
  for (const status of [...bad, ...good])
    for (const reuse of reuses)
      for (const conflict of conflicts)
        test(`${names(Status, status)}: reuse ${names(Reuse, reuse)}, conflict ${names(Conflict, conflict)}`, () => {
          const refusals = new Map<Reuse, string>([[Reuse.REJECT_DUPLICATE, finished]]);
          if (good.some((each) => each === status)) refusals.set(Reuse.ALLOW_DUPLICATE_FAILED_ONLY, succeeded);
          assert.equal(outcome(runOf(status), reuse, conflict), refusals.get(reuse) ?? 'start');
        });
});

test('a start whose id nobody had goes ahead, whatever the policies', () => {
  for (const reuse of reuses) for (const conflict of conflicts) assert.equal(outcome(null, reuse, conflict), 'start');
});

describe('the same request again is answered like the first', () => {
  const cases = [
    ['while the run is open', () => given().run],
    ['when it has closed', () => given().when(terminated).run],
  ] as const;
  for (const [name, run] of cases)
    test(name, () => {
      const current = run();
      for (const reuse of reuses)
        for (const conflict of conflicts)
          assert.deepEqual(decideStart(current, { requestId: 'start-request', reuse, conflict }), {
            kind: 'repeated',
            seen: { requestId: 'start-request', eventType: EventType.WORKFLOW_EXECUTION_STARTED, eventId: 1 },
          });
    });
  test('also one that had used the open run', () => {
    const { run } = given().when((t) => attachRequest(t, 'attached', null));
    assert.equal(outcome(run, Reuse.REJECT_DUPLICATE, Conflict.FAIL, 'attached'), 'repeated');
  });
  test('but a request without an id is never the same', () => {
    const { run } = given({ creation: { requestId: '' } });
    assert.equal(outcome(run, Reuse.ALLOW_DUPLICATE, Conflict.FAIL, ''), running);
  });
});

test('a refusal says which run is in the way, by whose request it runs and which run began its chain', () => {
  const { run } = given({ started: { firstExecutionRunId: 'first' } }).when((t) => attachRequest(t, 'attached', null));
  assert.throws(
    () => decideStart(run, { requestId: 'r', reuse: Reuse.ALLOW_DUPLICATE, conflict: Conflict.FAIL }),
    (error: ServiceError) => {
      const [detail] = error.details;
      assert.equal(detail?.typeName, 'temporal.api.errordetails.v1.WorkflowExecutionAlreadyStartedFailure');
      assert.deepEqual(
        { ...WorkflowExecutionAlreadyStartedFailure.decode(detail.value) },
        { startRequestId: 'start-request', runId: 'run', firstExecutionRunId: 'first' },
      );
      return true;
    },
  );
});
