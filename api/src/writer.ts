import protobuf from 'protobufjs/light.js';
import type { WireType } from './wire-type.ts';

const MAX_SPARE_BYTES = 1 << 20;
const SLAB_BYTES = 1 << 14;
const MAX_POOLED_BYTES = SLAB_BYTES >> 3;

let spare: protobuf.Writer | undefined;
let slab = new ArrayBuffer(SLAB_BYTES);
let used = 0;

/** Encodes a message. The result may share its `ArrayBuffer` with other results. */
export function write(type: WireType, message: object): Uint8Array {
  const writer = spare ?? protobuf.Writer.create();
  // Not to be taken by a getter of the message, nor to be used again if this encoding throws half-way.
  spare = undefined;
  type.encode(message, writer);
  const bytes = writer.finishInto(allocate(writer.pos));
  if (writer.buf.length <= MAX_SPARE_BYTES) spare = writer.reset();
  return bytes;
}

/** An allocation of its own costs more than a microsecond, as much as encoding an event, so small results share one. */
function allocate(length: number): Uint8Array {
  if (length > MAX_POOLED_BYTES) return new Uint8Array(length);
  if (used + length > SLAB_BYTES) {
    slab = new ArrayBuffer(SLAB_BYTES);
    used = 0;
  }
  const bytes = new Uint8Array(slab, used, length);
  used += length;
  return bytes;
}
