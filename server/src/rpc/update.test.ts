import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { CommandType, UpdateWorkflowExecutionLifecycleStage as Stage } from '@perdure/api/enums';
import {
  answers,
  type Conversation,
  complete,
  converse,
  execution,
  idleWorkflow,
  startWorkflow,
  takeTask,
  taskQueue,
  underWay,
} from './conversation.fixture.ts';

describe('an update over the wire', () => {
  const opened: Conversation[] = [];
  let c: Conversation;
  beforeEach(async () => {
    c = await converse();
    opened.push(c);
  });
  after(() => Promise.all(opened.map((each) => each.close())));

  const update = (updateId = 'u1', lifecycleStage: Stage = Stage.COMPLETED) =>
    c.call('UpdateWorkflowExecution', {
      workflowExecution: execution,
      request: { meta: { updateId }, input: { name: 'u' } },
      waitPolicy: { lifecycleStage },
    });
  const poll = (updateId = 'u1', lifecycleStage: Stage = Stage.UNSPECIFIED) =>
    c.call('PollWorkflowExecutionUpdate', {
      updateRef: { workflowExecution: execution, updateId },
      waitPolicy: { lifecycleStage },
    });

  /** What a round trip costs in commits when a worker is waiting for it. */
  async function costOf(kinds: Parameters<typeof answers>[1]): Promise<number> {
    await idleWorkflow(c);
    const waiting = takeTask(c);
    const before = c.commits();
    const asked = update();
    const task = await waiting;
    await complete(c, task, answers(task, kinds));
    assert.equal((await asked).stage, Stage.COMPLETED);
    return c.commits() - before;
  }

  test('that is accepted and completed at once takes one commit', async () => {
    assert.equal(await costOf(['accept', 'respond']), 1);
  });

  test('that is rejected takes none', async () => {
    assert.equal(await costOf(['reject']), 0);
  });

  test('is answered with the stage that it has reached when the long poll ends', async () => {
    await idleWorkflow(c);
    const asked = update();
    await underWay();
    c.clock.advance(c.core.server.limits.updateLongPoll);
    assert.equal((await asked).stage, Stage.ADMITTED);
    const task = await takeTask(c);
    await complete(c, task, answers(task, ['accept']));
    const polled = poll('u1', Stage.COMPLETED);
    await underWay();
    c.clock.advance(c.core.server.limits.updateLongPoll);
    assert.deepEqual([(await polled).stage, (await polled).outcome], [Stage.ACCEPTED, null]);
  });

  test('that was completed earlier has its outcome read from history', async () => {
    assert.equal(await costOf(['accept', 'respond']), 1);
    const { stage, outcome } = await poll('u1', Stage.COMPLETED);
    assert.equal(stage, Stage.COMPLETED);
    assert.deepEqual(outcome?.success?.length, 0);
    assert.equal((await update()).stage, Stage.COMPLETED);
  });

  test('that came during the last task goes to the run that carries on', async () => {
    await startWorkflow(c);
    const task = await takeTask(c);
    const asked = update();
    await underWay();
    const continued = await complete(c, task, {
      commands: [
        {
          commandType: CommandType.CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
          continueAsNewWorkflowExecutionCommandAttributes: {
            workflowType: { name: 'W' },
            taskQueue,
            workflowRunTimeout: { seconds: 100, nanos: 0 },
            workflowTaskTimeout: { seconds: 10, nanos: 0 },
          },
        },
      ],
    });
    assert.equal(continued.workflowTask, null);
    const next = await takeTask(c);
    assert.notEqual(next.workflowExecution?.runId, task.workflowExecution?.runId);
    await complete(c, next, answers(next, ['accept', 'respond']));
    const { updateRef, stage } = await asked;
    assert.equal(stage, Stage.COMPLETED);
    assert.equal(updateRef?.workflowExecution?.runId, next.workflowExecution?.runId);
  });

  test('of which the worker makes something invalid ends as not ready, and is not sent again', async () => {
    await idleWorkflow(c);
    const asked = update();
    await underWay();
    const task = await takeTask(c);
    await assert.rejects(complete(c, task, answers(task, ['respond'])), { code: 3 });
    await assert.rejects(asked, { code: 9, message: /due to unexpected workflow task failure\.$/ });
    assert.equal((await takeTask(c)).messages.length, 0);
  });

  test('that comes while a worker has a task goes out in the answer to its completion', async () => {
    await startWorkflow(c);
    const task = await takeTask(c);
    const asked = update();
    await underWay();
    const { workflowTask } = await complete(c, task, { returnNewWorkflowTask: true });
    assert.ok(workflowTask);
    assert.deepEqual(
      workflowTask.messages.map(({ protocolInstanceId }) => protocolInstanceId),
      ['u1'],
    );
    const { resetHistoryEventId } = await complete(c, workflowTask, answers(workflowTask, ['reject']));
    assert.equal(resetHistoryEventId, 3);
    assert.equal((await asked).stage, Stage.COMPLETED);
  });

  test('that is known to nobody is not found', async () => {
    await idleWorkflow(c);
    await assert.rejects(poll('nobody'), { code: 5, message: 'update "nobody" not found' });
  });
});
