/** Our client with a worker of the official SDK. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  Client,
  Connection,
  WithStartWorkflowOperation,
  WorkflowContinuedAsNewError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowUpdateFailedError,
  WorkflowUpdateStage,
} from '@perdure/client';
import { ApplicationFailure, defaultPayloadConverter } from '@perdure/common';
import { countDown } from '../sdk/continue-as-new/workflows.ts';
import { greet } from '../sdk/hello/workflows.ts';
import { leave, plus, sum, whenReleased } from '../sdk/updates/workflows.ts';
import { eventually, openWorld } from '../sdk/world.ts';

const shifted = (by: number) => (bytes: Uint8Array) => bytes.map((byte) => byte + by);
const codec = {
  encode: async (payloads: { data?: Uint8Array | null; metadata?: Record<string, Uint8Array> | null }[]) =>
    payloads.map((payload) => ({ ...payload, data: shifted(1)(payload.data ?? new Uint8Array()) })),
  decode: async (payloads: { data?: Uint8Array | null; metadata?: Record<string, Uint8Array> | null }[]) =>
    payloads.map((payload) => ({ ...payload, data: shifted(-1)(payload.data ?? new Uint8Array()) })),
};
const activities = { double: async (n: number) => n * 2 };
const world = await openWorld({ worker: { activities }, searchAttributes: { ClientKind: 'Keyword' } });
const coded = await world.work({ dataConverter: { payloadCodecs: [codec] } });
const { address } = world.connection.options;
const connection = await Connection.connect({ address });
const { workflow } = new Client({ connection });
after(async () => {
  await connection.close();
  await world.close();
});

/** Definitions of the official SDK are ours as well, but for a brand that only the compiler sees. */
const definition = <T>(theirs: { name: string; type: string }): T => theirs as T;
const add = definition<import('@perdure/common').UpdateDefinition<number, [number]>>(plus);
const wait = definition<import('@perdure/common').UpdateDefinition<string>>(whenReleased);
const end = definition<import('@perdure/common').SignalDefinition>(leave);

describe('our client with an official worker', { concurrency: 8 }, () => {
  test('starts a workflow and gets its result', async () => {
    assert.equal(await workflow.execute(greet, { ...world.at('greet'), args: ['you'] }), 'Hello, you!');
  });

  test('follows runs that continue as new, unless told not to', async () => {
    const handle = await workflow.start(countDown, { ...world.at('chain'), args: [3] });
    assert.equal(await handle.result(), 4);
    const { workflowId, firstExecutionRunId } = handle;
    const first = workflow.getHandle(workflowId, firstExecutionRunId, { followRuns: false });
    await assert.rejects(first.result(), WorkflowContinuedAsNewError);
  });

  test('does not start a workflow twice', async () => {
    const at = world.at('twice');
    const handle = await workflow.start(sum, at);
    await assert.rejects(workflow.start(sum, at), WorkflowExecutionAlreadyStartedError);
    await handle.terminate('enough');
    await assert.rejects(handle.result(), (error: unknown) => {
      assert.ok(error instanceof WorkflowFailedError);
      assert.equal(error.cause?.name, 'TerminatedFailure');
      assert.equal(error.message, 'enough');
      return true;
    });
  });

  test('sends updates and gets their results and refusals', async () => {
    const handle = await workflow.start(sum, world.at('updates'));
    assert.equal(await handle.executeUpdate(add, { args: [3] }), 3);
    const update = await handle.startUpdate(add, { args: [4], waitForStage: WorkflowUpdateStage.ACCEPTED });
    assert.equal(await update.result(), 7);
    await assert.rejects(handle.executeUpdate(add, { args: [-1] }), (error: unknown) => {
      assert.ok(error instanceof WorkflowUpdateFailedError);
      assert.ok(error.cause instanceof ApplicationFailure);
      assert.deepEqual([error.cause.type, error.cause.details], ['Negative', [-1]]);
      return true;
    });
    await handle.signal(end);
    assert.equal(await handle.result(), 7);
  });

  test('sends an update with the start, and gives the handle', async () => {
    const options = { ...world.at('update-with-start'), workflowIdConflictPolicy: 'USE_EXISTING' } as const;
    const startWorkflowOperation = new WithStartWorkflowOperation(sum, options);
    const result = await workflow.executeUpdateWithStart(add, { args: [5], startWorkflowOperation });
    assert.equal(result, 5);
    const handle = await startWorkflowOperation.workflowHandle();
    const again = new WithStartWorkflowOperation(sum, options);
    assert.equal(await workflow.executeUpdateWithStart(add, { args: [1], startWorkflowOperation: again }), 6);
    await handle.signal(end);
    assert.equal(await handle.result(), 6);
  });

  test('gives up waiting for an update at the deadline', async () => {
    const handle = await workflow.start(sum, world.at('deadline'));
    const update = await handle.startUpdate(wait, { waitForStage: WorkflowUpdateStage.ACCEPTED });
    const waiting = connection.withDeadline(Date.now() + 50, () => update.result());
    await assert.rejects(waiting, { name: 'WorkflowUpdateRPCTimeoutOrCancelledError' });
    await handle.terminate();
  });

  test('signals a workflow with its start, once or twice', async () => {
    const options = { ...world.at('signal-with-start'), signal: end };
    const handle = await workflow.signalWithStart(sum, options);
    assert.match(handle.signaledRunId, /^[\da-f-]{36}$/);
    assert.equal(await handle.result(), 0);
  });

  test('lists, counts and reads histories page by page', async () => {
    const ids = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        const options = { ...world.at(name), args: [name] as [string], searchAttributes: { ClientKind: ['listed'] } };
        const handle = await workflow.start(greet, options);
        await handle.result();
        return handle.workflowId;
      }),
    );
    const query = 'ClientKind = "listed"';
    const found = await eventually(async () => {
      const list = await all(workflow.list({ query, pageSize: 1 }));
      return list.length === 3 ? list : undefined;
    }, 'all three are listed');
    assert.deepEqual(found.map(({ workflowId }) => workflowId).sort(), ids.sort());
    assert.equal((await workflow.count(query)).count, 3);
    const histories = await all(workflow.list({ query, pageSize: 2 }).intoHistories({ concurrency: 2 }));
    assert.deepEqual(histories.map(({ workflowId }) => workflowId).sort(), ids);
  });

  test('describes what it started', async () => {
    const handle = await workflow.start(sum, {
      ...world.at('described'),
      memo: { note: { a: 1 } },
      staticSummary: 'a sum',
      searchAttributes: { ClientKind: ['described'] },
    });
    const description = await handle.describe();
    assert.deepEqual(description.memo, { note: { a: 1 } });
    assert.deepEqual(description.searchAttributes, { ClientKind: ['described'] });
    assert.equal(await description.staticSummary(), 'a sum');
    await handle.terminate();
  });

  test('goes through the interceptors, with headers for the worker', async () => {
    const seen: string[] = [];
    const intercepted = new Client({
      connection,
      interceptors: {
        workflow: [
          {
            startWithDetails(input, next) {
              seen.push(`start ${input.workflowType}`);
              return next({ ...input, headers: { marked: defaultPayloadConverter.toPayload('yes') } });
            },
            startUpdate(input, next) {
              seen.push(`update ${input.updateName}`);
              return next(input);
            },
            async start(input, next) {
              return await next(input);
            },
            signal(input, next) {
              seen.push(`signal ${input.signalName}`);
              return next(input);
            },
          },
        ],
      },
    });
    const handle = await intercepted.workflow.start(sum, world.at('intercepted'));
    await handle.executeUpdate(add, { args: [1] });
    await handle.signal(end);
    await handle.result();
    assert.deepEqual(seen, ['start sum', 'update plus', 'signal leave']);
    const [started] = (await handle.fetchHistory()).events ?? [];
    const { marked } = started?.workflowExecutionStartedEventAttributes?.header?.fields ?? {};
    assert.equal(Buffer.from(marked?.data ?? []).toString(), '"yes"');
  });

  test('encodes with the codec that the worker decodes with', async () => {
    const client = new Client({ connection, dataConverter: { payloadCodecs: [codec] } });
    const options = { taskQueue: coded.taskQueue, workflowId: world.at('coded').workflowId };
    const handle = await client.workflow.start(sum, options);
    assert.equal(await handle.executeUpdate(add, { args: [2] }), 2);
    await assert.rejects(handle.executeUpdate(add, { args: [-1] }), (error: unknown) => {
      assert.ok(error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure);
      assert.deepEqual(error.cause.details, [-1]);
      return true;
    });
    await handle.signal(end);
    assert.equal(await handle.result(), 2);
    const asWritten = workflow.getHandle(handle.workflowId) as WorkflowHandle;
    // Every byte is one more than it was.
    assert.equal(await asWritten.result(), 3);
  });
});

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}
