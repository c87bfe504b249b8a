/** What an activity is told of itself. */
import type { Info } from '@perdure/activity';
import {
  type ActivitySerializationContext,
  ApplicationFailure,
  decodePriority,
  decompileRetryPolicy,
  type LoadedDataConverter,
} from '@perdure/common';
import { decodeFromPayloadsAtIndex } from '@perdure/common/lib/internal-non-workflow';
import { optionalTsToMs, requiredTsToMs } from '@perdure/common/lib/time';
import { errorMessage } from '@perdure/common/lib/type-helpers';
import type { ActivityStart } from './start.ts';

/** Where activities run. */
export interface ActivityPlace {
  readonly namespace: string;
  readonly taskQueue: string;
}

/** What converters are told of the activity whose payloads they convert. */
export function serializationContextOf(start: ActivityStart, namespace: string): ActivitySerializationContext {
  const { activityId, workflowExecution, isLocal } = start;
  const workflowId = workflowExecution?.workflowId;
  return {
    type: 'activity',
    namespace,
    isLocal: isLocal ?? false,
    ...(activityId && { activityId }),
    ...(workflowId && { workflowId }),
  };
}

/** Rejects with an `ApplicationFailure` when the details of earlier heartbeats cannot be converted. */
export async function activityInfo(
  taskToken: Uint8Array,
  start: ActivityStart,
  { namespace, taskQueue }: ActivityPlace,
  converter: LoadedDataConverter,
  context: ActivitySerializationContext,
): Promise<Info> {
  const activityId = start.activityId ?? '';
  const heartbeatDetails = start.heartbeatDetails?.length ? await decodeDetails(start, converter, context) : undefined;
  const execution = start.workflowExecution;
  const inWorkflow = Boolean(execution?.workflowId);
  const heartbeatTimeoutMs = optionalTsToMs(start.heartbeatTimeout);
  const priority = decodePriority(start.priority);
  const retryPolicy = decompileRetryPolicy(start.retryPolicy);
  return {
    taskToken,
    taskQueue,
    base64TaskToken: Buffer.from(taskToken.buffer, taskToken.byteOffset, taskToken.byteLength).toString('base64'),
    activityId,
    attempt: start.attempt ?? 1,
    isLocal: start.isLocal ?? false,
    activityType: start.activityType ?? '',
    heartbeatDetails,
    activityNamespace: namespace,
    scheduledTimestampMs: requiredTsToMs(start.scheduledTime, 'scheduledTime'),
    startToCloseTimeoutMs: requiredTsToMs(start.startToCloseTimeout, 'startToCloseTimeout'),
    scheduleToCloseTimeoutMs: requiredTsToMs(start.scheduleToCloseTimeout, 'scheduleToCloseTimeout'),
    currentAttemptScheduledTimestampMs: requiredTsToMs(
      start.currentAttemptScheduledTime,
      'currentAttemptScheduledTime',
    ),
    namespace: start.workflowNamespace || namespace,
    inWorkflow,
    ...(heartbeatTimeoutMs !== undefined && { heartbeatTimeoutMs }),
    ...(priority !== undefined && { priority }),
    ...(retryPolicy !== undefined && { retryPolicy }),
    ...(inWorkflow
      ? {
          workflowExecution: { workflowId: execution?.workflowId ?? '', runId: execution?.runId ?? '' },
          workflowType: start.workflowType ?? '',
          workflowNamespace: start.workflowNamespace ?? '',
        }
      : { activityRunId: start.runId ?? '' }),
  };
}

async function decodeDetails(
  { activityId, heartbeatDetails }: ActivityStart,
  converter: LoadedDataConverter,
  context: ActivitySerializationContext,
): Promise<unknown> {
  try {
    return await decodeFromPayloadsAtIndex(converter, 0, heartbeatDetails ?? [], context);
  } catch (error) {
    throw ApplicationFailure.fromError(error as Error, {
      message: `Failed to parse heartbeat details for activity ${activityId}: ${errorMessage(error)}`,
    });
  }
}
