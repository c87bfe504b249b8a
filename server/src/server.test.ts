import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { type Codec, type Init, services } from '@perdure/api';
import {
  CommandType,
  HistoryEventFilterType,
  IndexedValueType,
  TaskQueueKind,
  WorkflowExecutionStatus,
} from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import { OperatorService } from '@perdure/api/operatorservice';
import { WorkflowService } from '@perdure/api/workflowservice';
import { Code } from './kernel/errors.ts';
import { manualClock } from './kernel/manual-clock.ts';
import { inProcessClient, type UnaryClient } from './rpc/transport/in-process.ts';
import { createCore, type ServerOptions, startServer } from './server.ts';
import { openSqlite } from './storage/sqlite/open.ts';

interface Method<Q, A> {
  readonly name: string;
  readonly request: Codec<Q>;
  readonly response: Codec<A>;
}

const w = WorkflowService.methods;
const HOUR = 3_600_000;
const QUEUE = { name: 'queue', kind: TaskQueueKind.NORMAL };

async function open(options: ServerOptions = {}, db = ':memory:') {
  const storage = await openSqlite({ path: db });
  const bugs: unknown[] = [];
  const core = await createCore(storage, { onBug: (error) => bugs.push(error), ...options });
  await core.recover();
  const client: UnaryClient = inProcessClient({ services, dispatch: core.dispatch });
  const ask = <Q, A>(method: Method<Q, A>, request: Init<Q>, service: string = WorkflowService.name): Promise<A> =>
    client
      .call(service, method.name, method.request.encode(request), { deadlineMs: 20_000 })
      .then((bytes) => method.response.decode(bytes));
  return {
    ask,
    operate: <Q, A>(method: Method<Q, A>, request: Init<Q>) => ask(method, request, OperatorService.name),
    async close() {
      await core.stop();
      await core.idle();
      await storage.close();
      assert.deepEqual(bugs, []);
    },
  };
}

type World = Awaited<ReturnType<typeof open>>;

const start = ({ ask }: World, workflowId: string, namespace = 'default') =>
  ask(w.StartWorkflowExecution, { namespace, workflowId, workflowType: { name: 'W' }, taskQueue: QUEUE });

async function complete({ ask }: World, namespace = 'default'): Promise<void> {
  const { taskToken } = await ask(w.PollWorkflowTaskQueue, { namespace, taskQueue: QUEUE });
  const commands = [
    { commandType: CommandType.COMPLETE_WORKFLOW_EXECUTION, completeWorkflowExecutionCommandAttributes: {} },
  ];
  await ask(w.RespondWorkflowTaskCompleted, { namespace, taskToken, commands });
}

const eventIds = (history: Uint8Array | null): number[] =>
  History.decode(history ?? new Uint8Array(0)).events.map(({ eventId }) => eventId);

test('a server without a socket answers calls, and refuses them once it is closed', async () => {
  const server = await startServer({ listen: false });
  assert.equal(server.address, '');
  const method = w.DescribeNamespace;
  const body = method.request.encode({ namespace: 'default' });
  const answer = method.response.decode(await server.call(WorkflowService.name, method.name, body));
  assert.equal(answer.namespaceInfo?.name, 'default');
  await server.close();
  await assert.rejects(server.call(WorkflowService.name, method.name, body), { code: Code.UNAVAILABLE });
});

describe('namespaces', () => {
  test('are there after a restart, with what was set on them, and the cluster keeps its id', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'perdure-server-'));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const db = path.join(folder, 'one.db');
    const first = await open({}, db);
    const retention = { seconds: 7200, nanos: 0 };
    await first.ask(w.RegisterNamespace, { namespace: 'n', workflowExecutionRetentionPeriod: retention });
    await first.ask(w.UpdateNamespace, { namespace: 'n', updateInfo: { description: 'mine', data: { a: '1' } } });
    const attributes = { Color: IndexedValueType.KEYWORD };
    await first.operate(OperatorService.methods.AddSearchAttributes, { namespace: 'n', searchAttributes: attributes });
    const { clusterId } = await first.ask(w.GetClusterInfo, {});
    await first.close();

    const second = await open({}, db);
    const { namespaceInfo, config } = await second.ask(w.DescribeNamespace, { namespace: 'n' });
    assert.equal(namespaceInfo?.description, 'mine');
    assert.deepEqual(namespaceInfo?.data, { a: '1' });
    assert.deepEqual(config?.workflowExecutionRetentionTtl, retention);
    const listed = await second.operate(OperatorService.methods.ListSearchAttributes, { namespace: 'n' });
    assert.deepEqual(listed.customAttributes, attributes);
    assert.equal((await second.ask(w.GetClusterInfo, {})).clusterId, clusterId);
    await second.close();
  });

  test('get the search attributes that the server is started with, also those that are there already', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'perdure-server-'));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const db = path.join(folder, 'one.db');
    await (await open({ namespaces: ['n'] }, db)).close();
    const world = await open({ namespaces: ['n'], searchAttributes: { Size: 'Int' } }, db);
    for (const namespace of ['default', 'n']) {
      const listed = await world.operate(OperatorService.methods.ListSearchAttributes, { namespace });
      assert.deepEqual(listed.customAttributes, { Size: IndexedValueType.INT });
    }
    await world.close();
  });

  test('that are deprecated take no new workflows, and say so', async () => {
    const world = await open();
    await world.ask(w.DeprecateNamespace, { namespace: 'default' });
    await assert.rejects(start(world, 'w'), {
      code: Code.FAILED_PRECONDITION,
      message: 'Namespace has invalid state: Deprecated. Must be Registered.',
    });
    await world.close();
  });

  test('that are not there are refused before anything else, also by what is not built yet', async () => {
    const world = await open();
    const gone = { code: Code.NOT_FOUND, message: 'Namespace gone is not found.' };
    await assert.rejects(start(world, '', 'gone'), gone);
    await assert.rejects(world.ask(w.ListWorkers, { namespace: 'gone' }), gone);
    await assert.rejects(world.operate(OperatorService.methods.ListNexusEndpoints, {}), { code: Code.UNIMPLEMENTED });
    await world.close();
  });
});

describe('a request', () => {
  test('whose sender has too long a name is refused', async () => {
    const world = await open();
    const signal = { namespace: 'default', workflowExecution: { workflowId: 'w' }, signalName: 's' };
    await assert.rejects(world.ask(w.SignalWorkflowExecution, { ...signal, identity: 'x'.repeat(1001) }), {
      code: Code.INVALID_ARGUMENT,
      message: 'Identity length exceeds limit.',
    });
    await world.close();
  });
});

describe('history', () => {
  const execution = { workflowId: 'w' };

  test('a long poll for the end answers when the run has closed, with the closing event alone', async () => {
    const world = await open();
    await start(world, 'w');
    const filter = { waitNewEvent: true, historyEventFilterType: HistoryEventFilterType.CLOSE_EVENT };
    const answer = world.ask(w.GetWorkflowExecutionHistory, { namespace: 'default', execution, ...filter });
    await complete(world);
    assert.deepEqual(eventIds((await answer).history), [5]);
    await world.close();
  });

  test('a long poll that nothing comes of ends empty, with a token to go on with', async () => {
    const world = await open({ limits: { historyLongPoll: 20 } });
    await start(world, 'w');
    const request = { namespace: 'default', execution, waitNewEvent: true };
    const first = await world.ask(w.GetWorkflowExecutionHistory, request);
    assert.deepEqual(eventIds(first.history), [1, 2]);
    const { nextPageToken } = first;
    const second = await world.ask(w.GetWorkflowExecutionHistory, { ...request, nextPageToken });
    assert.deepEqual(eventIds(second.history), []);
    const news = world.ask(w.GetWorkflowExecutionHistory, { ...request, nextPageToken: second.nextPageToken });
    await complete(world);
    const ids = eventIds((await news).history);
    assert.equal(ids[0], 3);
    await world.close();
  });

  test('pages, forwards and backwards, show every event once', async () => {
    const world = await open();
    await start(world, 'w');
    await complete(world);
    for (const [method, expected] of [
      [w.GetWorkflowExecutionHistory, [1, 2, 3, 4, 5]],
      [w.GetWorkflowExecutionHistoryReverse, [5, 4, 3, 2, 1]],
    ] as const) {
      const seen: number[] = [];
      let nextPageToken: Uint8Array = new Uint8Array(0);
      let pages = 0;
      do {
        const request = { namespace: 'default', execution, maximumPageSize: 1, nextPageToken };
        const page = await world.ask<object, { history: Uint8Array | null; nextPageToken: Uint8Array }>(
          method,
          request,
        );
        seen.push(...eventIds(page.history));
        nextPageToken = page.nextPageToken;
        pages++;
      } while (nextPageToken.length > 0);
      assert.deepEqual(seen, expected);
      assert.ok(pages > 1);
    }
    await world.close();
  });

  test('a page token is good for its own run and namespace only', async () => {
    const world = await open({ namespaces: ['other'] });
    await start(world, 'w');
    await start(world, 'v');
    await start(world, 'w', 'other');
    const request = { namespace: 'default', execution, waitNewEvent: true };
    const { nextPageToken } = await world.ask(w.GetWorkflowExecutionHistory, request);
    const used = (change: object) => world.ask(w.GetWorkflowExecutionHistory, { ...request, nextPageToken, ...change });
    await assert.rejects(used({ namespace: 'other' }), {
      code: Code.INVALID_ARGUMENT,
      message: 'Invalid NextPageToken.',
    });
    await assert.rejects(used({ execution: { workflowId: 'v' } }), { code: Code.NOT_FOUND });
    const elsewhere = { workflowId: 'w', runId: '11111111-2222-4333-8444-555555555555' };
    await assert.rejects(used({ execution: elsewhere }), {
      message: 'RunId in the request does not match the NextPageToken.',
    });
    const forged = Uint8Array.from(nextPageToken);
    forged[forged.length - 2] = (forged.at(-2) ?? 0) ^ 1;
    await assert.rejects(used({ nextPageToken: forged }), { message: 'Invalid NextPageToken.' });
    await world.close();
  });
});

describe('retention', () => {
  test('a closed run is gone some time after its namespace stops keeping it; an open one stays', async () => {
    const clock = manualClock();
    const world = await open({ clock });
    const retention = { seconds: 3600, nanos: 0 };
    await world.ask(w.UpdateNamespace, { namespace: 'default', config: { workflowExecutionRetentionTtl: retention } });
    await start(world, 'done');
    await complete(world);
    await start(world, 'open');
    clock.advance(HOUR - 60_000);
    const status = async (workflowId: string) =>
      (await world.ask(w.DescribeWorkflowExecution, { namespace: 'default', execution: { workflowId } }))
        .workflowExecutionInfo?.status;
    assert.equal(await status('done'), WorkflowExecutionStatus.COMPLETED);
    clock.advance(180_000);
    // The sweep reads and commits in turns of its own; a call behind it comes after it.
    await world.ask(w.UpdateNamespace, { namespace: 'default', updateInfo: { description: 'later' } });
    await assert.rejects(status('done'), { code: Code.NOT_FOUND });
    assert.equal(await status('open'), WorkflowExecutionStatus.RUNNING);
    await world.close();
  });
});

describe('a worker that shuts down', () => {
  for (const pollsEndWithWorker of [false, true])
    test(`is ${pollsEndWithWorker ? '' : 'not '}told beforehand that its polls will end`, async () => {
      const world = await open({ limits: { pollsEndWithWorker } });
      const { namespaceInfo } = await world.ask(w.DescribeNamespace, { namespace: 'default' });
      assert.equal(namespaceInfo?.capabilities?.workerPollCompleteOnShutdown, pollsEndWithWorker);
      await world.close();
    });

  test('leaves what waited for it to others, and ends its polls', async () => {
    const world = await open();
    await start(world, 'w');
    const sticky = { name: 'sticky', kind: TaskQueueKind.STICKY, normalName: QUEUE.name };
    const { taskToken } = await world.ask(w.PollWorkflowTaskQueue, { namespace: 'default', taskQueue: QUEUE });
    await world.ask(w.RespondWorkflowTaskCompleted, {
      namespace: 'default',
      taskToken,
      stickyAttributes: { workerTaskQueue: sticky, scheduleToStartTimeout: { seconds: 60, nanos: 0 } },
    });
    const poll = { namespace: 'default', taskQueue: sticky, workerInstanceKey: 'key' };
    const waiting = world.ask(w.PollWorkflowTaskQueue, poll);
    await world.ask(w.ShutdownWorker, { namespace: 'default', workerInstanceKey: 'key' });
    assert.equal((await waiting).taskToken.length, 0);
    // One that was on its way ends as well, and would otherwise wait for a minute.
    assert.equal((await world.ask(w.PollWorkflowTaskQueue, poll)).taskToken.length, 0);
    assert.equal((await world.ask(w.PollActivityTaskQueue, poll)).taskToken.length, 0);

    const gone = world.ask(w.PollWorkflowTaskQueue, { ...poll, workerInstanceKey: '' });
    const signal = { namespace: 'default', workflowExecution: { workflowId: 'w' }, signalName: 's' };
    await world.ask(w.ShutdownWorker, { namespace: 'default', stickyTaskQueue: 'sticky' });
    assert.equal((await gone).taskToken.length, 0);
    await world.ask(w.SignalWorkflowExecution, signal);
    const next = await world.ask(w.PollWorkflowTaskQueue, { namespace: 'default', taskQueue: QUEUE });
    assert.equal(next.workflowExecution?.workflowId, 'w');
    assert.equal(eventIds(next.history)[0], 1);
    await world.close();
  });
});
