import { opaqueTypes } from './opaque.ts';
import { descriptors, type FieldDescriptor, isInOneof, type MessageDescriptor } from './schema.ts';
import type { WireWriter } from './writer.ts';

/** What writes messages of one type. */
export interface Encoder {
  encode(message: object, writer: WireWriter): void;
}

type Others = (typeName: string) => Encoder;

/** Writes a value that is there; with a tag before it, or nothing where silence says the same. */
type Put = (writer: WireWriter, value: never) => void;

/**
 * Encodes what a message has, in the order in which it has it, rather than ask for all that it might have: an event
 * might have seventy fields, and has seven.
 */
export function buildEncoder(descriptor: MessageDescriptor, others: Others): Encoder['encode'] {
  const fields = new Map<string, Put>();
  for (const [name, field] of Object.entries(descriptor.fields))
    fields.set(name, fieldPut(field, isInOneof(descriptor, name), others));
  return (message, writer) => {
    for (const name in message) {
      const value = message[name as keyof typeof message] as never;
      if (value !== null && value !== undefined) fields.get(name)?.(writer, value);
    }
  };
}

function fieldPut({ type, id, rule, keyType }: FieldDescriptor, hasPresence: boolean, others: Others): Put {
  const scalar = scalarOf(type);
  const put = scalar?.put ?? messagePut(type, others(type));
  if (keyType !== undefined) return mapPut(id, keyType, scalar, put);
  if (rule === 'repeated') return scalar?.packed ? packedPut(id, put) : eachPut(tagOf(id, scalar), put);
  const tag = tagOf(id, scalar);
  if (scalar === undefined || opaqueTypes.has(type) || hasPresence) {
    return (writer, value) => {
      writer.varint(tag);
      put(writer, value);
    };
  }
  const { isDefault } = scalar;
  return (writer, value) => {
    if (isDefault(value)) return;
    writer.varint(tag);
    put(writer, value);
  };
}

const LENGTH_DELIMITED = 2;

interface Scalar {
  readonly put: Put;
  readonly wireType: number;
  readonly packed: boolean;
  readonly isDefault: (value: never) => boolean;
}

const isZero = (value: number): boolean => value === 0;
const isPositiveZero = (value: number): boolean => Object.is(value, 0);
const integer: Scalar = { put: (to, value) => to.integer(value), wireType: 0, packed: true, isDefault: isZero };
const bytes: Scalar = {
  put: (to, value) => to.bytes(value),
  wireType: LENGTH_DELIMITED,
  packed: false,
  isDefault: ({ length }: Uint8Array) => length === 0,
};

/** By name; enums and opaque messages are what they are on the wire. The wire contract has no others. */
const scalars: Readonly<Record<string, Scalar>> = {
  int32: integer,
  int64: integer,
  uint32: integer,
  bool: { put: (to, value) => to.integer(value ? 1 : 0), wireType: 0, packed: true, isDefault: (value) => !value },
  double: { put: (to, value) => to.double(value), wireType: 1, packed: true, isDefault: isPositiveZero },
  float: { put: (to, value) => to.float(value), wireType: 5, packed: true, isDefault: isPositiveZero },
  string: {
    put: (to, value) => to.string(value),
    wireType: LENGTH_DELIMITED,
    packed: false,
    isDefault: (value) => value === '',
  },
  bytes,
};

/** Undefined for messages. */
function scalarOf(type: string): Scalar | undefined {
  if (opaqueTypes.has(type)) return bytes;
  if (Object.hasOwn(descriptors.messages, type)) return undefined;
  const scalar = Object.hasOwn(descriptors.enums, type) ? integer : scalars[type];
  if (scalar === undefined) throw new Error(`${type} is not in the wire contract`);
  return scalar;
}

const tagOf = (id: number, scalar: Scalar | undefined): number => (id << 3) | (scalar?.wireType ?? LENGTH_DELIMITED);

function messagePut(typeName: string, type: Encoder): Put {
  // Most messages of a field are about as long as the one before.
  let usual = 1;
  return (writer, message: object) => {
    // A loop over it would find nothing.
    if (message === null || message === undefined) throw new TypeError(`${message} is no ${typeName}`);
    // It changes while a message of the same type inside this one is written.
    const room = usual;
    const start = writer.open(room);
    type.encode(message, writer);
    usual = writer.close(start, room);
  };
}

const eachPut =
  (tag: number, put: Put): Put =>
  (writer, values: readonly never[]) => {
    for (const value of values) {
      writer.varint(tag);
      put(writer, value);
    }
  };

function packedPut(id: number, put: Put): Put {
  const tag = (id << 3) | LENGTH_DELIMITED;
  return (writer, values: readonly never[]) => {
    if (values.length === 0) return;
    writer.varint(tag);
    const start = writer.open(1);
    for (const value of values) put(writer, value);
    writer.close(start, 1);
  };
}

/** On the wire a map is a list of entries: the key is field 1, the value field 2. */
function mapPut(id: number, keyType: string, scalar: Scalar | undefined, put: Put): Put {
  const key = scalars[keyType];
  if (key === undefined) throw new Error(`keys of type ${keyType} are not in the wire contract`);
  const [tag, keyTag, valueTag] = [(id << 3) | LENGTH_DELIMITED, tagOf(1, key), tagOf(2, scalar)];
  const keyOf = keyType === 'string' ? (name: string) => name : Number;
  return (writer, map: Readonly<Record<string, never>>) => {
    for (const name of Object.keys(map)) {
      writer.varint(tag);
      const start = writer.open(1);
      writer.varint(keyTag);
      key.put(writer, keyOf(name) as never);
      writer.varint(valueTag);
      put(writer, map[name] as never);
      writer.close(start, 1);
    }
  };
}
