import type { Any } from '@perdure/common/lib/any';
import type * as nexus from 'nexus-rpc';
import type { NexusClient } from './nexus-client.ts';
import type {
  DescribeNexusOperationOptions,
  NexusOperationExecutionDescription,
  StartNexusOperationOptions,
} from './nexus-types.ts';

/** A standalone operation as seen from a client. @experimental */
export interface NexusOperationHandle<O = unknown> {
  readonly operationId: string;
  /** The run; the latest without one. */
  readonly runId?: string;
  readonly client: NexusClient;
  /**
   * Waits for the operation's result, once: the outcome is kept.
   *
   * @throws NexusOperationFailureError when the operation ends in anything but success
   */
  result(): Promise<O>;
  /** What the server knows of the operation. */
  describe(options?: DescribeNexusOperationOptions): Promise<NexusOperationExecutionDescription>;
  /** Asks the operation's handler to cancel it. @param reason why */
  cancel(reason?: string): Promise<void>;
  /** Ends the operation at once; its handler is not asked. @param reason why */
  terminate(reason?: string): Promise<void>;
}

/** The result of an operation: that of its definition, when `T` is one, and else `T` itself. */
export type NexusOperationHandleResult<T> = T extends nexus.OperationDefinition<Any, infer O> ? O : T;

/** Starts the operations of one service at one endpoint. @experimental */
export interface NexusServiceClient<T extends nexus.ServiceDefinition> {
  readonly endpoint: string;
  readonly service: T;

  /**
   * Starts an operation.
   *
   * @param operation its definition, or its key in the service
   * @throws NexusOperationAlreadyStartedError when the policies of the options forbid another run
   */
  startOperation<Op extends T['operations'][keyof T['operations']]>(
    operation: Op,
    input: nexus.OperationInput<Op>,
    options: StartNexusOperationOptions,
  ): Promise<NexusOperationHandle<nexus.OperationOutput<Op>>>;
  startOperation<K extends nexus.OperationKey<T['operations']>>(
    op: K,
    input: nexus.OperationInput<T['operations'][K]>,
    options: StartNexusOperationOptions,
  ): Promise<NexusOperationHandle<nexus.OperationOutput<T['operations'][K]>>>;

  /**
   * Starts an operation and waits for its result.
   *
   * @param operation its definition, or its key in the service
   * @throws NexusOperationAlreadyStartedError when the policies of the options forbid another run
   * @throws NexusOperationFailureError when the operation ends in anything but success
   */
  executeOperation<Op extends T['operations'][keyof T['operations']]>(
    operation: Op,
    input: nexus.OperationInput<Op>,
    options: StartNexusOperationOptions,
  ): Promise<nexus.OperationOutput<Op>>;
  executeOperation<K extends nexus.OperationKey<T['operations']>>(
    op: K,
    input: nexus.OperationInput<T['operations'][K]>,
    options: StartNexusOperationOptions,
  ): Promise<nexus.OperationOutput<T['operations'][K]>>;
}
