import { promisify } from 'node:util';
import { gunzip, gunzipSync, gzip, gzipSync } from 'node:zlib';
import { GrpcError } from './grpc-error.ts';
import { Status } from './status.ts';

/** Before a message stand a flag (1: compressed) and its length in four bytes. */
export const HEAD_BYTES = 5;

/** Up to this many bytes, (de)compressing at once is cheaper than a trip to the thread pool. */
const MAX_SYNC_BYTES = 64 * 1024;
/** Below this, compressing costs more than the bytes that it saves. */
const MIN_COMPRESSED_BYTES = 4096;
const MAX_INFLATED_CHUNK = 64 * 1024;

const gzipLater = promisify(gzip);
const gunzipLater = promisify(gunzip);

/** A message as it goes over the wire. */
export function frame(message: Uint8Array, flag = 0): Buffer {
  const { length } = message;
  const framed = Buffer.allocUnsafe(HEAD_BYTES + length);
  framed[0] = flag;
  framed.writeUInt32BE(length, 1);
  framed.set(message, HEAD_BYTES);
  return framed;
}

/** A message as it goes over the wire, compressed if that is worth it; a promise only where that takes long. */
export function gzipFrame(message: Uint8Array): Buffer | Promise<Buffer> {
  if (message.length < MIN_COMPRESSED_BYTES) return frame(message);
  // Level 1: payloads are sent once, and the CPU is dearer than the last few percent.
  if (message.length <= MAX_SYNC_BYTES) return frame(gzipSync(message, { level: 1 }), 1);
  return gzipLater(message, { level: 1 }).then((compressed) => frame(compressed, 1));
}

/** The content of a complete message with its head; a promise only where inflating it takes long. */
export function contentOf(message: Buffer, encoding: string, maxBytes: number): Buffer | Promise<Buffer> {
  const content = message.subarray(HEAD_BYTES);
  if (message[0] === 1) return inflate(content, encoding, maxBytes);
  // Pieces are views of what was read from the socket at once: keeping one alive would keep its neighbours.
  return content.length * 2 < content.buffer.byteLength ? Buffer.from(content) : content;
}

/** The length of the message that begins with this head. Refuses what no response may look like. */
export function announcedLength(head: Buffer, maxBytes: number): number {
  const flag = head.readUInt8(0);
  if (flag > 1)
    throw new GrpcError(Status.INTERNAL, `the response has the compression flag ${flag}, which gRPC does not know`);
  const length = head.readUInt32BE(1);
  if (length > maxBytes) throw tooLarge(length, maxBytes);
  return length;
}

function inflate(compressed: Buffer, encoding: string, maxBytes: number): Buffer | Promise<Buffer> {
  if (encoding !== 'gzip')
    throw new GrpcError(Status.INTERNAL, `the response is compressed as ${encoding}, which was not asked for`);
  if (compressed.length > MAX_SYNC_BYTES) {
    return gunzipLater(compressed, { maxOutputLength: maxBytes }).catch((error: unknown) => {
      throw notInflated(error, maxBytes);
    });
  }
  // gzip ends with the length of what it holds. It may lie, so it only decides how much room is made at first.
  const told = compressed.length < 4 ? 0 : compressed.readUInt32LE(compressed.length - 4);
  const chunkSize = Math.min(Math.max(told + 16, 64), MAX_INFLATED_CHUNK);
  try {
    return gunzipSync(compressed, { maxOutputLength: maxBytes, chunkSize });
  } catch (error) {
    throw notInflated(error, maxBytes);
  }
}

const notInflated = (error: unknown, maxBytes: number): GrpcError =>
  error instanceof RangeError
    ? tooLarge(`over ${maxBytes} after decompression`, maxBytes)
    : new GrpcError(Status.INTERNAL, 'the response is not the gzip that it says it is');

export const tooLarge = (bytes: number | string, maxBytes: number): GrpcError =>
  new GrpcError(Status.RESOURCE_EXHAUSTED, `Received message larger than max (${bytes} vs. ${maxBytes})`);
