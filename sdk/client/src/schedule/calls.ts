import { randomUUID } from 'node:crypto';
import type { Headers } from '@perdure/common';
import {
  encodeMapToPayloads,
  walkCreateScheduleRequest,
  walkDescribeScheduleResponse,
  walkListSchedulesResponse,
  walkUpdateScheduleRequest,
} from '@perdure/common/lib/internal-non-workflow';
import { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import type { Caller } from '../base-client.ts';
import { bringInside, storeOutside } from '../external-storage.ts';
import { given } from '../given.ts';
import type { CreateScheduleInput, CreateScheduleOutput } from '../interceptors.ts';
import type { CompiledScheduleUpdateOptions, ScheduleOptions, ScheduleSummary } from '../schedule-types.ts';
import { workflowTarget } from '../workflow/context.ts';
import { summaryOf } from './decode.ts';
import {
  encodeAttributes,
  encodeBackfill,
  encodeScheduleAction,
  encodeSchedulePolicies,
  encodeScheduleSpec,
  encodeScheduleState,
} from './encode.ts';
import { rethrowScheduleError, ScheduleAlreadyRunning } from './errors.ts';

async function encodeSchedule(
  { dataConverter, namespace }: Caller,
  options: CompiledScheduleUpdateOptions,
  headers: Headers,
): Promise<temporal.api.schedule.v1.ISchedule> {
  return {
    spec: encodeScheduleSpec(options.spec),
    action: await encodeScheduleAction(dataConverter, namespace, options.action, headers),
    policies: encodeSchedulePolicies(options.policies),
    state: encodeScheduleState(options.state),
  };
}

export async function createSchedule(
  caller: Caller,
  { options, headers }: CreateScheduleInput,
): Promise<CreateScheduleOutput> {
  const { dataConverter, namespace, identity, service } = caller;
  const { scheduleId, memo, searchAttributes, typedSearchAttributes } = options;
  const request: temporal.api.workflowservice.v1.ICreateScheduleRequest = given({
    namespace,
    identity,
    requestId: randomUUID() as string,
    scheduleId,
    schedule: await encodeSchedule(caller, options as CompiledScheduleUpdateOptions, headers),
    memo: memo ? { fields: await encodeMapToPayloads(dataConverter, memo) } : undefined,
    searchAttributes: encodeAttributes({ searchAttributes, typedSearchAttributes }),
    initialPatch: initialPatch(options.state),
  });
  try {
    await storeOutside(dataConverter, request, walkCreateScheduleRequest, targetOf(caller, request));
    const { conflictToken } = await service.createSchedule(request);
    return { conflictToken };
  } catch (error) {
    if ((error as { code?: unknown }).code === Status.ALREADY_EXISTS) {
      throw new ScheduleAlreadyRunning('Schedule already exists and is running', scheduleId);
    }
    rethrowScheduleError(error, 'Failed to create schedule', scheduleId);
  }
}

function initialPatch(state: ScheduleOptions['state']): temporal.api.schedule.v1.ISchedulePatch {
  const { SCHEDULE_OVERLAP_POLICY_ALLOW_ALL } = temporal.api.enums.v1.ScheduleOverlapPolicy;
  return given({
    triggerImmediately: state?.triggerImmediately ? { overlapPolicy: SCHEDULE_OVERLAP_POLICY_ALLOW_ALL } : undefined,
    backfillRequest: state?.backfill?.map(encodeBackfill),
  });
}

/** The payloads of a schedule are stored for the workflow that it starts. */
function targetOf(caller: Caller, { schedule }: { schedule?: temporal.api.schedule.v1.ISchedule | null }) {
  const { workflowId, workflowType } = schedule?.action?.startWorkflow ?? {};
  return workflowTarget(caller, workflowId ?? undefined, workflowType?.name ?? undefined);
}

export async function describeSchedule(
  { service, namespace, dataConverter }: Caller,
  scheduleId: string,
): Promise<temporal.api.workflowservice.v1.DescribeScheduleResponse> {
  try {
    const response = await service.describeSchedule({ namespace, scheduleId });
    return await bringInside(dataConverter, response, walkDescribeScheduleResponse);
  } catch (error) {
    rethrowScheduleError(error, 'Failed to describe schedule', scheduleId);
  }
}

export async function updateSchedule(
  caller: Caller,
  scheduleId: string,
  options: CompiledScheduleUpdateOptions,
  headers: Headers,
): Promise<void> {
  const { dataConverter, namespace, identity, service } = caller;
  const { searchAttributes, typedSearchAttributes } = options;
  const request: temporal.api.workflowservice.v1.IUpdateScheduleRequest = given({
    namespace,
    scheduleId,
    schedule: await encodeSchedule(caller, options, headers),
    identity,
    requestId: randomUUID() as string,
    searchAttributes: encodeAttributes({ searchAttributes, typedSearchAttributes }),
  });
  try {
    await storeOutside(dataConverter, request, walkUpdateScheduleRequest, targetOf(caller, request));
    await service.updateSchedule(request);
  } catch (error) {
    rethrowScheduleError(error, 'Failed to update schedule', scheduleId);
  }
}

export async function patchSchedule(
  { service, namespace, identity }: Caller,
  scheduleId: string,
  patch: temporal.api.schedule.v1.ISchedulePatch,
): Promise<void> {
  try {
    await service.patchSchedule({ namespace, scheduleId, identity, requestId: randomUUID(), patch });
  } catch (error) {
    rethrowScheduleError(error, 'Failed to patch schedule', scheduleId);
  }
}

export async function deleteSchedule({ service, namespace, identity }: Caller, scheduleId: string): Promise<void> {
  try {
    await service.deleteSchedule({ namespace, identity, scheduleId });
  } catch (error) {
    rethrowScheduleError(error, 'Failed to delete schedule', scheduleId);
  }
}

/** The schedules that a query finds, page by page. */
export async function* listSchedules(
  { service, namespace, dataConverter }: Caller,
  { query, pageSize }: { query?: string; pageSize?: number } = {},
): AsyncIterable<ScheduleSummary> {
  let nextPageToken: Uint8Array | undefined;
  do {
    let page: temporal.api.workflowservice.v1.ListSchedulesResponse;
    try {
      page = await service.listSchedules(given({ nextPageToken, namespace, maximumPageSize: pageSize, query }));
    } catch (error) {
      rethrowScheduleError(error, 'Failed to list schedules');
    }
    await bringInside(dataConverter, page, walkListSchedulesResponse);
    for (const raw of page.schedules) yield await summaryOf(dataConverter, raw);
    ({ nextPageToken } = page);
  } while (nextPageToken != null && nextPageToken.length > 0);
}
