import type { HistoryAndWorkflowId } from '@perdure/client';
import { SymbolBasedInstanceOfError } from '@perdure/common/lib/type-helpers';
import { coresdk } from '@perdure/proto';
import { DeterminismViolationError } from '@perdure/workflow';

/** Why a run is forgotten. Those that a replay ends with say how it went. */
export type EvictionReason = coresdk.workflow_activation.RemoveFromCache.EvictionReason;
export const EvictionReason = coresdk.workflow_activation.RemoveFromCache.EvictionReason;
export type RemoveFromCache = coresdk.workflow_activation.IRemoveFromCache;

/** A replay failed, and not because the code does not fit its history. */
export class ReplayError extends Error {
  static {
    SymbolBasedInstanceOfError<ReplayError>('ReplayError')(ReplayError);
  }
}

/** How the replay of one history went. */
export interface ReplayResult {
  readonly workflowId: string;
  readonly runId: string;
  /** Absent if the code does now what it did then. */
  readonly error?: ReplayError | DeterminismViolationError;
}

/** Histories to be replayed, each with the id of its workflow. */
export type ReplayHistoriesIterable = AsyncIterable<HistoryAndWorkflowId> | Iterable<HistoryAndWorkflowId>;

/** The error that a replay which ended so comes to, if any. */
export function evictionReasonToReplayError(
  evictJob: RemoveFromCache,
): ReplayError | DeterminismViolationError | undefined {
  switch (evictJob.reason) {
    case EvictionReason.NONDETERMINISM:
      return new DeterminismViolationError(
        `Replay failed with a nondeterminism error. This means that the workflow code as written is not compatible with the history that was fed in. Details: ${evictJob.message}`,
      );
    case EvictionReason.LANG_FAIL:
      return new ReplayError(`Replay failed due workflow task failure. Details: ${evictJob.message}`);
    case EvictionReason.LANG_REQUESTED:
    case EvictionReason.CACHE_FULL:
      return undefined;
    default: {
      const code = evictJob.reason ? EvictionReason[evictJob.reason] : 'absent';
      return new ReplayError(`Replay failed due to internal SDK issue. Code: ${code}, Details: ${evictJob.message}`);
    }
  }
}
