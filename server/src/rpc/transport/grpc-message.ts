import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import { Code, ServiceError } from '../../kernel/errors.ts';
import type { Http2Stream } from './http2/stream.ts';
import { requestTooLarge } from './refusal.ts';

/** A message is preceded by a flag (1: compressed) and its length in four bytes. */
export const HEAD_BYTES = 5;

/** The encodings that a request's messages may have, as `grpc-accept-encoding` names them. */
export const ACCEPTED_ENCODINGS = 'identity,gzip';

/** Up to this many compressed bytes, inflating at once is cheaper than a trip to the thread pool. */
const MAX_SYNC_BYTES = 64 * 1024;
const MAX_INFLATED_CHUNK = 64 * 1024;

const gunzipLater = promisify(gunzip);

/** The length of the message that begins with this head. Refuses what no request may look like, or is over `max`. */
export function announcedLength(head: Buffer, max: number): number {
  const flag = head.readUInt8(0);
  if (flag > 1) throw new ServiceError(Code.INTERNAL, `received a message with the unknown compression flag ${flag}`);
  const length = head.readUInt32BE(1);
  if (length > max) throw requestTooLarge(length, max);
  return length;
}

/** The content of a complete message with its head; a promise only where inflating it takes long. */
export function contentOf(message: Buffer, encoding: string, max: number): Buffer | Promise<Buffer> {
  const content = message.subarray(HEAD_BYTES);
  if (message[0] === 1) return inflate(content, encoding, max);
  // Pieces are views of what was read from the socket at once: keeping one alive would keep its neighbours.
  return content.length * 2 < content.buffer.byteLength ? Buffer.from(content) : content;
}

interface Inflated {
  readonly compressed: Buffer;
  readonly content: Buffer;
}

/** Workers poll with the same bytes each time: what was inflated a moment ago is looked for first. */
const recent: Inflated[] = [];
const RECENT = 16;
const MAX_RECENT_BYTES = 1024;
let oldest = 0;

function remember(compressed: Buffer, content: Buffer): void {
  // A copy, because what was read from the socket is much larger.
  recent[oldest] = { compressed: Buffer.from(compressed), content };
  oldest = (oldest + 1) % RECENT;
}

function inflate(compressed: Buffer, encoding: string, max: number): Buffer | Promise<Buffer> {
  if (encoding !== 'gzip') throw new ServiceError(Code.INTERNAL, 'received a compressed message without grpc-encoding');
  if (compressed.length > MAX_SYNC_BYTES) {
    return gunzipLater(compressed, { maxOutputLength: max }).catch((error: unknown) => {
      throw notInflated(error, max);
    });
  }
  const known = recent.find((each) => each.compressed.equals(compressed))?.content;
  if (known !== undefined && known.length <= max) return known;
  // gzip ends with the length of what it holds. It may lie, so it only decides how much room is made at first.
  const told = compressed.length < 4 ? 0 : compressed.readUInt32LE(compressed.length - 4);
  const chunkSize = Math.min(Math.max(told + 16, 64), MAX_INFLATED_CHUNK);
  try {
    const content = gunzipSync(compressed, { maxOutputLength: max, chunkSize });
    if (compressed.length <= MAX_RECENT_BYTES) remember(compressed, content);
    return content;
  } catch (error) {
    throw notInflated(error, max);
  }
}

function notInflated(error: unknown, max: number): ServiceError {
  return error instanceof RangeError
    ? new ServiceError(
        Code.RESOURCE_EXHAUSTED,
        `grpc: received message larger than max (over ${max} after decompression)`,
      )
    : new ServiceError(Code.INTERNAL, 'received a message that is not the gzip that it says it is');
}

/** Writes a message with its head. False when the caller does not keep up. */
export function writeMessage(stream: Http2Stream, content: Uint8Array): boolean {
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head[0] = 0;
  head.writeUInt32BE(content.length, 1);
  return stream.write([head, content]);
}
