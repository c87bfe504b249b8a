import type { Duration, SearchAttributePair, TypedSearchAttributes, TypeInfo } from '@perdure/common';
import type { NexusOperationIdConflictPolicy, NexusOperationIdReusePolicy } from './nexus-types.ts';

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
