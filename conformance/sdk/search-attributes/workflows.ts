import { defineSearchAttributeKey } from '@temporalio/common';
import { condition, defineSignal, setHandler, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

export const KEYWORD = defineSearchAttributeKey('PerdureKeyword', 'KEYWORD');
export const INT = defineSearchAttributeKey('PerdureInt', 'INT');
export const BOOL = defineSearchAttributeKey('PerdureBool', 'BOOL');
export const DOUBLE = defineSearchAttributeKey('PerdureDouble', 'DOUBLE');
export const DATETIME = defineSearchAttributeKey('PerdureDatetime', 'DATETIME');
export const LIST = defineSearchAttributeKey('PerdureKeywordList', 'KEYWORD_LIST');

export const upsert = defineSignal('upsert');
export const end = defineSignal('end');

/** Changes one attribute, adds one, removes one, and tells what it then sees. */
export async function attributed(): Promise<unknown[]> {
  let told = false;
  let ended = false;
  setHandler(upsert, () => {
    told = true;
  });
  setHandler(end, () => {
    ended = true;
  });
  await condition(() => told);
  upsertSearchAttributes([
    { key: INT, value: 2 },
    { key: DOUBLE, value: 0.5 },
    { key: BOOL, value: null },
  ]);
  await condition(() => ended);
  const { typedSearchAttributes } = workflowInfo();
  return [KEYWORD, INT, BOOL, DOUBLE].map((key) => typedSearchAttributes.get<typeof key.type>(key) ?? null);
}
