import {
  type AsyncCompletionClient,
  Client,
  type ClientPlugin,
  Connection,
  type ConnectionPlugin,
  isGrpcServiceError,
  type WorkflowClient,
} from '@perdure/client';
import { InternalConnectionOptionsSymbol } from '@perdure/client/lib/connection';
import type { Duration } from '@perdure/common';
import { msToNumber, msToTs, tsToMs } from '@perdure/common/lib/time';
import type { temporal } from '@perdure/proto';
import type { TimeDiagnosis } from '@perdure/server';
import { Status } from '@perdure/transport';
import { NativeConnection, type NativeConnectionOptions, type NativeConnectionPlugin, Runtime } from '@perdure/worker';
import { type ClientOptionsForTestEnv, TimeSkippingClient } from './client.ts';
import type { DevServerConfig, TimeSkippingServerConfig } from './ephemeral-server.ts';
import type { RunningServer } from './running-server.ts';
import { startServer } from './start-server.ts';

type Plugins = (ClientPlugin | ConnectionPlugin | NativeConnectionPlugin)[];

/** Options for {@link TestWorkflowEnvironment.createLocal}. */
export type LocalTestWorkflowEnvironmentOptions = {
  server?: Omit<DevServerConfig, 'type'>;
  client?: ClientOptionsForTestEnv;
  plugins?: Plugins;
};

/** Options for {@link TestWorkflowEnvironment.createTimeSkipping}. */
export type TimeSkippingTestWorkflowEnvironmentOptions = {
  server?: Omit<TimeSkippingServerConfig, 'type'>;
  client?: ClientOptionsForTestEnv;
  plugins?: Plugins;
};

/** How to be let in. */
export type ExistingServerConnectionOptions = Pick<NativeConnectionOptions, 'apiKey' | 'metadata' | 'tls'>;

/** Options for {@link TestWorkflowEnvironment.createFromExistingServer}; both connections are made with them. */
export type ExistingServerTestWorkflowEnvironmentOptions = {
  /** Default: localhost:7233. */
  address?: string;
  /** Default: `default`. */
  namespace?: string;
  connectionOptions?: ExistingServerConnectionOptions;
  client?: ClientOptionsForTestEnv;
  plugins?: Plugins;
};

export type NexusEndpointIdentifier = {
  id: NonNullable<temporal.api.nexus.v1.IEndpoint['id']>;
  version: NonNullable<temporal.api.nexus.v1.IEndpoint['version']>;
  raw: temporal.api.nexus.v1.IEndpoint;
};

type TestWorkflowEnvironmentOptions = {
  server: DevServerConfig | TimeSkippingServerConfig | { type: 'existing' };
  client?: ClientOptionsForTestEnv;
  plugins?: Plugins;
};
type TestWorkflowEnvironmentOptionsWithDefaults = Required<TestWorkflowEnvironmentOptions>;

interface Creation {
  readonly options: TestWorkflowEnvironmentOptionsWithDefaults;
  readonly supportsTimeSkipping: boolean;
  readonly namespace?: string | undefined;
  readonly address?: string | undefined;
  readonly connectionOptions?: ExistingServerConnectionOptions;
}

/**
 * A server to test workflows on, and the connections to it. Any number of them may be used at once; each has a server, and
 * a time, of its own.
 */
export class TestWorkflowEnvironment {
  /** What the environment was made with. */
  readonly options: TestWorkflowEnvironmentOptionsWithDefaults;
  /** Whether time is skipped; if not, {@link sleep} takes as long as it says. */
  readonly supportsTimeSkipping: boolean;
  /** Where the server listens. */
  readonly address: string;
  /** What both connections were made with. */
  readonly connectionOptions: ExistingServerConnectionOptions;
  /** The namespace of the client; undefined stands for `default`. */
  readonly namespace?: string;
  /** The connection of the client. */
  readonly connection: Connection;
  /** The connection for workers. */
  readonly nativeConnection: NativeConnection;
  /** Lets time be skipped while it waits for the result of a workflow, if the server can. */
  readonly client: Client;
  /** @deprecated Use `client.activity`. */
  readonly asyncCompletionClient: AsyncCompletionClient;
  /** @deprecated Use `client.workflow`. */
  readonly workflowClient: WorkflowClient;
  protected readonly server: RunningServer | 'existing';
  private readonly runtime: Runtime;

  protected constructor(
    runtime: Runtime,
    options: TestWorkflowEnvironmentOptionsWithDefaults,
    supportsTimeSkipping: boolean,
    server: RunningServer | 'existing',
    connection: Connection,
    nativeConnection: NativeConnection,
    namespace: string | undefined,
    address: string,
    connectionOptions: ExistingServerConnectionOptions = {},
  ) {
    this.runtime = runtime;
    this.options = options;
    this.supportsTimeSkipping = supportsTimeSkipping;
    this.server = server;
    this.connection = connection;
    this.nativeConnection = nativeConnection;
    if (namespace !== undefined) this.namespace = namespace;
    this.address = address;
    this.connectionOptions = connectionOptions;
    const clientOptions = {
      connection,
      plugins: options.plugins as ClientPlugin[],
      ...(namespace !== undefined && { namespace }),
      ...options.client,
    };
    this.client = supportsTimeSkipping ? new TimeSkippingClient(clientOptions) : new Client(clientOptions);
    this.asyncCompletionClient = this.client.activity;
    this.workflowClient = this.client.workflow;
  }

  /**
   * An environment whose time is skipped while nothing goes on: no workflow task, no activity and no query is with a worker,
   * or waits for one. That is so while a client of the environment waits for a result, and during {@link sleep}; at all
   * other times it goes at its usual pace.
   *
   * The server is in this process and ready at once; it has everything that a server has.
   */
  static async createTimeSkipping(opts?: TimeSkippingTestWorkflowEnvironmentOptions): Promise<TestWorkflowEnvironment> {
    const server: TimeSkippingServerConfig = { type: 'time-skipping', ...opts?.server };
    // biome-ignore lint/complexity/noThisInStatic: the class that it is called on is made
    return await this.create({ options: { ...withDefaults(opts), server }, supportsTimeSkipping: true });
  }

  /** An environment on real time, with a server in this process that is ready at once. */
  static async createLocal(opts?: LocalTestWorkflowEnvironmentOptions): Promise<TestWorkflowEnvironment> {
    const server: DevServerConfig = { type: 'dev-server', ...opts?.server };
    const options = { ...withDefaults(opts), server };
    // biome-ignore lint/complexity/noThisInStatic: the class that it is called on is made
    return await this.create({ options, supportsTimeSkipping: false, namespace: server.namespace });
  }

  /** An environment on a server that runs already, on real time. */
  static async createFromExistingServer(
    opts?: ExistingServerTestWorkflowEnvironmentOptions,
  ): Promise<TestWorkflowEnvironment> {
    const { apiKey, metadata, tls } = opts?.connectionOptions ?? {};
    // biome-ignore lint/complexity/noThisInStatic: the class that it is called on is made
    return await this.create({
      options: { ...withDefaults(opts), server: { type: 'existing' } },
      supportsTimeSkipping: false,
      namespace: opts?.namespace ?? 'default',
      address: opts?.address,
      connectionOptions: {
        ...(apiKey !== undefined && { apiKey }),
        ...(metadata !== undefined && { metadata }),
        ...(tls !== undefined && { tls }),
      },
    });
  }

  private static async create(creation: Creation): Promise<TestWorkflowEnvironment> {
    const { options, supportsTimeSkipping, connectionOptions = {}, namespace } = creation;
    const { server: config, plugins } = options;
    const runtime = Runtime.instance();
    const server = config.type === 'existing' ? 'existing' : await runtime.hold(() => startServer(config));
    const address = server === 'existing' ? (creation.address ?? 'localhost:7233') : server.address;
    const connectBy = () => ({
      ...connectionOptions,
      address,
      [InternalConnectionOptionsSymbol]: {
        supportsTestService: supportsTimeSkipping,
        ...(server !== 'existing' && server.channel && { channel: server.channel() }),
      },
    });
    try {
      const native = await NativeConnection.connect({ ...connectBy(), plugins: plugins as NativeConnectionPlugin[] });
      const connection = await Connection.connect({ ...connectBy(), plugins: plugins as ConnectionPlugin[] });
      return new this(
        runtime,
        options,
        supportsTimeSkipping,
        server,
        connection,
        native,
        namespace,
        address,
        connectionOptions,
      );
    } catch (error) {
      if (server !== 'existing') await stopServer(runtime, server);
      throw error;
    }
  }

  /** Closes the connections, and stops the server if the environment started it. Never rejects: what fails is printed. */
  async teardown(): Promise<void> {
    await this.connection.close().catch(console.error);
    await this.nativeConnection.close().catch(console.error);
    if (this.server !== 'existing') await stopServer(this.runtime, this.server).catch(console.error);
  }

  /**
   * Waits until the server's time has gone on so far: at once where it is skipped, but for what has to be done on the way.
   * May be called by activities, whose time is skipped then as well.
   *
   * @param durationMs milliseconds, or text such as `30 days`
   */
  sleep = async (durationMs: Duration): Promise<void> => {
    const { testService } = this.connection;
    if (!this.supportsTimeSkipping || !testService) return await pause(msToNumber(durationMs));
    const request = { duration: msToTs(durationMs) };
    try {
      await testService.unlockTimeSkippingWithSleep(request);
    } catch (error) {
      // Nothing is locked, because a result is being waited for at the same time.
      if (!isGrpcServiceError(error) || error.code !== Status.FAILED_PRECONDITION) throw error;
      await testService.sleep(request);
    }
  };

  /** The server's time where that is skipped, or else this process's, in milliseconds since the epoch. */
  async currentTimeMs(): Promise<number> {
    const { testService } = this.connection;
    if (!this.supportsTimeSkipping || !testService) return Date.now();
    const { time } = await testService.getCurrentTime({});
    return tsToMs(time);
  }

  /**
   * Why time is not skipped at this moment: what it is locked by, and which workflow tasks and activities are with a
   * worker or wait for one. For a test that hangs; `waitsFor` has it in words.
   *
   * Undefined where time is never skipped, and where the server is another process.
   */
  diagnose(): TimeDiagnosis | undefined {
    return this.server === 'existing' ? undefined : (this.server.diagnose() ?? undefined);
  }

  /** Makes a Nexus endpoint whose operations go to a task queue of the environment's namespace. */
  async createNexusEndpoint(name: string, taskQueue: string): Promise<NexusEndpointIdentifier> {
    const worker = { namespace: this.namespace ?? 'default', taskQueue };
    const { endpoint } = await this.connection.operatorService.createNexusEndpoint({
      spec: { name, target: { worker } },
    });
    if (!endpoint?.id || !endpoint.version) throw new TypeError('Unexpected response from createNexusEndpoint');
    return { id: endpoint.id, version: endpoint.version, raw: endpoint };
  }

  /** Removes a Nexus endpoint. */
  async deleteNexusEndpoint({ id, version }: Pick<NexusEndpointIdentifier, 'id' | 'version'>): Promise<void> {
    await this.connection.operatorService.deleteNexusEndpoint({ id, version });
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const withDefaults = (opts?: { client?: ClientOptionsForTestEnv; plugins?: Plugins }) => ({
  client: opts?.client ?? {},
  plugins: opts?.plugins ?? [],
});

async function stopServer(runtime: Runtime, server: RunningServer): Promise<void> {
  await server.stop();
  await runtime.release(server);
}
