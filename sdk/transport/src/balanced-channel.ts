import type { CallOptions, ConnectingChannel } from './channel.ts';
import { GrpcError } from './grpc-error.ts';
import { NotConnectedError } from './not-connected.ts';
import { Status } from './status.ts';

export interface BalancedChannelOptions {
  /** Finds out which addresses there are. */
  readonly resolve: () => Promise<readonly string[]>;
  /** How often to find out again, in milliseconds. */
  readonly intervalMs: number;
  readonly open: (address: string) => ConnectingChannel;
}

/** Spreads calls over all addresses that a name stands for, one after the other. It does not keep the process alive. */
export function balancedChannel({ resolve, intervalMs, open }: BalancedChannelOptions): ConnectingChannel {
  const channels = new Map<string, ConnectingChannel>();
  let turn: readonly ConnectingChannel[] = [];
  let next = 0;
  let resolving: Promise<void> | undefined;
  let closed = false;

  const update = (addresses: readonly string[]): void => {
    if (closed || addresses.length === 0) return;
    for (const [address, channel] of channels) {
      if (addresses.includes(address)) continue;
      channels.delete(address);
      channel.close();
    }
    for (const address of addresses) if (!channels.has(address)) channels.set(address, open(address));
    turn = [...channels.values()];
  };
  // Addresses that were good stay in use while the name cannot be resolved.
  const refresh = (): Promise<void> => {
    resolving ??= resolve()
      .then(update)
      .finally(() => {
        resolving = undefined;
      });
    return resolving;
  };
  const timer = setInterval(() => void refresh().catch(() => undefined), intervalMs);
  timer.unref();

  const candidates = async (): Promise<readonly ConnectingChannel[]> => {
    if (closed) throw new GrpcError(Status.UNAVAILABLE, 'The channel has been closed');
    if (turn.length === 0) await refresh().catch(cannotResolve);
    next = (next + 1) % Math.max(turn.length, 1);
    return [...turn.slice(next), ...turn.slice(0, next)];
  };

  return {
    unary: async (method, request, options?: CallOptions) =>
      firstConnected(await candidates(), (channel) => channel.unary(method, request, options)),
    connect: async () => firstConnected(await candidates(), (channel) => channel.connect()),
    close() {
      closed = true;
      clearInterval(timer);
      for (const channel of channels.values()) channel.close();
    },
  };
}

/** Tries one after the other, until one has a connection. */
async function firstConnected<T>(
  candidates: readonly ConnectingChannel[],
  attempt: (channel: ConnectingChannel) => Promise<T>,
): Promise<T> {
  let failure: unknown = new GrpcError(Status.UNAVAILABLE, 'The name of the server stands for no address');
  for (const candidate of candidates) {
    try {
      return await attempt(candidate);
    } catch (error) {
      if (!(error instanceof NotConnectedError)) throw error;
      failure = error;
    }
  }
  throw failure;
}

function cannotResolve(error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  throw new GrpcError(Status.UNAVAILABLE, `The name of the server cannot be resolved: ${text}`, undefined, {
    cause: error,
  });
}
