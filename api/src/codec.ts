import { WireReader } from './reader.ts';
import { descriptors } from './schema.ts';
import type { WireType } from './wire-type.ts';
import { wireType } from './wire-type.ts';
import { written } from './writer.ts';

/** What may be given for a `T` to encode: any part of it, at any depth; `undefined` and `null` mean absent. */
export type Init<T> = { readonly [K in keyof T]?: InitValue<T[K]> | null | undefined };

type InitValue<V> = V extends Uint8Array | string | number | boolean | null
  ? V
  : V extends readonly (infer E)[]
    ? readonly InitValue<E>[]
    : string extends keyof V
      ? { readonly [key: string]: InitValue<V[keyof V]> }
      : Init<V>;

/** Turns one message type into bytes and back. */
export interface Codec<T> {
  /** The full protobuf name, such as `temporal.api.common.v1.Payload`. */
  readonly typeName: string;
  /** Values equal to their proto3 default are left out, members of a oneof and `optional` fields excepted. */
  encode(message: Init<T>): Uint8Array;
  /**
   * The result shares memory with `bytes`: its `Uint8Array` fields are views of it. Unknown fields are dropped.
   *
   * @throws {DecodeError} if `bytes` is not an encoding of this message.
   */
  decode(bytes: Uint8Array): T;
}

/** Bytes that are not what they should be: cut short, nested over 100 deep, not UTF-8, or an integer beyond 2^53. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly typeName: string;

  constructor(typeName: string, cause: Error) {
    super(`cannot decode ${typeName}: ${cause.message}`, { cause });
    this.typeName = typeName;
  }
}

const codecs = new Map<string, Codec<unknown>>();

/** The codec of the message with this full name, or undefined if the wire contract has no such message. */
export function lookup(typeName: string): Codec<unknown> | undefined {
  return Object.hasOwn(descriptors.messages, typeName) ? codec(typeName) : undefined;
}

/** The codec of a message that is known to exist. What it needs is built when it is first used. */
export function codec<T>(typeName: string): Codec<T> {
  let made = codecs.get(typeName);
  if (made === undefined) {
    made = lazyCodec(typeName);
    codecs.set(typeName, made);
  }
  return made as Codec<T>;
}

function lazyCodec(typeName: string): Codec<unknown> {
  let type: WireType | undefined;
  return {
    typeName,
    encode(message) {
      type ??= wireType(typeName);
      return written(type.encode, message);
    },
    decode(bytes) {
      type ??= wireType(typeName);
      const reader = new WireReader(bytes);
      try {
        return type.decode(reader);
      } catch (error) {
        // The reader and protobufjs refuse with RangeError and plain Error; a TypeError would be a bug in them.
        if (error instanceof TypeError || !(error instanceof Error)) throw error;
        throw new DecodeError(typeName, error);
      }
    },
  };
}
