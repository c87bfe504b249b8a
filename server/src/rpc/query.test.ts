import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { CommandType, QueryResultType, TaskQueueKind } from '@perdure/api/enums';
import type { Taken } from './conversation.fixture.ts';
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

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('a query over the wire', () => {
  const opened: Conversation[] = [];
  let c: Conversation;
  beforeEach(async () => {
    c = await converse();
    opened.push(c);
  });
  after(() => Promise.all(opened.map((each) => each.close())));

  const ask = (deadlineMs = 20_000) => c.call('QueryWorkflow', { execution, query: { queryType: 'q' } }, deadlineMs);
  const respond = ({ taskToken }: Taken) =>
    c.call('RespondQueryTaskCompleted', {
      taskToken,
      completedType: QueryResultType.ANSWERED,
      queryResult: bytes(''),
    });
  const resultsFor = ({ queries }: Taken) =>
    Object.fromEntries(
      Object.keys(queries).map((id) => [id, { resultType: QueryResultType.ANSWERED, answer: bytes('') }]),
    );
  const signal = () => c.call('SignalWorkflowExecution', { workflowExecution: execution, signalName: 's' });

  test('of an idle workflow takes no commit', async () => {
    await idleWorkflow(c);
    const waiting = takeTask(c);
    const before = c.commits();
    const asked = ask();
    const task = await waiting;
    assert.equal(task.query?.queryType, 'q');
    await respond(task);
    assert.equal((await asked).queryResult?.length, 0);
    assert.equal(c.commits(), before);
  });

  test('that rides on a task is answered with its completion', async () => {
    await idleWorkflow(c);
    await signal();
    const asked = ask();
    await underWay();
    const task = await takeTask(c);
    assert.equal(Object.values(task.queries)[0]?.queryType, 'q');
    await complete(c, task, { queryResults: resultsFor(task) });
    assert.equal((await asked).queryResult?.length, 0);
  });

  test('that came while a worker had the task waits for the next one if there is one', async () => {
    await idleWorkflow(c);
    await signal();
    const task = await takeTask(c);
    const asked = ask();
    await underWay();
    await signal();
    await complete(c, task);
    const next = await takeTask(c);
    assert.equal(Object.keys(next.queries).length, 1);
    await complete(c, next, { queryResults: resultsFor(next) });
    assert.equal((await asked).queryResult?.length, 0);
  });

  test('that a closing task leaves unanswered is asked on its own', async () => {
    await idleWorkflow(c);
    await signal();
    const asked = ask();
    await underWay();
    const task = await takeTask(c);
    await complete(c, task, {
      commands: [
        { commandType: CommandType.COMPLETE_WORKFLOW_EXECUTION, completeWorkflowExecutionCommandAttributes: {} },
      ],
    });
    await respond(await takeTask(c));
    assert.equal((await asked).queryResult?.length, 0);
  });

  test('that waits for a task is asked on its own when the run is terminated', async () => {
    await idleWorkflow(c);
    await signal();
    const asked = ask();
    await underWay();
    await c.call('TerminateWorkflowExecution', { workflowExecution: execution });
    const task = await takeTask(c);
    assert.equal(task.query?.queryType, 'q');
    await respond(task);
    assert.equal((await asked).queryResult?.length, 0);
  });

  test('that the worker with the run in its cache does not answer goes to any other, with all of history', async () => {
    const sticky = { name: 'sticky', kind: TaskQueueKind.STICKY, normalName: 'queue' };
    await startWorkflow(c);
    await complete(c, await takeTask(c), {
      stickyAttributes: { workerTaskQueue: sticky, scheduleToStartTimeout: { seconds: 5, nanos: 0 } },
    });
    const cached = takeTask(c, sticky);
    const asked = ask();
    assert.equal((await cached).history?.length, 0);
    const other = takeTask(c);
    c.clock.advance(5_000);
    const task = await other;
    assert.notEqual(task.history?.length, 0);
    await respond(task);
    assert.equal((await asked).queryResult?.length, 0);
    await assert.rejects(respond(await cached), { code: 5, message: 'query task not found, or already expired' });
  });

  test('that no worker has come for in a long time says so before its deadline', async () => {
    await idleWorkflow(c);
    c.clock.advance(30_000);
    const asked = ask(60_000);
    await underWay();
    c.clock.advance(59_000);
    await assert.rejects(asked, { code: 9, message: 'no poller seen for task queue recently, worker may be down' });
  });

  test('is refused while another one waits for a task', async () => {
    await idleWorkflow(c);
    await signal();
    const first = ask();
    await underWay();
    await assert.rejects(ask(), { code: 8, message: /consistent query buffer is full/ });
    const task = await takeTask(c);
    await complete(c, task, { queryResults: resultsFor(task) });
    await first;
  });
});
