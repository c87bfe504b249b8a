import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServiceClientConstructor } from '@grpc/grpc-js';
import { Status } from '@perdure/transport';
import { addMetadata, bearer, callOptions } from './call-context.ts';
import type { ClientChannel } from './client-channel.ts';
import type {
  ConnectionOptions,
  ConnectionOptionsWithDefaults,
  ConnectionPlugin,
  InternalConnectionOptions,
} from './connection-options.ts';
import { InternalConnectionOptionsSymbol } from './connection-options.ts';
import { settingsOf } from './connection-settings.ts';
import { isGrpcServiceError, ServiceError } from './errors.ts';
import { grpcJs } from './grpc-js.ts';
import { openChannel, overChannel } from './open-channel.ts';
import { createService } from './rpc-service.ts';
import type { CallContext, Metadata } from './types.ts';
import { HealthService, OperatorService, TestService, WorkflowService } from './types.ts';

export type {
  ConnectionOptions,
  ConnectionOptionsWithDefaults,
  ConnectionPlugin,
  InternalConnectionOptions,
} from './connection-options.ts';
export { InternalConnectionOptionsSymbol, LOCAL_TARGET } from './connection-options.ts';

/** What a connection is made of. @internal */
export interface ConnectionParts {
  readonly options: ConnectionOptionsWithDefaults;
  readonly channel: ClientChannel;
  readonly apiKey: (() => string) | undefined;
  readonly hasTestService: boolean;
}

/** A client's connection to a server. It costs something to make and nothing to share: make one, and close it. */
export class Connection {
  readonly options: ConnectionOptionsWithDefaults;
  /** The calls of the workflow service. Requests carry the namespace that they name as metadata as well. */
  readonly workflowService: WorkflowService;
  /** The calls of the operator service: search attributes, clusters, Nexus endpoints. Not on Temporal Cloud. */
  readonly operatorService: OperatorService;
  /** The calls of the service that skips time; undefined for servers that are not for tests. */
  readonly testService: TestService | undefined;
  /** The calls of the usual gRPC health service. */
  readonly healthService: HealthService;
  readonly plugins: ConnectionPlugin[];
  /** What `withDeadline` and the others set. */
  readonly callContextStorage: AsyncLocalStorage<CallContext> = new AsyncLocalStorage();
  readonly #channel: ClientChannel;
  /** Metadata of every call but the API key, names in lower case. */
  readonly #metadata: Metadata;
  #apiKey: (() => string) | undefined;
  #connected: Promise<void> | undefined;

  protected constructor({ options, channel, apiKey, hasTestService }: ConnectionParts) {
    this.options = options;
    this.plugins = options.plugins;
    this.#channel = channel;
    this.#apiKey = apiKey;
    this.#metadata = addMetadata({}, options.metadata);
    const call = this.#call.bind(this);
    // Only requests of the workflow service say their namespace in metadata.
    const callWithoutNamespace = (method: string, request: Uint8Array) => this.#call(method, request, undefined);
    this.workflowService = createService(WorkflowService, call);
    this.operatorService = createService(OperatorService, callWithoutNamespace);
    this.healthService = createService(HealthService, callWithoutNamespace);
    this.testService = hasTestService ? createService(TestService, callWithoutNamespace) : undefined;
  }

  /** What grpc-js makes clients of. Connections have no use for it. @internal */
  static get Client(): ServiceClientConstructor {
    return grpcJs().makeGenericClientConstructor({}, 'WorkflowService', {});
  }

  /**
   * A connection that is made with the first call. Nothing is checked before.
   *
   * @throws TypeError for options that contradict each other
   */
  static lazy(options?: ConnectionOptions): Connection {
    let configured: InternalConnectionOptions = options ?? {};
    for (const plugin of configured.plugins ?? []) {
      if (plugin.configureConnection !== undefined) configured = plugin.configureConnection(configured);
    }
    const settings = settingsOf(configured);
    const internal = configured[InternalConnectionOptionsSymbol];
    const given = internal?.channel;
    return new Connection({
      options: settings.options,
      apiKey: settings.apiKey,
      channel: given === undefined ? openChannel(settings) : overChannel(given, settings),
      hasTestService: internal?.supportsTestService ?? false,
    });
  }

  /**
   * Connects, and finds out whether there is a server.
   *
   * @throws Error when there is no connection within `connectTimeout`
   * @throws ServiceError when the server refuses
   */
  static async connect(options?: ConnectionOptions): Promise<Connection> {
    const connection = Connection.lazy(options);
    await connection.ensureConnected();
    return connection;
  }

  /** Waits for the connection, for `connectTimeout` at most. The outcome of the first time holds for all. */
  ensureConnected(): Promise<void> {
    this.#connected ??= this.#connect();
    return this.#connected;
  }

  async #connect(): Promise<void> {
    const deadline = Date.now() + this.options.connectTimeoutMs;
    await this.#channel.ready(deadline);
    try {
      await this.withDeadline(deadline, () => this.workflowService.getSystemInfo({}));
    } catch (error) {
      if (!isGrpcServiceError(error)) throw error;
      // A server too old to know the call is a server all the same.
      if (error.code === Status.UNIMPLEMENTED) return;
      throw new ServiceError('Failed to connect to Temporal server', { cause: error });
    }
  }

  /**
   * Calls made while `fn` runs fail after `deadline` with a gRPC error of code DEADLINE_EXCEEDED, see
   * {@link isGrpcDeadlineError}. Without a deadline a call may wait for ever.
   *
   * @param deadline a `Date`, or milliseconds since the epoch
   */
  async withDeadline<ReturnType>(deadline: number | Date, fn: () => Promise<ReturnType>): Promise<ReturnType> {
    return await this.#within({ deadline }, fn);
  }

  /**
   * Calls made while `fn` runs fail with a gRPC error of code CANCELLED once the signal is aborted, see
   * {@link isGrpcCancelledError}. An inner signal takes the place of an outer one.
   */
  async withAbortSignal<ReturnType>(abortSignal: AbortSignal, fn: () => Promise<ReturnType>): Promise<ReturnType> {
    return await this.#within({ abortSignal }, fn);
  }

  /** Calls made while `fn` runs carry this metadata, on top of the connection's and of an outer scope's. */
  async withMetadata<ReturnType>(metadata: Metadata, fn: () => Promise<ReturnType>): Promise<ReturnType> {
    const outer = this.callContextStorage.getStore()?.metadata;
    return await this.#within({ metadata: { ...outer, ...metadata } }, fn);
  }

  /** Calls made while `fn` runs carry this API key instead of the connection's. */
  async withApiKey<ReturnType>(apiKey: string, fn: () => Promise<ReturnType>): Promise<ReturnType> {
    return await this.withMetadata({ Authorization: bearer(apiKey) }, fn);
  }

  /**
   * Calls made from now on carry this API key; a function is asked before every call.
   *
   * @throws TypeError for an empty key
   */
  setApiKey(apiKey: string | (() => string)): void {
    if (apiKey === '') throw new TypeError('`apiKey` must not be an empty string');
    this.#apiKey = typeof apiKey === 'string' ? () => apiKey : apiKey;
  }

  /** Calls under way fail, and so do those made afterwards. */
  async close(): Promise<void> {
    this.#channel.close();
    this.callContextStorage.disable();
  }

  #within<R>(context: CallContext, fn: () => Promise<R>): Promise<R> {
    return this.callContextStorage.run({ ...this.callContextStorage.getStore(), ...context }, fn);
  }

  #call(method: string, request: Uint8Array, namespace: string | undefined): Promise<Uint8Array> {
    const context = this.callContextStorage.getStore();
    return this.#channel.unary(method, request, callOptions(context, this.#metadata, this.#apiKey?.(), namespace));
  }
}
