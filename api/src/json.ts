import { WireReader } from './reader.ts';
import { descriptors, type FieldDescriptor, isInOneof } from './schema.ts';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * A message in the canonical JSON form of proto3, out of its wire form: what codecs leave encoded is shown as well.
 * Fields that this contract does not know are left out. Throws a RangeError for bytes that are no such message.
 */
export function toJson(type: string, bytes: Uint8Array): Json {
  const wellKnown = WELL_KNOWN[type];
  return wellKnown ? wellKnown(bytes) : messageJson(type, bytes);
}

function messageJson(type: string, bytes: Uint8Array): { [name: string]: Json } {
  const fields = fieldsById(type);
  const json: { [name: string]: Json } = {};
  const reader = new WireReader(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const field = fields.get(tag >>> 3);
    if (field) readInto(json, field, reader, tag & 7);
    else reader.skipType(tag & 7);
  }
  return json;
}

interface NamedField extends FieldDescriptor {
  readonly name: string;
  /** It is shown even when it has the value of an absent one. */
  readonly showsDefault: boolean;
}

const known = new Map<string, ReadonlyMap<number, NamedField>>();

function fieldsById(type: string): ReadonlyMap<number, NamedField> {
  const before = known.get(type);
  if (before) return before;
  const message = descriptors.messages[type];
  if (!message) throw new Error(`the wire contract has no message ${type}`);
  const fields = new Map(
    Object.entries(message.fields).map(([name, field]) => [
      field.id,
      { ...field, name, showsDefault: isInOneof(message, name) },
    ]),
  );
  known.set(type, fields);
  return fields;
}

const LENGTH_DELIMITED = 2;

function readInto(json: { [name: string]: Json }, field: NamedField, reader: WireReader, wireType: number): void {
  const { name, type, rule, keyType } = field;
  if (keyType !== undefined) {
    const [key, value] = mapEntry(keyType, type, reader.bytes());
    json[name] = { ...(json[name] as { [key: string]: Json } | undefined), [key]: value };
  } else if (rule === 'repeated') {
    const values = (json[name] as Json[] | undefined) ?? [];
    json[name] = values;
    const isPacked = wireType === LENGTH_DELIMITED && !isLengthDelimited(type);
    if (!isPacked) values.push(read(type, reader));
    else for (const end = reader.uint32() + reader.pos; reader.pos < end; ) values.push(read(type, reader));
  } else {
    const value = read(type, reader);
    if (field.showsDefault || !isDefault(type, value)) json[name] = value;
  }
}

function mapEntry(keyType: string, valueType: string, bytes: Uint8Array): [string, Json] {
  const reader = new WireReader(bytes);
  let key: Json = keyType === 'string' ? '' : '0';
  let value: Json = absent(valueType);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) key = read(keyType, reader);
    else if (tag >>> 3 === 2) value = read(valueType, reader);
    else reader.skipType(tag & 7);
  }
  return [String(key), value];
}

function absent(type: string): Json {
  if (type === 'string' || type === 'bytes') return '';
  if (type === 'bool') return false;
  if (scalars[type]) return is64Bit(type) ? '0' : 0;
  const values = descriptors.enums[type];
  return values ? (Object.keys(values)[0] ?? 0) : toJson(type, new Uint8Array(0));
}

const isLengthDelimited = (type: string): boolean =>
  type === 'string' || type === 'bytes' || descriptors.messages[type] !== undefined;
const is64Bit = (type: string): boolean => type.endsWith('64');

function isDefault(type: string, value: Json): boolean {
  if (descriptors.messages[type]) return false;
  return value === absent(type);
}

/** JSON has no 64-bit integers, no bytes, and no numbers that are none. */
const scalars: Readonly<Record<string, (reader: WireReader) => Json>> = {
  string: (reader) => reader.string(),
  bytes: (reader) => Buffer.from(reader.bytes()).toString('base64'),
  bool: (reader) => reader.bool(),
  int32: (reader) => reader.int32(),
  uint32: (reader) => reader.uint32(),
  sint32: (reader) => reader.sint32(),
  fixed32: (reader) => reader.fixed32(),
  sfixed32: (reader) => reader.sfixed32(),
  int64: (reader) => String(reader.int64()),
  uint64: (reader) => String(reader.uint64()),
  fixed64: (reader) => String(reader.fixed64()),
  sfixed64: (reader) => String(reader.sfixed64()),
  float: (reader) => finite(reader.float()),
  double: (reader) => finite(reader.double()),
};

const finite = (value: number): Json => (Number.isFinite(value) ? value : String(value));

function read(type: string, reader: WireReader): Json {
  const scalar = scalars[type];
  if (scalar) return scalar(reader);
  const values = descriptors.enums[type];
  if (!values) return toJson(type, reader.bytes());
  const number = reader.int32();
  return Object.entries(values).find(([, value]) => value === number)?.[0] ?? number;
}

const WELL_KNOWN: Readonly<Record<string, (bytes: Uint8Array) => Json>> = {
  'google.protobuf.Timestamp': (bytes) => {
    const { seconds, nanos } = secondsAndNanos('google.protobuf.Timestamp', bytes);
    return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fraction(nanos)}Z`;
  },
  'google.protobuf.Duration': (bytes) => {
    const { seconds, nanos } = secondsAndNanos('google.protobuf.Duration', bytes);
    const sign = seconds < 0 || nanos < 0 ? '-' : '';
    return `${sign}${Math.abs(seconds)}${fraction(Math.abs(nanos))}s`;
  },
  'google.protobuf.FieldMask': (bytes) => {
    const { paths = [] } = messageJson('google.protobuf.FieldMask', bytes);
    return (paths as string[]).map(camelCase).join(',');
  },
  'google.protobuf.DoubleValue': (bytes) => messageJson('google.protobuf.DoubleValue', bytes)['value'] ?? 0,
  'google.protobuf.Any': (bytes) => {
    const { typeUrl = '', value = '' } = messageJson('google.protobuf.Any', bytes);
    const type = String(typeUrl).split('/').at(-1) ?? '';
    if (!descriptors.messages[type]) return { '@type': typeUrl, value };
    const content = toJson(type, Buffer.from(String(value), 'base64'));
    return { '@type': typeUrl, ...(WELL_KNOWN[type] ? { value: content } : (content as { [name: string]: Json })) };
  },
};

function secondsAndNanos(type: string, bytes: Uint8Array): { seconds: number; nanos: number } {
  const { seconds = '0', nanos = 0 } = messageJson(type, bytes);
  return { seconds: Number(seconds), nanos: Number(nanos) };
}

/** Three, six or nine digits, or none. */
function fraction(nanos: number): string {
  if (nanos === 0) return '';
  const digits = String(nanos).padStart(9, '0');
  if (digits.endsWith('000000')) return `.${digits.slice(0, 3)}`;
  return digits.endsWith('000') ? `.${digits.slice(0, 6)}` : `.${digits}`;
}

const camelCase = (path: string): string => path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
