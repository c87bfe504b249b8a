import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { type Codec, type Init, services } from '@perdure/api';
import { QueryResultType } from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import { WorkflowService } from '@perdure/api/workflowservice';
import { Code, createCore, type FaultyStorage, faulty, inProcessClient, openSqlite, ServiceError } from './testing.ts';

type Methods = typeof WorkflowService.methods;
type Decoded<C> = C extends Codec<infer T> ? T : never;
type Ask = <M extends keyof Methods>(
  method: M,
  request: Init<Decoded<Methods[M]['request']>>,
) => Promise<Decoded<Methods[M]['response']>>;

/** A server over a store that waits and fails as the test says. */
async function serve(t: TestContext): Promise<{ readonly ask: Ask; readonly faults: FaultyStorage }> {
  const faults = faulty(await openSqlite({ path: ':memory:' }));
  const core = await createCore(faults.storage, { onBug: () => {} });
  await core.recover();
  const client = inProcessClient({ services, dispatch: core.dispatch });
  t.after(async () => {
    await core.stop();
    await faults.storage.close();
  });
  const ask: Ask = async (method, request) => {
    const { request: asked, response } = WorkflowService.methods[method] as unknown as Record<string, Codec<object>>;
    const bytes = await client.call(WorkflowService.name, method, asked!.encode(request), { deadlineMs: 60_000 });
    return response!.decode(bytes) as Decoded<Methods[typeof method]['response']>;
  };
  return { ask, faults };
}

const namespace = 'default';
const taskQueue = { name: 'q' };
const execution = { workflowId: 'w' };
const start = { namespace, workflowId: 'w', workflowType: { name: 'W' }, taskQueue, requestId: 'start' };
const poll = { namespace, taskQueue };

/** False for as long as it is pending. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = {};
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  const first = await Promise.race([promise.catch(() => null), pending]);
  return first !== pending;
}

const isUnavailable = (error: unknown): boolean => error instanceof ServiceError && error.code === Code.UNAVAILABLE;
const isNotFound = (error: unknown): boolean => error instanceof ServiceError && error.code === Code.NOT_FOUND;
const failNext = (faults: FaultyStorage, point: 'before' | 'after') => faults.failAt(faults.commits() + 1, point);

describe('nothing goes out that is not durable:', () => {
  test('the answer to a start, and the task that comes of it', async (t) => {
    const { ask, faults } = await serve(t);
    faults.hold();
    const task = ask('PollWorkflowTaskQueue', poll);
    const started = ask('StartWorkflowExecution', start);
    assert.equal(await isSettled(started), false);
    assert.equal(await isSettled(task), false);
    faults.release();
    assert.equal((await task).workflowExecution?.runId, (await started).runId);
    assert.equal(History.decode((await task).history ?? new Uint8Array(0)).events.length, 3);
  });

  test('the events that a long poll waits for', async (t) => {
    const { ask, faults } = await serve(t);
    await ask('StartWorkflowExecution', start);
    const first = await ask('GetWorkflowExecutionHistory', { namespace, execution, waitNewEvent: true });
    faults.hold();
    const { nextPageToken } = first;
    const more = ask('GetWorkflowExecutionHistory', { namespace, execution, waitNewEvent: true, nextPageToken });
    const signalled = ask('SignalWorkflowExecution', { namespace, workflowExecution: execution, signalName: 's' });
    const described = ask('DescribeWorkflowExecution', { namespace, execution });
    for (const promise of [more, signalled, described]) assert.equal(await isSettled(promise), false);
    faults.release();
    const { events } = History.decode((await more).history ?? new Uint8Array(0));
    assert.deepEqual(
      events.map(({ eventId }) => eventId),
      [3],
    );
    await Promise.all([signalled, described]);
  });

  test('a refusal that rests on something', async (t) => {
    const { ask, faults } = await serve(t);
    await ask('StartWorkflowExecution', start);
    faults.hold();
    const terminated = ask('TerminateWorkflowExecution', { namespace, workflowExecution: execution });
    const signalled = ask('SignalWorkflowExecution', { namespace, workflowExecution: execution, signalName: 's' });
    assert.equal(await isSettled(signalled), false);
    faults.release();
    await terminated;
    await assert.rejects(signalled, /already completed/);
  });
});

describe('when a commit fails', () => {
  for (const point of ['before', 'after'] as const) {
    test(`${point} it took effect, the same request may be made again and makes one run`, async (t) => {
      const { ask, faults } = await serve(t);
      failNext(faults, point);
      const first = ask('StartWorkflowExecution', start);
      const second = ask('StartWorkflowExecution', start);
      await assert.rejects(first, isUnavailable);
      await assert.rejects(second, isUnavailable);
      const { runId } = await ask('StartWorkflowExecution', start);
      assert.equal((await ask('StartWorkflowExecution', start)).runId, runId);
      assert.equal((await ask('PollWorkflowTaskQueue', poll)).workflowExecution?.runId, runId);
    });
  }

  test('the task that was to be handed out comes of the start that is made again', async (t) => {
    const { ask, faults } = await serve(t);
    failNext(faults, 'before');
    const task = ask('PollWorkflowTaskQueue', poll);
    await assert.rejects(ask('StartWorkflowExecution', start), isUnavailable);
    await assert.rejects(task, isUnavailable);
    const { runId } = await ask('StartWorkflowExecution', start);
    assert.equal((await ask('PollWorkflowTaskQueue', poll)).workflowExecution?.runId, runId);
  });

  test('the task that was handed out before it goes to the next poll, and its first worker is refused', async (t) => {
    const { ask, faults } = await serve(t);
    const { runId } = await ask('StartWorkflowExecution', start);
    const { taskToken } = await ask('PollWorkflowTaskQueue', poll);
    // Starts are told apart by their time.
    for (const then = Date.now(); Date.now() === then; ) await new Promise(setImmediate);
    failNext(faults, 'before');
    const signal = { namespace, workflowExecution: execution, signalName: 's' };
    await assert.rejects(ask('SignalWorkflowExecution', signal), isUnavailable);
    const again = await ask('PollWorkflowTaskQueue', poll);
    assert.equal(again.workflowExecution?.runId, runId);
    await assert.rejects(ask('RespondWorkflowTaskCompleted', { namespace, taskToken }), isNotFound);
    await ask('RespondWorkflowTaskCompleted', { namespace, taskToken: again.taskToken });
  });

  test('a query that was to be handed out goes to the next poll', async (t) => {
    const { ask, faults } = await serve(t);
    await ask('StartWorkflowExecution', start);
    const { taskToken } = await ask('PollWorkflowTaskQueue', poll);
    await ask('RespondWorkflowTaskCompleted', { namespace, taskToken });
    const queried = ask('QueryWorkflow', { namespace, execution, query: { queryType: 'state' } });
    assert.equal(await isSettled(queried), false);
    failNext(faults, 'before');
    const cancelled = ask('RequestCancelWorkflowExecution', { namespace, workflowExecution: execution });
    const task = ask('PollWorkflowTaskQueue', poll);
    await assert.rejects(cancelled, isUnavailable);
    await assert.rejects(task, isUnavailable);
    const again = await ask('PollWorkflowTaskQueue', poll);
    assert.equal(again.query?.queryType, 'state');
    const completedType = QueryResultType.ANSWERED;
    await ask('RespondQueryTaskCompleted', { namespace, taskToken: again.taskToken, completedType });
    await queried.catch(() => {});
  });

  test('a namespace that was to be made is not there, and can be made', async (t) => {
    const { ask, faults } = await serve(t);
    const request = { namespace: 'shop', workflowExecutionRetentionPeriod: { seconds: 86_400 } };
    failNext(faults, 'before');
    await assert.rejects(ask('RegisterNamespace', request), isUnavailable);
    await assert.rejects(ask('DescribeNamespace', { namespace: 'shop' }), /not found/);
    await ask('RegisterNamespace', request);
    assert.equal((await ask('DescribeNamespace', { namespace: 'shop' })).namespaceInfo?.name, 'shop');
  });
});
