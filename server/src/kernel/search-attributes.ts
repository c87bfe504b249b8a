import { Payload, SearchAttributes } from '@perdure/api/common';
import { IndexedValueType } from '@perdure/api/enums';
import { pascalCase } from './enum-names.ts';
import { parseTime } from './instants.ts';

/**
 * Search attributes as clients and workflows give them: encoded payloads by name. Checked here against the types of the
 * namespace, and marked with their type, so that readers need not look it up.
 * Reference: common/searchattribute (validator).
 */
export type EncodedFields = Readonly<Record<string, Uint8Array>>;

export interface SearchAttributeLimits {
  readonly searchAttributeKeys: number;
  readonly searchAttributeValueSize: number;
  readonly searchAttributesSize: number;
}

/** The part of a namespace that matters here. */
export interface SearchAttributeTypes {
  readonly name: string;
  readonly searchAttributes: ReadonlyMap<string, IndexedValueType>;
}

/** Written by the server alone. */
const SYSTEM: ReadonlySet<string> = new Set([
  'WorkflowId',
  'RunId',
  'WorkflowType',
  'StartTime',
  'ExecutionTime',
  'CloseTime',
  'ExecutionStatus',
  'TaskQueue',
  'HistoryLength',
  'ExecutionDuration',
  'StateTransitionCount',
  'HistorySizeBytes',
  'ParentWorkflowId',
  'ParentRunId',
  'RootWorkflowId',
  'RootRunId',
  'TemporalPauseInfo',
  'TemporalReportedProblems',
  'TemporalWorkerDeploymentVersion',
  'TemporalWorkflowVersioningBehavior',
  'TemporalWorkerDeployment',
  'TemporalUsedWorkerDeploymentVersions',
]);

/** What is wrong with the attributes, in the words of the reference; null when nothing is. */
export function validateSearchAttributes(
  fields: EncodedFields,
  { name: namespace, searchAttributes }: SearchAttributeTypes,
  limits: SearchAttributeLimits,
): string | null {
  const entries = Object.entries(fields);
  if (entries.length > limits.searchAttributeKeys)
    return `number of search attributes ${entries.length} exceeds limit ${limits.searchAttributeKeys}`;
  for (const [name, bytes] of entries) {
    if (SYSTEM.has(name)) return `${name} attribute can't be set in SearchAttributes`;
    const type = searchAttributes.get(name);
    if (type === undefined) return `Namespace ${namespace} has no mapping defined for search attribute ${name}`;
    const value = jsonValue(bytes);
    if (!fits(value, type))
      return `invalid value for search attribute ${name} of type ${typeName(type)}: ${shown(value)}`;
  }
  return null;
}

/** What is too large about the attributes; null when nothing is. */
export function validateSearchAttributesSize(fields: EncodedFields, limits: SearchAttributeLimits): string | null {
  for (const [name, bytes] of Object.entries(fields)) {
    const { length } = Payload.decode(bytes).data;
    if (length > limits.searchAttributeValueSize)
      return `search attribute ${name} value size ${length} exceeds size limit ${limits.searchAttributeValueSize}`;
  }
  const size = SearchAttributes.encode({ indexedFields: fields }).length;
  return size > limits.searchAttributesSize
    ? `total size of search attributes ${size} exceeds size limit ${limits.searchAttributesSize}`
    : null;
}

/** The same attributes, each marked with its type. A mark that is there already stays as it is. */
export function withTypes(fields: EncodedFields, types: ReadonlyMap<string, IndexedValueType>): EncodedFields {
  const marked: Record<string, Uint8Array> = {};
  for (const [name, bytes] of Object.entries(fields)) {
    const type = types.get(name);
    const payload = Payload.decode(bytes);
    const marks = type === undefined || payload.metadata['type'] !== undefined;
    marked[name] = marks
      ? bytes
      : Payload.encode({ ...payload, metadata: { ...payload.metadata, type: Buffer.from(typeName(type)) } });
  }
  return marked;
}

/** True for a payload that stands for "no value": an upsert with it removes the attribute. */
export function isUnset(bytes: Uint8Array): boolean {
  const value = jsonValue(bytes);
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** What the payload says as one of that type, a time as epoch ms; undefined if it says nothing or does not fit. */
export function attributeValue(
  bytes: Uint8Array,
  type: IndexedValueType,
): string | number | boolean | readonly string[] | undefined {
  const given = jsonValue(bytes);
  if (given === null || given === undefined || !fits(given, type)) return undefined;
  if (type === IndexedValueType.KEYWORD_LIST) return given as readonly string[];
  // A list of one stands for its element.
  const value: unknown = Array.isArray(given) ? given[0] : given;
  if (type !== IndexedValueType.DATETIME) return value as string | number | boolean | undefined;
  return value === undefined ? undefined : (parseTime(value as string) ?? Date.parse(value as string));
}

const names = new Map<IndexedValueType, string>(
  Object.entries(IndexedValueType).map(([name, type]) => [type, pascalCase(name)]),
);

/** `Int`, `KeywordList` and so on, as types are marked in payloads. */
export const typeName = (type: IndexedValueType): string => names.get(type) ?? String(type);

/** Undefined for what is no JSON at all. */
function jsonValue(bytes: Uint8Array): unknown {
  const { data, metadata } = Payload.decode(bytes);
  const encoding = metadata['encoding'];
  if (data.length === 0 || (encoding && Buffer.from(encoding).toString() === 'binary/null')) return null;
  try {
    return JSON.parse(Buffer.from(data).toString()) as unknown;
  } catch {
    return undefined;
  }
}

function fits(value: unknown, type: IndexedValueType): boolean {
  if (value === null) return true;
  if (type === IndexedValueType.KEYWORD_LIST)
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
  // Lists of a scalar type are taken for old clients' sake; an empty one removes the attribute.
  if (Array.isArray(value)) return value.every((item) => fitsScalar(item, type));
  return fitsScalar(value, type);
}

function fitsScalar(value: unknown, type: IndexedValueType): boolean {
  switch (type) {
    case IndexedValueType.INT:
      return Number.isSafeInteger(value);
    case IndexedValueType.DOUBLE:
      return typeof value === 'number';
    case IndexedValueType.BOOL:
      return typeof value === 'boolean';
    case IndexedValueType.DATETIME:
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    default:
      return typeof value === 'string';
  }
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The type of that name, however its words are written (`KeywordList`, `keyword_list`); undefined if there is none. */
export function typeNamed(name: string): IndexedValueType | undefined {
  const key = name.replaceAll('_', '').toLowerCase();
  for (const [type, known] of names)
    if (type !== IndexedValueType.UNSPECIFIED && known.toLowerCase() === key) return type;
  return undefined;
}
