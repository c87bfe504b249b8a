/**
 * Just enough of the protobuf wire format for descriptors and reflection, which are no part of `@perdure/api`:
 * numbers, texts, and messages in messages.
 */
export type Fields = readonly (readonly [id: number, value: number | string | Uint8Array | undefined])[];

/** Writes fields in the order given; an `undefined` value is left out. */
export function encodeFields(fields: Fields): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [id, value] of fields) {
    if (value === undefined) continue;
    if (typeof value === 'number') {
      parts.push(varint(id << 3), varint(value));
      continue;
    }
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    parts.push(varint((id << 3) | 2), varint(bytes.length), bytes);
  }
  return Buffer.concat(parts);
}

/** The same field once for each value. */
export const repeated = (id: number, values: readonly (number | string | Uint8Array)[]): Fields =>
  values.map((value) => [id, value]);

/**
 * Reads a flat message; of a repeated field, and of a oneof that was set twice, all values are there in their order.
 *
 * @throws {RangeError} on bytes that break off or have a group in them.
 */
export function decodeFields(bytes: Uint8Array): { id: number; value: number | Buffer }[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: { id: number; value: number | Buffer }[] = [];
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = buffer[at++];
      if (byte === undefined || scale > 2 ** 63) throw new RangeError('a varint breaks off');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Buffer => {
    if (at + length > buffer.length) throw new RangeError('a field breaks off');
    at += length;
    return buffer.subarray(at - length, at);
  };
  while (at < buffer.length) {
    const tag = next();
    const id = Math.floor(tag / 8);
    if (tag % 8 === 0) fields.push({ id, value: next() });
    else if (tag % 8 === 1) fields.push({ id, value: take(8) });
    else if (tag % 8 === 2) fields.push({ id, value: take(next()) });
    else if (tag % 8 === 5) fields.push({ id, value: take(4) });
    else throw new RangeError(`wire type ${tag % 8} is not known`);
  }
  return fields;
}

function varint(value: number): Buffer {
  // A negative enum value takes ten bytes, as if it had 64 bits.
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
