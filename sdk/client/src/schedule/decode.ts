import type { LoadedDataConverter, WorkflowSerializationContext } from '@perdure/common';
import { decodePriority, decompileRetryPolicy } from '@perdure/common';
import {
  decodeSearchAttributes,
  decodeTypedSearchAttributes,
} from '@perdure/common/lib/converter/payload-search-attributes';
import {
  decodeArrayFromPayloads,
  decodeMapFromPayloads,
  decodeUserMetadata,
} from '@perdure/common/lib/internal-non-workflow';
import { optionalTsToDate, optionalTsToMs, requiredTsToDate, tsToDate } from '@perdure/common/lib/time';
import type { temporal } from '@perdure/proto';
import type {
  ScheduleDescription,
  ScheduleDescriptionAction,
  ScheduleExecutionResult,
  ScheduleExecutionStartWorkflowActionResult,
  ScheduleSpecDescription,
  ScheduleSummary,
} from '../schedule-types.ts';
import { decodeScheduleOverlapPolicy, ScheduleOverlapPolicy } from '../schedule-types.ts';
import { decodeOptionalStructuredCalendarSpecs } from './calendar.ts';

type RawExecution = temporal.api.common.v1.IWorkflowExecution;

/** Only calendars and intervals are looked at: the server has made such of everything else. */
export function decodeScheduleSpec(raw: temporal.api.schedule.v1.IScheduleSpec): ScheduleSpecDescription {
  const spec = {
    calendars: decodeOptionalStructuredCalendarSpecs(raw.structuredCalendar),
    intervals: (raw.interval ?? []).map(({ interval, phase }) => ({
      every: optionalTsToMs(interval),
      offset: optionalTsToMs(phase),
    })),
    skip: decodeOptionalStructuredCalendarSpecs(raw.excludeStructuredCalendar),
    startAt: optionalTsToDate(raw.startTime),
    endAt: optionalTsToDate(raw.endTime),
    jitter: optionalTsToMs(raw.jitter),
    timezone: raw.timezoneName ?? undefined,
  };
  return spec as ScheduleSpecDescription;
}

/** @throws TypeError for actions that this version does not have */
export async function decodeScheduleAction(
  dataConverter: LoadedDataConverter,
  namespace: string,
  raw: temporal.api.schedule.v1.IScheduleAction,
): Promise<ScheduleDescriptionAction> {
  const start = raw.startWorkflow;
  if (!start) throw new TypeError('Unsupported schedule action');
  const workflowId = start.workflowId ?? '';
  const context: WorkflowSerializationContext = { type: 'workflow', namespace, workflowId };
  const attributes = start.searchAttributes?.indexedFields;
  const { staticSummary, staticDetails } = await decodeUserMetadata(dataConverter, start.userMetadata, context);
  const action = {
    type: 'startWorkflow',
    workflowId,
    workflowType: start.workflowType?.name ?? '',
    taskQueue: start.taskQueue?.name ?? '',
    args: await decodeArrayFromPayloads(dataConverter, start.input?.payloads, context),
    memo: await decodeMapFromPayloads(dataConverter, start.memo?.fields, context),
    retry: decompileRetryPolicy(start.retryPolicy),
    searchAttributes: decodeSearchAttributes(attributes),
    typedSearchAttributes: decodeTypedSearchAttributes(attributes),
    workflowExecutionTimeout: optionalTsToMs(start.workflowExecutionTimeout),
    workflowRunTimeout: optionalTsToMs(start.workflowRunTimeout),
    workflowTaskTimeout: optionalTsToMs(start.workflowTaskTimeout),
    staticSummary,
    staticDetails,
    priority: decodePriority(start.priority),
  };
  return action as unknown as ScheduleDescriptionAction;
}

export function decodeScheduleRunningActions(
  raw?: RawExecution[] | null,
): ScheduleExecutionStartWorkflowActionResult[] {
  return (raw ?? []).map(startedWorkflow);
}

const startedWorkflow = ({ workflowId, runId }: RawExecution): ScheduleExecutionStartWorkflowActionResult => ({
  type: 'startWorkflow',
  workflow: { workflowId: workflowId ?? '', firstExecutionRunId: runId ?? '' },
});

/** @throws TypeError for actions that this version does not have */
export function decodeScheduleRecentActions(
  raw?: temporal.api.schedule.v1.IScheduleActionResult[] | null,
): ScheduleExecutionResult[] {
  return (raw ?? []).map(({ scheduleTime, actualTime, startWorkflowResult }) => {
    if (!startWorkflowResult) throw new TypeError('Unsupported schedule action');
    return {
      scheduledAt: requiredTsToDate(scheduleTime, 'scheduleTime'),
      takenAt: requiredTsToDate(actualTime, 'actualTime'),
      action: startedWorkflow(startWorkflowResult),
    };
  });
}

export async function summaryOf(
  dataConverter: LoadedDataConverter,
  raw: temporal.api.schedule.v1.IScheduleListEntry,
): Promise<ScheduleSummary> {
  const { info } = raw;
  const attributes = raw.searchAttributes?.indexedFields;
  const summary = {
    scheduleId: raw.scheduleId ?? '',
    spec: decodeScheduleSpec(info?.spec ?? {}),
    action: info?.workflowType && { type: 'startWorkflow', workflowType: info.workflowType.name ?? '' },
    memo: await decodeMapFromPayloads(dataConverter, raw.memo?.fields),
    searchAttributes: decodeSearchAttributes(attributes),
    typedSearchAttributes: decodeTypedSearchAttributes(attributes),
    state: { paused: info?.paused === true, note: info?.notes ?? undefined },
    info: {
      recentActions: decodeScheduleRecentActions(info?.recentActions),
      nextActionTimes: (info?.futureActionTimes ?? []).map(tsToDate),
    },
  };
  return summary as unknown as ScheduleSummary;
}

/** A minute is what the server makes of a window that is shorter. */
const shortestCatchupWindowMs = 60_000;

/** @throws Error when the server says neither when nor what */
export async function descriptionOf(
  dataConverter: LoadedDataConverter,
  namespace: string,
  scheduleId: string,
  raw: temporal.api.workflowservice.v1.IDescribeScheduleResponse,
): Promise<ScheduleDescription> {
  const { spec, action, policies, state } = raw.schedule ?? {};
  if (!spec || !action) throw new Error('Received invalid Schedule description from server');
  const { info } = raw;
  const attributes = raw.searchAttributes?.indexedFields;
  const description = {
    scheduleId,
    spec: decodeScheduleSpec(spec),
    action: await decodeScheduleAction(dataConverter, namespace, action),
    memo: await decodeMapFromPayloads(dataConverter, raw.memo?.fields),
    searchAttributes: decodeSearchAttributes(attributes),
    typedSearchAttributes: decodeTypedSearchAttributes(attributes),
    policies: {
      overlap: decodeScheduleOverlapPolicy(policies?.overlapPolicy) ?? ScheduleOverlapPolicy.SKIP,
      catchupWindow: optionalTsToMs(policies?.catchupWindow) ?? shortestCatchupWindowMs,
      pauseOnFailure: policies?.pauseOnFailure === true,
    },
    state: {
      paused: state?.paused === true,
      note: state?.notes ?? undefined,
      remainingActions: state?.limitedActions ? state.remainingActions?.toNumber() || 0 : undefined,
    },
    info: {
      recentActions: decodeScheduleRecentActions(info?.recentActions),
      nextActionTimes: (info?.futureActionTimes ?? []).map(tsToDate),
      createdAt: requiredTsToDate(info?.createTime, 'createTime'),
      lastUpdatedAt: optionalTsToDate(info?.updateTime),
      runningActions: decodeScheduleRunningActions(info?.runningWorkflows),
      numActionsMissedCatchupWindow: info?.missedCatchupWindow?.toNumber() ?? 0,
      numActionsSkippedOverlap: info?.overlapSkipped?.toNumber() ?? 0,
      numActionsTaken: info?.actionCount?.toNumber() ?? 0,
    },
    raw,
  };
  return description as unknown as ScheduleDescription;
}
