import type { Init } from '@perdure/api';
import { EventType, PendingWorkflowTaskState, TaskQueueKind } from '@perdure/api/enums';
import type {
  PendingWorkflowTaskInfo,
  RequestIdInfo,
  WorkflowExecutionExtendedInfo,
  WorkflowExecutionInfo,
} from '@perdure/api/workflow';
import type { DescribeWorkflowExecutionResponse } from '@perdure/api/workflowservice';
import { durationMs, toDuration, toTimestamp } from '../../kernel/time.ts';
import { isOpen } from './close.ts';
import { pendingActivityInfo } from './describe-activity.ts';
import { keywordList } from './fields.ts';
import { callbackInfo } from './machines/callback.ts';
import { wireResetPoints } from './reset-points.ts';
import type { Fields, Run } from './state.ts';
import { aheadOf, timeSkippingInfo } from './time-skipping.ts';

/** A run as DescribeWorkflowExecution shows it. The server's time tells a back-off from waiting for a worker. */
export function describeRun(run: Run, serverNow: number): Init<DescribeWorkflowExecutionResponse> {
  const { started, head } = run;
  const activities = isOpen(run) ? [...run.activities.values()] : head.abandonedActivities;
  const children = isOpen(run) ? [...run.children.values()] : head.abandonedChildren;
  const now = serverNow + aheadOf(run);
  return {
    executionConfig: {
      taskQueue: { name: started.taskQueue?.name ?? '', kind: TaskQueueKind.NORMAL },
      workflowExecutionTimeout: started.workflowExecutionTimeout,
      workflowRunTimeout: started.workflowRunTimeout,
      defaultWorkflowTaskTimeout: started.workflowTaskTimeout,
    },
    workflowExecutionInfo: executionInfo(run),
    pendingActivities: activities.map((activity) => pendingActivityInfo(activity, now)),
    pendingChildren: children.map((child) => ({
      workflowId: child.workflowId,
      runId: child.runId,
      workflowTypeName: child.workflowType,
      initiatedId: child.initiatedEventId,
      parentClosePolicy: child.parentClosePolicy,
    })),
    pendingWorkflowTask: pendingWorkflowTask(run),
    callbacks: [...run.callbacks.values()].map((callback) => callbackInfo(callback, now)),
    workflowExtendedInfo: { ...extendedInfo(run), timeSkippingInfo: timeSkippingInfo(run, now) },
  };
}

function executionInfo(run: Run): Init<WorkflowExecutionInfo> {
  const { key, started, head, startTime } = run;
  const { workflowId, runId } = key;
  const executionTime = startTime + durationMs(started.firstWorkflowTaskBackoff);
  const closed = head.closeTime !== null;
  return {
    execution: { workflowId, runId },
    type: started.workflowType,
    startTime: toTimestamp(startTime),
    executionTime: toTimestamp(executionTime),
    closeTime: closed ? toTimestamp(head.closeTime ?? 0) : null,
    executionDuration: closed ? toDuration((head.closeTime ?? 0) - executionTime) : null,
    status: head.status,
    historyLength: head.nextEventId - 1,
    historySizeBytes: head.historySize,
    stateTransitionCount: head.transitions,
    parentNamespaceId: started.parentWorkflowExecution ? started.parentWorkflowNamespaceId : '',
    parentExecution: started.parentWorkflowExecution,
    rootExecution: started.rootWorkflowExecution ?? { workflowId, runId },
    firstRunId: started.firstExecutionRunId,
    taskQueue: started.taskQueue?.name ?? '',
    memo: { fields: run.fields.get('memo') ?? {} },
    searchAttributes: { indexedFields: shownSearchAttributes(run) },
    autoResetPoints: head.resetPoints.length > 0 ? wireResetPoints(head.resetPoints) : null,
    priority: head.priority,
    versioningInfo: head.versioningOverride && { versioningOverride: head.versioningOverride },
  };
}

/** The run's search attributes, and those that the server sets. What it reads is named in `changesVisibility` too. */
export function shownSearchAttributes(run: Run): Fields {
  const given = run.fields.get('searchAttributes') ?? {};
  const builds = run.head.resetPoints.filter(({ runId }) => runId === run.key.runId);
  if (builds.length === 0) return given;
  const ids = [
    'unversioned',
    ...builds.filter(({ buildId }) => buildId).map(({ buildId }) => `unversioned:${buildId}`),
  ];
  return { ...given, BuildIds: keywordList(ids) };
}

function pendingWorkflowTask({ head }: Run): Init<PendingWorkflowTaskInfo> | null {
  const task = head.workflowTask ?? head.abandonedTask;
  if (!task) return null;
  const started = task.startedEventId !== 0;
  return {
    state: started ? PendingWorkflowTaskState.STARTED : PendingWorkflowTaskState.SCHEDULED,
    scheduledTime: toTimestamp(task.scheduledTime),
    originalScheduledTime: toTimestamp(task.originalScheduledTime),
    startedTime: started ? toTimestamp(task.startedTime) : null,
    attempt: task.attempt,
  };
}

/** What the reference has for the expiration of a run without a timeout: the year 1. */
const NEVER = { seconds: -62_135_596_800, nanos: 0 };

function extendedInfo({ head, originalStartTime, requests }: Run): Init<WorkflowExecutionExtendedInfo> {
  const { pause } = head;
  const requestIdInfos: Record<string, Init<RequestIdInfo>> = {};
  for (const { requestId, eventType, eventId } of requests.values())
    if (isShown(eventType)) requestIdInfos[requestId] = { eventType, eventId, buffered: eventId === 0 };
  return {
    executionExpirationTime: head.executionDeadline === null ? null : toTimestamp(head.executionDeadline),
    runExpirationTime: head.runDeadline === null ? NEVER : toTimestamp(head.runDeadline),
    cancelRequested: head.cancelRequested,
    originalStartTime: toTimestamp(originalStartTime),
    lastResetTime: head.forkedFrom[0] ? toTimestamp(head.forkedFrom[0].time) : null,
    resetRunId: head.resetRunId,
    requestIdInfos,
    pauseInfo: pause && { identity: pause.identity, pausedTime: toTimestamp(pause.time), reason: pause.reason },
  };
}

/** Requests that started the run or attached to it; those of signals and the like serve deduplication only. */
const isShown = (type: EventType): boolean =>
  type === EventType.WORKFLOW_EXECUTION_STARTED || type === EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED;
