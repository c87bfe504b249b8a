import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { type Init, services } from '@perdure/api';
import { NamespaceState, TaskQueueType } from '@perdure/api/enums';
import { type DeleteNamespaceRequest, OperatorService } from '@perdure/api/operatorservice';
import { Code } from '../../kernel/errors.ts';
import { type FaultyStorage, faulty } from '../../storage/faulty.ts';
import { openSqlite } from '../../storage/sqlite/open.ts';
import { type Conversation, converse, taskQueue, underWay } from '../conversation.fixture.ts';
import { inProcessClient } from '../transport/in-process.ts';

const conversations: Conversation[] = [];
after(async () => {
  for (const conversation of conversations) await conversation.close();
});

async function conversation(storage?: Parameters<typeof converse>[1]): Promise<Conversation> {
  const made = await converse({}, storage);
  conversations.push(made);
  await made.core.recover();
  return made;
}

async function deleteNamespace({ core }: Conversation, request: Init<DeleteNamespaceRequest>): Promise<string> {
  const { request: asked, response } = OperatorService.methods.DeleteNamespace;
  const client = inProcessClient({ services, dispatch: core.dispatch });
  const answer = await client.call(OperatorService.name, 'DeleteNamespace', asked.encode(request), {});
  return response.decode(answer).deletedNamespace;
}

const day = { seconds: 86_400, nanos: 0 };

/** A namespace with open workflows in it, and a limit on a task queue. */
async function furnish({ call }: Conversation, namespace: string, workflows: number): Promise<void> {
  await call('RegisterNamespace', { namespace, workflowExecutionRetentionPeriod: day });
  for (let n = 0; n < workflows; n++)
    await call('StartWorkflowExecution', {
      namespace,
      workflowId: `w${n}`,
      workflowType: { name: 'W' },
      taskQueue,
      requestId: `r${n}`,
    });
  await call('UpdateTaskQueueConfig', {
    namespace,
    taskQueue: taskQueue.name,
    taskQueueType: TaskQueueType.ACTIVITY,
    updateQueueRateLimit: { rateLimit: { requestsPerSecond: 1 }, reason: 'r' },
  });
}

/** Lets everything that is due at once happen. */
async function settle({ clock }: Conversation): Promise<void> {
  for (let turn = 0; turn < 50; turn++) {
    clock.advance(0);
    await underWay();
  }
}

const isNotFound = (error: { code?: number }): boolean => error.code === Code.NOT_FOUND;

describe('deleting a namespace', () => {
  test('it is gone under its name at once, with everything in it soon after, and the name is free', async () => {
    const c = await conversation();
    await furnish(c, 'doomed', 3);
    await furnish(c, 'kept', 2);
    const { id } = c.core.server.namespaces.byName('doomed');
    const newName = await deleteNamespace(c, { namespace: 'doomed' });
    assert.equal(newName, `doomed-deleted-${id.slice(0, 5)}`);
    await assert.rejects(c.call('DescribeNamespace', { namespace: 'doomed' }), isNotFound);
    await settle(c);
    await assert.rejects(c.call('DescribeNamespace', { namespace: newName }), isNotFound);
    const left = await c.core.server.host.storage.allRuns('', 100);
    assert.deepEqual(
      left.map(({ workflowId }) => workflowId),
      ['w0', 'w1'],
    );
    assert.equal((await c.core.server.host.storage.records('task-queue-configs')).length, 1);
    await c.call('RegisterNamespace', { namespace: 'doomed', workflowExecutionRetentionPeriod: day });
    assert.equal((await c.call('CountWorkflowExecutions', { namespace: 'doomed' })).count, 0);
    assert.equal((await c.call('CountWorkflowExecutions', { namespace: 'kept' })).count, 2);
  });

  test('a delay keeps what it holds, under the new name', async () => {
    const c = await conversation();
    await furnish(c, 'doomed', 2);
    const name = await deleteNamespace(c, { namespace: 'doomed', namespaceDeleteDelay: { seconds: 60, nanos: 0 } });
    await settle(c);
    const { namespaceInfo } = await c.call('DescribeNamespace', { namespace: name });
    assert.equal(namespaceInfo?.state, NamespaceState.DELETED);
    assert.equal((await c.core.server.host.storage.allRuns('', 100)).length, 2);
    c.clock.advance(60_000);
    await settle(c);
    await assert.rejects(c.call('DescribeNamespace', { namespace: name }), isNotFound);
    assert.equal((await c.core.server.host.storage.allRuns('', 100)).length, 0);
  });

  for (const [does, request, code] of [
    ['no name', {}, Code.INVALID_ARGUMENT],
    ['a name and an id', { namespace: 'default', namespaceId: 'x' }, Code.INVALID_ARGUMENT],
    ['a name that nobody has', { namespace: 'nobody' }, Code.NOT_FOUND],
    ['an id that nobody has', { namespaceId: 'nobody' }, Code.NOT_FOUND],
    ['the system’s own', { namespace: 'temporal-system' }, Code.FAILED_PRECONDITION],
  ] as const)
    test(`is refused for ${does}`, async () => {
      const c = await conversation();
      await assert.rejects(deleteNamespace(c, request), (error: { code?: number }) => error.code === code);
    });

  for (const point of ['before', 'after'] as const)
    test(`a server that dies ${point} any commit of it goes on when it starts again`, async () => {
      for (let n = 1; ; n++) {
        const inner = await openSqlite({ path: ':memory:' });
        const shared = { ...inner, close: async () => {} };
        const storage: FaultyStorage = faulty(shared);
        const first = await conversation(storage.storage);
        await furnish(first, 'doomed', 3);
        await furnish(first, 'kept', 2);
        const before = storage.commits();
        storage.stopAt(before + n, point);
        const answered = deleteNamespace(first, { namespace: 'doomed' }).then(() => true);
        await Promise.race([storage.stopped, answered.then(() => settle(first))]);
        const wasNeeded = storage.commits() - before >= n;
        conversations.splice(conversations.indexOf(first), 1);

        const second = await conversation(shared);
        await settle(second);
        const { namespaces, host } = second.core.server;
        const isLeft = namespaces.find('doomed') !== undefined;
        assert.equal(isLeft, wasNeeded && n === 1 && point === 'before', `commit ${n}`);
        assert.equal((await host.storage.allRuns('', 100)).length, isLeft ? 5 : 2, `commit ${n}`);
        assert.equal((await host.storage.records('task-queue-configs')).length, isLeft ? 2 : 1, `commit ${n}`);
        const deleted = namespaces.all().filter(({ state }) => state === NamespaceState.DELETED);
        assert.deepEqual(deleted, [], `commit ${n}`);
        if (!wasNeeded) break;
      }
    });
});
