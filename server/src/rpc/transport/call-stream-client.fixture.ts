import { once } from 'node:events';
import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { connect } from 'node:http2';
import type { Code } from '../../kernel/errors.ts';
import { ServiceError } from '../../kernel/errors.ts';
import { CALL_STREAM_PATH } from './call-stream.ts';
import { HEAD_BYTES } from './grpc-message.ts';
import type { CallOptions, UnaryClient } from './in-process.ts';
import { MessageReader } from './message-reader.ts';
import { frame, openCall } from './raw-call.fixture.ts';
import { decodeStatus } from './refusal.ts';

export interface CallStreamClient extends UnaryClient {
  readonly stream: ClientHttp2Stream;
  /** Sends a message as it is, and waits for nothing. */
  say(message: Uint8Array): void;
  close(): void;
}

/** A call as it goes over the stream. */
export function callBytes(id: number, path: string, timeoutMs: number, metadata: string | undefined, body: Uint8Array) {
  const head = Buffer.alloc(13);
  head[0] = 1;
  head.writeUInt32BE(id, 1);
  head.writeUInt32BE(timeoutMs, 5);
  head.writeUInt16BE(path.length, 9);
  head.writeUInt16BE(metadata === undefined ? 0xffff : metadata.length, 11);
  return Buffer.concat([head, Buffer.from(path), Buffer.from(metadata ?? ''), body]);
}

const cancelBytes = (id: number): Buffer => {
  const bytes = Buffer.from([2, 0, 0, 0, 0]);
  bytes.writeUInt32BE(id, 1);
  return bytes;
};

/** The same calls as `inProcessClient`, over one stream to a server at `address` (`host:port`). */
export async function callStreamClient(
  address: string,
  headers: Record<string, string> = {},
): Promise<CallStreamClient> {
  const session = connect(`http://${address}`);
  session.on('error', () => {});
  const stream = openCall(session, CALL_STREAM_PATH, headers);
  stream.on('error', () => {});
  const waiting = new Map<number, (kind: number | undefined, content: Buffer) => void>();
  const reader = new MessageReader(Number.POSITIVE_INFINITY);
  const greeted = Promise.withResolvers<void>();
  stream.on('data', (piece: Buffer) => {
    for (const message of reader.push(piece)) {
      const bytes = message.subarray(HEAD_BYTES);
      if (bytes[0] === 0) greeted.resolve();
      else waiting.get(bytes.readUInt32BE(1))?.(bytes[0], bytes.subarray(5));
    }
  });
  const say = (message: Uint8Array): boolean => stream.write(frame(message));
  say(Buffer.of(0));
  await Promise.race([greeted.promise, once(stream, 'close')]);
  let last = 0;
  return {
    stream,
    say,
    call(service, method, body, { metadata = {}, deadlineMs = 0, signal }: CallOptions = {}) {
      const id = ++last;
      const pairs = metadata instanceof Map ? [...metadata] : Object.entries(metadata);
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new ServiceError(1 as Code, 'not begun'));
        waiting.set(id, (kind, content) => {
          waiting.delete(id);
          if (kind === 1) resolve(content);
          else reject(kind === 2 ? refusalIn(content) : new Error(`answered with the kind ${kind}`));
        });
        signal?.addEventListener('abort', () => {
          waiting.delete(id);
          say(cancelBytes(id));
          reject(new ServiceError(1 as Code, 'taken back'));
        });
        say(callBytes(id, `/${service}/${method}`, deadlineMs, pairs.flat().join('\n').toLowerCase(), body));
      });
    },
    close: () => session.destroy(),
  };
}

function refusalIn(content: Buffer): ServiceError {
  const parts = content.toString('latin1').split('\n');
  const headers: IncomingHttpHeaders = {};
  for (let index = 0; index + 1 < parts.length; index += 2) headers[parts[index] ?? ''] = parts[index + 1];
  const { 'grpc-status': code, 'grpc-message': text, 'grpc-status-details-bin': details, ...rest } = headers;
  if (typeof details === 'string') return decodeStatus(Buffer.from(details, 'base64'), rest as Record<string, string>);
  const message = decodeURIComponent(String(text ?? ''));
  return new ServiceError(Number(code) as Code, message, [], rest as Record<string, string>);
}
