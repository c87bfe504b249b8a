import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WorkerStatus } from '@perdure/api/enums';
import { Code } from '../../kernel/errors.ts';
import { type Conversation, converse } from '../conversation.fixture.ts';

const isRefused = (error: { code?: number }): boolean => error.code === Code.INVALID_ARGUMENT;
const names = ({ workers }: { readonly workers: readonly { readonly workerInstanceKey: string }[] }): string =>
  workers.map(({ workerInstanceKey }) => workerInstanceKey).join('');

describe('workers', () => {
  let c: Conversation;
  before(async () => {
    c = await converse();
    await c.call('RecordWorkerHeartbeat', {
      workerHeartbeat: ['a', 'b', 'c', 'd'].map((workerInstanceKey, n) => ({
        workerInstanceKey,
        sdkName: n === 3 ? '' : 'typescript',
        taskQueue: n < 2 ? 'one' : 'two',
        status: n === 0 ? WorkerStatus.SHUTTING_DOWN : WorkerStatus.RUNNING,
        ...(n === 1 ? {} : { startTime: { seconds: 1_700_000_000 + n, nanos: 0 } }),
      })),
    });
  });
  after(() => c.close());

  for (const [query, found] of [
    ['', 'abcd'],
    ["TaskQueue = 'one'", 'ab'],
    ["NOT TaskQueue = 'one'", 'cd'],
    ["TaskQueue = 'one' OR WorkerStatus = 'ShuttingDown'", 'ab'],
    ["SdkName != 'go'", 'abc'],
    ['SdkName IS NULL', 'd'],
    ['StartTime IS NOT NULL', 'acd'],
    ["StartTime >= '2023-11-14T22:13:22Z'", 'cd'],
    ["WorkerInstanceKey IN ('a', 'c')", 'ac'],
    ["WorkerInstanceKey NOT IN ('a', 'c')", 'bd'],
    ["SdkName STARTS_WITH 'type' AND Status = 'Running'", 'bc'],
    ["StartTime NOT BETWEEN '2023-11-14T22:13:20Z' AND '2023-11-14T22:13:22Z'", 'd'],
  ] as const)
    test(`${query || 'nothing asked'} finds ${found}`, async () => {
      assert.equal(names(await c.call('ListWorkers', { query })), found);
      assert.equal((await c.call('CountWorkers', { query })).count, found.length);
    });

  for (const query of ["Nothing = 'x'", 'TaskQueue =', "TaskQueue = 'one' ORDER BY StartTime", 'GROUP BY TaskQueue'])
    test(`${query} is refused`, async () => {
      await assert.rejects(c.call('ListWorkers', { query }), isRefused);
    });

  test('come in pages', async () => {
    const first = await c.call('ListWorkers', { pageSize: 3 });
    const second = await c.call('ListWorkers', { pageSize: 3, nextPageToken: first.nextPageToken });
    assert.deepEqual([names(first), names(second), second.nextPageToken.length], ['abc', 'd', 0]);
    const { nextPageToken } = first;
    await assert.rejects(c.call('ListWorkers', { query: "TaskQueue = 'one'", nextPageToken }), isRefused);
    await assert.rejects(c.call('ListWorkers', { nextPageToken: Buffer.from('rubbish') }), isRefused);
  });

  test('are described by their last heartbeat, and forgotten when they fall silent', async () => {
    const other = await converse();
    await other.call('RecordWorkerHeartbeat', {
      workerHeartbeat: [{ workerInstanceKey: 'w', totalStickyCacheHit: 1 }],
    });
    other.clock.advance(299_000);
    await other.call('RecordWorkerHeartbeat', {
      workerHeartbeat: [{ workerInstanceKey: 'w', totalStickyCacheHit: 2 }],
    });
    other.clock.advance(299_000);
    const { workerInfo } = await other.call('DescribeWorker', { workerInstanceKey: 'w' });
    assert.equal(workerInfo?.workerHeartbeat?.totalStickyCacheHit, 2);
    other.clock.advance(1_000);
    await assert.rejects(
      other.call('DescribeWorker', { workerInstanceKey: 'w' }),
      (error: { code?: number }) => error.code === Code.NOT_FOUND,
    );
    await other.close();
  });
});
