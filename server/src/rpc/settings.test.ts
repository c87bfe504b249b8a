import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EncodingType, HistoryEventFilterType } from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import { Code, ServiceError } from '../kernel/errors.ts';
import { converse, execution, startWorkflow } from './conversation.fixture.ts';

/** What settings of an operator change for clients. */

test('histories are given out raw where that is wished for, page by page', async () => {
  const conversation = await converse({ rawHistory: true });
  await startWorkflow(conversation);
  const first = await conversation.call('GetWorkflowExecutionHistory', { execution, maximumPageSize: 1 });
  assert.equal(first.history, null);
  assert.equal(first.rawHistory[0]?.encodingType, EncodingType.PROTO3);
  const ids = first.rawHistory.flatMap(({ data }) => History.decode(data).events.map(({ eventId }) => eventId));
  assert.deepEqual(ids, [1, 2]);
  const historyEventFilterType = HistoryEventFilterType.CLOSE_EVENT;
  const close = await conversation.call('GetWorkflowExecutionHistory', { execution, historyEventFilterType });
  assert.deepEqual(close.rawHistory, []);
  await conversation.close();
});

test('queries are refused where they are switched off', async () => {
  const conversation = await converse({ disallowQuery: true });
  await startWorkflow(conversation);
  await assert.rejects(
    conversation.call('QueryWorkflow', { execution, query: { queryType: 'q' } }),
    (error) =>
      error instanceof ServiceError && error.code === Code.INVALID_ARGUMENT && /not allowed/.test(error.message),
  );
  await conversation.close();
});
