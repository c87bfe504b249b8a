/** Payloads of activities that are kept outside of histories, in storage that the user's drivers know. */
import type { Info } from '@perdure/activity';
import type { ExternalStorage, StorageDriverTargetInfo } from '@perdure/common';
import { ExternalStorageNotConfiguredError } from '@perdure/common/lib/errors';
import {
  extstoreInboundOptions,
  extstoreStoreOptions,
  isReferencePayload,
  visit,
  walkActivityExecutionResult,
  walkActivityHeartbeat,
  walkStart,
} from '@perdure/common/lib/internal-non-workflow';
import type { temporal } from '@perdure/proto';
import type { ActivityResult, ActivityStart } from './start.ts';

type Payload = temporal.api.common.v1.IPayload;

export interface ActivityStorage {
  /** Puts what references stand for in their place. */
  retrieve(start: ActivityStart): Promise<void>;
  /** Returns a reference for details that are too large. */
  storeHeartbeat(details: Payload, info: Info): Promise<Payload>;
  /** Puts references in the place of what is too large. */
  storeResult(result: ActivityResult, info: Info): Promise<void>;
}

export function createActivityStorage(storage: ExternalStorage): ActivityStorage {
  return {
    retrieve: (start) => visit(start, walkStart, extstoreInboundOptions(storage)),
    async storeHeartbeat(details, info) {
      const heartbeat = { details: [details] };
      await visit(heartbeat, walkActivityHeartbeat, extstoreStoreOptions(storage, { initialTarget: targetOf(info) }));
      return heartbeat.details[0] ?? details;
    },
    storeResult: (result, info) =>
      visit(result, walkActivityExecutionResult, extstoreStoreOptions(storage, { initialTarget: targetOf(info) })),
  };
}

/** Rejects when there is something that only a worker with external storage can read. */
export function refuseReferences({ input, heartbeatDetails }: ActivityStart): void {
  if (input?.some(isReferencePayload) || heartbeatDetails?.some(isReferencePayload))
    throw new ExternalStorageNotConfiguredError();
}

/** Payloads of an activity belong to its workflow, if it has one. */
function targetOf(info: Info): StorageDriverTargetInfo {
  const { namespace, workflowExecution, workflowType, activityId, activityType, activityRunId } = info;
  return info.inWorkflow
    ? {
        kind: 'workflow',
        namespace,
        id: workflowExecution?.workflowId ?? '',
        runId: workflowExecution?.runId ?? '',
        type: workflowType ?? '',
      }
    : { kind: 'activity', namespace, id: activityId, type: activityType, runId: activityRunId ?? '' };
}
