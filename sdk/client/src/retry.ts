import type { StatusObject } from '@grpc/grpc-js';
import type { CallOptions, Channel } from '@perdure/transport';
import { GrpcError, Status } from '@perdure/transport';

/** Whether and when a failed call is made again. */
export interface GrpcRetryOptions {
  /** How long to wait, in milliseconds, after the attempt with this number (from 1 on) ended with this status. */
  delayFunction: (attempt: number, status: StatusObject) => number;
  /** Whether there is another attempt after the one with this number. */
  retryableDecider: (attempt: number, status: StatusObject) => boolean;
}

/** A channel that makes failed calls again as the options say, until their deadline or until they are called off. */
export function withRetries(channel: Channel, retry: GrpcRetryOptions): Channel {
  return {
    close: () => channel.close(),
    async unary(method, request, options) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await channel.unary(method, request, options);
        } catch (error) {
          if (!(error instanceof GrpcError)) throw error;
          const status = error as unknown as StatusObject;
          if (!retry.retryableDecider(attempt, status)) throw error;
          await pause(retry.delayFunction(attempt, status), options);
        }
      }
    },
  };
}

/** @throws GrpcError when the call is called off, or out of time, meanwhile */
async function pause(ms: number, options: CallOptions = {}): Promise<void> {
  const { signal, deadline = Number.POSITIVE_INFINITY } = options;
  const left = deadline - Date.now();
  let stop: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, Math.min(ms, left)));
    if (signal === undefined) return;
    stop = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  if (stop !== undefined) signal?.removeEventListener('abort', stop);
  if (signal?.aborted) throw new GrpcError(Status.CANCELLED, 'Cancelled on client');
  if (left < ms) throw new GrpcError(Status.DEADLINE_EXCEEDED, 'Deadline exceeded');
}
