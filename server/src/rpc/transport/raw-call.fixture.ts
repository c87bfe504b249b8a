import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';

/** A gRPC message as it lies in the stream. */
export function frame(body: Uint8Array, flag = 0): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flag, 0);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Begins a call, of which nothing but the headers is sent. */
export function openCall(
  session: ClientHttp2Session,
  path: string,
  headers: OutgoingHttpHeaders = {},
): ClientHttp2Stream {
  return session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
}

export interface RawAnswer {
  /** The message without its head. */
  readonly message: Buffer;
  /** The `grpc-status`; NaN when there is none. */
  readonly status: number;
  /** All headers, those at the end too. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** With which code of HTTP/2 the stream was closed. */
  readonly rstCode: number;
}

/** The answer to a call, as it came. */
export async function rawAnswer(stream: ClientHttp2Stream): Promise<RawAnswer> {
  let headers: Record<string, unknown> = {};
  const take = (received: object): void => {
    headers = { ...headers, ...received };
  };
  stream.on('response', take);
  stream.on('trailers', take);
  const closed = new Promise((resolve) => stream.once('close', resolve));
  const message = Buffer.concat(await stream.toArray()).subarray(5);
  await closed;
  return { message, status: Number(headers['grpc-status']), headers, rstCode: stream.rstCode };
}

/** A call without any library: `body` is sent as it is. */
export function rawCall(
  session: ClientHttp2Session,
  path: string,
  body: Buffer,
  headers: OutgoingHttpHeaders = {},
): Promise<RawAnswer> {
  const stream = openCall(session, path, headers);
  stream.end(body);
  return rawAnswer(stream);
}
