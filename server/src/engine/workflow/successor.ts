import type { Init } from '@perdure/api';
import type { ContinueAsNewWorkflowExecutionCommandAttributes } from '@perdure/api/command';
import { ContinueAsNewInitiator, RetryState, TimeoutType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import { nextCronBackoff } from '../../kernel/cron.ts';
import { readFailure } from '../../kernel/read-failure.ts';
import { type Backoff, nextBackoff } from '../../kernel/retry.ts';
import { durationMs, fromTimestamp, toDuration } from '../../kernel/time.ts';
import { createRun } from './create.ts';
import { standingCallbacks } from './machines/callback.ts';
import { wireResetPoints } from './reset-points.ts';
import { forNextRun } from './time-skipping.ts';
import type { Transition } from './transition.ts';
import { inheritedOverride } from './versioning-override.ts';

/**
 * The run that carries on after another one: continued as new, retried, or the next of a cron schedule. It comes into
 * being in the same transition that closes its predecessor, so that a chain is never without its next link.
 * Reference: history/workflow (retry, continue as new).
 */
export interface Succession {
  readonly retryState: RetryState;
  /** '' when nothing carries on. */
  readonly successorRunId: string;
}

type Started = Init<WorkflowExecutionStartedEventAttributes>;

/** The next cron run after a completion; '' when there is none. */
export function continueAfterCompletion(t: Transition, result: Uint8Array | null): string {
  const backoff = cronBackoff(t);
  if (backoff === null) return '';
  return createSuccessor(t, backoff, {
    ...asStarted(t),
    initiator: ContinueAsNewInitiator.CRON_SCHEDULE,
    attempt: 1,
    // A run without a result clears the last one.
    lastCompletionResult: result,
  });
}

/** The retry, or else the next cron run, after a failure. */
export function continueAfterFailure(t: Transition, failure: Uint8Array): Succession {
  const retry = retryBackoff(t, readFailure(failure));
  const { started } = t.run;
  if (retry.kind === 'retry') {
    const successorRunId = createSuccessor(t, retry.intervalMs, {
      ...asStarted(t),
      completionCallbacks: standingCallbacks(t.run),
      initiator: ContinueAsNewInitiator.RETRY,
      attempt: started.attempt + 1,
      lastCompletionResult: started.lastCompletionResult,
      continuedFailure: failure,
    });
    return { retryState: RetryState.IN_PROGRESS, successorRunId };
  }
  const backoff = cronBackoff(t);
  if (backoff === null) return { retryState: retry.retryState, successorRunId: '' };
  const successorRunId = createSuccessor(t, backoff, {
    ...asStarted(t),
    initiator: ContinueAsNewInitiator.CRON_SCHEDULE,
    attempt: 1,
    lastCompletionResult: started.lastCompletionResult,
    continuedFailure: failure,
  });
  return { retryState: retry.retryState, successorRunId };
}

/** The retry, or else the next cron run, after the run timed out. */
export function continueAfterTimeout(t: Transition): Succession {
  return continueAfterFailure(
    t,
    Failure.encode({
      message: 'workflow timeout',
      source: 'Server',
      timeoutFailureInfo: { timeoutType: TimeoutType.START_TO_CLOSE },
    }),
  );
}

/** The command's attributes, filled in, become the start of the next run. Nothing else is carried over. */
export function continueAsNew(
  t: Transition,
  attributes: ContinueAsNewWorkflowExecutionCommandAttributes,
): { runId: string; backoff: number } {
  const { started } = t.run;
  const initiator = attributes.initiator || ContinueAsNewInitiator.WORKFLOW;
  const backoff = atLeastMinimal(t, durationMs(attributes.backoffStartInterval));
  const runId = createSuccessor(t, backoff, {
    ...chain(t),
    workflowType: attributes.workflowType,
    taskQueue: attributes.taskQueue,
    input: attributes.input,
    header: attributes.header,
    workflowExecutionTimeout: started.workflowExecutionTimeout,
    workflowExecutionExpirationTime: started.workflowExecutionExpirationTime,
    workflowRunTimeout: attributes.workflowRunTimeout,
    workflowTaskTimeout: attributes.workflowTaskTimeout,
    retryPolicy: attributes.retryPolicy,
    cronSchedule: attributes.cronSchedule,
    completionCallbacks: standingCallbacks(t.run),
    memo: attributes.memo,
    searchAttributes: attributes.searchAttributes,
    priority: t.run.head.priority,
    initiator,
    attempt: initiator === ContinueAsNewInitiator.RETRY ? started.attempt + 1 : 1,
    lastCompletionResult: attributes.lastCompletionResult,
    continuedFailure: attributes.failure,
  });
  return { runId, backoff };
}

/** A retry and a cron run start like the run before: what it changed of its memo and search attributes ends with it. */
function asStarted(t: Transition): Started {
  const { started } = t.run;
  return {
    ...chain(t),
    workflowType: started.workflowType,
    taskQueue: started.taskQueue,
    input: started.input,
    header: started.header,
    workflowExecutionTimeout: started.workflowExecutionTimeout,
    workflowExecutionExpirationTime: started.workflowExecutionExpirationTime,
    workflowRunTimeout: started.workflowRunTimeout,
    workflowTaskTimeout: started.workflowTaskTimeout,
    retryPolicy: started.retryPolicy,
    cronSchedule: started.cronSchedule,
    priority: t.run.head.priority,
    memo: started.memo,
    searchAttributes: started.searchAttributes,
  };
}

/** What every run of a chain shares, and what it says of the run before. */
function chain(t: Transition): Started {
  const { started, key, head } = t.run;
  return {
    workflowId: key.workflowId,
    continuedExecutionRunId: key.runId,
    firstExecutionRunId: started.firstExecutionRunId,
    parentWorkflowNamespace: started.parentWorkflowNamespace,
    parentWorkflowNamespaceId: started.parentWorkflowNamespaceId,
    parentWorkflowExecution: started.parentWorkflowExecution,
    parentInitiatedEventId: started.parentInitiatedEventId,
    parentInitiatedEventVersion: started.parentInitiatedEventVersion,
    rootWorkflowExecution: started.rootWorkflowExecution,
    versioningOverride: inheritedOverride(head.versioningOverride),
    prevAutoResetPoints: wireResetPoints(head.resetPoints),
    ...forNextRun(t.run),
  };
}

function createSuccessor(t: Transition, backoff: number, started: Started): string {
  const runId = t.random.uuid();
  const { namespaceId, workflowId } = t.run.key;
  const successor = createRun(
    { now: t.serverNow, random: t.random, limits: t.limits, namespace: t.namespace },
    {
      key: { namespaceId, workflowId, runId },
      requestId: t.random.uuid(),
      resetPoints: t.run.head.resetPoints,
      started: {
        ...started,
        originalExecutionRunId: runId,
        ...(backoff > 0 && { firstWorkflowTaskBackoff: toDuration(backoff) }),
      },
    },
  );
  t.successors.push(successor);
  return runId;
}

function retryBackoff(t: Transition, failure: Failure): Backoff {
  const { started } = t.run;
  const expiration = fromTimestamp(started.workflowExecutionExpirationTime);
  const retry = nextBackoff({
    policy: started.retryPolicy,
    of: 'workflow',
    attempt: started.attempt,
    now: t.now,
    expiration,
    failure,
  });
  return retry.kind === 'retry' ? { kind: 'retry', intervalMs: atLeastMinimal(t, retry.intervalMs) } : retry;
}

/**
 * How long until the next run of the cron schedule; null when there is none. One that begins only after the chain's time
 * is over comes into being all the same, and times out.
 */
function cronBackoff(t: Transition): number | null {
  const { started, startTime } = t.run;
  const executionTime = startTime + durationMs(started.firstWorkflowTaskBackoff);
  const backoff = nextCronBackoff(started.cronSchedule, executionTime, t.now);
  return backoff === null ? null : atLeastMinimal(t, backoff);
}

/** Runs of one id follow each other no faster than the minimal interval. */
function atLeastMinimal(t: Transition, backoff: number): number {
  const { started, startTime } = t.run;
  const lifetime = t.now - (startTime + durationMs(started.firstWorkflowTaskBackoff));
  const minimal = t.limits.workflowIdReuseMinimalInterval;
  return lifetime + backoff < minimal ? minimal - lifetime : backoff;
}
