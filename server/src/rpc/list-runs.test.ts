import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { services } from '@perdure/api';
import { Payload } from '@perdure/api/common';
import { IndexedValueType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { OperatorService } from '@perdure/api/operatorservice';
import { Code, ServiceError } from '../kernel/errors.ts';
import { faulty } from '../storage/faulty.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { type Conversation, complete, converse, takeTask, underWay } from './conversation.fixture.ts';
import { inProcessClient } from './transport/in-process.ts';

async function on(use: (conversation: Conversation) => Promise<void>): Promise<void> {
  const conversation = await converse();
  try {
    await use(conversation);
  } finally {
    await conversation.close();
  }
}

const json = (value: unknown, type: string): Uint8Array =>
  Payload.encode({
    metadata: { encoding: Buffer.from('json/plain'), type: Buffer.from(type) },
    data: Buffer.from(JSON.stringify(value)),
  });

async function start({ call, clock }: Conversation, workflowId: string, type = 'W'): Promise<void> {
  clock.advance(1_000);
  await call('StartWorkflowExecution', {
    workflowId,
    workflowType: { name: type },
    taskQueue: { name: 'queue' },
    requestId: workflowId,
    memo: { fields: { of: json(workflowId, '') } },
  });
}

async function addAttribute({ core }: Conversation, name: string): Promise<void> {
  const client = inProcessClient({ services, dispatch: core.dispatch });
  const { request } = OperatorService.methods.AddSearchAttributes;
  const asked = request.encode({ namespace: 'default', searchAttributes: { [name]: IndexedValueType.KEYWORD } });
  await client.call(OperatorService.name, 'AddSearchAttributes', asked, {});
}

const ids = (executions: readonly { readonly execution: { readonly workflowId: string } | null }[]): string =>
  executions.map(({ execution }) => execution?.workflowId).join(' ');

const list = async ({ call }: Conversation, query = ''): Promise<string> =>
  ids((await call('ListWorkflowExecutions', { query })).executions);

const refuses = (call: () => Promise<unknown>, message: RegExp): Promise<void> =>
  assert.rejects(call, (error: unknown) => {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.code, Code.INVALID_ARGUMENT);
    assert.match(error.message, message);
    return true;
  });

describe('a list', () => {
  test('shows a workflow as soon as its start is answered, and its end as soon as that is', () =>
    on(async (conversation) => {
      await start(conversation, 'a');
      assert.equal(await list(conversation), 'a');
      await start(conversation, 'b');
      assert.equal(await list(conversation), 'b a');
      await conversation.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: 'b' } });
      assert.equal(await list(conversation), 'a b');
      assert.equal(await list(conversation, "ExecutionStatus = 'Terminated'"), 'b');
    }));

  test('shows nothing that is not durable', async () => {
    const faults = faulty(await openSqlite({ path: ':memory:' }));
    const conversation = await converse({}, faults.storage);
    faults.hold();
    const started = start(conversation, 'a');
    await faults.untilHeld(1);
    assert.equal(await list(conversation), '');
    faults.release();
    await started;
    assert.equal(await list(conversation), 'a');
    await conversation.close();
  });

  test('comes in pages', () =>
    on(async (conversation) => {
      for (const id of ['a', 'b', 'c', 'd', 'e']) await start(conversation, id);
      const { call } = conversation;
      const first = await call('ListWorkflowExecutions', { pageSize: 2 });
      assert.equal(ids(first.executions), 'e d');
      const second = await call('ListWorkflowExecutions', { pageSize: 2, nextPageToken: first.nextPageToken });
      assert.equal(ids(second.executions), 'c b');
      const third = await call('ListWorkflowExecutions', { pageSize: 2, nextPageToken: second.nextPageToken });
      assert.equal(ids(third.executions), 'a');
      assert.equal(third.nextPageToken.length, 0);
    }));

  for (const pageSize of [-1, 0, 1_001]) {
    test(`of a page size of ${pageSize} has the most there can be`, () =>
      on(async (conversation) => {
        for (const id of ['a', 'b', 'c']) await start(conversation, id);
        const { executions } = await conversation.call('ListWorkflowExecutions', { pageSize });
        assert.equal(executions.length, 3);
      }));
  }

  test('goes on only with the query and in the namespace in which it began', () =>
    on(async (conversation) => {
      for (const id of ['a', 'b', 'c']) await start(conversation, id);
      const { call } = conversation;
      await call('RegisterNamespace', { namespace: 'other', workflowExecutionRetentionPeriod: { seconds: 86_400 } });
      const { nextPageToken } = await call('ListWorkflowExecutions', { pageSize: 1 });
      const another = /^Invalid NextPageToken\. It belongs to another/;
      await refuses(() => call('ListWorkflowExecutions', { nextPageToken, query: "WorkflowType = 'W'" }), another);
      await refuses(() => call('ListWorkflowExecutions', { nextPageToken, namespace: 'other' }), another);
      await refuses(
        () => call('ListWorkflowExecutions', { nextPageToken: Buffer.from('garbage') }),
        /^Invalid NextPageToken\.$/,
      );
      const { executions } = await call('ScanWorkflowExecutions', { nextPageToken });
      assert.equal(ids(executions), 'b a', 'a scan is a list');
    }));

  test('shows memo, search attributes with their types, and how a workflow ended', () =>
    on(async (conversation) => {
      await start(conversation, 'a');
      await complete(conversation, await takeTask(conversation));
      const open = (await conversation.call('ListWorkflowExecutions', {})).executions[0];
      assert.deepEqual(Object.keys(open?.searchAttributes?.indexedFields ?? {}), ['BuildIds']);
      assert.deepEqual([open?.closeTime, open?.historyLength], [null, 0]);
      conversation.clock.advance(2_000);
      await conversation.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: 'a' } });
      const closed = (await conversation.call('ListWorkflowExecutions', {})).executions[0];
      assert.equal(closed?.status, WorkflowExecutionStatus.TERMINATED);
      assert.deepEqual({ ...closed?.executionDuration }, { seconds: 2, nanos: 0 });
      assert.equal(closed?.historyLength, 5);
      assert.deepEqual(Buffer.from(closed?.memo?.fields['of'] ?? []), Buffer.from(json('a', '')));
    }));

  test('can be asked for by an attribute from the moment it was added', () =>
    on(async (conversation) => {
      await refuses(() => list(conversation, "Color = 'red'"), /invalid search attribute: Color$/);
      await addAttribute(conversation, 'Color');
      assert.equal(await list(conversation, "Color = 'red'"), '');
      await conversation.call('StartWorkflowExecution', {
        workflowId: 'a',
        workflowType: { name: 'W' },
        taskQueue: { name: 'queue' },
        searchAttributes: { indexedFields: { Color: json('red', 'Keyword') } },
      });
      assert.equal(await list(conversation, "Color = 'red'"), 'a');
    }));

  test('has no groups', () =>
    on((conversation) =>
      refuses(() => list(conversation, 'GROUP BY ExecutionStatus'), /'GROUP BY' clause in a list$/),
    ));
});

describe('a list by filter', () => {
  const startTimeFilter = { earliestTime: { seconds: 5 }, latestTime: { seconds: 1 } };
  const always = { earliestTime: { seconds: 1 }, latestTime: { seconds: 4_102_444_800 } };

  test('has open or closed workflows', () =>
    on(async (conversation) => {
      const { call } = conversation;
      for (const [id, type] of [
        ['a', 'W'],
        ['b', 'V'],
        ['c', 'V'],
      ] as const)
        await start(conversation, id, type);
      await call('TerminateWorkflowExecution', { workflowExecution: { workflowId: 'b' } });
      await underWay();
      const open = await call('ListOpenWorkflowExecutions', { startTimeFilter: always });
      assert.equal(ids(open.executions), 'c a');
      const openOfType = await call('ListOpenWorkflowExecutions', { typeFilter: { name: 'V' } });
      assert.equal(ids(openOfType.executions), 'c');
      const closed = await call('ListClosedWorkflowExecutions', { executionFilter: { workflowId: 'b' } });
      assert.equal(ids(closed.executions), 'b');
      const completed = await call('ListClosedWorkflowExecutions', {
        statusFilter: { status: WorkflowExecutionStatus.COMPLETED },
      });
      assert.equal(ids(completed.executions), '');
    }));

  test('refuses times in the wrong order, and closed workflows that are running', () =>
    on(async ({ call }) => {
      const order = /^EarliestTime in StartTimeFilter should not be larger than LatestTime\.$/;
      await refuses(() => call('ListOpenWorkflowExecutions', { startTimeFilter }), order);
      await refuses(() => call('ListClosedWorkflowExecutions', { startTimeFilter }), order);
      const status = WorkflowExecutionStatus.RUNNING;
      await refuses(() => call('ListClosedWorkflowExecutions', { statusFilter: { status } }), /must be not Running\.$/);
    }));
});

describe('a count', () => {
  test('is of all that a query finds, or of each of its groups', () =>
    on(async (conversation) => {
      const { call } = conversation;
      for (const id of ['a', 'b', 'c']) await start(conversation, id);
      await call('TerminateWorkflowExecution', { workflowExecution: { workflowId: 'b' } });
      assert.equal((await call('CountWorkflowExecutions', { query: "WorkflowId != 'a'" })).count, 2);
      const { count, groups } = await call('CountWorkflowExecutions', { query: 'GROUP BY ExecutionStatus' });
      assert.equal(count, 3);
      assert.deepEqual(
        groups.map(({ groupValues: [value], count: of }) => [
          Buffer.from(Payload.decode(value as Uint8Array).data).toString(),
          of,
        ]),
        [
          ['"Running"', 2],
          ['"Terminated"', 1],
        ],
      );
    }));
});
