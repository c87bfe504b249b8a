import type { Init } from '@perdure/api';
import { EventType } from '@perdure/api/enums';
import { WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import { durationMs, fromTimestamp } from '../../kernel/time.ts';
import { emptyHead } from './empty.ts';
import { addEvent } from './events.ts';
import { fieldsGiven } from './fields.ts';
import { addCallbacks } from './machines/callback.ts';
import { ensureWorkflowTask } from './machines/workflow-task.ts';
import type { EventAttributes, Head, ResetPoint, Run, RunKey } from './state.ts';
import { initiallySkipped, initialTimeSkipping } from './time-skipping.ts';
import type { Context, Transition } from './transition.ts';
import { begin, put } from './transition.ts';
import { inTodaysForm } from './versioning-override.ts';

export interface Creation {
  readonly key: RunKey;
  readonly started: Init<WorkflowExecutionStartedEventAttributes>;
  /** Of the request that asked for it, for answering the same request again. */
  readonly requestId: string;
  /** `userMetadata` and `links` of the started event. */
  readonly outer?: Pick<EventAttributes, 'userMetadata' | 'links'>;
  /** A child waits for its parent's word before its first task. */
  readonly awaitsParent?: boolean;
  /** Done before the first workflow task is made, such as a signal that comes with the start. */
  readonly alongWith?: (t: Transition) => void;
  /** Of the runs before it in the chain. */
  readonly resetPoints?: readonly ResetPoint[];
}

/**
 * Brings a run into being: event 1 and, unless it is held back, its first workflow task.
 * The returned transition can be carried further, such as by an eager start of the first task.
 */
export function createRun(context: Context, creation: Creation): Transition {
  const started = withDefaults(creation.started);
  const t = beginRun(context, creation.key, started, context.now + initiallySkipped(started), {
    awaitsParent: creation.awaitsParent ?? false,
    resetPoints: creation.resetPoints ?? [],
  });
  addEvent(t, EventType.WORKFLOW_EXECUTION_STARTED, {
    workflowExecutionStartedEventAttributes: started,
    ...creation.outer,
  });
  if (creation.requestId) noteStartRequest(t, creation.requestId);
  addCallbacks(t, creation.requestId, started.completionCallbacks);
  creation.alongWith?.(t);
  ensureWorkflowTask(t);
  return t;
}

/** A run as event 1, which came at `startTime`, makes it; the event itself is the caller's to add. */
export function beginRun(
  context: Context,
  key: RunKey,
  started: WorkflowExecutionStartedEventAttributes,
  startTime: number,
  more: Partial<Head>,
): Transition {
  const backoff = durationMs(started.firstWorkflowTaskBackoff);
  const runTimeout = durationMs(started.workflowRunTimeout);
  const head: Head = {
    ...emptyHead,
    lastEventTime: startTime,
    backoffUntil: backoff > 0 ? startTime + backoff : null,
    priority: started.priority,
    versioningOverride: started.versioningOverride && inTodaysForm(started.versioningOverride),
    runDeadline: runTimeout > 0 ? startTime + backoff + runTimeout : null,
    executionDeadline: fromTimestamp(started.workflowExecutionExpirationTime),
    timeSkipping: initialTimeSkipping(started, startTime),
    ...more,
  };
  const t = begin(emptyRun(key, started, startTime, head), context, true);
  const { memo, searchAttributes } = started;
  if (memo) put(t, 'fields', 'memo', memo.fields);
  if (searchAttributes) put(t, 'fields', 'searchAttributes', searchAttributes.indexedFields);
  return t;
}

/** The request that the run was started by. */
export function noteStartRequest(t: Transition, requestId: string): void {
  put(t, 'requests', requestId, { requestId, eventType: EventType.WORKFLOW_EXECUTION_STARTED, eventId: 1 });
}

/** A run without anything in it, to be filled by `createRun` or from storage. */
export function emptyRun(
  key: RunKey,
  started: WorkflowExecutionStartedEventAttributes,
  originalStartTime: number,
  head: Head,
): Run {
  return {
    key,
    started,
    startTime: head.forkedFrom[0]?.time ?? originalStartTime,
    originalStartTime,
    head,
    activities: new Map(),
    timers: new Map(),
    children: new Map(),
    externals: new Map(),
    updates: new Map(),
    pendingUpdates: new Map(),
    requests: new Map(),
    buffered: new Map(),
    fields: new Map(),
    callbacks: new Map(),
    activityIds: new Map(),
    stateSize: 0,
  };
}

/**
 * The decoded form of what is being written, so that a new run and one read from storage look the same. Payloads that
 * stand for nothing are left out of memo and search attributes. Reference: event factory.
 */
function withDefaults(started: Init<WorkflowExecutionStartedEventAttributes>): WorkflowExecutionStartedEventAttributes {
  const codec = WorkflowExecutionStartedEventAttributes;
  const decoded = codec.decode(codec.encode(started));
  const fields = fieldsGiven(decoded.memo?.fields);
  const indexedFields = fieldsGiven(decoded.searchAttributes?.indexedFields);
  return { ...decoded, memo: fields && { fields }, searchAttributes: indexedFields && { indexedFields } };
}
