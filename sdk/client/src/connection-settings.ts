import type { ChannelCredentials, ChannelOptions, Interceptor } from '@grpc/grpc-js';
import type { TLSConfig } from '@perdure/common/lib/internal-non-workflow';
import { normalizeGrpcEndpointAddress, normalizeTlsConfig } from '@perdure/common/lib/internal-non-workflow';
import { filterNullAndUndefined } from '@perdure/common/lib/internal-workflow';
import { msOptionalToNumber } from '@perdure/common/lib/time';
import type { ConnectionOptions, ConnectionOptionsWithDefaults } from './connection-options.ts';
import { LOCAL_TARGET } from './connection-options.ts';
import { grpcJs } from './grpc-js.ts';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor, retryPolicyOf } from './grpc-retry.ts';
import { clientName, clientVersion } from './version.ts';

const DEFAULT_PORT = 7233;
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

/** Options of a connection after everything in them was checked and worked out. */
export interface ConnectionSettings {
  /** What the connection shows of them. */
  readonly options: ConnectionOptionsWithDefaults;
  readonly tls: TLSConfig | undefined;
  readonly apiKey: (() => string) | undefined;
  /** Whether there is an option that only grpc-js understands. */
  readonly needsGrpcJs: boolean;
}

/**
 * @throws TypeError for options that contradict each other, and for addresses that are none
 */
export function settingsOf(given: ConnectionOptions): ConnectionSettings {
  refuseContradictions(given);
  const { tls: _, credentials, callCredentials, apiKey, channelArgs, interceptors, connectTimeout, ...rest } = given;
  const tls = normalizeTlsConfig(given.tls, apiKey);
  if (tls !== undefined && credentials !== undefined) {
    throw new TypeError('Both `tls` and `credentials` ConnectionOptions were provided');
  }

  const needsGrpcJs =
    credentials !== undefined ||
    (callCredentials?.length ?? 0) > 0 ||
    channelArgs !== undefined ||
    (interceptors ?? []).some((interceptor) => retryPolicyOf(interceptor) === undefined);
  let combined: ChannelCredentials | undefined;
  const options: ConnectionOptionsWithDefaults = {
    plugins: [],
    ...filterNullAndUndefined(rest),
    address: given.address ? normalizeGrpcEndpointAddress(given.address, DEFAULT_PORT) : LOCAL_TARGET,
    metadata: { 'client-name': clientName, 'client-version': clientVersion, ...given.metadata },
    channelArgs: withKeepalive(channelArgs, tls),
    interceptors: interceptors ?? defaultInterceptors(),
    connectTimeoutMs: msOptionalToNumber(connectTimeout) ?? DEFAULT_CONNECT_TIMEOUT_MS,
    // Worked out only for those who ask: it takes all of grpc-js.
    get credentials() {
      combined ??= combine(credentials ?? channelCredentials(tls), callCredentials ?? []);
      return combined;
    },
  };
  return { options, tls, apiKey: typeof apiKey === 'string' ? constant(apiKey) : apiKey, needsGrpcJs };
}

function refuseContradictions({ apiKey, metadata, credentials }: ConnectionOptions): void {
  if (!apiKey) return;
  if (metadata?.['Authorization']) {
    throw new TypeError(
      'Both `apiKey` option and `Authorization` header were provided, but only one makes sense to use at a time.',
    );
  }
  if (credentials !== undefined) {
    throw new TypeError(
      'Both `apiKey` and `credentials` ConnectionOptions were provided, but only one makes sense to use at a time',
    );
  }
}

/** A key that is empty is none. */
const constant = (apiKey: string): (() => string) | undefined => (apiKey === '' ? undefined : () => apiKey);

const defaultInterceptors = (): Interceptor[] => [makeGrpcRetryInterceptor(defaultGrpcRetryOptions())];

function withKeepalive(channelArgs: ChannelOptions | undefined, tls: TLSConfig | undefined): ChannelOptions {
  const name = tls?.serverNameOverride;
  return {
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 15_000,
    'grpc.max_receive_message_length': 128 * 1024 * 1024,
    ...channelArgs,
    ...(name ? { 'grpc.ssl_target_name_override': name, 'grpc.default_authority': name } : {}),
  };
}

function channelCredentials(tls: TLSConfig | undefined): ChannelCredentials {
  const { credentials } = grpcJs();
  if (tls === undefined) return credentials.createInsecure();
  const { serverRootCACertificate, clientCertPair } = tls;
  return credentials.createSsl(
    serverRootCACertificate && Buffer.from(serverRootCACertificate),
    clientCertPair && Buffer.from(clientCertPair.key),
    clientCertPair && Buffer.from(clientCertPair.crt),
  );
}

function combine(
  channel: ChannelCredentials,
  calls: NonNullable<ConnectionOptions['callCredentials']>,
): ChannelCredentials {
  return calls.length === 0 ? channel : grpcJs().credentials.combineChannelCredentials(channel, ...calls);
}
