import protobuf from 'protobufjs/light.js';
import { buildEncoder, type Encoder } from './encoder.ts';
import { opaqueTypes } from './opaque.ts';
import type { FieldDescriptor, MessageDescriptor } from './schema.ts';
import { descriptors, isInOneof } from './schema.ts';

/** How one message type is written and read; `decode` has the signature of the functions that protobufjs generates. */
export interface WireType extends Encoder {
  decode(reader: protobuf.Reader, length?: number, endTag?: number, depth?: number, into?: object | null): object;
  /** Makes a message with every field at its default. */
  readonly ctor: () => object;
}

const types = new Map<string, WireType>();

/**
 * The wire type of a message, each direction built when it is first used: building the whole contract takes longer than
 * a server may take to start, and most types are never used or only in one direction.
 */
export function wireType(typeName: string): WireType {
  const known = types.get(typeName);
  if (known !== undefined) return known;
  const descriptor = descriptors.messages[typeName];
  if (descriptor === undefined) throw new Error(`no such message: ${typeName}`);
  let create: (() => object) | undefined;
  const type: WireType = {
    encode(message, writer) {
      type.encode = buildEncoder(descriptor, wireType);
      type.encode(message, writer);
    },
    decode(...args) {
      type.decode = buildDecoder(descriptor, type.ctor);
      return type.decode(...args);
    },
    get ctor() {
      create ??= buildConstructor(descriptor);
      return create;
    },
  };
  types.set(typeName, type);
  return type;
}

/** Absent fields are at their defaults from the start. */
function buildDecoder(descriptor: MessageDescriptor, ctor: () => object): WireType['decode'] {
  const type = reflect(descriptor);
  const scope = { Reader: protobuf.Reader, types: wireTypes(descriptor), util: protobuf.util, C: ctor };
  return protobuf.decoder(type)(scope) as WireType['decode'];
}

function wireTypes(descriptor: MessageDescriptor): (WireType | undefined)[] {
  return Object.values(descriptor.fields).map((field) => (isMessage(field) ? wireType(field.type) : undefined));
}

/** Whether the field holds a decoded message. */
function isMessage({ type }: FieldDescriptor): boolean {
  return Object.hasOwn(descriptors.messages, type) && !opaqueTypes.has(type);
}

// Generated code gets at other types through its scope; all that protobufjs wants to know is that this is a message.
const anyMessage = new protobuf.Type('Message');

/**
 * The protobufjs type from which a decoder is generated. Enums are plain integers on the wire, opaque messages are
 * bytes. Oneofs are left out: of bytes with two members of one oneof, both are therefore read. Every field is one with
 * presence: the decoder then stores what it reads, where for others it would delete a property that is at its default.
 */
function reflect(descriptor: MessageDescriptor): protobuf.Type {
  const type = protobuf.Type.fromJSON('Message', { edition: 'proto3', fields: {} });
  type.lookupTypeOrEnum = () => anyMessage;
  const fields: Record<string, protobuf.FieldBase> = type.fields;
  for (const [name, { id, type: declared, rule, keyType }] of Object.entries(descriptor.fields)) {
    const isEnum = Object.hasOwn(descriptors.enums, declared);
    const wire = opaqueTypes.has(declared) ? 'bytes' : isEnum ? 'int32' : declared;
    const options = rule === undefined ? { features: { field_presence: 'EXPLICIT' } } : undefined;
    const field =
      keyType === undefined
        ? new protobuf.Field(name, id, wire, rule, undefined, options)
        : new protobuf.MapField(name, id, keyType, wire);
    // Not `type.add`, which indexes all fields anew for each one added.
    field.parent = type;
    fields[name] = field;
  }
  type.resolveAll();
  return type;
}

const noBytes = new Uint8Array(0);

/**
 * An object literal gives all messages of a type one hidden class, and survives being spread. Fields stand in the order
 * of their numbers, in which others write them, too.
 */
function buildConstructor(descriptor: MessageDescriptor): () => object {
  const inOrder = Object.entries(descriptor.fields).sort(([, a], [, b]) => a.id - b.id);
  const fields = inOrder.map(([name, field]) => `${name}:${absent(descriptor, name, field)}`);
  return new Function('noBytes', `return function(){return{${fields.join(',')}}}`)(noBytes) as () => object;
}

function absent(descriptor: MessageDescriptor, name: string, field: FieldDescriptor): string {
  if (field.rule === 'repeated') return '[]';
  if (field.keyType !== undefined) return '{}';
  if (opaqueTypes.has(field.type) || isMessage(field) || isInOneof(descriptor, name)) return 'null';
  if (field.type === 'string') return '""';
  if (field.type === 'bool') return 'false';
  return field.type === 'bytes' ? 'noBytes' : '0';
}
