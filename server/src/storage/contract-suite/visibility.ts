import assert from 'node:assert/strict';
import { IndexedValueType, WorkflowExecutionStatus } from '@perdure/api/enums';
import type { Storage } from '../contract.ts';
import type { WithStorage } from './opening.ts';
import { bytes, commitOf, creation, deletionOf, runId, runKey } from './sample.ts';
import {
  attributes,
  closedAt,
  counted,
  found,
  listed,
  namespaceId,
  pages,
  query,
  record,
  relisted,
} from './visibility-sample.ts';

const { COMPLETED, FAILED } = WorkflowExecutionStatus;

export function promisesOfVisibility(withStorage: WithStorage): void {
  answers(withStorage);
  changes(withStorage);
  paging(withStorage);
  manyRuns(withStorage);
}

/**
 * Seven runs: 1 to 3 are open (3 a child of 1, itself on another queue), 4 to 6 closed in another order than they
 * started, 7 belongs to a division.
 */
async function fill(storage: Storage): Promise<void> {
  const parent = { workflowId: 'order-1', runId: runId(1) };
  const first = attributes({
    Color: 'red',
    Size: 5,
    Weight: 0.1,
    Fresh: true,
    Picked: 1_000.5,
    Tags: ['a', 'b'],
    BuildIds: ['x', 'y'],
  });
  const fourth = attributes({
    Color: 'Green',
    Size: -7,
    Note: 'An apple, a PEAR',
    Tags: ['b'],
    Picked: 2_000,
    BuildIds: ['y'],
  });
  await storage.commit(
    commitOf(
      listed(1, record(10, { attributes: first })),
      listed(2, record(20, { attributes: attributes({ Color: 'dark red', Size: 12, Fresh: false, Note: 'pear' }) })),
      listed(3, record(30, { workflowType: 'V', taskQueue: 'other', parent, root: parent })),
      listed(4, record(40, { status: COMPLETED, closed: closedAt(60), attributes: fourth })),
      listed(5, record(50, { status: FAILED, closed: closedAt(55, { historyLength: 3 }), workflowType: 'V' })),
      listed(6, record(51, { status: COMPLETED, closed: closedAt(60), executionTime: 54_000 })),
      listed(7, record(70, { division: 'scheduler', attributes: attributes({ Color: 'red' }) })),
    ),
  );
}

const all = '3 2 1 6 4 5';

/** Queries and what they find, in order. The first part of each group is what a plain reading says; then the nulls. */
const asked: Readonly<Record<string, string>> = {
  '': all,
  "Color = 'red'": '1',
  "Color = 'RED'": '',
  "Color != 'red'": '2 4',
  "NOT Color = 'red'": '2 4',
  "Color >= 'Green' AND Color < 'red'": '2 4',
  "Color IN ('red', 'Green')": '1 4',
  "Color NOT IN ('red', 'Green')": '2',
  "Color BETWEEN 'a' AND 'e'": '2',
  "Color NOT BETWEEN 'a' AND 'e'": '1 4',
  "Color STARTS_WITH 'd'": '2',
  "Color STARTS_WITH 'D'": '',
  "Color NOT STARTS_WITH 'd'": '1 4',
  'Color IS NULL': '3 6 5',
  'Color IS NOT NULL': '2 1 4',
  "NOT (Color = 'red' AND Size = 5)": '2 4',
  "NOT (Color = 'red' OR Fresh = true)": '2',
  "Color = 'red' OR Size > 100": '1',
  "Color = 'red' OR Note = 'pear'": '2 1 4',
  'Size = 12': '2',
  'Size > -8 AND Size < 5.5': '1 4',
  'Size IN (5, 12)': '2 1',
  'Weight = 0.1': '1',
  'Weight >= 0.1': '1',
  'Fresh = true': '1',
  'Fresh != true': '2',
  "Picked = '1970-01-01T00:00:01.0005Z'": '1',
  "Picked = '1970-01-01T01:00:02+01:00'": '4',
  "Picked != '1970-01-01T00:00:02Z'": '1',
  'Picked = 2000000000': '4',
  'Picked > 1000500000': '4',
  "Picked IN ('1970-01-01T00:00:02Z')": '4',
  "Note = 'pear'": '2 4',
  "Note = 'nothing apple'": '4',
  "Note = 'pea'": '',
  "Note != 'apple'": '3 2 1 6 5',
  'Note IS NULL': '3 1 6 5',
  "Tags = 'a'": '1',
  "Tags != 'a'": '3 2 6 4 5',
  "Tags IN ('a', 'b')": '1 4',
  "Tags NOT IN ('a', 'b')": '3 2 6 5',
  'Tags IS NULL': '3 2 6 5',
  "BuildIds = 'y'": '1 4',
  "BuildIds != 'x'": '3 2 6 4 5',
  "BuildIds IN ('x', 'z') AND Color = 'red'": '1',
  'BuildIds IS NULL': '3 2 6 5',
  "ExecutionStatus = 'Running'": '3 2 1',
  "ExecutionStatus = 'Completed'": '6 4',
  "ExecutionStatus = 'Failed'": '5',
  "ExecutionStatus != 'Running'": '6 4 5',
  "ExecutionStatus IN ('Failed', 'Running')": '3 2 1 5',
  "ExecutionStatus = 'TimedOut'": '',
  "WorkflowId = 'order-4'": '4',
  "WorkflowId IN ('order-4', 'order-2', 'nobody')": '2 4',
  "WorkflowId STARTS_WITH 'order-'": all,
  [`RunId = '${runId(5)}'`]: '5',
  [`RunId != '${runId(5)}'`]: '3 2 1 6 4',
  "WorkflowType = 'V'": '3 5',
  "WorkflowType = 'V' AND ExecutionStatus = 'Failed'": '5',
  "TaskQueue = 'other'": '3',
  "ParentWorkflowId = 'order-1'": '3',
  'ParentWorkflowId IS NOT NULL': '3',
  [`ParentRunId = '${runId(1)}'`]: '3',
  "RootWorkflowId = 'order-1'": '3 1',
  "RootWorkflowId = 'order-2'": '2',
  [`RootRunId = '${runId(1)}'`]: '3 1',
  "StartTime >= '1970-01-01T00:00:40Z'": '6 4 5',
  "StartTime = '1970-01-01T00:00:20Z'": '2',
  "StartTime BETWEEN '1970-01-01T00:00:20Z' AND '1970-01-01T00:00:40Z'": '3 2 4',
  "CloseTime = '1970-01-01T00:01:00Z'": '6 4',
  "CloseTime < '1970-01-01T00:01:00Z'": '5',
  "NOT CloseTime < '1970-01-01T00:01:00Z'": '6 4',
  'CloseTime IS NULL': '3 2 1',
  'CloseTime IS NOT NULL': '6 4 5',
  "ExecutionTime = '1970-01-01T00:00:54Z'": '6',
  "ExecutionDuration = '6s'": '6',
  "ExecutionDuration >= '5s' AND ExecutionDuration < '20s'": '6 5',
  'HistoryLength > 3': '6 4',
  'HistoryLength IS NULL': '3 2 1',
  'HistorySizeBytes = 1234': '6 4 5',
  'StateTransitionCount < 5': '',
  'TemporalNamespaceDivision IS NULL': all,
  "TemporalNamespaceDivision = 'scheduler'": '7',
  "TemporalNamespaceDivision IS NULL OR Color = 'red'": `7 ${all}`,
  'ORDER BY StartTime': '1 2 3 4 5 6',
  'ORDER BY Color': '4 2 1 3 6 5',
  'ORDER BY Color DESC': '1 2 4 3 6 5',
  'ORDER BY WorkflowType DESC, Size DESC': '2 1 4 6 3 5',
  'Size IS NOT NULL ORDER BY Size': '4 1 2',
  'ORDER BY CloseTime ASC, WorkflowId ASC': '5 4 6 1 2 3',
};

function answers(withStorage: WithStorage): void {
  withStorage(
    'a list has exactly the runs that its query means, in order, and a count their number',
    async (storage) => {
      await fill(storage);
      for (const [text, expected] of Object.entries(asked)) {
        assert.equal(await found(storage, text), expected, text);
        const count = expected === '' ? 0 : expected.split(' ').length;
        assert.equal(await counted(storage, text.replace(/ORDER BY.*/, '')), String(count), `count: ${text}`);
      }
    },
  );

  withStorage('a count by status or division has a number for each value that occurs', async (storage) => {
    await fill(storage);
    assert.equal(await counted(storage, 'GROUP BY ExecutionStatus'), '1: 3, 2: 2, 3: 1');
    assert.equal(await counted(storage, "WorkflowType = 'V' GROUP BY ExecutionStatus"), '1: 1, 3: 1');
    assert.equal(await counted(storage, "Tags = 'b' GROUP BY ExecutionStatus"), '1: 1, 2: 1');
    assert.equal(await counted(storage, "Color = 'nothing' GROUP BY ExecutionStatus"), '');
    assert.equal(await counted(storage, 'GROUP BY TemporalNamespaceDivision'), 'null: 6, scheduler: 1');
  });

  withStorage('a list shows what was written of a run', async (storage) => {
    const shown = record(30, {
      status: COMPLETED,
      closed: closedAt(31),
      parent: { workflowId: 'p', runId: 'pr' },
      root: { workflowId: 'r', runId: 'rr' },
      memo: bytes('memo'),
      searchAttributes: bytes('attributes'),
    });
    await storage.commit(commitOf(listed(1, shown)));
    const { runs } = await storage.listRuns({ namespaceId, query: query(''), limit: 10, after: null });
    const { division: _division, attributes: _attributes, ...expected } = shown;
    assert.deepEqual(
      runs.map(({ record: got, ...key }) => ({
        ...key,
        record: { ...got, memo: new Uint8Array(got.memo), searchAttributes: new Uint8Array(got.searchAttributes) },
      })),
      [{ workflowId: 'order-1', runId: runId(1), record: expected }],
    );
  });

  withStorage('other namespaces have their own lists', async (storage) => {
    await storage.commit(commitOf(listed(1, record(1)), listed(2, record(2), { ...runKey(2), namespaceId: 'other' })));
    assert.equal(await found(storage, ''), '1');
    assert.equal(await counted(storage, ''), '1');
    const { runs } = await storage.listRuns({ namespaceId: 'other', query: query(''), limit: 9, after: null });
    assert.equal(runs.length, 1);
  });

  withStorage('a namespace in which nothing ever was has empty lists', async (storage) => {
    assert.equal(await found(storage, "Color = 'red'"), '');
    assert.equal(await counted(storage, ''), '0');
    assert.equal(await counted(storage, 'GROUP BY ExecutionStatus'), '');
  });
}

function changes(withStorage: WithStorage): void {
  const red = attributes({ Color: 'red', Tags: ['a', 'b'] });

  withStorage('a run is found by what it is now, not by what it was', async (storage) => {
    await storage.commit(commitOf(listed(1, record(1, { attributes: red })), listed(2, record(2))));
    await storage.commit(
      commitOf(relisted(1, record(1, { attributes: attributes({ Color: 'blue', Tags: ['b', 'c'] }) }))),
    );
    assert.equal(await found(storage, "Color = 'red' OR Tags = 'a'"), '');
    assert.equal(await found(storage, "Color = 'blue' AND Tags = 'b' AND Tags = 'c'"), '1');
    const closed = record(1, { status: COMPLETED, closed: closedAt(3), attributes: attributes({ Color: 'blue' }) });
    await storage.commit(commitOf(relisted(1, closed)));
    assert.equal(await found(storage, ''), '2 1');
    assert.equal(await found(storage, "Color = 'blue' AND ExecutionStatus = 'Completed'"), '1');
    assert.equal(await found(storage, "Tags IN ('b', 'c')"), '');
    assert.equal(await counted(storage, "WorkflowType = 'W' GROUP BY ExecutionStatus"), '1: 1, 2: 1');
  });

  withStorage('a write of a run without a word about lists leaves them as they are', async (storage) => {
    await storage.commit(commitOf(listed(1, record(1, { attributes: red }))));
    await storage.commit(commitOf({ key: runKey(1), create: false, entries: [], history: [] }));
    assert.equal(await found(storage, "Color = 'red'"), '1');
  });

  withStorage('a run that lists were never told of is in none, until they are', async (storage) => {
    await storage.commit(commitOf(creation(runKey(1))));
    assert.equal(await found(storage, ''), '');
    await storage.commit(commitOf(relisted(1, record(1, { attributes: red }))));
    assert.equal(await found(storage, "Color = 'red'"), '1');
  });

  withStorage('a run that is given a division leaves the common lists', async (storage) => {
    await storage.commit(commitOf(listed(1, record(1, { attributes: red }))));
    await storage.commit(commitOf(relisted(1, record(1, { attributes: red, division: 'mine' }))));
    assert.equal(await found(storage, "Color = 'red'"), '');
    assert.equal(await found(storage, "Color = 'red' AND TemporalNamespaceDivision = 'mine'"), '1');
  });

  withStorage('a deleted run is in no list', async (storage) => {
    await storage.commit(
      commitOf(listed(1, record(1, { attributes: red })), listed(2, record(2, { attributes: red }))),
    );
    await storage.commit(deletionOf(runKey(1)));
    assert.equal(await found(storage, ''), '2');
    assert.equal(await counted(storage, "Tags = 'a'"), '1');
  });

  withStorage('what a refused commit says of a run is not to be found', async (storage) => {
    const twice = commitOf(listed(1, record(1, { attributes: red })), listed(1, record(1)));
    await assert.rejects(storage.commit(twice), { code: 'RUN_EXISTS' });
    assert.equal(await found(storage, ''), '');
    await storage.commit(commitOf(listed(1, record(1, { attributes: red }))));
    assert.equal(await found(storage, "Color = 'red'"), '1');
  });

  withStorage('values of a time when the attribute had another type are not found', async (storage) => {
    const text = { name: 'Size', type: IndexedValueType.KEYWORD, value: 'large' };
    await storage.commit(
      commitOf(
        listed(1, record(1, { attributes: [text] })),
        listed(2, record(2, { attributes: attributes({ Size: 1 }) })),
      ),
    );
    assert.equal(await found(storage, 'Size > 0'), '2');
    assert.equal(await found(storage, 'Size IS NULL'), '1');
  });

  withStorage('signs in values are taken at their word', async (storage) => {
    const values = ["it's", '100%', '"', 'a_b', '\u{10ffff}', 'ü', '\\', '\0'];
    const runs = values.map((Color, n) => listed(n, record(n, { attributes: attributes({ Color, Tags: [Color] }) })));
    await storage.commit(commitOf(...runs));
    for (const [n, value] of values.entries()) {
      const quoted = `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
      assert.equal(await found(storage, `Color = ${quoted}`), String(n));
      assert.equal(await found(storage, `Tags = ${quoted} AND Color STARTS_WITH ${quoted}`), String(n));
    }
  });
}

function paging(withStorage: WithStorage): void {
  for (const text of [
    '',
    "WorkflowType = 'W'",
    "Color = 'red'",
    'Size > 0',
    'ORDER BY Size DESC',
    'ORDER BY Fresh, StartTime',
  ]) {
    withStorage(`pages of "${text}" have every run once, in the order of the whole list`, async (storage) => {
      const runs = Array.from({ length: 23 }, (_, n) => {
        const values = attributes({ Color: 'red', Size: 1 + (n % 5), ...(n % 3 === 0 && { Fresh: n % 2 === 0 }) });
        // Times are few, so that many are equal.
        const closed = n % 2 === 0 ? closedAt(100 + (n % 3)) : null;
        return listed(n, record(n % 4, { attributes: values, closed, status: closed ? COMPLETED : 1 }));
      });
      await storage.commit(commitOf(...runs));
      const whole = await found(storage, text);
      assert.equal(whole.split(' ').length, 23);
      for (const limit of [1, 4, 23, 24]) assert.equal((await pages(storage, text, limit)).join(' '), whole);
      assert.equal((await pages(storage, text, 23)).length, 1, 'no empty page at the end');
    });
  }

  withStorage('runs that come and go between pages move no other run', async (storage) => {
    await storage.commit(commitOf(...[1, 2, 3, 4, 5, 6].map((n) => listed(n, record(n)))));
    const seen = await pages(storage, '', 2, async (page) => {
      if (page !== 1) return;
      await storage.commit(commitOf(listed(9, record(9))));
      await storage.commit(deletionOf(runKey(6)));
      await storage.commit(commitOf(relisted(5, record(5, { status: COMPLETED, closed: closedAt(8) }))));
    });
    // 5 changed its place after it was shown, and is shown there again.
    assert.deepEqual(seen, ['6 5', '4 3', '2 1', '5']);
  });
}

function manyRuns(withStorage: WithStorage): void {
  withStorage('with more runs than are read and sorted the answers are the same', async (storage) => {
    const total = 6_000;
    for (let n = 0; n < total; n += 500) {
      const runs = Array.from({ length: 500 }, (_, k) => {
        const id = n + k;
        const values = attributes({ Color: ['red', 'blue'][id % 2] ?? '', Size: id, Tags: ['x', `t${id % 3}`] });
        return listed(id, record(id, { attributes: values }));
      });
      await storage.commit(commitOf(...runs));
    }
    assert.equal(await found(storage, "Color = 'red'", 3), '5998 5996 5994');
    assert.equal(await found(storage, 'Size >= 0', 3), '5999 5998 5997');
    assert.equal(await found(storage, "Tags IN ('x', 't1') AND Size < 10", 3), '9 8 7');
    assert.equal(await found(storage, "Color = 'red' AND Tags = 't2' AND Size < 5990", 2), '5984 5978');
    assert.equal(await found(storage, "Color IN ('red', 'blue') ORDER BY Size", 3), '0 1 2');
    assert.equal(await found(storage, "WorkflowId STARTS_WITH 'order-59' AND Color = 'blue'", 2), '5999 5997');
    assert.equal(await counted(storage, "Color = 'red' AND Size < 100"), '50');
    assert.equal(await counted(storage, "Tags IN ('x', 't1')"), String(total));
    assert.equal(await counted(storage, "Color = 'red' OR Size < 100"), '3050');
  });

  withStorage('a query may name a thousand runs, in any way', async (storage) => {
    await storage.commit(commitOf(listed(1, record(1)), listed(2, record(2))));
    const ids = Array.from({ length: 1_000 }, (_, n) => `'order-${n * 2}'`);
    assert.equal(await found(storage, `WorkflowId IN (${ids.join(',')})`), '2');
    assert.equal(await found(storage, ids.map((id) => `WorkflowId = ${id}`).join(' OR ')), '2');
    assert.equal(await found(storage, ids.map((id) => `WorkflowId != ${id}`).join(' AND ')), '1');
    assert.equal(
      await found(
        storage,
        ids.map((id, n) => `(WorkflowId = ${id} AND HistoryLength IS NULL AND StartTime > ${n})`).join(' OR '),
      ),
      '2',
    );
  });
}
