import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType, ParentClosePolicy, WorkflowExecutionStatus } from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import { types } from '../engine/workflow/testing.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import {
  type Conversation,
  complete,
  converse,
  execution,
  idleWorkflow,
  startWorkflow,
  takeTask,
  underWay,
} from './conversation.fixture.ts';

async function on(use: (conversation: Conversation) => Promise<void>): Promise<void> {
  const conversation = await converse();
  try {
    await use(conversation);
  } finally {
    await conversation.close();
  }
}

const remove = ({ call }: Conversation, workflowId = 'workflow', runId = '') =>
  call('DeleteWorkflowExecution', { workflowExecution: { workflowId, runId } });

const isGone = async ({ call }: Conversation, workflowId = 'workflow', runId = '') => {
  for (const ask of ['DescribeWorkflowExecution', 'GetWorkflowExecutionHistory'] as const)
    await assert.rejects(
      () => call(ask, { execution: { workflowId, runId } }),
      (error: unknown) => error instanceof ServiceError && error.code === Code.NOT_FOUND,
    );
};

const eventsOf = async ({ call }: Conversation, workflowId: string) => {
  const { history } = await call('GetWorkflowExecutionHistory', { execution: { workflowId } });
  return types(History.decode(history ?? new Uint8Array(0)).events);
};

const child = (parentClosePolicy: ParentClosePolicy): Init<Command> => ({
  commandType: CommandType.START_CHILD_WORKFLOW_EXECUTION,
  startChildWorkflowExecutionCommandAttributes: {
    workflowId: 'child',
    workflowType: { name: 'C' },
    taskQueue: { name: 'children' },
    parentClosePolicy,
  },
});

describe('deleting a workflow', () => {
  test('that is open ends and removes it', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      await remove(conversation);
      await isGone(conversation);
    }));

  test('leaves its id free', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      await remove(conversation);
      assert.equal((await startWorkflow(conversation)).started, true);
    }));

  test('takes only the run that is named', () =>
    on(async (conversation) => {
      const { runId } = await startWorkflow(conversation);
      await conversation.call('TerminateWorkflowExecution', { workflowExecution: execution });
      const again = { ...execution, workflowType: { name: 'W' }, taskQueue: { name: 'queue' }, requestId: 'again' };
      await conversation.call('StartWorkflowExecution', again);
      await remove(conversation, 'workflow', runId);
      await isGone(conversation, 'workflow', runId);
      const { workflowExecutionInfo } = await conversation.call('DescribeWorkflowExecution', { execution });
      assert.equal(workflowExecutionInfo?.status, WorkflowExecutionStatus.RUNNING);
    }));

  test('tells its parent first', () =>
    on(async (conversation) => {
      await startWorkflow(conversation);
      await complete(conversation, await takeTask(conversation), { commands: [child(ParentClosePolicy.TERMINATE)] });
      await takeTask(conversation, { name: 'children' });
      await remove(conversation, 'child');
      await underWay();
      await isGone(conversation, 'child');
      await complete(conversation, await takeTask(conversation));
      assert.ok((await eventsOf(conversation, 'workflow')).includes('CHILD_WORKFLOW_EXECUTION_TERMINATED'));
    }));

  test('does to its children what their policy says, first', () =>
    on(async (conversation) => {
      await startWorkflow(conversation);
      await complete(conversation, await takeTask(conversation), { commands: [child(ParentClosePolicy.TERMINATE)] });
      await takeTask(conversation, { name: 'children' });
      await remove(conversation);
      await underWay();
      await isGone(conversation);
      assert.equal((await eventsOf(conversation, 'child')).at(-1), 'WORKFLOW_EXECUTION_TERMINATED');
    }));

  test('ends the wait for news of it', () =>
    on(async (conversation) => {
      await idleWorkflow(conversation);
      const { nextPageToken } = await conversation.call('GetWorkflowExecutionHistory', {
        execution,
        waitNewEvent: true,
      });
      const waiting = conversation.call('GetWorkflowExecutionHistory', {
        execution,
        waitNewEvent: true,
        nextPageToken,
      });
      await underWay();
      await Promise.all([
        remove(conversation),
        waiting.then(
          ({ history }) => assert.ok(history),
          (error: unknown) => assert.ok(error instanceof ServiceError && error.code === Code.NOT_FOUND),
        ),
      ]);
    }));
});
