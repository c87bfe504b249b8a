import type { EnumDescriptor, FieldDescriptor, MessageDescriptor, Schema } from '@perdure/api';
import type { MethodShape, ServiceShape } from '../transport/contract.ts';
import type { Fields } from './wire.ts';
import { encodeFields, repeated } from './wire.ts';

/**
 * .proto files made up from the wire contract, one for each package: the originals are not at hand, and nobody who uses
 * reflection cares how they were cut. Comments and annotations are not in them.
 */
export interface FileDescriptors {
  /** The encoded `FileDescriptorProto`, and the names of the files that it imports. */
  file(name: string): FileDescriptor | undefined;
  /** The file that declares a service, method, message, field, enum or enum value with this full name. */
  fileOf(symbol: string): string | undefined;
}

export interface FileDescriptor {
  readonly bytes: Uint8Array;
  readonly imports: readonly string[];
}

export function describeFiles(schema: Schema, services: readonly ServiceShape[]): FileDescriptors {
  const world = indexNames(schema, services);
  const made = new Map<string, FileDescriptor>();
  return {
    file(name) {
      const content = world.files.get(name);
      if (content === undefined) return undefined;
      const known = made.get(name) ?? describeFile(name, content, world);
      made.set(name, known);
      return known;
    },
    fileOf(symbol) {
      const owner = world.homes.has(symbol) ? symbol : parentOf(symbol);
      const home = world.homes.get(owner);
      if (home !== undefined && (owner === symbol || hasMember(world, owner, symbol))) return home;
      // A value of an enum lives beside the enum, not in it.
      return world.values.get(symbol);
    },
  };
}

/** Everything declared, by where it is declared. */
interface World {
  readonly schema: Schema;
  readonly services: ReadonlyMap<string, ServiceShape>;
  /** The file of each service, message and enum. */
  readonly homes: ReadonlyMap<string, string>;
  /** The file of each enum value, by its full name. */
  readonly values: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Content>;
  /** What is declared inside of a message. */
  readonly nested: ReadonlyMap<string, readonly string[]>;
}

interface Content {
  readonly package: string;
  /** Full names of the outermost declarations. */
  readonly names: readonly string[];
}

function indexNames(schema: Schema, services: readonly ServiceShape[]): World {
  const homes = new Map<string, string>();
  const values = new Map<string, string>();
  const files = new Map<string, Content & { names: string[] }>();
  const nested = new Map<string, string[]>();
  const byName = new Map(services.map((service) => [service.name, service]));

  for (const name of [...Object.keys(schema.messages), ...Object.keys(schema.enums), ...byName.keys()]) {
    const parent = parentOf(name);
    if (Object.hasOwn(schema.messages, parent)) nested.set(parent, [...(nested.get(parent) ?? []), name]);
    const outermost = outermostOf(schema, name);
    const home = fileNameOf(outermost);
    homes.set(name, home);
    for (const value of Object.keys(schema.enums[name] ?? {})) values.set(`${parent}.${value}`, home);
    if (outermost !== name) continue;
    const content = files.get(home) ?? { package: parentOf(outermost), names: [] };
    content.names.push(name);
    files.set(home, content);
  }
  return { schema, services: byName, homes, values, files, nested };
}

const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
const simpleName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function outermostOf(schema: Schema, name: string): string {
  const parent = parentOf(name);
  return Object.hasOwn(schema.messages, parent) ? outermostOf(schema, parent) : name;
}

function hasMember({ schema, services }: World, owner: string, symbol: string): boolean {
  const member = simpleName(symbol);
  const service = services.get(owner);
  if (service !== undefined) return Object.hasOwn(service.methods, member);
  const message = schema.messages[owner];
  return message !== undefined && Object.entries(message.fields).some(([name, f]) => protoName(name, f) === member);
}

/** Clients know Google's own types by the files they come from, so those have their true names. */
const wellKnown: Readonly<Record<string, string>> = {
  'google.protobuf.Any': 'google/protobuf/any.proto',
  'google.protobuf.DoubleValue': 'google/protobuf/wrappers.proto',
  'google.protobuf.Duration': 'google/protobuf/duration.proto',
  'google.protobuf.Empty': 'google/protobuf/empty.proto',
  'google.protobuf.FieldMask': 'google/protobuf/field_mask.proto',
  'google.protobuf.Timestamp': 'google/protobuf/timestamp.proto',
  'google.rpc.Status': 'google/rpc/status.proto',
};

/** `temporal.api.common.v1.Payload` is in `temporal/api/common/v1/common.proto`. */
function fileNameOf(outermost: string): string {
  const known = wellKnown[outermost];
  if (known !== undefined) return known;
  const folders = parentOf(outermost).split('.');
  const subject = folders.findLast((folder) => !/^v\d/.test(folder)) ?? 'root';
  return [...folders, `${subject}.proto`].join('/');
}

function describeFile(name: string, content: Content, world: World): FileDescriptor {
  const { schema, services } = world;
  const imports = new Set<string>();
  // Every type that is written into the file is looked up here, so that no import can be forgotten.
  const refer = (typeName: string): string => {
    const home = world.homes.get(typeName);
    if (home === undefined) throw new Error(`${name} refers to ${typeName}, which is not described`);
    if (home !== name) imports.add(home);
    return `.${typeName}`;
  };
  const messages = content.names.filter((each) => Object.hasOwn(schema.messages, each));
  const enums = content.names.filter((each) => Object.hasOwn(schema.enums, each));
  const declarations: Fields = [
    ...repeated(
      4,
      messages.map((each) => describeMessage(each, world, refer)),
    ),
    ...repeated(
      5,
      enums.map((each) => describeEnum(each, schema.enums[each] ?? {})),
    ),
    ...content.names.flatMap((each) => {
      const service = services.get(each);
      return service === undefined ? [] : repeated(6, [describeService(service, refer)]);
    }),
  ];
  const head: Fields = [[1, name], [2, content.package], ...repeated(3, [...imports])];
  return { bytes: encodeFields([...head, ...declarations, [12, 'proto3']]), imports: [...imports] };
}

type Refer = (typeName: string) => string;

function describeMessage(name: string, world: World, refer: Refer): Uint8Array {
  const { schema } = world;
  const { fields, oneofs } = schema.messages[name] ?? { fields: {} };
  const nested = world.nested.get(name) ?? [];
  const groups = orderOneofs(oneofs ?? {});
  const maps: Uint8Array[] = [];
  const described = Object.entries(fields).map(([fieldName, field]) => {
    const wireName = protoName(fieldName, field);
    const group = groups.findIndex(([, members]) => members.includes(fieldName));
    const oneof: Fields =
      group < 0
        ? []
        : [
            [9, group],
            [17, isSynthetic(groups[group]?.[0]) ? 1 : undefined],
          ];
    if (field.keyType === undefined) {
      const label = field.rule === 'repeated' ? Label.repeated : Label.optional;
      return encodeFields([...describeField(wireName, field.id, label, field.type, schema, refer), ...oneof]);
    }
    const entry = `${pascalCase(wireName)}Entry`;
    maps.push(describeMapEntry(entry, field, field.keyType, schema, refer));
    return encodeFields([
      [1, wireName],
      [3, field.id],
      [4, Label.repeated],
      [5, MESSAGE],
      [6, `.${name}.${entry}`],
      [10, jsonName(wireName)],
    ]);
  });
  return encodeFields([
    [1, simpleName(name)],
    ...repeated(2, described),
    ...repeated(
      3,
      nested.filter((each) => Object.hasOwn(schema.messages, each)).map((each) => describeMessage(each, world, refer)),
    ),
    ...repeated(3, maps),
    ...repeated(
      4,
      nested
        .filter((each) => Object.hasOwn(schema.enums, each))
        .map((each) => describeEnum(each, schema.enums[each] ?? {})),
    ),
    ...repeated(
      8,
      groups.map(([each]) => encodeFields([[1, snakeCase(each)]])),
    ),
  ]);
}

type Oneof = readonly [name: string, members: readonly string[]];

/** A proto3 `optional` field is alone in a oneof of its own; those must come after the true ones. */
const isSynthetic = (oneof = ''): boolean => oneof.startsWith('_');
const orderOneofs = (oneofs: NonNullable<MessageDescriptor['oneofs']>): Oneof[] =>
  Object.entries(oneofs).sort(([a], [b]) => Number(isSynthetic(a)) - Number(isSynthetic(b)));

const Label = { optional: 1, repeated: 3 } as const;
const MESSAGE = 11;
const ENUM = 14;
const scalars: Readonly<Record<string, number>> = {
  double: 1,
  float: 2,
  int64: 3,
  uint64: 4,
  int32: 5,
  fixed64: 6,
  fixed32: 7,
  bool: 8,
  string: 9,
  bytes: 12,
  uint32: 13,
  sfixed32: 15,
  sfixed64: 16,
  sint32: 17,
  sint64: 18,
};

function describeField(name: string, id: number, label: number, type: string, schema: Schema, refer: Refer): Fields {
  const scalar = scalars[type];
  const kind = scalar ?? (Object.hasOwn(schema.enums, type) ? ENUM : MESSAGE);
  return [
    [1, name],
    [3, id],
    [4, label],
    [5, kind],
    [6, scalar === undefined ? refer(type) : undefined],
    [10, jsonName(name)],
  ];
}

/** On the wire a map is a list of entries with key and value; descriptors show it as that. */
function describeMapEntry(
  name: string,
  field: FieldDescriptor,
  keyType: string,
  schema: Schema,
  refer: Refer,
): Uint8Array {
  const isMapEntry = encodeFields([[7, 1]]);
  const key = encodeFields(describeField('key', 1, Label.optional, keyType, schema, refer));
  const value = encodeFields(describeField('value', 2, Label.optional, field.type, schema, refer));
  return encodeFields([
    [1, name],
    [2, key],
    [2, value],
    [7, isMapEntry],
  ]);
}

function describeEnum(name: string, values: EnumDescriptor): Uint8Array {
  const described = Object.entries(values).map(([value, number]) =>
    encodeFields([
      [1, value],
      [2, number],
    ]),
  );
  const aliases = new Set(Object.values(values)).size < described.length;
  return encodeFields([
    [1, simpleName(name)],
    ...repeated(2, described),
    [3, aliases ? encodeFields([[2, 1]]) : undefined],
  ]);
}

function describeService(service: ServiceShape, refer: Refer): Uint8Array {
  const methods = Object.entries(service.methods).map(
    ([name, { request, response, responseStream }]: [string, MethodShape]) =>
      encodeFields([
        [1, name],
        [2, refer(request.typeName)],
        [3, refer(response.typeName)],
        [6, responseStream ? 1 : undefined],
      ]),
  );
  return encodeFields([[1, simpleName(service.name)], ...repeated(2, methods)]);
}

const protoName = (name: string, field: FieldDescriptor): string => field.protoName ?? snakeCase(name);
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const jsonName = (wireName: string): string => wireName.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const pascalCase = (wireName: string): string => jsonName(`_${wireName}`);
