import { isUtf8 } from 'node:buffer';
import protobuf from 'protobufjs/light.js';

/**
 * Reads 64-bit integers as numbers and refuses what a number or a string cannot hold faithfully.
 *
 * protobufjs decides between numbers and Long objects by a global switch; the official SDK may live in the same process
 * and needs Long, so the choice is made here, per reader.
 */
export class WireReader extends protobuf.Reader {
  constructor(bytes: Uint8Array) {
    super(bytes);
    this.discardUnknown = true;
  }

  override raw(start: number, end: number): Uint8Array {
    return new Uint8Array(this.buf.buffer, this.buf.byteOffset + start, end - start);
  }

  override string(): string {
    const length = this.size();
    const start = this.pos;
    const end = start + length;
    if (end > this.len) throw new RangeError(`index out of range: ${start} + ${length} > ${this.len}`);
    this.pos = end;
    if (length === 0) return '';
    const text = utf8Slice.call(this.buf, start, end);
    // The replacement character may be in the text itself; only then are the bytes looked at a second time.
    if (text.includes('\uFFFD') && !isUtf8(this.buf.subarray(start, end))) throw new RangeError('invalid UTF-8');
    return text;
  }

  override stringVerify(): string {
    return this.string();
  }
}

// Works on any Uint8Array; the declared types know it on Buffer only.
const { utf8Slice } = Buffer.prototype as unknown as {
  utf8Slice(this: Uint8Array, start: number, end: number): string;
};

// protobufjs declares these as returning Long, so they cannot be written as overrides.
Object.assign(WireReader.prototype, {
  int64(this: WireReader): number {
    return varint(this, true);
  },
  uint64(this: WireReader): number {
    return varint(this, false);
  },
  sint64(): never {
    throw new Error('sint64 is not in the wire contract');
  },
  fixed64(this: WireReader): number {
    const low = this.fixed32();
    return safe(this.fixed32() * TWO_TO_32 + low);
  },
  sfixed64(this: WireReader): number {
    const low = this.fixed32();
    return safe(this.sfixed32() * TWO_TO_32 + low);
  },
});

const TWO_TO_32 = 0x1_0000_0000;

function varint(reader: WireReader, signed: boolean): number {
  const { buf, len } = reader;
  let low = 0;
  let high = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    if (reader.pos >= len) throw new RangeError(`index out of range: ${reader.pos} + 1 > ${len}`);
    const byte = buf[reader.pos++] as number;
    const bits = byte & 127;
    if (shift < 28) low |= bits << shift;
    else if (shift > 28) high |= bits << (shift - 32);
    else {
      low |= bits << 28;
      high |= bits >> 4;
    }
    if (byte < 128) return high === 0 ? low >>> 0 : safe((signed ? high : high >>> 0) * TWO_TO_32 + (low >>> 0));
  }
  throw new RangeError('invalid varint encoding');
}

function safe(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`a 64-bit integer beyond 2^53: about ${value}`);
}
