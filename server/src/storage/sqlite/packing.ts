/** Numbers, texts and bytes, one after the other in a buffer: how commits travel to the writing thread. */

const absent = 0xffff_ffff;

export interface Writer {
  readonly buffer: Buffer;
  readonly view: DataView;
  at: number;
}

export interface Reader {
  readonly buffer: Buffer;
  readonly view: DataView;
  at: number;
}

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
export const textBound = (value: string): number => 4 + value.length * 3;
export const blobBound = (value: Uint8Array | null): number => 4 + (value === null ? 0 : value.length);

export function u32(to: Writer, value: number): void {
  to.view.setUint32(to.at, value);
  to.at += 4;
}

export function f64(to: Writer, value: number): void {
  to.view.setFloat64(to.at, value);
  to.at += 8;
}

export function text(to: Writer, value: string): void {
  const length = to.buffer.write(value, to.at + 4, 'utf8');
  u32(to, length);
  to.at += length;
}

export function blob(to: Writer, value: Uint8Array | null): void {
  if (value === null) {
    u32(to, absent);
    return;
  }
  u32(to, value.length);
  to.buffer.set(value, to.at);
  to.at += value.length;
}

export function list<T>(from: Reader, read: (from: Reader) => T): T[] {
  const items: T[] = [];
  for (let left = readU32(from); left > 0; left--) items.push(read(from));
  return items;
}

export function readU32(from: Reader): number {
  from.at += 4;
  return from.view.getUint32(from.at - 4);
}

export function readF64(from: Reader): number {
  from.at += 8;
  return from.view.getFloat64(from.at - 8);
}

export function readText(from: Reader): string {
  const length = readU32(from);
  from.at += length;
  return from.buffer.toString('utf8', from.at - length, from.at);
}

export function readBlob(from: Reader): Uint8Array | null {
  const length = readU32(from);
  if (length === absent) return null;
  from.at += length;
  return from.buffer.subarray(from.at - length, from.at);
}

export function requiredBlob(from: Reader): Uint8Array {
  const value = readBlob(from);
  if (value === null) throw new TypeError('a packed commit lacks a value');
  return value;
}
