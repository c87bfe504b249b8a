import type { Next, TypeInfo } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { composeInterceptors } from '@perdure/common/lib/interceptors';
import { filterNullAndUndefined } from '@perdure/common/lib/internal-workflow';
import type * as nexus from 'nexus-rpc';
import type { BaseClientOptions, Caller, LoadedWithDefaults } from './base-client.ts';
import { BaseClient, callerOf, defaultBaseClientOptions } from './base-client.ts';
import { given } from './given.ts';
import {
  cancelOperation,
  countOperations,
  describeOperation,
  listOperations,
  operationResult,
  startOperation,
  terminateOperation,
} from './nexus/calls.ts';
import { NexusOperationFailureError } from './nexus/errors.ts';
import type {
  CancelNexusOperationInput,
  CountNexusOperationsInput,
  DescribeNexusOperationInput,
  GetNexusOperationResultInput,
  ListNexusOperationsInput,
  StartNexusOperationInput,
  TerminateNexusOperationInput,
} from './nexus-inputs.ts';
import type {
  DescribeNexusOperationOptions,
  GetNexusOperationHandleOptions,
  ListNexusOperationsOptions,
  NexusOperationExecution,
  NexusOperationExecutionCount,
  NexusOperationExecutionDescription,
  StartNexusOperationOptions,
} from './nexus-types.ts';

export {
  NexusOperationAlreadyStartedError,
  NexusOperationFailureError,
  NexusOperationNotFoundError,
} from './nexus/errors.ts';

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
type NexusOperationHandleResult<T> = T extends nexus.OperationDefinition<Any, infer O> ? O : T;

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

export interface NexusClientOptions extends BaseClientOptions {
  /** What calls of the client go through before they are made. */
  interceptors?: NexusClientInterceptor[];
}

export type LoadedNexusClientOptions = LoadedWithDefaults<NexusClientOptions>;

/**
 * Starts standalone Nexus operations, those that no workflow asked for, and talks to them. Part of a {@link Client}, as
 * `client.nexus`.
 *
 * @experimental
 */
export class NexusClient extends BaseClient {
  readonly options: LoadedNexusClientOptions;
  readonly #calls: ReturnType<typeof intercepted>;

  constructor(options?: NexusClientOptions) {
    super(options);
    this.options = {
      ...defaultBaseClientOptions(),
      interceptors: [],
      ...filterNullAndUndefined(options ?? {}),
      loadedDataConverter: this.dataConverter,
    };
    const caller = callerOf(this.connection, this.options);
    this.#calls = intercepted(caller, this.options.interceptors, (id, runId, outputType) =>
      this.#handle(id, runId, outputType),
    );
  }

  /** A client for the operations of one service at one endpoint. */
  createServiceClient<T extends nexus.ServiceDefinition>({
    endpoint,
    service,
  }: {
    endpoint: string;
    service: T;
  }): NexusServiceClient<T> {
    const start = async (
      operation: nexus.OperationDefinition<unknown, unknown> | string,
      arg: unknown,
      options: StartNexusOperationOptions,
    ) => {
      const { name, inputType, outputType } = definitionOf(service, operation);
      return await this.#calls.startOperation(
        given({
          ...options,
          endpoint,
          service: service.name,
          operation: name,
          arg,
          inputType,
          outputType,
        }) as StartNexusOperationInput,
      );
    };
    const execute = async (...input: Parameters<typeof start>) => await (await start(...input)).result();
    return { endpoint, service, startOperation: start, executeOperation: execute } as unknown as NexusServiceClient<T>;
  }

  /**
   * A handle to an operation, which is not checked. Without a run id it stands for whichever run is the latest.
   *
   * @template T the operation's result, or its definition
   */
  getHandle<T>(
    operationId: string,
    options?: GetNexusOperationHandleOptions,
  ): NexusOperationHandle<NexusOperationHandleResult<T>> {
    return this.#handle(operationId, options?.runId, options?.typeInfo?.outputType);
  }

  /** The standalone operations that a query finds. What was written a moment ago may be missing. */
  list(options?: ListNexusOperationsOptions): AsyncIterable<NexusOperationExecution> {
    return this.#calls.list(given({ query: options?.query, pageSize: options?.pageSize }));
  }

  /** How many standalone operations a query finds, all without one. What was written a moment ago may be missing. */
  async count(query?: string): Promise<NexusOperationExecutionCount> {
    return await this.#calls.count(given({ query }));
  }

  #handle<O>(
    operationId: string,
    runId: string | undefined,
    outputType: TypeInfo | undefined,
  ): NexusOperationHandle<O> {
    const calls = this.#calls;
    const run = given({ operationId, runId });
    let outcome: Promise<O> | undefined;
    const handle: Omit<NexusOperationHandle<O>, 'runId'> & { runId: string | undefined } = {
      operationId,
      runId,
      client: this,
      async result() {
        if (outcome !== undefined) return await outcome;
        try {
          const result = (await calls.getResult(given({ ...run, outputType }))) as O;
          outcome = Promise.resolve(result);
          return result;
        } catch (error) {
          // How it ended stays; a call that failed may do better the next time.
          if (error instanceof NexusOperationFailureError) {
            outcome = Promise.reject(error);
            outcome.catch(() => undefined);
          }
          throw error;
        }
      },
      describe: async () => await calls.describe(run),
      cancel: async (reason) => await calls.cancel(given({ ...run, reason })),
      terminate: async (reason) => await calls.terminate(given({ ...run, reason })),
    };
    return given(handle);
  }
}

type MakeHandle = (id: string, runId: string | undefined, outputType: TypeInfo | undefined) => NexusOperationHandle;

function intercepted(caller: Caller, interceptors: NexusClientInterceptor[], makeHandle: MakeHandle) {
  return {
    startOperation: composeInterceptors(interceptors, 'startOperation', async (input) =>
      makeHandle(input.id, await startOperation(caller, input), input.outputType),
    ),
    getResult: composeInterceptors(interceptors, 'getResult', (input) => operationResult(caller, input)),
    describe: composeInterceptors(interceptors, 'describe', (input) => describeOperation(caller, input)),
    cancel: composeInterceptors(interceptors, 'cancel', (input) => cancelOperation(caller, input)),
    terminate: composeInterceptors(interceptors, 'terminate', (input) => terminateOperation(caller, input)),
    list: composeInterceptors(interceptors, 'list', (input) => listOperations(caller, input)),
    count: composeInterceptors(interceptors, 'count', (input) => countOperations(caller, input)),
  };
}

interface Operation {
  readonly name: string;
  readonly inputType?: TypeInfo;
  readonly outputType?: TypeInfo;
}

/** @throws TypeError when the service has no operation under that key */
function definitionOf(service: nexus.ServiceDefinition, operation: Operation | string): Operation {
  if (typeof operation !== 'string') return operation;
  const definition = service.operations[operation] as Operation | undefined;
  if (definition != null) return definition;
  throw new TypeError(`Unable to resolve Nexus operation name from key ${operation} for service ${service.name}`);
}
