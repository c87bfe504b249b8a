import type { Init } from '@perdure/api';
import type { HistoryEvent } from '@perdure/api/history';
import type { PollActivityTaskQueueResponse } from '@perdure/api/workflowservice';
import { inheritedPriority } from '../engine/workflow/priority.ts';
import type { Activity, Run } from '../engine/workflow/state.ts';
import type { Loaded } from '../host/loaded.ts';
import { toDuration, toTimestamp } from '../kernel/time.ts';
import type { ServerContext } from './context.ts';

/** What an activity task token says: the run, and the attempt it is good for. */
export interface ActivityTaskToken {
  readonly n: string;
  readonly w: string;
  readonly r: string;
  /** Scheduled event. */
  readonly s: number;
  readonly a: number;
  /** When the attempt was started. */
  readonly t: number;
}

const sealActivityTask = (server: ServerContext, { key }: Run, activity: Activity): Uint8Array =>
  server.tokens.seal('activity-task', {
    n: key.namespaceId,
    w: key.workflowId,
    r: key.runId,
    s: activity.scheduledEventId,
    a: activity.attempt,
    t: activity.startedTime,
  } satisfies ActivityTaskToken);

/** A started activity as its worker gets it. `scheduled` is its scheduled event, which alone knows the input. */
export function activityTaskResponse(
  server: ServerContext,
  { run, namespace }: Loaded,
  activity: Activity,
  scheduled: HistoryEvent,
): Init<PollActivityTaskQueueResponse> {
  const attributes = scheduled.activityTaskScheduledEventAttributes;
  if (!attributes) throw new Error(`event ${scheduled.eventId} of ${run.key.runId} schedules no activity`);
  return {
    taskToken: sealActivityTask(server, run, activity),
    workflowNamespace: namespace.name,
    workflowType: run.started.workflowType,
    workflowExecution: { workflowId: run.key.workflowId, runId: run.key.runId },
    activityType: attributes.activityType,
    activityId: activity.activityId,
    header: attributes.header,
    input: attributes.input,
    heartbeatDetails: activity.heartbeatDetails,
    scheduledTime: scheduled.eventTime,
    currentAttemptScheduledTime: toTimestamp(activity.scheduledTime),
    startedTime: toTimestamp(activity.startedTime),
    attempt: activity.attempt,
    scheduleToCloseTimeout: toDuration(activity.scheduleToCloseTimeout),
    startToCloseTimeout: toDuration(activity.startToCloseTimeout),
    heartbeatTimeout: toDuration(activity.heartbeatTimeout),
    retryPolicy: activity.retryPolicy,
    priority: inheritedPriority(run.head.priority, activity.priority),
  };
}
