import protobuf from 'protobufjs/light.js';
import { opaqueTypes } from './opaque.ts';
import type { FieldDescriptor, MessageDescriptor } from './schema.ts';
import { descriptors } from './schema.ts';

/** How one message type is written and read; the signatures are those of the functions that protobufjs generates. */
export interface WireType {
  encode(message: object, writer: protobuf.Writer, depth?: number): protobuf.Writer;
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
    encode(...args) {
      type.encode = buildEncoder(descriptor);
      return type.encode(...args);
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

function buildEncoder(descriptor: MessageDescriptor): WireType['encode'] {
  const type = reflect(descriptor, false);
  const scope = { Writer: protobuf.Writer, types: wireTypes(descriptor), util: protobuf.util };
  return protobuf.encoder(type)(scope) as WireType['encode'];
}

/**
 * The decoder treats every field as one with presence: it then stores what it reads, where for others it would delete a
 * property that is at its default. Absent fields are at their defaults from the start.
 */
function buildDecoder(descriptor: MessageDescriptor, ctor: () => object): WireType['decode'] {
  const type = reflect(descriptor, true);
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

function isOptional({ oneofs = {} }: MessageDescriptor, name: string): boolean {
  return Object.values(oneofs).some((members) => members.includes(name));
}

// Generated code gets at other types through its scope; all that protobufjs wants to know is that this is a message.
const anyMessage = new protobuf.Type('Message');

/**
 * The protobufjs type from which code is generated. Enums are plain integers on the wire, opaque messages are bytes.
 * Oneofs are left out, since all that is needed of them is that their members have presence; of bytes with two members
 * of one oneof, both are therefore read.
 */
function reflect(descriptor: MessageDescriptor, allPresent: boolean): protobuf.Type {
  const type = protobuf.Type.fromJSON('Message', { edition: 'proto3', fields: {} });
  type.lookupTypeOrEnum = () => anyMessage;
  const fields: Record<string, protobuf.FieldBase> = type.fields;
  for (const [name, { id, type: declared, rule, keyType }] of Object.entries(descriptor.fields)) {
    const opaque = opaqueTypes.has(declared);
    const wire = opaque ? 'bytes' : Object.hasOwn(descriptors.enums, declared) ? 'int32' : declared;
    const present = rule === undefined && (allPresent || opaque || isOptional(descriptor, name));
    const options = present ? { features: { field_presence: 'EXPLICIT' } } : undefined;
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

/** An object literal gives all messages of a type one hidden class, and survives being spread. */
function buildConstructor(descriptor: MessageDescriptor): () => object {
  const fields = Object.entries(descriptor.fields).map(([name, field]) => `${name}:${absent(descriptor, name, field)}`);
  return new Function('noBytes', `return function(){return{${fields.join(',')}}}`)(noBytes) as () => object;
}

function absent(descriptor: MessageDescriptor, name: string, field: FieldDescriptor): string {
  if (field.rule === 'repeated') return '[]';
  if (field.keyType !== undefined) return '{}';
  if (opaqueTypes.has(field.type) || isMessage(field) || isOptional(descriptor, name)) return 'null';
  if (field.type === 'string') return '""';
  if (field.type === 'bool') return 'false';
  return field.type === 'bytes' ? 'noBytes' : '0';
}
