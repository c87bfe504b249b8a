import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ChannelCredentials, ChannelOptions, ServiceError as GrpcError } from '@grpc/grpc-js';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import type { Code } from '../../kernel/errors.ts';
import { ServiceError } from '../../kernel/errors.ts';
import type { CallOptions, UnaryClient } from './in-process.ts';
import { decodeStatus } from './refusal.ts';

export interface GrpcClientOptions {
  /** Default: no TLS. */
  readonly credentials?: ChannelCredentials;
  readonly channel?: ChannelOptions;
}

export interface GrpcClient extends UnaryClient {
  /** Calls a streaming method; the answers end with a `ServiceError` thrown, or when the server has no more. */
  stream(
    service: string,
    method: string,
    requests: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): AsyncIterable<Uint8Array>;
  close(): void;
}

/** The same calls as `inProcessClient`, to a server at `address` (`host:port`). Connects on the first call. */
export function grpcClient(address: string, options: GrpcClientOptions = {}): GrpcClient {
  const client = new Client(address, options.credentials ?? credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    ...options.channel,
  });
  return {
    call: (service, method, body, callOptions = {}) => unary(client, `/${service}/${method}`, body, callOptions),
    stream: (service, method, requests) => streamed(client, `/${service}/${method}`, requests),
    close: () => client.close(),
  };
}

function unary(client: Client, path: string, body: Uint8Array, options: CallOptions): Promise<Uint8Array> {
  const { metadata = {}, deadlineMs, signal } = options;
  const headers = new Metadata();
  for (const [name, value] of metadata instanceof Map ? metadata : Object.entries(metadata)) headers.set(name, value);
  const deadline = deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };

  return new Promise((resolve, reject) => {
    let initial = new Metadata();
    const onAbort = (): void => call.cancel();
    const done = (error: GrpcError | null, response?: Uint8Array): void => {
      signal?.removeEventListener('abort', onAbort);
      if (error === null) resolve(response ?? new Uint8Array(0));
      else reject(serviceError(error, initial));
    };
    const call = client.makeUnaryRequest(path, asBuffer, asIs, body, headers, deadline, done);
    call.once('metadata', (received: Metadata) => {
      initial = received;
    });
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
  });
}

async function* streamed(
  client: Client,
  path: string,
  requests: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const call = client.makeBidiStreamRequest(path, asBuffer, asIs);
  send(call, requests).catch((error: Error) => call.destroy(error));
  try {
    for await (const answer of call) yield answer;
  } catch (error) {
    throw isGrpcError(error) ? serviceError(error, new Metadata()) : error;
  } finally {
    call.cancel();
  }
}

async function send(call: Writable, requests: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
  for await (const request of requests) {
    if (!call.write(request)) await once(call, 'drain');
  }
  call.end();
}

const isGrpcError = (error: unknown): error is GrpcError =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const asIs = (bytes: Buffer): Uint8Array => bytes;

function serviceError(error: GrpcError, initial: Metadata): ServiceError {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(initial.getMap())) {
    if (typeof value === 'string') headers[name] = value;
  }
  const [status] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (status instanceof Uint8Array) return decodeStatus(status, headers);
  return new ServiceError(error.code as Code, error.details, [], headers);
}
