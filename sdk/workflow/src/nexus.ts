import { IllegalStateError } from '@perdure/common/lib/errors';
import type * as nexus from 'nexus-rpc';
import type { StartNexusOperationOptions } from './outbound-inputs.ts';

export { NexusOperationCancellationType } from './nexus-cancellation-type.ts';

/** Calls the operations of a Nexus service from a workflow. */
export interface NexusServiceClient<T extends nexus.ServiceDefinition> {
  /** Starts an operation, given by its definition or its name, and waits for what it results in. */
  executeOperation<O extends T['operations'][keyof T['operations']]>(
    op: O,
    input: nexus.OperationInput<O>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<nexus.OperationOutput<O>>;
  executeOperation<K extends nexus.OperationKey<T['operations']>>(
    op: K,
    input: nexus.OperationInput<T['operations'][K]>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<nexus.OperationOutput<T['operations'][K]>>;
  /** Starts an operation, given by its definition or its name, and waits until it has started. */
  startOperation<O extends T['operations'][keyof T['operations']]>(
    op: O,
    input: nexus.OperationInput<O>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<NexusOperationHandle<nexus.OperationOutput<O>>>;
  startOperation<K extends nexus.OperationKey<T['operations']>>(
    op: K,
    input: nexus.OperationInput<T['operations'][K]>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<NexusOperationHandle<nexus.OperationOutput<T['operations'][K]>>>;
}

/** An operation that has started. */
export interface NexusOperationHandle<T> {
  readonly service: string;
  readonly operation: string;
  /** Absent if the operation was over as soon as it started. */
  readonly token?: string | undefined;
  result(): Promise<T>;
}

export interface NexusServiceClientOptions<T> {
  endpoint: string;
  service: T;
}

/**
 * Makes a client of a Nexus service.
 *
 * Operations cannot be called from workflows yet: both methods reject with an `IllegalStateError`.
 */
export function createNexusServiceClient<T extends nexus.ServiceDefinition>(
  options: NexusServiceClientOptions<T>,
): NexusServiceClient<T> {
  const refuse = async (): Promise<never> => {
    throw new IllegalStateError(
      `Cannot call Nexus service '${options.service.name}': Nexus Operations are not supported in Workflows yet`,
    );
  };
  return { executeOperation: refuse, startOperation: refuse };
}
