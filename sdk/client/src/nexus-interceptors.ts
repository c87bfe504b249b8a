import type { Duration, Next, SearchAttributePair, TypedSearchAttributes, TypeInfo } from '@perdure/common';
import type { NexusOperationHandle } from './nexus-handle.ts';
import type {
  NexusOperationExecution,
  NexusOperationExecutionCount,
  NexusOperationExecutionDescription,
  NexusOperationIdConflictPolicy,
  NexusOperationIdReusePolicy,
} from './nexus-types.ts';

/** What calls of a {@link NexusClient} go through. */
export interface NexusClientInterceptor {
  /** A start, see {@link NexusServiceClient.startOperation}. */
  startOperation?: (
    input: StartNexusOperationInput,
    next: Next<this, 'startOperation'>,
  ) => Promise<NexusOperationHandle>;
  /** Waiting for a result, see {@link NexusOperationHandle.result}. */
  getResult?: (input: GetNexusOperationResultInput, next: Next<this, 'getResult'>) => Promise<unknown>;
  /** A description, see {@link NexusOperationHandle.describe}. */
  describe?: (
    input: DescribeNexusOperationInput,
    next: Next<this, 'describe'>,
  ) => Promise<NexusOperationExecutionDescription>;
  /** A request to cancel, see {@link NexusOperationHandle.cancel}. */
  cancel?: (input: CancelNexusOperationInput, next: Next<this, 'cancel'>) => Promise<void>;
  /** A termination, see {@link NexusOperationHandle.terminate}. */
  terminate?: (input: TerminateNexusOperationInput, next: Next<this, 'terminate'>) => Promise<void>;
  /** A list, see {@link NexusClient.list}. */
  list?: (input: ListNexusOperationsInput, next: Next<this, 'list'>) => AsyncIterable<NexusOperationExecution>;
  /** A count, see {@link NexusClient.count}. */
  count?: (input: CountNexusOperationsInput, next: Next<this, 'count'>) => Promise<NexusOperationExecutionCount>;
}

export interface StartNexusOperationInput {
  readonly endpoint: string;
  readonly service: string;
  readonly operation: string;
  readonly id: string;
  readonly arg: unknown;
  readonly scheduleToCloseTimeout?: Duration;
  readonly scheduleToStartTimeout?: Duration;
  readonly startToCloseTimeout?: Duration;
  readonly summary?: string;
  readonly idReusePolicy?: NexusOperationIdReusePolicy;
  readonly idConflictPolicy?: NexusOperationIdConflictPolicy;
  readonly searchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
  readonly headers?: Record<string, string>;
  /** How to encode the argument. */
  readonly inputType?: TypeInfo;
  /** How to decode the result. */
  readonly outputType?: TypeInfo;
}

export interface GetNexusOperationResultInput {
  readonly operationId: string;
  readonly runId?: string;
  /** How to decode the result. */
  readonly outputType?: TypeInfo;
}

export interface DescribeNexusOperationInput {
  readonly operationId: string;
  readonly runId?: string;
}

export interface CancelNexusOperationInput {
  readonly operationId: string;
  readonly runId?: string;
  readonly reason?: string;
}

export interface TerminateNexusOperationInput {
  readonly operationId: string;
  readonly runId?: string;
  readonly reason?: string;
}

export interface ListNexusOperationsInput {
  readonly query?: string;
  readonly pageSize?: number;
}

export interface CountNexusOperationsInput {
  readonly query?: string;
}
