import type { Metadata } from '@perdure/client';
import { clientName, clientVersion } from '@perdure/client/lib/version';
import { IllegalStateError } from '@perdure/common';
import { temporal } from '@perdure/proto';
import type { CallMetadata, Channel, ConnectingChannel } from '@perdure/transport';
import { connectHttp2, GrpcError, parseAddress, Status } from '@perdure/transport';
import { isLongPoll } from './connection-calls.ts';
import type { MeasuredCallOptions, MeasuredChannel } from './connection-metrics.ts';
import { measured } from './connection-metrics.ts';
import type { NativeClientOptions } from './connection-options.ts';
import { TransportError } from './errors.ts';
import type { CoreMeter } from './telemetry/core-meter.ts';

type Capabilities = temporal.api.workflowservice.v1.GetSystemInfoResponse.ICapabilities;

/** What a connection hands to Workers: calls as bytes. @internal */
export interface NativeClient {
  /**
   * One attempt of one call. `method` is the full path. The connection's metadata and its API key are added; without a
   * deadline it is 30 seconds, or 70 for long polls. Rejects with a `GrpcError`, or an `IllegalStateError` once it is closed.
   */
  call(method: string, request: Uint8Array, options?: MeasuredCallOptions): Promise<Uint8Array>;
  /** What the server said that it can do, when it was connected to. */
  readonly capabilities: Capabilities | undefined;
  /** From which sizes on, in bytes, payloads and memos are to be warned of; 0 for never. */
  readonly payloadLimits: { readonly payloadsWarnSize: number; readonly memoWarnSize: number };
  setMetadata(metadata: Metadata): void;
  setApiKey(apiKey: string): void;
  close(): void;
}

const CALL_TIMEOUT_MS = 30_000;
const LONG_POLL_TIMEOUT_MS = 70_000;
const GET_SYSTEM_INFO = '/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo';

/**
 * Connects, and asks the server what it can do. `given` carries the calls instead of a connection, if there is one.
 *
 * @throws TransportError when there is no server
 */
export async function connectNativeClient(
  options: NativeClientOptions,
  meter: () => CoreMeter,
  given: Channel | undefined,
): Promise<NativeClient> {
  const channel = given ?? openChannel(options);
  try {
    if (isConnecting(channel)) await channel.connect();
    const calls = measured(channel, { meter, disableErrorCodeTags: options.disableErrorCodeMetricTags });
    const client = createClient(calls, options);
    return Object.assign(client, { capabilities: await askCapabilities(client) });
  } catch (error) {
    channel.close();
    throw asTransportError(error);
  }
}

const isConnecting = (channel: Channel): channel is ConnectingChannel => 'connect' in channel;

function openChannel(options: NativeClientOptions): ConnectingChannel {
  const { targetUrl, tls, httpConnectProxy: proxy, dnsLoadBalancingConfig: balancing } = options;
  return connectHttp2({
    address: targetUrl.slice(targetUrl.indexOf('://') + 3),
    compression: options.grpcCompression.codec,
    userAgent: `${clientName}/${clientVersion}`,
    ...(tls !== null && {
      tls: {
        ca: tls.serverRootCaCert ?? undefined,
        cert: tls.clientTlsOptions?.clientCert,
        key: tls.clientTlsOptions?.clientPrivateKey,
        serverName: tls.domain ?? undefined,
      },
      authority: tls.domain ?? undefined,
    }),
    ...(proxy !== null && {
      proxy: { address: parseAddress(proxy.targetHost), basicAuth: proxy.basicAuth ?? undefined },
    }),
    ...(balancing !== null && proxy === null && { resolutionIntervalMs: balancing.resolutionIntervalMillis }),
  });
}

function createClient(channel: MeasuredChannel, options: NativeClientOptions): NativeClient {
  const { payloadsWarnSize, memoWarnSize } = options;
  let given = options.headers ?? {};
  let apiKey = options.apiKey;
  let base = baseMetadata(given, apiKey);
  /** The last metadata that came with a call and cannot change any more, and what became of it: workers give the same each time. */
  let last: { readonly of: CallMetadata; readonly base: CallMetadata; readonly all: CallMetadata } | undefined;
  let closed = false;
  const metadataOf = (more: CallMetadata | undefined): CallMetadata => {
    if (more === undefined) return base;
    if (last?.of === more && last.base === base) return last.all;
    const all = merged(base, more);
    if (Object.isFrozen(more)) last = { of: more, base, all: Object.freeze(all) };
    return all;
  };
  return {
    call(method, request, call = {}) {
      if (closed) return Promise.reject(new IllegalStateError('Client already closed'));
      return channel.unary(method, request, {
        ...call,
        metadata: metadataOf(call.metadata),
        deadline: call.deadline ?? Date.now() + timeoutOf(method, request),
      });
    },
    capabilities: undefined,
    payloadLimits: { payloadsWarnSize, memoWarnSize },
    setMetadata(metadata) {
      given = metadata;
      base = baseMetadata(given, apiKey);
    },
    setApiKey(key) {
      apiKey = key;
      base = baseMetadata(given, apiKey);
    },
    close() {
      if (closed) throw new IllegalStateError('Client already closed');
      closed = true;
      channel.close();
    },
  };
}

const timeoutOf = (method: string, request: Uint8Array): number =>
  isLongPoll(method, request) ? LONG_POLL_TIMEOUT_MS : CALL_TIMEOUT_MS;

/** @throws TypeError for names that HTTP cannot carry */
function baseMetadata(given: Metadata, apiKey: string | null): CallMetadata {
  for (const name of Object.keys(given)) {
    if (!/^[0-9a-z_.-]+$/i.test(name)) throw new TypeError(`Invalid metadata key: ${JSON.stringify(name)}`);
  }
  const base: CallMetadata = { 'client-name': clientName, 'client-version': clientVersion };
  return Object.freeze(merged(apiKey === null ? base : { ...base, authorization: `Bearer ${apiKey}` }, given));
}

function merged(base: CallMetadata, more: CallMetadata): CallMetadata {
  const all: Record<string, string | Uint8Array> = { ...base };
  for (const name of Object.keys(more)) {
    const value = more[name];
    if (value !== undefined) all[name.toLowerCase()] = value;
  }
  return all;
}

async function askCapabilities(client: NativeClient): Promise<Capabilities | undefined> {
  try {
    const answer = await client.call(GET_SYSTEM_INFO, new Uint8Array(0));
    return temporal.api.workflowservice.v1.GetSystemInfoResponse.decode(answer).capabilities ?? undefined;
  } catch (error) {
    // A server too old to know the call is a server all the same.
    if (error instanceof GrpcError && error.code === Status.UNIMPLEMENTED) return undefined;
    if (error instanceof GrpcError)
      throw new TransportError(`Failed to call GetSystemInfo: ${error.message}`, { cause: error });
    throw error;
  }
}

function asTransportError(error: unknown): unknown {
  if (!(error instanceof GrpcError)) return error;
  const refused = /ECONNREFUSED/.test(error.details) ? 'Connection refused: ' : '';
  return new TransportError(`Failed to connect to the Temporal server: ${refused}${error.details}`, { cause: error });
}
