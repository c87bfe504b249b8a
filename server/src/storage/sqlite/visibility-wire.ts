import type { AttributeValue, ClosedRecord, ExecutionName, IndexedRecord } from '../../kernel/visibility-record.ts';
import {
  blob,
  blobBound,
  f64,
  list,
  type Reader,
  readF64,
  readText,
  readU32,
  requiredBlob,
  text,
  textBound,
  u32,
  type Writer,
} from './packing.ts';

const flag = { closed: 1, parent: 2, root: 4, division: 8 } as const;
/** How an attribute's value is packed. */
const form = { text: 0, number: 1, bool: 2, list: 3 } as const;

const nameBound = (name: ExecutionName | null): number =>
  name === null ? 0 : textBound(name.workflowId) + textBound(name.runId);

export function visibilityBound(record: IndexedRecord): number {
  let size = 61 + textBound(record.workflowType) + textBound(record.taskQueue) + textBound(record.division ?? '');
  size += nameBound(record.parent) + nameBound(record.root);
  size += blobBound(record.searchAttributes) + blobBound(record.memo);
  for (const { name, value } of record.attributes) {
    size += 17 + textBound(name);
    if (typeof value === 'string') size += textBound(value);
    else if (typeof value === 'object') for (const item of value) size += textBound(item);
  }
  return size;
}

export function writeVisibility(to: Writer, record: IndexedRecord): void {
  const { closed, parent, root, division } = record;
  const flags =
    (closed === null ? 0 : flag.closed) |
    (parent === null ? 0 : flag.parent) |
    (root === null ? 0 : flag.root) |
    (division === null ? 0 : flag.division);
  to.view.setUint8(to.at++, flags);
  u32(to, record.status);
  text(to, record.workflowType);
  text(to, record.taskQueue);
  f64(to, record.startTime);
  f64(to, record.executionTime);
  if (closed !== null) {
    f64(to, closed.time);
    f64(to, closed.historyLength);
    f64(to, closed.historySizeBytes);
    f64(to, closed.stateTransitionCount);
  }
  if (parent !== null) writeName(to, parent);
  if (root !== null) writeName(to, root);
  if (division !== null) text(to, division);
  blob(to, record.searchAttributes);
  blob(to, record.memo);
  u32(to, record.attributes.length);
  for (const attribute of record.attributes) writeAttribute(to, attribute);
}

function writeName(to: Writer, name: ExecutionName): void {
  text(to, name.workflowId);
  text(to, name.runId);
}

function writeAttribute(to: Writer, { name, type, value }: AttributeValue): void {
  text(to, name);
  u32(to, type);
  if (typeof value === 'string') {
    to.view.setUint8(to.at++, form.text);
    text(to, value);
  } else if (typeof value === 'object') {
    to.view.setUint8(to.at++, form.list);
    u32(to, value.length);
    for (const item of value) text(to, item);
  } else {
    to.view.setUint8(to.at++, typeof value === 'number' ? form.number : form.bool);
    f64(to, Number(value));
  }
}

export function readVisibility(from: Reader): IndexedRecord {
  const flags = from.view.getUint8(from.at++);
  // In the order in which it was written.
  return {
    status: readU32(from),
    workflowType: readText(from),
    taskQueue: readText(from),
    startTime: readF64(from),
    executionTime: readF64(from),
    closed: (flags & flag.closed) === 0 ? null : readClosed(from),
    parent: (flags & flag.parent) === 0 ? null : readName(from),
    root: (flags & flag.root) === 0 ? null : readName(from),
    division: (flags & flag.division) === 0 ? null : readText(from),
    searchAttributes: requiredBlob(from),
    memo: requiredBlob(from),
    attributes: list(from, readAttribute),
  };
}

const readClosed = (from: Reader): ClosedRecord => ({
  time: readF64(from),
  historyLength: readF64(from),
  historySizeBytes: readF64(from),
  stateTransitionCount: readF64(from),
});

const readName = (from: Reader): ExecutionName => ({ workflowId: readText(from), runId: readText(from) });

function readAttribute(from: Reader): AttributeValue {
  const name = readText(from);
  const type = readU32(from) as AttributeValue['type'];
  return { name, type, value: readValue(from, from.view.getUint8(from.at++)) };
}

function readValue(from: Reader, how: number): AttributeValue['value'] {
  if (how === form.text) return readText(from);
  if (how === form.list) return list(from, readText);
  const value = readF64(from);
  return how === form.number ? value : value === 1;
}
