const FIRST_BYTES = 1 << 12;
const MAX_SPARE_BYTES = 1 << 20;
const SLAB_BYTES = 1 << 14;
const MAX_POOLED_BYTES = SLAB_BYTES >> 3;
/** Shorter texts are written faster than Node is asked to. */
const SHORT_TEXT = 40;
const TWO_TO_32 = 0x1_0000_0000;

/** Takes the values of a message in the form that they have on the wire, and grows with them. */
export class WireWriter {
  #to = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #end = 0;

  get capacity(): number {
    return this.#to.length;
  }

  /** What was written, in memory of its own; the writer is empty again. */
  take(): Uint8Array {
    const bytes = allocate(this.#end);
    bytes.set(this.#to.subarray(0, this.#end));
    this.#end = 0;
    return bytes;
  }

  /** A tag or a length: below 2^32. */
  varint(value: number): void {
    this.#reserve(5);
    this.#end = putVarint(this.#to, this.#end, value);
  }

  /** Any safe integer; a negative one takes ten bytes. */
  integer(value: number): void {
    this.#reserve(10);
    if (value >= 0 && value < TWO_TO_32) {
      this.#end = putVarint(this.#to, this.#end, value);
      return;
    }
    let low = value >>> 0;
    let high = Math.floor(value / TWO_TO_32) >>> 0;
    while (high !== 0) {
      this.#to[this.#end++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.#end = putVarint(this.#to, this.#end, low);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#end = this.#to.writeDoubleLE(value, this.#end);
  }

  float(value: number): void {
    this.#reserve(4);
    this.#end = this.#to.writeFloatLE(value, this.#end);
  }

  bytes(value: Uint8Array): void {
    const { length } = value;
    this.varint(length);
    this.#reserve(length);
    this.#to.set(value, this.#end);
    this.#end += length;
  }

  string(value: string): void {
    const { length } = value;
    if (length < SHORT_TEXT && this.#ascii(value, length)) return;
    const room = lengthBytes(length);
    const start = this.open(room);
    this.#reserve(3 * length);
    this.#end += this.#to.write(value, start);
    this.close(start, room);
  }

  /** Leaves `room` bytes for the length of what follows. Returns where that begins, for `close`. */
  open(room: number): number {
    this.#reserve(room);
    this.#end += room;
    return this.#end;
  }

  /** Fills in the length of what was written since `open`, and returns how many bytes it takes. */
  close(start: number, room: number): number {
    const length = this.#end - start;
    const needed = lengthBytes(length);
    if (needed !== room) {
      this.#reserve(needed);
      this.#to.copyWithin(start + needed - room, start, this.#end);
      this.#end += needed - room;
    }
    putVarint(this.#to, start - room, length);
    return needed;
  }

  /** Writes the text with its length, if it is nothing but ASCII. */
  #ascii(value: string, length: number): boolean {
    this.#reserve(length + 1);
    const to = this.#to;
    let at = this.#end;
    to[at++] = length;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) return false;
      to[at++] = code;
    }
    this.#end = at;
    return true;
  }

  #reserve(more: number): void {
    const needed = this.#end + more;
    if (needed <= this.#to.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#to.length));
    larger.set(this.#to.subarray(0, this.#end));
    this.#to = larger;
  }
}

function putVarint(to: Uint8Array, at: number, value: number): number {
  let end = at;
  let rest = value >>> 0;
  for (; rest > 0x7f; rest >>>= 7) to[end++] = (rest & 0x7f) | 0x80;
  to[end++] = rest;
  return end;
}

function lengthBytes(length: number): number {
  if (length < 1 << 7) return 1;
  if (length < 1 << 14) return 2;
  if (length < 1 << 21) return 3;
  return length < 1 << 28 ? 4 : 5;
}

let spare: WireWriter | undefined;
let slab = new ArrayBuffer(SLAB_BYTES);
let used = 0;

/** A message as `encode` writes it. The result may share its `ArrayBuffer` with other results. */
export function written(encode: (message: object, writer: WireWriter) => void, message: object): Uint8Array {
  const writer = spare ?? new WireWriter();
  // Not to be taken by a getter of the message, nor to be used again if this encoding throws half-way.
  spare = undefined;
  encode(message, writer);
  const bytes = writer.take();
  if (writer.capacity <= MAX_SPARE_BYTES) spare = writer;
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
