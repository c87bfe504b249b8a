import { AsyncLocalStorage } from 'node:async_hooks';
import { type InternalConnectionOptions, InternalConnectionOptionsSymbol } from '@perdure/client/lib/connection';
import { withRetries } from '@perdure/client/lib/retry';
import { createService, type UnaryCall } from '@perdure/client/lib/rpc-service';
import type { CallContext, ConnectionLike, Metadata } from '@perdure/client/lib/types';
import {
  HealthService,
  InternalConnectionLikeSymbol,
  OperatorService,
  TestService,
  WorkflowService,
} from '@perdure/client/lib/types';
import { IllegalStateError } from '@perdure/common';
import type { CallOptions, Channel } from '@perdure/transport';
import { connectNativeClient, type NativeClient } from './connection-client.ts';
import {
  type NativeConnectionOptions,
  type NativeConnectionPlugin,
  toNativeClientOptions,
} from './connection-options.ts';
import { retriesOfCall } from './connection-retry.ts';
import { warnOfSize } from './connection-sizes.ts';
import { START_WORKFLOW, startEagerly } from './eager-workflow-start.ts';
import { Runtime } from './runtime.ts';

export type { NativeClient } from './connection-client.ts';
export type { NativeConnectionPlugin } from './connection-options.ts';

// Set where the class is made: its private parts are for Workers too, and for nobody else.
let clientOf: (connection: NativeConnection) => NativeClient;
let holdersOf: (connection: NativeConnection) => Set<object>;

/**
 * A connection to a server, for Workers, and for Clients as well. Its calls are counted and timed among the metrics of the
 * runtime; those of its services are made again for a while when they fail in a way that may pass.
 */
export class NativeConnection implements ConnectionLike {
  readonly plugins: NativeConnectionPlugin[];
  /** The calls of the workflow service. Requests carry the namespace that they name as metadata as well. */
  readonly workflowService: WorkflowService;
  /** The calls of the operator service: search attributes, clusters, Nexus endpoints. Not on Temporal Cloud. */
  readonly operatorService: OperatorService;
  /** The calls of the usual gRPC health service. */
  readonly healthService: HealthService;
  /** The calls of the service that skips time; undefined for servers that are not for tests. */
  readonly testService: TestService | undefined;
  /** What `withDeadline` and the others set. */
  readonly callContextStorage: AsyncLocalStorage<CallContext> = new AsyncLocalStorage();
  readonly #runtime: Runtime;
  readonly #client: NativeClient;
  /** The Workers that need the connection. */
  readonly #referenceHolders = new Set<object>();

  protected constructor(
    runtime: Runtime,
    client: NativeClient,
    enableTestService: boolean,
    plugins: NativeConnectionPlugin[],
  ) {
    this.#runtime = runtime;
    this.#client = client;
    this.plugins = plugins;
    const channel: Channel = { unary: client.call, close: () => undefined };
    // How often a call is made again depends on when it was first made.
    const call: UnaryCall = (method, request, namespace) => {
      warnOfSize(method, request, client.payloadLimits, runtime.coreLogger);
      const send = (bytes: Uint8Array) =>
        withRetries(channel, retriesOfCall()).unary(method, bytes, this.#callOptions(namespace));
      return method === START_WORKFLOW ? startEagerly(client, request, send) : send(request);
    };
    // Only requests of the workflow service say their namespace in metadata.
    const callWithoutNamespace: UnaryCall = (method, request) => call(method, request, undefined);
    this.workflowService = createService(WorkflowService, call);
    this.operatorService = createService(OperatorService, callWithoutNamespace);
    this.healthService = createService(HealthService, callWithoutNamespace);
    this.testService = enableTestService ? createService(TestService, callWithoutNamespace) : undefined;
    Object.defineProperty(this, InternalConnectionLikeSymbol, { value: { supportsEagerStart: true } });
  }

  /** @deprecated Use {@link NativeConnection.connect}. */
  static create(options?: NativeConnectionOptions): Promise<NativeConnection> {
    // A subclass makes its own.
    // biome-ignore lint/complexity/noThisInStatic: the class that it is called on is made
    return this.connect(options);
  }

  /**
   * Connects.
   *
   * @throws TransportError when there is no server
   * @throws TypeError for options that contradict each other, and for addresses that are none
   */
  static async connect(options: NativeConnectionOptions = {}): Promise<NativeConnection> {
    let configured = options;
    for (const plugin of options.plugins ?? []) {
      configured = plugin.configureNativeConnection?.(configured) ?? configured;
    }
    const internal = (configured as InternalConnectionOptions)[InternalConnectionOptionsSymbol];
    const runtime = Runtime.instance();
    const client = await runtime.hold(async () =>
      connectNativeClient(toNativeClientOptions(configured), () => runtime.coreMeter, internal?.channel),
    );
    return new this(runtime, client, internal?.supportsTestService ?? false, configured.plugins ?? []);
  }

  /** It is connected already. */
  async ensureConnected(): Promise<void> {}

  /**
   * Calls made while `fn` runs fail after `deadline` with a gRPC error of code DEADLINE_EXCEEDED, see
   * `isGrpcDeadlineError`. Without, each attempt of a call has 30 seconds, or 70 if it is a long poll.
   *
   * @param deadline a `Date`, or milliseconds since the epoch
   */
  async withDeadline<ReturnType>(deadline: number | Date, fn: () => Promise<ReturnType>): Promise<ReturnType> {
    return await this.#within({ deadline }, fn);
  }

  /** Calls made while `fn` runs carry this metadata, on top of the connection's and of an outer scope's. */
  async withMetadata<ReturnType>(metadata: Metadata, fn: () => Promise<ReturnType>): Promise<ReturnType> {
    const outer = this.callContextStorage.getStore()?.metadata;
    return await this.#within({ metadata: { ...outer, ...metadata } }, fn);
  }

  /**
   * Calls made while `fn` runs fail with a gRPC error of code CANCELLED once the signal is aborted, see
   * `isGrpcCancelledError`. An inner signal takes the place of an outer one.
   */
  async withAbortSignal<ReturnType>(abortSignal: AbortSignal, fn: () => Promise<ReturnType>): Promise<ReturnType> {
    return await this.#within({ abortSignal }, fn);
  }

  /**
   * Calls under way may end; none can be made afterwards.
   *
   * @throws IllegalStateError while Workers use the connection, and the second time
   */
  async close(): Promise<void> {
    if (this.#referenceHolders.size > 0)
      throw new IllegalStateError('Cannot close connection while Workers hold a reference to it');
    this.#client.close();
    await this.#runtime.release(this.#client);
  }

  /** Calls made from now on carry this metadata instead of that of the connection's options. */
  async setMetadata(metadata: Metadata): Promise<void> {
    this.#client.setMetadata(metadata);
  }

  /** Calls made from now on carry this API key, unless the metadata has an authorization of its own. */
  async setApiKey(apiKey: string): Promise<void> {
    this.#client.setApiKey(apiKey);
  }

  #within<R>(context: CallContext, fn: () => Promise<R>): Promise<R> {
    return this.callContextStorage.run({ ...this.callContextStorage.getStore(), ...context }, fn);
  }

  #callOptions(namespace: string | undefined): CallOptions {
    const { metadata, deadline, abortSignal } = this.callContextStorage.getStore() ?? {};
    const named = namespace === undefined ? metadata : { ...metadata, 'temporal-namespace': namespace };
    // What has been aborted cannot be again: an activity that was cancelled may still call, to clean up.
    const signal = abortSignal?.aborted ? undefined : abortSignal;
    return { metadata: named, deadline: deadline instanceof Date ? deadline.getTime() : deadline, signal };
  }

  static {
    clientOf = (connection) => connection.#client;
    holdersOf = (connection) => connection.#referenceHolders;
  }
}

/** The calls of a connection as bytes, for Workers. @internal */
export function extractNativeClient(connection: NativeConnection): NativeClient {
  return clientOf(connection);
}

/** Who needs the connection: while there is anybody it cannot be closed. @internal */
export function extractReferenceHolders(connection: NativeConnection): Set<object> {
  return holdersOf(connection);
}

/** A connection that a Worker has made for itself, and closes itself. @internal */
export class InternalNativeConnection extends NativeConnection {}

/**
 * A connection whose calls a given channel carries, such as one to a server in this process. Closing it closes the channel.
 *
 * @throws TransportError when there is no server behind the channel
 * @internal
 */
export function nativeConnectionOver(
  channel: Channel,
  options: Pick<NativeConnectionOptions, 'metadata' | 'payloadLimits' | 'plugins'> & {
    supportsTestService?: boolean;
  } = {},
): Promise<NativeConnection> {
  const { supportsTestService = false, ...rest } = options;
  const internal = { ...rest, [InternalConnectionOptionsSymbol]: { channel, supportsTestService } };
  return NativeConnection.connect(internal as NativeConnectionOptions);
}
