import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType } from '@perdure/api/enums';
import { recordChildStarted } from '../machines/child.ts';
import { completing, doing, type Tested, testRun, types } from '../testing.ts';

const RUN_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const signal = (more = {}): Init<Command> => ({
  commandType: CommandType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
  signalExternalWorkflowExecutionCommandAttributes: {
    execution: { workflowId: 'other', runId: RUN_ID },
    signalName: 's',
    ...more,
  },
});
const cancel = (more = {}): Init<Command> => ({
  commandType: CommandType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION,
  requestCancelExternalWorkflowExecutionCommandAttributes: { workflowId: 'other', runId: '', ...more },
});
const child = (workflowId: string): Init<Command> => ({
  commandType: CommandType.START_CHILD_WORKFLOW_EXECUTION,
  startChildWorkflowExecutionCommandAttributes: { workflowId, workflowType: { name: 'Child' } },
});

describe('a command about another workflow', () => {
  test('is written and remembered until it was delivered', () => {
    const tested = testRun();
    const { events } = completing(tested, [signal({ childWorkflowOnly: true }), cancel({ reason: 'why' })]);
    assert.deepEqual(types(events), [
      'WORKFLOW_TASK_COMPLETED',
      'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
      'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
    ]);
    const [signalled, cancelled] = [tested.run.externals.get(5), tested.run.externals.get(6)];
    assert.deepEqual(
      [signalled?.kind, signalled?.workflowId, signalled?.runId, signalled?.childWorkflowOnly],
      ['signal', 'other', RUN_ID, true],
    );
    assert.deepEqual([cancelled?.kind, cancelled?.workflowId, cancelled?.runId], ['cancel', 'other', '']);
    assert.notEqual(signalled?.requestId, cancelled?.requestId);
  });

  test('may cancel a child that an earlier task started', () => {
    const tested = testRun();
    completing(tested, [child('child')]);
    doing(tested, (t) => recordChildStarted(t, 5, 'child-run', null));
    assert.equal(completing(tested, [cancel({ workflowId: 'child' })]).reply.error, null);
  });

  test('may signal a child that the same task starts', () => {
    const commands = [child('child'), signal({ execution: { workflowId: 'child' } })];
    assert.equal(completing(testRun(), commands).reply.error, null);
  });
});

describe('a command about another workflow is refused', () => {
  const BAD_SIGNAL = 'BadSignalWorkflowExecutionAttributes: ';
  const BAD_CANCEL = 'BadRequestCancelExternalWorkflowExecutionAttributes: ';
  const onSignal = 'SignalExternalWorkflowExecutionCommand';
  const onCancel = 'RequestCancelExternalWorkflowExecutionCommand';
  const cases: { for: string; commands: Init<Command>[]; message: string; run?: () => Tested }[] = [
    {
      for: 'a signal to nobody',
      commands: [signal({ execution: null })],
      message: `${BAD_SIGNAL}Execution is not set on ${onSignal}.`,
    },
    {
      for: 'a signal without a workflow id',
      commands: [signal({ execution: {} })],
      message: `${BAD_SIGNAL}WorkflowId is not set on ${onSignal}. Namespace= RunId= SignalName=s`,
    },
    {
      for: 'a signal without a name',
      commands: [signal({ signalName: '', execution: { workflowId: 'other' } })],
      message: `${BAD_SIGNAL}SignalName is not set on ${onSignal}. WorkflowId=other Namespace= RunId=`,
    },
    {
      for: 'a signal to a run id that is none',
      commands: [signal({ execution: { workflowId: 'other', runId: 'x' } })],
      message: `${BAD_SIGNAL}Invalid RunId set on ${onSignal}. WorkflowId=other Namespace= RunId=x SignalName=s`,
    },
    {
      for: 'a signal to another namespace',
      commands: [signal({ namespace: 'other' })],
      message: `${BAD_SIGNAL}cross namespace commands are not allowed`,
    },
    {
      for: 'one signal too many',
      commands: [signal(), cancel(), signal()],
      run: () => testRun({ limits: { maxPendingSignals: 1 } }),
      message:
        'PendingSignalsLimitExceeded: the number of pending signals to external workflows, 1, has reached the per-workflow limit of 1',
    },
    {
      for: 'a cancel request without a workflow id',
      commands: [cancel({ workflowId: '' })],
      message: `${BAD_CANCEL}WorkflowId is not set on ${onCancel}. Namespace= RunId=`,
    },
    {
      for: 'a cancel request for a run id that is none',
      commands: [cancel({ runId: 'x' })],
      message: `${BAD_CANCEL}Invalid RunId set on ${onCancel}. WorkflowId=other RunId=x Namespace=`,
    },
    {
      for: 'a cancel request to another namespace',
      commands: [cancel({ namespace: 'other' })],
      message: `${BAD_CANCEL}cross namespace commands are not allowed`,
    },
    {
      for: 'a cancel request for a child that the same task starts',
      commands: [child('other'), cancel()],
      message: `${BAD_CANCEL}Start and RequestCancel for child workflow is not allowed in same workflow task. WorkflowId=other RunId= Namespace=`,
    },
  ];
  for (const { for: what, commands, message, run = testRun } of cases) {
    test(`for ${what}`, () => {
      const tested = run();
      const { reply, events } = completing(tested, commands);
      assert.equal(reply.error?.message, message);
      assert.deepEqual(types(events), ['WORKFLOW_TASK_FAILED']);
      assert.equal(tested.run.externals.size, 0);
      assert.equal(tested.run.children.size, 0);
    });
  }

  test('for a signal above the size limit, which ends the workflow', () => {
    const tested = testRun({ limits: { blobSizeError: 3 } });
    const { events } = completing(tested, [signal({ input: new Uint8Array(4) })]);
    assert.deepEqual(types(events), ['WORKFLOW_TASK_FAILED', 'WORKFLOW_EXECUTION_TERMINATED']);
  });
});
