import type { ServiceError } from '@grpc/grpc-js';
import type { CallMetadata } from '@perdure/transport';
import type { ClientChannel } from './client-channel.ts';
import type { ConnectionOptionsWithDefaults } from './connection-options.ts';
import { grpcJs } from './grpc-js.ts';

const asIs = (bytes: unknown) => bytes as Buffer;

/** A channel of grpc-js, for options that only it understands. Errors are those of grpc-js. */
export function grpcJsChannel(options: ConnectionOptionsWithDefaults): ClientChannel {
  const { Client, Metadata } = grpcJs();
  const { address, credentials, channelArgs, interceptors } = options;
  const client = new Client(address, credentials, channelArgs);

  const metadataOf = (values: CallMetadata) => {
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(values)) {
      metadata.set(name, typeof value === 'string' ? value : Buffer.from(value));
    }
    return metadata;
  };

  return {
    unary: (method, request, { metadata = {}, deadline, signal } = {}) =>
      new Promise((resolve, reject) => {
        const cancel = () => call.cancel();
        const call = client.makeUnaryRequest(
          method,
          asIs,
          asIs,
          request,
          metadataOf(metadata),
          { interceptors, ...(deadline === undefined ? {} : { deadline }) },
          (error: ServiceError | null, response?: Buffer) => {
            signal?.removeEventListener('abort', cancel);
            if (error !== null || response === undefined) reject(error);
            else resolve(response);
          },
        );
        if (signal?.aborted) cancel();
        else signal?.addEventListener('abort', cancel, { once: true });
      }),
    ready: (deadline) =>
      new Promise((resolve, reject) => {
        client.waitForReady(deadline, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    close: () => client.close(),
  };
}
