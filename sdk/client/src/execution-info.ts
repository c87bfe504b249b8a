import type { LoadedDataConverter } from '@perdure/common';
import { decodePriority } from '@perdure/common';
import {
  decodeSearchAttributes,
  decodeTypedSearchAttributes,
  searchAttributePayloadConverter,
} from '@perdure/common/lib/converter/payload-search-attributes';
import { decodeMapFromPayloads } from '@perdure/common/lib/internal-non-workflow';
import { optionalTsToDate, requiredTsToDate } from '@perdure/common/lib/time';
import type { Replace } from '@perdure/common/lib/type-helpers';
import type { temporal } from '@perdure/proto';
import type {
  CountWorkflowExecution,
  RawWorkflowExecutionInfo,
  WorkflowExecutionInfo,
  WorkflowExecutionStatusName,
} from './types.ts';

/** By the numbers of `WorkflowExecutionStatus`. */
const statusNames: readonly WorkflowExecutionStatusName[] = [
  'UNSPECIFIED',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'TERMINATED',
  'CONTINUED_AS_NEW',
  'TIMED_OUT',
  'PAUSED',
];

type Execution = Required<temporal.api.common.v1.IWorkflowExecution>;

/** What the server says of a run, decoded. `rawDataToEmbed` becomes its `raw`. */
export async function executionInfoFromRaw<T>(
  raw: RawWorkflowExecutionInfo,
  dataConverter: LoadedDataConverter,
  rawDataToEmbed: T,
  namespace: string,
): Promise<Replace<WorkflowExecutionInfo, { raw: T }>> {
  const workflowId = raw.execution?.workflowId ?? '';
  const code = raw.status ?? 0;
  const attributes = raw.searchAttributes?.indexedFields;
  const info = {
    type: raw.type?.name ?? '',
    workflowId,
    runId: raw.execution?.runId ?? '',
    taskQueue: raw.taskQueue ?? '',
    status: { code, name: statusNames[code] ?? 'UNKNOWN' },
    // As numbers they are exact by far: histories end at some 50,000 events.
    historyLength: raw.historyLength?.toNumber() ?? 0,
    historySize: raw.historySizeBytes?.toNumber() || undefined,
    startTime: requiredTsToDate(raw.startTime, 'startTime'),
    executionTime: optionalTsToDate(raw.executionTime),
    closeTime: optionalTsToDate(raw.closeTime),
    memo: await decodeMapFromPayloads(dataConverter, raw.memo?.fields, { type: 'workflow', namespace, workflowId }),
    searchAttributes: decodeSearchAttributes(attributes),
    typedSearchAttributes: decodeTypedSearchAttributes(attributes),
    parentExecution: execution(raw.parentExecution),
    rootExecution: execution(raw.rootExecution),
    raw: rawDataToEmbed,
    priority: decodePriority(raw.priority),
  };
  return info as unknown as Replace<WorkflowExecutionInfo, { raw: T }>;
}

function execution(raw: temporal.api.common.v1.IWorkflowExecution | null | undefined): Execution | undefined {
  return raw ? { workflowId: raw.workflowId ?? '', runId: raw.runId ?? '' } : undefined;
}

export function decodeCountWorkflowExecutionsResponse(
  raw: temporal.api.workflowservice.v1.ICountWorkflowExecutionsResponse,
): CountWorkflowExecution {
  return {
    count: raw.count?.toNumber() ?? 0,
    groups: (raw.groups ?? []).map(({ count, groupValues }) => ({
      count: count?.toNumber() ?? 0,
      groupValues: (groupValues ?? []).map((value) => searchAttributePayloadConverter.fromPayload(value)),
    })),
  };
}
