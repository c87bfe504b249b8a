import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import type { SearchAttributePair } from '@temporalio/common';
import { concurrency } from '../both-times.ts';
import { assertStory } from '../histories.ts';
import { eventually, openWorld } from '../world.ts';
import { attributed, BOOL, DATETIME, DOUBLE, end, INT, KEYWORD, LIST, upsert } from './workflows.ts';

const world = await openWorld({
  searchAttributes: {
    PerdureKeyword: 'Keyword',
    PerdureInt: 'Int',
    PerdureBool: 'Bool',
    PerdureDouble: 'Double',
    PerdureDatetime: 'Datetime',
    PerdureKeywordList: 'KeywordList',
  },
});
after(() => world.close());

/** The ids of the workflows that a query finds. */
async function find(query: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId } of world.client.workflow.list({ query })) found.push(workflowId);
  return found;
}

function startWith(keyword: string, more: SearchAttributePair[] = []) {
  return world.client.workflow.start(attributed, {
    ...world.at('attributed'),
    typedSearchAttributes: [{ key: KEYWORD, value: keyword }, ...more],
  });
}

async function assertFinds(query: string, expected: string[]): Promise<void> {
  await eventually(
    async () => {
      const found = await find(query);
      return found.sort().join() === expected.sort().join() ? true : undefined;
    },
    `${query} finds ${expected.join(', ') || 'nothing'}`,
  );
}

describe('search attributes', { concurrency }, () => {
  test('are set at the start, changed by the workflow, seen by both sides and found', async () => {
    const keyword = randomUUID();
    const handle = await startWith(keyword, [
      { key: INT, value: 1 },
      { key: BOOL, value: true },
    ]);
    await assertFinds(`PerdureKeyword = '${keyword}' AND PerdureInt = 1 AND PerdureBool = true`, [handle.workflowId]);

    await handle.signal(upsert);
    await assertFinds(`PerdureKeyword = '${keyword}' AND PerdureInt = 2 AND PerdureDouble > 0.4`, [handle.workflowId]);
    assert.deepEqual(await find(`PerdureKeyword = '${keyword}' AND PerdureInt = 1`), []);
    const { typedSearchAttributes } = await handle.describe();
    assert.equal(typedSearchAttributes.get(INT), 2);
    assert.equal(typedSearchAttributes.get(DOUBLE), 0.5);
    assert.equal(typedSearchAttributes.get(BOOL), undefined);

    await handle.signal(end);
    assert.deepEqual(await handle.result(), [keyword, 2, null, 0.5]);
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      'WorkflowExecutionSignaled',
      'UpsertWorkflowSearchAttributes',
      'WorkflowExecutionSignaled',
      'WorkflowExecutionCompleted',
    ]);
    await assertFinds(`PerdureKeyword = '${keyword}' AND ExecutionStatus = 'Completed'`, [handle.workflowId]);
  });

  test('of every type can be searched by', async () => {
    const keyword = randomUUID();
    const handle = await startWith(keyword, [
      { key: DATETIME, value: new Date('2026-03-04T05:06:07.000Z') },
      { key: LIST, value: ['red', 'green'] },
      { key: INT, value: -7 },
    ]);
    const conditions = [
      `PerdureDatetime > '2026-03-04T00:00:00Z'`,
      `PerdureKeywordList = 'green'`,
      `PerdureKeywordList IN ('blue', 'red')`,
      `PerdureInt BETWEEN -10 AND 0`,
      `WorkflowType = 'attributed'`,
      `PerdureBool IS NULL`,
      `WorkflowId = '${handle.workflowId}'`,
    ];
    for (const condition of conditions)
      await assertFinds(`PerdureKeyword = '${keyword}' AND ${condition}`, [handle.workflowId]);
    await assertFinds(`PerdureKeyword = '${keyword}' AND PerdureInt > 0`, []);
    await handle.terminate();
    await assertFinds(`PerdureKeyword = '${keyword}' AND ExecutionStatus = 'Terminated'`, [handle.workflowId]);
  });

  test('can be counted and paged through', async () => {
    const keyword = randomUUID();
    const handles = await Promise.all(Array.from({ length: 7 }, () => startWith(keyword)));
    const query = `PerdureKeyword = '${keyword}'`;
    await assertFinds(
      query,
      handles.map(({ workflowId }) => workflowId),
    );
    assert.equal((await world.client.workflow.count(query)).count, 7);
    const paged: string[] = [];
    for await (const { workflowId } of world.client.workflow.list({ query, pageSize: 2 })) paged.push(workflowId);
    assert.equal(new Set(paged).size, 7);
    await Promise.all(handles.map((handle) => handle.terminate()));
  });

  test('that nobody registered are refused', async () => {
    const start = world.client.workflow.start(attributed, {
      ...world.at('unknown'),
      searchAttributes: { PerdureNobodyRegisteredThis: ['x'] },
    });
    await assert.rejects(start, (error) => /PerdureNobodyRegisteredThis/.test(String((error as Error).cause)));
  });
});
