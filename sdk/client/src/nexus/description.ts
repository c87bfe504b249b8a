import type { LoadedDataConverter } from '@perdure/common';
import {
  decodeTypedSearchAttributes,
  typedSearchAttributePayloadConverter,
} from '@perdure/common/lib/converter/payload-search-attributes';
import { decode } from '@perdure/common/lib/encoding';
import {
  decodeOptionalFailureToOptionalError,
  decodeOptionalSinglePayload,
} from '@perdure/common/lib/internal-non-workflow';
import { optionalTsToDate, optionalTsToMs } from '@perdure/common/lib/time';
import type { temporal } from '@perdure/proto';
import { ServiceError } from '../errors.ts';
import type {
  NexusOperationExecution,
  NexusOperationExecutionCancellationInfo,
  NexusOperationExecutionCount,
  NexusOperationExecutionDescription,
  RawNexusOperationExecutionCancellationInfo,
  RawNexusOperationExecutionInfo,
  RawNexusOperationExecutionListInfo,
} from '../nexus-types.ts';
import {
  decodeNexusOperationCancellationState,
  decodeNexusOperationExecutionStatus,
  decodePendingNexusOperationState,
} from '../nexus-types.ts';

/** What lists and descriptions have in common. */
function infoOf(raw: RawNexusOperationExecutionInfo | RawNexusOperationExecutionListInfo) {
  return {
    operationId: raw.operationId ?? '',
    runId: raw.runId ?? '',
    endpoint: raw.endpoint ?? '',
    service: raw.service ?? '',
    operation: raw.operation ?? '',
    scheduleTime: optionalTsToDate(raw.scheduleTime),
    closeTime: optionalTsToDate(raw.closeTime),
    status: decodeNexusOperationExecutionStatus(raw.status),
    searchAttributes: decodeTypedSearchAttributes(raw.searchAttributes?.indexedFields),
    stateTransitionCount: raw.stateTransitionCount?.toNumber() ?? 0,
    executionDuration: optionalTsToMs(raw.executionDuration),
  };
}

export function listedOperation(raw: RawNexusOperationExecutionListInfo): NexusOperationExecution {
  return { ...infoOf(raw), raw };
}

export async function describedOperation(
  raw: RawNexusOperationExecutionInfo,
  dataConverter: LoadedDataConverter,
): Promise<NexusOperationExecutionDescription> {
  const { cancellationInfo, userMetadata } = raw;
  let metadata: Promise<{ summary: string | undefined; details: string | undefined }> | undefined;
  const decodeMetadata = () => {
    metadata ??= (async () => ({
      summary: (await decodeOptionalSinglePayload<string>(dataConverter, userMetadata?.summary)) ?? undefined,
      details: (await decodeOptionalSinglePayload<string>(dataConverter, userMetadata?.details)) ?? undefined,
    }))();
    return metadata;
  };
  return {
    ...infoOf(raw),
    state: decodePendingNexusOperationState(raw.state),
    scheduleToCloseTimeout: optionalTsToMs(raw.scheduleToCloseTimeout),
    scheduleToStartTimeout: optionalTsToMs(raw.scheduleToStartTimeout),
    startToCloseTimeout: optionalTsToMs(raw.startToCloseTimeout),
    attempt: raw.attempt ?? 0,
    expirationTime: optionalTsToDate(raw.expirationTime),
    lastAttemptCompleteTime: optionalTsToDate(raw.lastAttemptCompleteTime),
    lastAttemptFailure: await decodeOptionalFailureToOptionalError(dataConverter, raw.lastAttemptFailure),
    nextAttemptScheduleTime: optionalTsToDate(raw.nextAttemptScheduleTime),
    cancellationInfo: cancellationInfo ? await cancellationOf(cancellationInfo, dataConverter) : undefined,
    blockedReason: raw.blockedReason ?? undefined,
    requestId: raw.requestId ?? '',
    operationToken: raw.operationToken ?? undefined,
    identity: raw.identity ?? '',
    raw,
    staticDetails: async () => (await decodeMetadata()).details,
    staticSummary: async () => (await decodeMetadata()).summary,
  };
}

async function cancellationOf(
  raw: RawNexusOperationExecutionCancellationInfo,
  dataConverter: LoadedDataConverter,
): Promise<NexusOperationExecutionCancellationInfo> {
  return {
    requestedTime: optionalTsToDate(raw.requestedTime),
    state: decodeNexusOperationCancellationState(raw.state),
    attempt: raw.attempt ?? 0,
    lastAttemptCompleteTime: optionalTsToDate(raw.lastAttemptCompleteTime),
    nextAttemptScheduleTime: optionalTsToDate(raw.nextAttemptScheduleTime),
    lastAttemptFailure: await decodeOptionalFailureToOptionalError(dataConverter, raw.lastAttemptFailure),
    blockedReason: raw.blockedReason ?? undefined,
    reason: raw.reason ?? '',
    raw,
  };
}

export function countOf(
  raw: temporal.api.workflowservice.v1.ICountNexusOperationExecutionsResponse,
): NexusOperationExecutionCount {
  return {
    count: raw.count?.toNumber() ?? 0,
    groups: (raw.groups ?? []).map(({ count, groupValues }) => ({
      count: count?.toNumber() ?? 0,
      groupValues: (groupValues ?? []).map(groupValue),
    })),
  };
}

type GroupValue = NexusOperationExecutionCount['groups'][number]['groupValues'][number];

function groupValue(payload: temporal.api.common.v1.IPayload): GroupValue {
  const value = typedSearchAttributePayloadConverter.fromPayload<GroupValue | undefined>(payload);
  if (value !== undefined) return value;
  const said = (bytes: Uint8Array | undefined) => (bytes === undefined ? '<missing>' : decode(bytes));
  const { type, encoding } = payload.metadata ?? {};
  throw new ServiceError(
    'Received invalid Nexus operation count group value from server: ' +
      `metadata.type=${said(type)}, metadata.encoding=${said(encoding)}`,
  );
}
