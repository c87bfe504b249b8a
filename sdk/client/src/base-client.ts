import { hostname } from 'node:os';
import type { DataConverter, LoadedDataConverter } from '@perdure/common';
import { isLoadedDataConverter, loadDataConverter } from '@perdure/common/lib/internal-non-workflow';
import { Connection } from './connection.ts';
import type { ConnectionLike, Metadata, WorkflowService } from './types.ts';

export interface BaseClientOptions {
  /** How values become payloads and the other way round. */
  dataConverter?: DataConverter;

  /**
   * How the client calls itself towards the server.
   *
   * @default `${process.pid}@${os.hostname()}`
   */
  identity?: string;

  /**
   * What calls go over. Connections cost something and can be shared; clients cost nothing.
   *
   * @default a lazy connection to localhost
   */
  connection?: ConnectionLike;

  /** @default default */
  namespace?: string;
}

export type WithDefaults<Options extends BaseClientOptions> = Required<Omit<Options, 'connection'>> &
  Pick<Options, 'connection'>;

export type LoadedWithDefaults<Options extends BaseClientOptions> = WithDefaults<Options> & {
  loadedDataConverter: LoadedDataConverter;
};

export function defaultBaseClientOptions(): WithDefaults<BaseClientOptions> {
  return { dataConverter: {}, identity: `${process.pid}@${hostname()}`, namespace: 'default' };
}

/** What an operation of a client needs: where its calls go, in whose name, and how values are converted. */
export interface Caller {
  readonly service: WorkflowService;
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly identity: string;
  readonly dataConverter: LoadedDataConverter;
}

/** What all clients are. */
export class BaseClient {
  /** What the client's calls go over. */
  readonly connection: ConnectionLike;
  readonly #dataConverter: LoadedDataConverter;

  protected constructor(options?: BaseClientOptions) {
    this.connection = options?.connection ?? Connection.lazy();
    const dataConverter = options?.dataConverter ?? {};
    this.#dataConverter = isLoadedDataConverter(dataConverter) ? dataConverter : loadDataConverter(dataConverter);
  }

  /**
   * Calls made while `fn` runs fail after `deadline` with a gRPC error of code DEADLINE_EXCEEDED, see
   * {@link isGrpcDeadlineError}. Without a deadline a call may wait for ever.
   *
   * @param deadline a `Date`, or milliseconds since the epoch
   */
  async withDeadline<R>(deadline: number | Date, fn: () => Promise<R>): Promise<R> {
    return await this.connection.withDeadline(deadline, fn);
  }

  /**
   * Calls made while `fn` runs fail with a gRPC error of code CANCELLED once the signal is aborted, see
   * {@link isGrpcCancelledError}.
   */
  async withAbortSignal<R>(abortSignal: AbortSignal, fn: () => Promise<R>): Promise<R> {
    return await this.connection.withAbortSignal(abortSignal, fn);
  }

  /** Calls made while `fn` runs carry this metadata, on top of the connection's and of an outer scope's. */
  async withMetadata<R>(metadata: Metadata, fn: () => Promise<R>): Promise<R> {
    return await this.connection.withMetadata(metadata, fn);
  }

  protected get dataConverter(): LoadedDataConverter {
    return this.#dataConverter;
  }
}

/** The caller that a client's options describe. */
export function callerOf(connection: ConnectionLike, options: LoadedWithDefaults<BaseClientOptions>): Caller {
  const { namespace, identity, loadedDataConverter } = options;
  return { connection, service: connection.workflowService, namespace, identity, dataConverter: loadedDataConverter };
}
