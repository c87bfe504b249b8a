import type * as grpcJsTypes from '@grpc/grpc-js';
import type { TLSConfig } from '@perdure/common/lib/internal-non-workflow';
import type { Duration } from '@perdure/common/lib/time';
import type { Channel } from '@perdure/transport';
import type { Metadata } from './metadata.ts';

/** Where a connection goes, and how. */
export interface ConnectionOptions {
  /**
   * The server, as `host`, `host:port` or `[ipv6]:port`; the port is 7233 unless given.
   *
   * @default localhost:7233
   */
  address?: string;

  /**
   * TLS, with certificates of one's own if need be; `true` or `{}` for TLS as Node does it. Not together with
   * {@link credentials}.
   *
   * @default no TLS, or TLS when there is an {@link apiKey}
   */
  tls?: TLSConfig | boolean | null;

  /**
   * Channel credentials made with grpc-js, for what {@link tls} cannot express. The connection uses grpc-js then, which
   * costs more for every call.
   */
  credentials?: grpcJsTypes.ChannelCredentials;

  /**
   * Call credentials made with grpc-js, on top of {@link tls} or {@link credentials}: metadata worked out per call. They
   * need an encrypted connection. The connection uses grpc-js then, which costs more for every call.
   */
  callCredentials?: grpcJsTypes.CallCredentials[];

  /**
   * Channel options of grpc-js. Keepalive is on unless switched off here: a ping after 30 seconds of silence, with or
   * without calls, and 15 seconds for its answer. The connection uses grpc-js when this is set, which costs more for
   * every call.
   */
  channelArgs?: grpcJsTypes.ChannelOptions;

  /**
   * Interceptors of grpc-js that every call goes through.
   *
   * @default one that makes failed calls again: `makeGrpcRetryInterceptor(defaultGrpcRetryOptions())`. `[]` for no
   * retries. With any other interceptor the connection uses grpc-js, which costs more for every call.
   */
  interceptors?: grpcJsTypes.Interceptor[];

  /** Metadata for every call. Not `Authorization` together with an {@link apiKey}. */
  metadata?: Metadata;

  /** Key that is sent as `Authorization: Bearer …`; a function is asked before every call. */
  apiKey?: string | (() => string);

  /**
   * How long to wait for a connection, in milliseconds or as text like `10 seconds`.
   *
   * @default 10 seconds
   */
  connectTimeout?: Duration;

  /**
   * Plugins that may change the options, first to last. Clients over the connection take them on as well.
   *
   * @experimental
   */
  plugins?: ConnectionPlugin[];
}

/** The options with which a connection was made, with everything that was left to defaults. */
export type ConnectionOptionsWithDefaults = Required<
  Omit<ConnectionOptions, 'tls' | 'connectTimeout' | 'callCredentials' | 'apiKey'>
> & { connectTimeoutMs: number };

/** Changes how connections are made. @experimental */
export interface ConnectionPlugin {
  get name(): string;
  /** Gives the options to go on with. */
  configureConnection?(options: ConnectionOptions): ConnectionOptions;
}

/** Under this name options of a connection are given that are not for users. @internal */
export const InternalConnectionOptionsSymbol = Symbol('__temporal_internal_connection_options');
/** @internal */
export type InternalConnectionOptions = ConnectionOptions & {
  [InternalConnectionOptionsSymbol]?: {
    /** Whether the server has the test service. */
    supportsTestService?: boolean;
    /** What carries the calls, instead of a connection to `address`. The connection closes it when it is closed. */
    channel?: Channel;
  };
};

export const LOCAL_TARGET = 'localhost:7233';
