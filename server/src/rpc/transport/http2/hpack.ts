/**
 * The fields of a header block (HPACK, RFC 7541). What comes is decoded in full; what goes out is written as it is, with
 * no memory of what went before, because the few answers there are have their blocks ready.
 */
import { type Field, fieldOf, isName } from './fields.ts';
import { ConnectionError, ErrorCode } from './frames.ts';
import { huffmanText } from './huffman.ts';

/** RFC 7541, appendix A; the first has the index 1. */
const staticTable: readonly Field[] = (
  [
    [':authority', ''],
    [':method', 'GET'],
    [':method', 'POST'],
    [':path', '/'],
    [':path', '/index.html'],
    [':scheme', 'http'],
    [':scheme', 'https'],
    [':status', '200'],
    [':status', '204'],
    [':status', '206'],
    [':status', '304'],
    [':status', '400'],
    [':status', '404'],
    [':status', '500'],
    ['accept-charset', ''],
    ['accept-encoding', 'gzip, deflate'],
    ['accept-language', ''],
    ['accept-ranges', ''],
    ['accept', ''],
    ['access-control-allow-origin', ''],
    ['age', ''],
    ['allow', ''],
    ['authorization', ''],
    ['cache-control', ''],
    ['content-disposition', ''],
    ['content-encoding', ''],
    ['content-language', ''],
    ['content-length', ''],
    ['content-location', ''],
    ['content-range', ''],
    ['content-type', ''],
    ['cookie', ''],
    ['date', ''],
    ['etag', ''],
    ['expect', ''],
    ['expires', ''],
    ['from', ''],
    ['host', ''],
    ['if-match', ''],
    ['if-modified-since', ''],
    ['if-none-match', ''],
    ['if-range', ''],
    ['if-unmodified-since', ''],
    ['last-modified', ''],
    ['link', ''],
    ['location', ''],
    ['max-forwards', ''],
    ['proxy-authenticate', ''],
    ['proxy-authorization', ''],
    ['range', ''],
    ['referer', ''],
    ['refresh', ''],
    ['retry-after', ''],
    ['server', ''],
    ['set-cookie', ''],
    ['strict-transport-security', ''],
    ['transfer-encoding', ''],
    ['user-agent', ''],
    ['vary', ''],
    ['via', ''],
    ['www-authenticate', ''],
  ] as const
).map(([name, value]) => fieldOf(name, value));

/** The size of the dynamic table unless it is agreed otherwise, and we do not. */
export const HEADER_TABLE_BYTES = 4096;
/** What an entry counts beyond its text. */
const ENTRY_BYTES = 32;

const sizeOf = ({ name, value }: Field): number => name.length + value.length + ENTRY_BYTES;

const broken = (what: string): ConnectionError => new ConnectionError(ErrorCode.compressionError, what);

export interface FieldSink {
  take(field: Field): void;
}

/** Decodes the header blocks of one connection, which must be given to it in order, and all of them. */
export class HeaderDecoder {
  /** The newest last. */
  #table: Field[] = [];
  #tableBytes = 0;
  #maxTableBytes = HEADER_TABLE_BYTES;
  #block: Buffer = Buffer.alloc(0);
  #at = 0;
  #changed = false;

  /**
   * Hands out the fields of a block in order, and says whether the table is another one now. Throws a `ConnectionError`
   * for a block that is broken.
   */
  decode(block: Buffer, into: FieldSink): boolean {
    this.#block = block;
    this.#at = 0;
    this.#changed = false;
    let begun = false;
    while (this.#at < block.length) {
      const first = block[this.#at] ?? 0;
      if ((first & 0xe0) === 0x20) {
        if (begun) throw broken('a change of the table within a block');
        this.#resize(this.#integer(0x1f));
        continue;
      }
      begun = true;
      into.take((first & 0x80) !== 0 ? this.#field(this.#integer(0x7f)) : this.#literal(first));
    }
    return this.#changed;
  }

  #literal(first: number): Field {
    const remembered = (first & 0xc0) === 0x40;
    const index = this.#integer(remembered ? 0x3f : 0x0f);
    const name = index === 0 ? this.#text() : this.#field(index).name;
    const field = fieldOf(name, this.#text());
    if (remembered) this.#remember(field);
    return field;
  }

  #field(index: number): Field {
    const own = index - staticTable.length;
    const field = own > 0 ? this.#table[this.#table.length - own] : staticTable[index - 1];
    if (field === undefined) throw broken(`no header field has the index ${index}`);
    return field;
  }

  #remember(field: Field): void {
    this.#changed = true;
    this.#table.push(field);
    this.#tableBytes += sizeOf(field);
    this.#evict();
  }

  #resize(bytes: number): void {
    if (bytes > HEADER_TABLE_BYTES) throw broken('a header table larger than was agreed');
    this.#maxTableBytes = bytes;
    this.#changed = true;
    this.#evict();
  }

  #evict(): void {
    let oldest = 0;
    while (this.#tableBytes > this.#maxTableBytes) {
      const field = this.#table[oldest++];
      if (field === undefined) break;
      this.#tableBytes -= sizeOf(field);
    }
    if (oldest > 0) this.#table.splice(0, oldest);
  }

  /** An integer that begins in the bits of `mask` (RFC 7541, section 5.1). */
  #integer(mask: number): number {
    let value = this.#byte() & mask;
    if (value < mask) return value;
    for (let shift = 0; shift <= 21; shift += 7) {
      const byte = this.#byte();
      value += (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw broken('an integer that is too large');
  }

  #text(): string {
    const coded = ((this.#block[this.#at] ?? 0) & 0x80) !== 0;
    const length = this.#integer(0x7f);
    const start = this.#at;
    const end = start + length;
    if (end > this.#block.length) throw broken('a text that goes beyond its block');
    this.#at = end;
    const text = coded ? huffmanText(this.#block, start, end) : this.#block.toString('latin1', start, end);
    if (text === undefined) throw broken('a text that is not coded as it says');
    return text;
  }

  #byte(): number {
    const byte = this.#block[this.#at++];
    if (byte === undefined) throw broken('a header block that ends in the middle');
    return byte;
  }
}

/** A change of the table that tells the decoder to keep nothing. */
export const NO_TABLE = Buffer.of(0x20);

/**
 * Writes fields as literals that are not to be remembered. Throws for a name that is none in lower case, and for a value
 * with anything but printable ASCII in it.
 */
export function headerBlock(fields: Iterable<readonly [name: string, value: string | number]>): Buffer {
  const pieces: Buffer[] = [];
  for (const [name, given] of fields) {
    const value = String(given);
    if (!isName(name) || !/^[ -~]*$/.test(value))
      throw new TypeError(`the header field "${name}" cannot be sent: ${JSON.stringify(value)}`);
    const index = staticTable.findIndex((known) => known.name === name && known.value === value) + 1;
    if (index > 0) pieces.push(Buffer.of(0x80 | index));
    else pieces.push(Buffer.of(0), textOf(name), textOf(value));
  }
  return Buffer.concat(pieces);
}

function textOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const head: number[] = [];
  let rest = bytes.length;
  if (rest < 0x7f) head.push(rest);
  else {
    head.push(0x7f);
    for (rest -= 0x7f; rest >= 0x80; rest >>= 7) head.push((rest & 0x7f) | 0x80);
    head.push(rest);
  }
  return Buffer.concat([Buffer.from(head), bytes]);
}
