import type { Init } from '@perdure/api';
import { ContinueAsNewInitiator } from '@perdure/api/enums';
import type {
  StartChildWorkflowExecutionInitiatedEventAttributes,
  WorkflowExecutionStartedEventAttributes,
} from '@perdure/api/history';
import { nextCronBackoff } from '../../kernel/cron.ts';
import { durationMs, toDuration, toTimestamp } from '../../kernel/time.ts';
import { inheritedPriority } from './priority.ts';
import type { Run } from './state.ts';
import { initiallySkipped } from './time-skipping.ts';
import { inheritedOverride } from './versioning-override.ts';

/**
 * What a child is started with: what its parent's event says, and whose child it is. Timeouts and the retry policy were
 * filled in when the event was written.
 */
export function childStarted(
  parent: Run,
  parentNamespace: string,
  initiatedEventId: number,
  asked: StartChildWorkflowExecutionInitiatedEventAttributes,
  runId: string,
  serverNow: number,
): Init<WorkflowExecutionStartedEventAttributes> {
  const { key, started } = parent;
  const { timeSkippingConfig, timeSkippingStatePropagation } = asked;
  const now = serverNow + initiallySkipped(asked);
  const { cronSchedule } = asked;
  const backoff = nextCronBackoff(cronSchedule, now, now) ?? 0;
  const executionTimeout = durationMs(asked.workflowExecutionTimeout);
  return {
    workflowType: asked.workflowType,
    parentWorkflowNamespace: parentNamespace,
    parentWorkflowNamespaceId: key.namespaceId,
    parentWorkflowExecution: { workflowId: key.workflowId, runId: key.runId },
    parentInitiatedEventId: initiatedEventId,
    rootWorkflowExecution: started.rootWorkflowExecution ?? { workflowId: key.workflowId, runId: key.runId },
    taskQueue: asked.taskQueue,
    input: asked.input,
    workflowExecutionTimeout: asked.workflowExecutionTimeout,
    workflowRunTimeout: asked.workflowRunTimeout,
    workflowTaskTimeout: asked.workflowTaskTimeout,
    originalExecutionRunId: runId,
    firstExecutionRunId: runId,
    retryPolicy: asked.retryPolicy,
    attempt: 1,
    workflowExecutionExpirationTime: executionTimeout > 0 ? toTimestamp(now + backoff + executionTimeout) : null,
    cronSchedule,
    initiator: cronSchedule ? ContinueAsNewInitiator.CRON_SCHEDULE : ContinueAsNewInitiator.UNSPECIFIED,
    firstWorkflowTaskBackoff: backoff > 0 ? toDuration(backoff) : null,
    memo: asked.memo,
    searchAttributes: asked.searchAttributes,
    header: asked.header,
    versioningOverride: asked.versioningOverride ?? inheritedOverride(parent.head.versioningOverride),
    priority: inheritedPriority(parent.head.priority, asked.priority),
    workflowId: asked.workflowId,
    timeSkippingConfig,
    timeSkippingStatePropagation,
  };
}
