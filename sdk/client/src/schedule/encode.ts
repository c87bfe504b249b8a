import type { Headers, LoadedDataConverter, WorkflowSerializationContext } from '@perdure/common';
import { compilePriority, compileRetryPolicy, extractWorkflowType } from '@perdure/common';
import { encodeUnifiedSearchAttributes } from '@perdure/common/lib/converter/payload-search-attributes';
import {
  encodeMapToPayloads,
  encodeToPayloadsWithContext,
  encodeUserMetadata,
} from '@perdure/common/lib/internal-non-workflow';
import { msOptionalToTs, msToTs, optionalDateToTs } from '@perdure/common/lib/time';
import { temporal } from '@perdure/proto';
import Long from 'long';
import { given } from '../given.ts';
import type {
  Backfill,
  CompiledScheduleAction,
  CompiledScheduleOptions,
  CompiledScheduleUpdateOptions,
  ScheduleOptions,
  ScheduleOptionsAction,
  ScheduleSpec,
  ScheduleUpdateOptions,
} from '../schedule-types.ts';
import { encodeScheduleOverlapPolicy } from '../schedule-types.ts';
import { encodeOptionalStructuredCalendarSpecs } from './calendar.ts';

/** Options with the workflow's name in the place of its function, and everything that was left to defaults. */
export function compileScheduleOptions(options: ScheduleOptions): CompiledScheduleOptions {
  return { ...options, action: compileAction(options.scheduleId, options.action) };
}

/** The same for what a schedule is to become. */
export function compileUpdatedScheduleOptions(
  scheduleId: string,
  options: ScheduleUpdateOptions,
): CompiledScheduleUpdateOptions {
  return { ...options, action: compileAction(scheduleId, options.action) };
}

function compileAction(scheduleId: string, action: ScheduleOptionsAction): CompiledScheduleAction {
  return {
    ...action,
    workflowId: action.workflowId ?? `${scheduleId}-workflow`,
    workflowType: extractWorkflowType(action.workflowType),
    args: [...((action.args ?? []) as readonly unknown[])],
  };
}

/** @throws TypeError for values that calendars do not have, and for durations that cannot be read */
export function encodeScheduleSpec(spec: ScheduleSpec): temporal.api.schedule.v1.IScheduleSpec {
  return given({
    structuredCalendar: encodeOptionalStructuredCalendarSpecs(spec.calendars),
    interval: spec.intervals?.map(({ every, offset }) =>
      given({ interval: msToTs(every), phase: msOptionalToTs(offset) }),
    ),
    cronString: spec.cronExpressions,
    excludeStructuredCalendar: encodeOptionalStructuredCalendarSpecs(spec.skip),
    startTime: optionalDateToTs(spec.startAt),
    endTime: optionalDateToTs(spec.endAt),
    jitter: msOptionalToTs(spec.jitter),
    timezoneName: spec.timezone,
  });
}

/** `headers` go to the workflows that the schedule starts. */
export async function encodeScheduleAction(
  dataConverter: LoadedDataConverter,
  namespace: string,
  action: CompiledScheduleAction,
  headers: Headers,
): Promise<temporal.api.schedule.v1.IScheduleAction> {
  const { workflowId, memo, searchAttributes, typedSearchAttributes, retry, priority } = action;
  const context: WorkflowSerializationContext = { type: 'workflow', namespace, workflowId };
  return {
    startWorkflow: given({
      workflowId,
      workflowType: { name: action.workflowType },
      input: given({ payloads: await encodeToPayloadsWithContext(dataConverter, context, action.args) }),
      taskQueue: {
        kind: temporal.api.enums.v1.TaskQueueKind.TASK_QUEUE_KIND_NORMAL,
        name: action.taskQueue,
      },
      workflowExecutionTimeout: msOptionalToTs(action.workflowExecutionTimeout),
      workflowRunTimeout: msOptionalToTs(action.workflowRunTimeout),
      workflowTaskTimeout: msOptionalToTs(action.workflowTaskTimeout),
      retryPolicy: retry ? compileRetryPolicy(retry) : undefined,
      memo: memo ? { fields: await encodeMapToPayloads(dataConverter, memo, context) } : undefined,
      searchAttributes: encodeAttributes({ searchAttributes, typedSearchAttributes }),
      header: { fields: headers },
      userMetadata: await encodeUserMetadata(dataConverter, action.staticSummary, action.staticDetails, context),
      priority: priority ? compilePriority(priority) : undefined,
    }),
  };
}

/** Undefined when there are none. */
export function encodeAttributes({
  searchAttributes,
  typedSearchAttributes,
}: {
  searchAttributes: ScheduleOptions['searchAttributes'] | undefined;
  typedSearchAttributes: ScheduleOptions['typedSearchAttributes'] | undefined;
}): temporal.api.common.v1.ISearchAttributes | undefined {
  if (!searchAttributes && !typedSearchAttributes) return undefined;
  return { indexedFields: encodeUnifiedSearchAttributes(searchAttributes, typedSearchAttributes) };
}

export function encodeSchedulePolicies(
  policies?: ScheduleOptions['policies'],
): temporal.api.schedule.v1.ISchedulePolicies {
  return given({
    catchupWindow: msOptionalToTs(policies?.catchupWindow),
    overlapPolicy: policies?.overlap ? encodeScheduleOverlapPolicy(policies.overlap) : undefined,
    pauseOnFailure: policies?.pauseOnFailure,
  });
}

export function encodeScheduleState(state?: ScheduleOptions['state']): temporal.api.schedule.v1.IScheduleState {
  const remaining = state?.remainingActions;
  return given({
    paused: state?.paused,
    notes: state?.note,
    limitedActions: remaining !== undefined,
    remainingActions: remaining ? Long.fromNumber(remaining) : undefined,
  });
}

export function encodeBackfill({ start, end, overlap }: Backfill): temporal.api.schedule.v1.IBackfillRequest {
  return given({
    startTime: optionalDateToTs(start),
    endTime: optionalDateToTs(end),
    overlapPolicy: overlap ? encodeScheduleOverlapPolicy(overlap) : undefined,
  });
}
