import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Payload } from '@perdure/api/common';
import { WorkflowExecutionStatus } from '@perdure/api/enums';
import { Code } from '../../../kernel/errors.ts';
import { describeRun } from '../describe.ts';
import { type Given, given, type Step } from '../given.fixture.ts';
import {
  activity,
  complete,
  completed,
  failed,
  marker,
  signalled,
  startTimer,
  taken,
  terminated,
  updateAdmitted,
} from '../steps.fixture.ts';
import { pauseRun, unpauseRun } from './pause-run.ts';

const asked = { identity: 'operator', reason: 'lunch', requestId: 'r' };
const paused: Step = (t) => pauseRun(t, asked);
const unpaused: Step = (t) => unpauseRun(t, { ...asked, requestId: '' });

function pauseInfo({ run }: Given): unknown {
  const payload = run.fields.get('searchAttributes')?.['TemporalPauseInfo'];
  return payload && JSON.parse(Buffer.from(Payload.decode(payload).data).toString());
}

describe('pausing a run', () => {
  test('takes back the task that waits for a worker, and hands out a new one in the end', () => {
    const run = given()
      .when(paused)
      .gives({ events: ['3 WORKFLOW_TASK_FAILED', '4 WORKFLOW_EXECUTION_PAUSED'], effects: [] });
    assert.deepEqual(pauseInfo(run), ['Workflow:workflow', 'Reason:lunch']);
    const described = describeRun(run.run, run.now);
    assert.equal(described.workflowExecutionInfo?.status, WorkflowExecutionStatus.PAUSED);
    assert.equal(described.workflowExtendedInfo?.pauseInfo?.identity, 'operator');
    run.when(unpaused).gives({
      events: ['5 WORKFLOW_EXECUTION_UNPAUSED', '6 WORKFLOW_TASK_SCHEDULED'],
      effects: ['dispatch-workflow-task queue'],
      head: { status: WorkflowExecutionStatus.RUNNING, workflowTaskAttempt: 1, pause: null },
    });
    assert.equal(pauseInfo(run), undefined);
  });

  test('lets a worker complete the task that it has, and makes no other', () => {
    given()
      .when(taken)
      .when(paused)
      .gives({ events: [] })
      .when(signalled())
      .when(completed([marker('m'), startTimer('t', 5_000)]))
      .gives({
        events: [
          '4 WORKFLOW_TASK_COMPLETED',
          '5 MARKER_RECORDED',
          '6 TIMER_STARTED',
          '7 WORKFLOW_EXECUTION_PAUSED',
          '8 WORKFLOW_EXECUTION_SIGNALED',
        ],
        effects: [],
      })
      .later(5_000)
      .gives({ events: ['9 TIMER_FIRED'], effects: [] })
      .when(signalled())
      .gives({ events: ['10 WORKFLOW_EXECUTION_SIGNALED'], effects: [] })
      .when(unpaused)
      .gives({ events: ['11 WORKFLOW_EXECUTION_UNPAUSED', '12 WORKFLOW_TASK_SCHEDULED'] });
  });

  test('is something that the run has to see before it may close', () => {
    given()
      .when(taken)
      .when(paused)
      .when(completed([complete()]))
      .gives({ events: ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_EXECUTION_PAUSED'], head: { closeEventId: 0 } });
  });

  test('makes no next attempt of a task that fails or times out', () => {
    for (const end of [(run: Given) => run.when(failed()), (run: Given) => run.later(10_000)])
      end(given().when(taken).when(paused)).gives({ effects: [], head: { workflowTask: null } });
  });

  test('does not hand out activities until it is over', () => {
    given()
      .when(taken)
      .when(completed([activity('a')]))
      .gives({ effects: ['dispatch-activity queue 5'] })
      .when(paused)
      .gives({ events: ['6 WORKFLOW_EXECUTION_PAUSED'], effects: [] })
      .when(unpaused)
      .gives({ effects: ['dispatch-workflow-task queue', 'dispatch-activity queue 5'] });
  });

  test('twice by the same request is once, by another one is refused', () => {
    const run = given().when(paused).when(paused).gives({ events: [] });
    run
      .when((t) => pauseRun(t, { ...asked, requestId: 's' }))
      .refused(Code.FAILED_PRECONDITION, 'workflow is already paused.');
  });

  for (const [does, run, step, code, message] of [
    ['unpausing what is not paused', given(), unpaused, Code.FAILED_PRECONDITION, 'workflow is not paused.'],
    ['pausing a closed run', given().when(terminated), paused, Code.NOT_FOUND, 'workflow execution already completed'],
    [
      'unpausing a closed run',
      given().when(terminated),
      unpaused,
      Code.NOT_FOUND,
      'workflow execution already completed',
    ],
    [
      'updating a paused run',
      given().when(paused),
      updateAdmitted(),
      Code.FAILED_PRECONDITION,
      'Workflow is paused. Cannot update the workflow.',
    ],
    [
      'asking for a next task of a paused run',
      given().when(taken).when(paused),
      completed([], { forceCreateNewWorkflowTask: true }),
      Code.FAILED_PRECONDITION,
      'Workflow is paused and force create new workflow task is not allowed.',
    ],
  ] as const)
    test(`${does} is refused`, () => {
      run.when(step).refused(code, message);
    });
});
