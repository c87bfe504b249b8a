import type { Channel, ConnectingChannel } from '@perdure/transport';
import { connectHttp2 } from '@perdure/transport';
import type { ClientChannel } from './client-channel.ts';
import type { ConnectionSettings } from './connection-settings.ts';
import { grpcJsChannel } from './grpc-js-channel.ts';
import { retryPolicyOf } from './grpc-retry.ts';
import type { GrpcRetryOptions } from './retry.ts';
import { withRetries } from './retry.ts';

/** Our own channel, or one of grpc-js where an option asks for it. It connects with the first call. */
export function openChannel(settings: ConnectionSettings): ClientChannel {
  if (settings.needsGrpcJs) return grpcJsChannel(settings.options);
  const { address, interceptors } = settings.options;
  const channel = connectHttp2({ address, ...tlsOptions(settings) });
  const ready = (deadline: number) => untilConnected(channel, deadline);
  return { ...retrying(channel, interceptors), ready };
}

/** A channel that is given, such as one to a server in this process, with the retries that interceptors ask for. */
export function overChannel(channel: Channel, { options }: ConnectionSettings): ClientChannel {
  const ready = (deadline: number) => (isConnecting(channel) ? untilConnected(channel, deadline) : Promise.resolve());
  return { ...retrying(channel, options.interceptors), ready };
}

const isConnecting = (channel: Channel): channel is ConnectingChannel => 'connect' in channel;

function retrying(channel: Channel, interceptors: ConnectionSettings['options']['interceptors']): Channel {
  const policies = interceptors.map(retryPolicyOf).filter((policy): policy is GrpcRetryOptions => policy !== undefined);
  // The first interceptor is the outermost.
  return policies.reduceRight<Channel>((inner, policy) => withRetries(inner, policy), {
    unary: (method, request, options) => channel.unary(method, request, options),
    close: () => channel.close(),
  });
}

function tlsOptions({ tls }: ConnectionSettings): Partial<Parameters<typeof connectHttp2>[0]> {
  if (tls === undefined) return {};
  const { serverNameOverride, serverRootCACertificate, clientCertPair } = tls;
  return {
    tls: {
      ca: serverRootCACertificate,
      cert: clientCertPair?.crt,
      key: clientCertPair?.key,
      serverName: serverNameOverride,
    },
    ...(serverNameOverride ? { authority: serverNameOverride } : {}),
  };
}

const firstPauseMs = 50;
const longestPauseMs = 1_000;

async function untilConnected(channel: ConnectingChannel, deadline: number): Promise<void> {
  for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
    if (await connects(channel, Math.max(0, deadline - Date.now()))) return;
    if (Date.now() >= deadline) throw new Error('Failed to connect before the deadline');
    await after(Math.min(pause, Math.max(0, deadline - Date.now())));
  }
}

async function connects(channel: ConnectingChannel, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, withinMs, false);
  });
  const attempt = channel.connect().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([attempt, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
