import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ParentClosePolicy, WorkflowExecutionStatus } from '@perdure/api/enums';
import { isOpen } from './close.ts';
import { type Given, given, type RunOptions } from './given.fixture.ts';
import { requestCancel } from './requests/request-cancel.ts';
import type { Child, External } from './state.ts';
import * as s from './steps.fixture.ts';
import { put } from './transition.ts';

const child = (initiatedEventId: number, state: Child['state'], parentClosePolicy: ParentClosePolicy): Child => ({
  initiatedEventId,
  namespace: 'default',
  namespaceId: 'namespace-id',
  workflowId: `child-${initiatedEventId}`,
  workflowType: 'C',
  requestId: '',
  runId: state === 'initiated' ? '' : 'child-run',
  startedEventId: 0,
  parentClosePolicy,
  state,
});

const external = (initiatedEventId: number, kind: External['kind']): External => ({
  kind,
  initiatedEventId,
  namespaceId: 'namespace-id',
  workflowId: 'other',
  runId: '',
  requestId: '',
  childWorkflowOnly: false,
});

/** A run that has something of everything pending. */
const busy = (options: RunOptions = {}): Given =>
  given({ madeUp: true, ...options })
    .when(s.taken)
    .when(s.completed([s.startTimer('t', 60_000), s.activity('a')]))
    .when((t) => {
      put(t, 'externals', 20, external(20, 'signal'));
      put(t, 'externals', 21, external(21, 'cancel'));
      put(t, 'updates', 'done', { updateId: 'done', admittedEventId: 0, acceptedEventId: 1, completedEventId: 2 });
      put(t, 'fields', 'memo', {});
      requestCancel(t, { reason: '', identity: '', requestId: 'cancel' });
    })
    .when(s.taken)
    .when(s.signalled('s', { requestId: 'r' }));

const sizes = ({ run }: Given) =>
  Object.fromEntries(
    Object.entries(run).flatMap(([name, value]) => (value instanceof Map ? [[name, value.size]] : [])),
  );

describe('closing a run', () => {
  test('drops what the same task asked of other workflows', () => {
    const execution = { workflowId: 'other' };
    const commands = [
      s.command('SIGNAL_EXTERNAL_WORKFLOW_EXECUTION', {
        signalExternalWorkflowExecutionCommandAttributes: { execution, signalName: 's' },
      }),
      s.command('REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION', {
        requestCancelExternalWorkflowExecutionCommandAttributes: execution,
      }),
    ];
    const run = given().when(s.taken).when(s.completed(commands));
    run.gives({ effects: ['deliver-external 5', 'deliver-external 6'] });
    const closed = given()
      .when(s.taken)
      .when(s.completed([...commands, s.complete()]));
    closed.gives({ effects: [] });
    assert.equal(closed.run.externals.size, 0);
  });

  test('leaves only what outlives it', () => {
    const run = busy().when(s.terminated);
    run.gives({ effects: ['deliver-external 20', 'deliver-external 21'], wakes: {} });
    assert.deepEqual(sizes(run), {
      activities: 0,
      timers: 0,
      children: 0,
      externals: 2,
      updates: 1,
      pendingUpdates: 0,
      requests: 2,
      buffered: 0,
      fields: 1,
      callbacks: 0,
      activityIds: 0,
    });
    const { workflowTask, sticky, backoffUntil, runDeadline, executionDeadline, bufferedBytes } = run.run.head;
    assert.deepEqual([workflowTask, sticky, backoffUntil, runDeadline, executionDeadline], Array(5).fill(null));
    assert.equal(bufferedBytes, 0);
    assert.equal(isOpen(run.run), false);
  });

  test('is final: nothing is due any more', () => {
    const options = { started: { workflowRunTimeout: { seconds: 3_600 } } };
    busy(options).when(s.terminated).later(86_400_000).gives({ events: [] });
  });

  const { TERMINATE, REQUEST_CANCEL, ABANDON } = ParentClosePolicy;
  const table: [string, Child['state'], ParentClosePolicy, string[]][] = [
    ['ends a child that runs', 'started', TERMINATE, ['close-child 9']],
    ['asks a child that runs to cancel itself', 'started', REQUEST_CANCEL, ['close-child 9']],
    ['leaves a child alone that is to live on', 'started', ABANDON, []],
    ['starts no child any more', 'initiated', TERMINATE, []],
    ['starts no child any more that would have lived on', 'initiated', ABANDON, []],
  ];
  for (const [name, state, policy, effects] of table)
    test(name, () => {
      const run = given({ madeUp: true })
        .when((t) => put(t, 'children', 9, child(9, state, policy)))
        .when(s.terminated);
      run.gives({ effects });
      assert.equal(run.run.children.get(9)?.state, effects.length > 0 ? 'closing' : undefined);
    });
});

describe('the parent of a run that closes', () => {
  const started = {
    parentWorkflowExecution: { workflowId: 'parent', runId: 'parent-run' },
    retryPolicy: { initialInterval: { seconds: 1 }, backoffCoefficient: 1 },
  };
  test('is told', () => {
    given({ started })
      .when(s.terminated)
      .gives({ effects: ['tell-parent'], head: { parentToTell: true } });
  });
  test('is not told as long as another run carries on', () => {
    const run = given({ started })
      .when(s.taken)
      .when(s.completed([s.fail()]));
    const [next] = run.successors;
    run.gives({ effects: [], head: { parentToTell: false, successorRunId: next?.run.key.runId ?? '' } });
    next?.when(s.terminated).gives({ effects: ['tell-parent'] });
  });
  test('does not exist for a run of its own', () => {
    given()
      .when(s.terminated)
      .gives({ effects: [], head: { parentToTell: false } });
  });
});

test('a worker’s last words close the run without failing its task', () => {
  given()
    .when(s.taken)
    .when(s.completed([s.complete()]))
    .gives({
      events: ['4 WORKFLOW_TASK_COMPLETED', '5 WORKFLOW_EXECUTION_COMPLETED'],
      head: { status: WorkflowExecutionStatus.COMPLETED, closeEventId: 5, workflowTask: null },
    });
});

test('what the last commands caused is not written', () => {
  const run = given()
    .when(s.taken)
    .when(s.completed([s.activity('a')]))
    .when(s.signalled())
    .when(s.taken);
  const cancelActivity = s.command('REQUEST_CANCEL_ACTIVITY_TASK', {
    requestCancelActivityTaskCommandAttributes: { scheduledEventId: 5 },
  });
  run.when(s.completed([cancelActivity, s.complete()])).gives({
    events: ['9 WORKFLOW_TASK_COMPLETED', '10 ACTIVITY_TASK_CANCEL_REQUESTED', '11 WORKFLOW_EXECUTION_COMPLETED'],
  });
});
