/** What code can ask of its own run, from the job that begins it. */
import { convertDeploymentVersion, decodePriority, decompileRetryPolicy, TypedSearchAttributes } from '@perdure/common';
import { suggestContinueAsNewReasonsFromProto } from '@perdure/common/lib/continue-as-new';
import { optionalTsToDate, optionalTsToMs, requiredTsToMs, tsToDate, tsToMs } from '@perdure/common/lib/time';
import type { coresdk } from '@perdure/proto';
import type { WorkflowInfo } from '@perdure/workflow';
import { createUnsafeRandomSource } from '@perdure/workflow/lib/random-helpers';
import { toNumber } from '../../replay/time.ts';

type Activation = coresdk.workflow_activation.IWorkflowActivation;
type Initialize = coresdk.workflow_activation.IInitializeWorkflow;

/**
 * Payloads are not read here: that is done in the isolate, by the converter that the user gave. In one piece, although
 * it is long: every run has one, and putting parts together costs more than all that is in them.
 */
export function workflowInfoOf(
  activation: Activation,
  started: Initialize,
  worker: { readonly namespace: string; readonly taskQueue: string },
): WorkflowInfo {
  const { parentWorkflowInfo: parent, rootWorkflow: root } = started;
  const { deploymentVersionForCurrentTask: version } = activation;
  const runId = activation.runId ?? '';
  const isReplaying = activation.isReplaying ?? false;
  return {
    workflowId: started.workflowId ?? '',
    runId,
    workflowType: started.workflowType ?? '',
    originalExecutionRunId: started.originalExecutionRunId || runId,
    firstExecutionRunId: started.firstExecutionRunId ?? '',
    continuedFromExecutionRunId: started.continuedFromExecutionRunId || undefined,
    startTime: tsToDate(started.startTime ?? activation.timestamp ?? {}),
    runStartTime: tsToDate(activation.timestamp ?? {}),
    parent:
      parent?.workflowId && parent.runId && parent.namespace
        ? { workflowId: parent.workflowId, runId: parent.runId, namespace: parent.namespace }
        : undefined,
    root: root?.workflowId && root.runId ? { workflowId: root.workflowId, runId: root.runId } : undefined,
    executionTimeoutMs: optionalTsToMs(started.workflowExecutionTimeout),
    executionExpirationTime: optionalTsToDate(started.workflowExecutionExpirationTime),
    runTimeoutMs: optionalTsToMs(started.workflowRunTimeout),
    taskTimeoutMs: requiredTsToMs(started.workflowTaskTimeout, 'workflowTaskTimeout'),
    retryPolicy: decompileRetryPolicy(started.retryPolicy),
    attempt: started.attempt ?? 1,
    cronSchedule: started.cronSchedule || undefined,
    // Zero says that there is none: crons are at least a minute apart.
    cronScheduleToScheduleInterval: optionalTsToMs(started.cronScheduleToScheduleInterval) || undefined,
    historyLength: activation.historyLength ?? 0,
    historySize: toNumber(activation.historySizeBytes),
    continueAsNewSuggested: activation.continueAsNewSuggested ?? false,
    targetWorkerDeploymentVersionChanged: activation.targetWorkerDeploymentVersionChanged ?? false,
    suggestedContinueAsNewReasons: suggestContinueAsNewReasonsFromProto(activation.suggestContinueAsNewReasons),
    currentBuildId: version?.buildId ?? '',
    currentDeploymentVersion: convertDeploymentVersion(version),
    namespace: worker.namespace,
    taskQueue: worker.taskQueue,
    searchAttributes: {},
    typedSearchAttributes: new TypedSearchAttributes(),
    priority: decodePriority(started.priority),
    unsafe: {
      now: () => Date.now(),
      isReplaying,
      isReplayingHistoryEvents: isReplaying,
      random: createUnsafeRandomSource(Math.random),
    },
  };
}

/** The time at which the first task of a run began, which is its time until the next. */
export function timeOf({ timestamp }: Activation): number {
  if (!timestamp) throw new TypeError('the activation does not say what time it is');
  return tsToMs(timestamp);
}
