import { Memo, SearchAttributes } from '@perdure/api/common';
import type { IndexedValueType } from '@perdure/api/enums';
import { attributeValue } from '../../kernel/search-attributes.ts';
import { durationMs } from '../../kernel/time.ts';
import type { AttributeValue, ClosedRecord, ExecutionName, IndexedRecord } from '../../kernel/visibility-record.ts';
import { shownSearchAttributes } from './describe.ts';
import type { Fields, Run } from './state.ts';
import type { Transition } from './transition.ts';

const nothing = new Uint8Array(0);
const DIVISION = 'TemporalNamespaceDivision';

/** Whether lists must show the run otherwise than before. Cheap: it is asked after every transition. */
export function changesVisibility({ run, before, creates, dirty }: Transition): boolean {
  const { head } = run;
  return (
    creates ||
    dirty.has('fields') ||
    before.status !== head.status ||
    before.closeEventId !== head.closeEventId ||
    before.resetPoints !== head.resetPoints
  );
}

/** What lists show of the run. `types` are those of its namespace: an attribute that it does not know cannot be asked for. */
export function visibilityRecord(run: Run, types: ReadonlyMap<string, IndexedValueType>): IndexedRecord {
  const { started, head, startTime } = run;
  const shown = shownSearchAttributes(run);
  const attributes = attributeValues(shown, types);
  const memo = run.fields.get('memo');
  const division = attributes.find(({ name }) => name === DIVISION)?.value;
  return {
    status: head.status,
    workflowType: started.workflowType?.name ?? '',
    taskQueue: started.taskQueue?.name ?? '',
    startTime,
    executionTime: startTime + durationMs(started.firstWorkflowTaskBackoff),
    closed: head.closeTime === null ? null : closedRecord(run, head.closeTime),
    parent: started.parentWorkflowExecution,
    root: rootOf(run),
    division: typeof division === 'string' ? division : null,
    attributes,
    searchAttributes: isEmpty(shown) ? nothing : SearchAttributes.encode({ indexedFields: shown }),
    memo: memo === undefined || isEmpty(memo) ? nothing : Memo.encode({ fields: memo }),
  };
}

const closedRecord = ({ head }: Run, time: number): ClosedRecord => ({
  time,
  historyLength: head.nextEventId - 1,
  historySizeBytes: head.historySize,
  stateTransitionCount: head.transitions,
});

function rootOf({ key, started }: Run): ExecutionName | null {
  const root = started.rootWorkflowExecution;
  return root === null || root.runId === key.runId ? null : root;
}

function attributeValues(shown: Fields, types: ReadonlyMap<string, IndexedValueType>): readonly AttributeValue[] {
  const values: AttributeValue[] = [];
  for (const [name, payload] of Object.entries(shown)) {
    const type = types.get(name);
    const value = type === undefined ? undefined : attributeValue(payload, type);
    if (type !== undefined && value !== undefined) values.push({ name, type, value });
  }
  return values;
}

function isEmpty(fields: Fields): boolean {
  for (const _name in fields) return false;
  return true;
}
