import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { type ConnectionOptions, Http2Connection } from './connection.ts';
import { type ErrorCode, Flag, FRAME_HEAD_BYTES, FrameType, settingsPayload } from './frames.ts';
import { type FieldSink, HeaderDecoder, headerBlock } from './hpack.ts';
import type { Http2Stream, StreamEvents } from './stream.ts';

export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Buffer;
}

export function frame(type: number, flags: number, streamId: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, payload]);
}

export const settings = (...pairs: [setting: number, value: number][]): Buffer =>
  frame(FrameType.settings, Flag.none, 0, settingsPayload(pairs));

export function windowUpdate(streamId: number, bytes: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(bytes);
  return frame(FrameType.windowUpdate, Flag.none, streamId, payload);
}

export function reset(streamId: number, code = 8): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(code);
  return frame(FrameType.rstStream, Flag.none, streamId, payload);
}

export const okBlock = headerBlock([[':status', 200]]);
export const trailers = headerBlock([['grpc-status', 0]]);

export const requestBlock = headerBlock([
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/x'],
]);

/** The head of a request, which is all of it unless `flags` say otherwise. */
export const headers = (streamId: number, block = requestBlock, flags = Flag.endHeaders | Flag.endStream): Buffer =>
  frame(FrameType.headers, flags, streamId, block);

/** A request whose body is still to come. */
export const openHeaders = (streamId: number, block = requestBlock): Buffer =>
  headers(streamId, block, Flag.endHeaders);

export const data = (streamId: number, content: Uint8Array | string, flags: number = Flag.none): Buffer =>
  frame(FrameType.data, flags, streamId, Buffer.from(content));

/** The other end of a connection, which knows frames and nothing of what they mean. */
export class RawClient {
  readonly socket: Socket;
  readonly #frames: Frame[] = [];
  readonly #decoder = new HeaderDecoder();
  #bytes = Buffer.alloc(0);
  #wake = Promise.withResolvers<void>();
  #ended = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('data', (piece: Buffer) => this.#read(piece));
    socket.on('close', () => {
      this.#ended = true;
      this.#wake.resolve();
    });
  }

  send(...frames: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** The next frame that is none of those that every connection begins with; undefined at the end. */
  async next(): Promise<Frame | undefined> {
    for (;;) {
      const next = this.#frames.shift();
      if (next !== undefined) return next;
      if (this.#ended) return undefined;
      await this.#wake.promise;
    }
  }

  /** The next so many frames. */
  async take(count: number): Promise<Frame[]> {
    const frames: Frame[] = [];
    while (frames.length < count) {
      const next = await this.next();
      if (next === undefined) break;
      frames.push(next);
    }
    return frames;
  }

  /** With which code and text the connection is ended; the frames before are skipped. */
  async goaway(): Promise<{ readonly code: number; readonly lastStreamId: number; readonly text: string }> {
    for (;;) {
      const next = await this.next();
      if (next === undefined) throw new Error('the connection ended without a GOAWAY');
      const { type, payload } = next;
      if (type !== FrameType.goaway) continue;
      return {
        lastStreamId: payload.readUInt32BE(0),
        code: payload.readUInt32BE(4),
        text: payload.toString('utf8', 8),
      };
    }
  }

  /** Waits until the server has dealt with everything that was sent: it answers what comes behind. */
  async settled(): Promise<void> {
    this.send(frame(FrameType.ping, Flag.none, 0, Buffer.from('settled?')));
    for (let next = await this.next(); next !== undefined; next = await this.next())
      if (next.type === FrameType.ping) return;
    throw new Error('the connection ended');
  }

  fields(block: Buffer): [string, string][] {
    const fields: [string, string][] = [];
    const into: FieldSink = { take: ({ name, value }) => fields.push([name, value]) };
    this.#decoder.decode(block, into);
    return fields;
  }

  #read(piece: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, piece]);
    for (;;) {
      if (this.#bytes.length < FRAME_HEAD_BYTES) break;
      const end = FRAME_HEAD_BYTES + this.#bytes.readUIntBE(0, 3);
      if (this.#bytes.length < end) break;
      const [type = 0, flags = 0] = this.#bytes.subarray(3, 5);
      const payload = this.#bytes.subarray(FRAME_HEAD_BYTES, end);
      this.#frames.push({ type, flags, streamId: this.#bytes.readUInt32BE(5), payload });
      this.#bytes = this.#bytes.subarray(end);
    }
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}

export interface Opened {
  readonly client: RawClient;
  readonly connection: Http2Connection;
  /** What the server was told of its streams, in order. */
  readonly seen: string[];
  readonly bugs: unknown[];
}

type Options = Partial<Omit<ConnectionOptions, 'serve' | 'onBug'>> & {
  readonly serve?: (stream: Http2Stream, seen: string[]) => StreamEvents | undefined;
  /** What the client says first, behind the preface. */
  readonly first?: Buffer;
};

/** Writes down what becomes of a stream, and answers nothing. */
export function witness(stream: Http2Stream, seen: string[]): StreamEvents {
  const { id } = stream;
  return {
    data(piece) {
      stream.consumed(piece.length);
      seen.push(`${id}: ${piece.length > 20 ? piece.length : piece}`);
    },
    end: () => seen.push(`${id} ends`),
    closed: () => seen.push(`${id} closed`),
  };
}

/** Runs with a connection to a server that does nothing but what `serve` does. */
export async function withConnection(options: Options, run: (opened: Opened) => Promise<void>): Promise<void> {
  const {
    serve = witness,
    first = settings(),
    over = () => {},
    streamWindow = 65_535,
    connectionWindow = 100_000,
  } = options;
  const seen: string[] = [];
  const bugs: unknown[] = [];
  const accepted = Promise.withResolvers<Http2Connection>();
  const server = createServer({ noDelay: true }, (socket) => {
    accepted.resolve(
      new Http2Connection(socket, {
        streamWindow,
        connectionWindow,
        over,
        serve: (stream) => serve(stream, seen),
        onBug: (error) => bugs.push(error),
      }),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = new RawClient(dial((server.address() as AddressInfo).port, '127.0.0.1'));
  try {
    client.send(PREFACE, first);
    const connection = await accepted.promise;
    // Its settings and its window, and that it has taken our settings.
    await client.take(first.length === 0 ? 2 : 3);
    await run({ client, connection, seen, bugs });
  } finally {
    client.socket.destroy();
    server.close();
  }
}

/** What a RST_STREAM says. */
export const resetCode = ({ type, payload }: Frame): ErrorCode | undefined =>
  type === FrameType.rstStream ? (payload.readUInt32BE(0) as ErrorCode) : undefined;
