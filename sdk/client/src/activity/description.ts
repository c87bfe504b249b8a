import type { LoadedDataConverter } from '@perdure/common';
import { convertDeploymentVersion, decodePriority, decompileRetryPolicy } from '@perdure/common';
import {
  decodeTypedSearchAttributes,
  searchAttributePayloadConverter,
} from '@perdure/common/lib/converter/payload-search-attributes';
import {
  decodeArrayFromPayloads,
  decodeFromPayloadsAtIndex,
  decodeOptionalFailureToOptionalError,
  walkDescribeActivityExecutionResponse,
  walkListActivityExecutionsResponse,
} from '@perdure/common/lib/internal-non-workflow';
import { optionalTsToDate, optionalTsToMs } from '@perdure/common/lib/time';
import type { temporal } from '@perdure/proto';
import type { ActivityCountInput, ActivityDescribeInput, ActivityListInput } from '../activity-interceptors.ts';
import type { Caller } from '../base-client.ts';
import { ServiceError } from '../errors.ts';
import { bringInside } from '../external-storage.ts';
import { given } from '../given.ts';
import type {
  ActivityExecutionDescription,
  ActivityExecutionInfo,
  CountActivityExecutions,
  RawActivityExecutionInfo,
  RawActivityExecutionListInfo,
} from '../types.ts';
import { decodeActivityExecutionStatus, decodePendingActivityState } from '../types.ts';
import { activityContext, runOf } from './context.ts';
import { rethrowActivityError } from './rethrow.ts';

export async function describeActivity(
  caller: Caller,
  input: ActivityDescribeInput,
): Promise<ActivityExecutionDescription> {
  const request = { ...runOf(caller, input), ...input.options };
  try {
    const response = await caller.service.describeActivityExecution(request);
    if (!response.info) throw new ServiceError('Missing info in describeActivityExecution response');
    await bringInside(caller.dataConverter, response, walkDescribeActivityExecutionResponse);
    return descriptionOf(caller, input.activityId, response, response.info);
  } catch (error) {
    rethrowActivityError(error, 'Failed to describe activity');
  }
}

/** The activities that a query finds, page by page. */
export async function* listActivities(
  { service, namespace, dataConverter }: Caller,
  { query }: ActivityListInput,
): AsyncIterable<ActivityExecutionInfo> {
  let nextPageToken: Uint8Array | undefined;
  do {
    let page: temporal.api.workflowservice.v1.ListActivityExecutionsResponse;
    try {
      page = await service.listActivityExecutions(given({ namespace, query, nextPageToken }));
      await bringInside(dataConverter, page, walkListActivityExecutionsResponse);
    } catch (error) {
      rethrowActivityError(error, 'Failed to list activities');
    }
    for (const info of page.executions ?? []) yield { ...infoOf(info), rawListInfo: info };
    ({ nextPageToken } = page);
  } while (nextPageToken != null && nextPageToken.length > 0);
}

export async function countActivities(
  { service, namespace }: Caller,
  { query }: ActivityCountInput,
): Promise<CountActivityExecutions> {
  try {
    const { count, groups } = await service.countActivityExecutions({ namespace, query });
    return {
      count: count?.toNumber() ?? 0,
      groups: (groups ?? []).map((group) => ({
        count: group.count?.toNumber() ?? 0,
        groupValues: (group.groupValues ?? []).map((value) => searchAttributePayloadConverter.fromPayload(value)),
      })),
    };
  } catch (error) {
    rethrowActivityError(error, 'Failed to count activities');
  }
}

/** What lists and descriptions have in common. */
function infoOf(raw: RawActivityExecutionInfo | RawActivityExecutionListInfo): ActivityExecutionInfo {
  const info = {
    activityId: raw.activityId ?? '',
    activityRunId: raw.runId ?? '',
    activityType: raw.activityType?.name ?? '',
    scheduleTime: optionalTsToDate(raw.scheduleTime),
    closeTime: optionalTsToDate(raw.closeTime),
    status: decodeActivityExecutionStatus(raw.status),
    typedSearchAttributes: decodeTypedSearchAttributes(raw.searchAttributes?.indexedFields),
    taskQueue: raw.taskQueue ?? '',
    executionDurationMs: optionalTsToMs(raw.executionDuration),
    executionTime: optionalTsToDate(raw.executionTime),
  };
  return info as ActivityExecutionInfo;
}

function descriptionOf(
  caller: Caller,
  activityId: string,
  response: temporal.api.workflowservice.v1.IDescribeActivityExecutionResponse,
  raw: RawActivityExecutionInfo,
): ActivityExecutionDescription {
  const { input, outcome } = response;
  const decode = decodersFor(caller.dataConverter, activityContext(caller, activityId));
  const description = {
    ...infoOf(raw),
    rawInfo: raw,
    rawCallbacks: response.callbacks ?? [],
    runState: decodePendingActivityState(raw.runState),
    scheduleToCloseTimeoutMs: optionalTsToMs(raw.scheduleToCloseTimeout),
    scheduleToStartTimeoutMs: optionalTsToMs(raw.scheduleToStartTimeout),
    startToCloseTimeoutMs: optionalTsToMs(raw.startToCloseTimeout),
    heartbeatTimeoutMs: optionalTsToMs(raw.heartbeatTimeout),
    retryPolicy: decompileRetryPolicy(raw.retryPolicy) ?? {},
    lastHeartbeatTime: optionalTsToDate(raw.lastHeartbeatTime),
    lastStartedTime: optionalTsToDate(raw.lastStartedTime),
    attempt: raw.attempt ?? 0,
    expirationTime: optionalTsToDate(raw.expirationTime),
    lastWorkerIdentity: raw.lastWorkerIdentity || undefined,
    currentRetryIntervalMs: optionalTsToMs(raw.currentRetryInterval),
    lastAttemptCompleteTime: optionalTsToDate(raw.lastAttemptCompleteTime),
    nextAttemptScheduleTime: optionalTsToDate(raw.nextAttemptScheduleTime),
    lastDeploymentVersion: convertDeploymentVersion(raw.lastDeploymentVersion),
    priority: decodePriority(raw.priority),
    canceledReason: raw.canceledReason || undefined,
    startDelayMs: optionalTsToMs(raw.startDelay),
    totalHeartbeatCount: raw.totalHeartbeatCount?.toNumber() || undefined,
    hasHeartbeatDetails: holds(raw.heartbeatDetails),
    hasLastFailure: Boolean(raw.lastFailure),
    hasInput: holds(input),
    hasResult: holds(outcome?.result),
    hasOutcomeFailure: Boolean(outcome?.failure),
    getHeartbeatDetails: () => decode.first(raw.heartbeatDetails),
    getLastFailure: () => decode.failure(raw.lastFailure),
    getInput: () => decode.all(input),
    getResult: () => decode.first(outcome?.result),
    getOutcomeFailure: () => decode.failure(outcome?.failure),
  };
  return description as unknown as ActivityExecutionDescription;
}

type Payloads = temporal.api.common.v1.IPayloads | null | undefined;
const holds = (payloads: Payloads): boolean => (payloads?.payloads?.length ?? 0) > 0;

function decodersFor(dataConverter: LoadedDataConverter, context: ReturnType<typeof activityContext>) {
  return {
    first: (payloads: Payloads) => decodeFromPayloadsAtIndex(dataConverter, 0, payloads?.payloads, context),
    all: (payloads: Payloads) => decodeArrayFromPayloads(dataConverter, payloads?.payloads, context),
    failure: (failure: temporal.api.failure.v1.IFailure | null | undefined) =>
      decodeOptionalFailureToOptionalError(dataConverter, failure, context),
  };
}
