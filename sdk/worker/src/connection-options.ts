import type { Metadata } from '@perdure/client';
import type { ProxyConfig, TLSConfig } from '@perdure/common/lib/internal-non-workflow';
import {
  joinProtoHostPort,
  normalizeGrpcEndpointAddress,
  normalizeTlsConfig,
  parseHttpConnectProxyAddress,
} from '@perdure/common/lib/internal-non-workflow';
import { filterNullAndUndefined } from '@perdure/common/lib/internal-workflow';
import type { Duration } from '@perdure/common/lib/time';
import { msToNumber } from '@perdure/common/lib/time';

export type { ProxyConfig, TLSConfig } from '@perdure/common/lib/internal-non-workflow';

/** Calls are spread over all the addresses that a name stands for. */
export interface DNSLoadBalancingConfig {
  /** How often the name is looked up again. */
  resolutionInterval: Duration;
}

/** Requests are compressed, and compressed answers understood. */
export interface GzipGrpcCompressionConfig {
  codec: 'gzip';
}

/** Requests are sent as they are. */
export interface NoneGrpcCompressionConfig {
  codec: 'none';
}

export type GrpcCompressionConfig = GzipGrpcCompressionConfig | NoneGrpcCompressionConfig;

/**
 * Sizes from which on a warning is logged. What is larger is sent all the same.
 *
 * @experimental
 */
export interface PayloadLimitsConfig {
  /** Of the payloads of one field, in bytes; `0` for never. @default 512 KiB */
  payloadsWarnSize?: number;
  /** Of a memo, in bytes; `0` for never. @default 2 KiB */
  memoWarnSize?: number;
}

export interface NativeConnectionOptions {
  /**
   * Where the server is: `host`, `host:port` or `[ipv6]:port`. Without a port, 7233.
   *
   * @default localhost:7233
   */
  address?: string;

  /**
   * With TLS; `true` or `{}` for TLS as usual. With an {@link apiKey} that is the default, and `false` says that there is
   * to be none; otherwise the connection is not encrypted.
   */
  tls?: TLSConfig | boolean | null;

  /** A proxy to go through. */
  proxy?: ProxyConfig;

  /** Not used together with a {@link proxy}. @default none: one address is used */
  dnsLoadBalancingConfig?: DNSLoadBalancingConfig | null;

  /** @default gzip */
  grpcCompression?: GrpcCompressionConfig;

  /** Metadata for every call. {@link NativeConnection.setMetadata} changes it later. */
  metadata?: Metadata;

  /**
   * Key that is sent as `Authorization: Bearer …`, unless the metadata has an authorization of its own.
   * {@link NativeConnection.setApiKey} changes it later.
   */
  apiKey?: string;

  /** Whether metrics of failed calls leave out the status. @default false */
  disableErrorCodeMetricTags?: boolean;

  /** @experimental */
  payloadLimits?: PayloadLimitsConfig;

  /**
   * Plugins that may change the options, first to last. Workers and clients over the connection take them on as well.
   *
   * @experimental
   */
  plugins?: NativeConnectionPlugin[];
}

/** Changes how connections are made. @experimental */
export interface NativeConnectionPlugin {
  get name(): string;
  /** Gives the options to go on with. */
  configureNativeConnection?(options: NativeConnectionOptions): NativeConnectionOptions;
}

const DEFAULT_ADDRESS = 'localhost:7233';
const DEFAULT_PORT = 7233;
const DEFAULT_PAYLOADS_WARN_SIZE = 512 * 1024;
const DEFAULT_MEMO_WARN_SIZE = 2 * 1024;

/** Options of a connection after everything in them was checked and worked out. `null`: there is none. @internal */
export interface NativeClientOptions {
  targetUrl: string;
  tls: NativeTlsOptions | null;
  httpConnectProxy: {
    /** `host:port` */
    targetHost: string;
    basicAuth: { username: string; password: string } | null;
  } | null;
  dnsLoadBalancingConfig: { resolutionIntervalMillis: number } | null;
  grpcCompression: GrpcCompressionConfig;
  headers: Metadata | null;
  apiKey: string | null;
  disableErrorCodeMetricTags: boolean;
  payloadsWarnSize: number;
  memoWarnSize: number;
}

interface NativeTlsOptions {
  domain: string | null;
  serverRootCaCert: Buffer | null;
  clientTlsOptions: { clientCert: Buffer; clientPrivateKey: Buffer } | null;
}

/** @throws TypeError for options that contradict each other or are not what they should be @internal */
export function toNativeClientOptions(given: NativeConnectionOptions): NativeClientOptions {
  const options: NativeConnectionOptions = filterNullAndUndefined(given);
  const address = normalizeGrpcEndpointAddress(options.address ?? DEFAULT_ADDRESS, DEFAULT_PORT);
  const tls = normalizeTlsConfig(options.tls, options.apiKey);
  const grpcCompression = options.grpcCompression ?? { codec: 'gzip' };
  const { codec } = grpcCompression;
  if (codec !== 'gzip' && codec !== 'none')
    throw new TypeError(`Unsupported gRPC compression codec: ${String(codec satisfies never)}`);
  if (options.apiKey && options.metadata?.['Authorization'])
    throw new TypeError(
      'Both `apiKey` option and `Authorization` header were provided. Only one makes sense to use at a time.',
    );
  return {
    targetUrl: `${tls === undefined ? 'http' : 'https'}://${address}`,
    tls: tls === undefined ? null : nativeTls(tls),
    httpConnectProxy: options.proxy?.targetHost ? nativeProxy(options.proxy) : null,
    dnsLoadBalancingConfig: options.dnsLoadBalancingConfig
      ? { resolutionIntervalMillis: msToNumber(options.dnsLoadBalancingConfig.resolutionInterval) }
      : null,
    grpcCompression,
    headers: options.metadata ?? null,
    apiKey: options.apiKey ?? null,
    disableErrorCodeMetricTags: options.disableErrorCodeMetricTags ?? false,
    payloadsWarnSize: options.payloadLimits?.payloadsWarnSize ?? DEFAULT_PAYLOADS_WARN_SIZE,
    memoWarnSize: options.payloadLimits?.memoWarnSize ?? DEFAULT_MEMO_WARN_SIZE,
  };
}

function nativeTls({ serverNameOverride, serverRootCACertificate, clientCertPair }: TLSConfig): NativeTlsOptions {
  return {
    domain: serverNameOverride ?? null,
    serverRootCaCert: serverRootCACertificate ? Buffer.from(serverRootCACertificate) : null,
    clientTlsOptions: clientCertPair
      ? {
          clientCert: present(clientCertPair.crt, 'clientCert'),
          clientPrivateKey: present(clientCertPair.key, 'clientPrivateKey'),
        }
      : null,
  };
}

function present(bytes: Uint8Array | undefined, name: string): Buffer {
  if (bytes) return Buffer.from(bytes);
  throw new TypeError(`tls.clientTlsOptions.${name}: Missing property '${name}'`);
}

function nativeProxy({ targetHost, basicAuth }: ProxyConfig): NativeClientOptions['httpConnectProxy'] {
  const { hostname, port } = parseHttpConnectProxyAddress(targetHost);
  return {
    targetHost: joinProtoHostPort({ hostname, ...(port !== undefined && { port }) }),
    basicAuth: basicAuth ? { username: basicAuth.username, password: basicAuth.password } : null,
  };
}
