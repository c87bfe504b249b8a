import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import {
  WorkflowTaskFailedCause as Cause,
  type EventType,
  WorkflowExecutionStatus as Status,
} from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { HistoryEvent } from '@perdure/api/history';
import { eventOf, type Given, given, outline } from '../given.fixture.ts';
import type { Completed } from '../requests/complete-workflow-task.ts';
import * as s from '../steps.fixture.ts';

const doing = (command: Init<Command>, limits = {}): Given =>
  given({ limits })
    .when(s.taken)
    .when(s.completed([command]));

const closing = (type: keyof typeof EventType, status: Status, run: Given): HistoryEvent => {
  run.gives({
    events: ['4 WORKFLOW_TASK_COMPLETED', `5 ${type}`],
    effects: [],
    wakes: {},
    head: { status, closeEventId: 5, closeTime: run.now, successorRunId: '' },
  });
  return eventOf(run, 5);
};

describe('closing commands', () => {
  test('COMPLETE_WORKFLOW_EXECUTION hands the result over', () => {
    const result = Buffer.of(10, 1, 0);
    const event = closing('WORKFLOW_EXECUTION_COMPLETED', Status.COMPLETED, doing(s.complete(result)));
    const attributes = event.workflowExecutionCompletedEventAttributes;
    assert.deepEqual(Buffer.from(attributes?.result ?? []), result);
    assert.deepEqual([attributes?.workflowTaskCompletedEventId, attributes?.newExecutionRunId], [4, '']);
  });

  test('FAIL_WORKFLOW_EXECUTION says why', () => {
    const failure = Failure.encode({ message: 'no' });
    const event = closing('WORKFLOW_EXECUTION_FAILED', Status.FAILED, doing(s.fail(failure)));
    const attributes = event.workflowExecutionFailedEventAttributes;
    assert.deepEqual(Buffer.from(attributes?.failure ?? []), Buffer.from(failure));
    assert.equal(attributes?.workflowTaskCompletedEventId, 4);
  });

  test('CANCEL_WORKFLOW_EXECUTION hands its details over', () => {
    const details = Buffer.of(10, 1, 0);
    const command = s.command('CANCEL_WORKFLOW_EXECUTION', { cancelWorkflowExecutionCommandAttributes: { details } });
    const event = closing('WORKFLOW_EXECUTION_CANCELED', Status.CANCELED, doing(command));
    const attributes = event.workflowExecutionCanceledEventAttributes;
    assert.deepEqual(Buffer.from(attributes?.details ?? []), details);
    assert.equal(attributes?.workflowTaskCompletedEventId, 4);
  });

  for (const command of [s.complete(), s.fail(), s.cancel(), s.continueAsNew()])
    test(`carry what else the command says: ${command.commandType}`, () => {
      const run = doing({ ...command, userMetadata: Buffer.of(10, 0) });
      assert.deepEqual(Buffer.from(eventOf(run, 5).userMetadata ?? []), Buffer.of(10, 0));
    });
});

describe('a closing command is refused', () => {
  const limits = { blobSizeError: 100 };
  const large = Buffer.alloc(101);
  const bare = (type: Parameters<typeof s.command>[0]) => s.command(type, {});
  const table: [string, Init<Command>, keyof typeof Cause, string, boolean][] = [
    [
      'a completion without attributes',
      bare('COMPLETE_WORKFLOW_EXECUTION'),
      'BAD_COMPLETE_WORKFLOW_EXECUTION_ATTRIBUTES',
      'BadCompleteWorkflowExecutionAttributes: CompleteWorkflowExecutionCommandAttributes is not set on CompleteWorkflowExecutionCommand.',
      false,
    ],
    [
      'a completion with too large a result',
      s.complete(large),
      'BAD_SCHEDULE_ACTIVITY_ATTRIBUTES',
      'BadScheduleActivityAttributes: CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.',
      true,
    ],
    [
      'a failure without attributes',
      bare('FAIL_WORKFLOW_EXECUTION'),
      'BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES',
      'BadFailWorkflowExecutionAttributes: FailWorkflowExecutionCommandAttributes is not set on FailWorkflowExecutionCommand.',
      false,
    ],
    [
      'a failure without a failure',
      s.command('FAIL_WORKFLOW_EXECUTION', { failWorkflowExecutionCommandAttributes: {} }),
      'BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES',
      'BadFailWorkflowExecutionAttributes: Failure is not set on FailWorkflowExecutionCommand.',
      false,
    ],
    [
      'a failure that is too large',
      s.fail(Failure.encode({ message: 'x'.repeat(101) })),
      'BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES',
      'BadFailWorkflowExecutionAttributes: FailWorkflowExecutionCommandAttributes.Failure exceeds size limit.',
      true,
    ],
    [
      'a cancellation without attributes',
      bare('CANCEL_WORKFLOW_EXECUTION'),
      'BAD_CANCEL_WORKFLOW_EXECUTION_ATTRIBUTES',
      'BadCancelWorkflowExecutionAttributes: CancelWorkflowExecutionCommandAttributes is not set on CancelWorkflowExecutionCommand.',
      false,
    ],
  ];
  for (const [name, command, cause, message, terminates] of table)
    test(name, () => {
      const run = doing(command, limits);
      assert.equal((run.reply as Completed).error?.message, message);
      assert.equal(eventOf(run, 4).workflowTaskFailedEventAttributes?.cause, Cause[cause]);
      assert.deepEqual(outline(run.events).slice(1), terminates ? ['5 WORKFLOW_EXECUTION_TERMINATED'] : []);
      assert.equal(run.run.head.status, terminates ? Status.TERMINATED : Status.RUNNING);
    });
});
