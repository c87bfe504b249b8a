import schema from './generated/descriptors.json' with { type: 'json' };

/** One field, as protobufjs writes it in its reflection JSON, with the type's full name. */
export interface FieldDescriptor {
  /** A scalar's name (`int64`, `bytes`, …), or the full name of a message or enum. */
  readonly type: string;
  readonly id: number;
  readonly rule?: 'repeated';
  /** The key's scalar type; present on maps only. */
  readonly keyType?: string;
  /** The name in the .proto file, where it is not the plain snake_case form of the field's name. */
  readonly protoName?: string;
}

export interface MessageDescriptor {
  readonly fields: Readonly<Record<string, FieldDescriptor>>;
  /** Field names by oneof; a proto3 `optional` field is alone in one whose name begins with `_`. */
  readonly oneofs?: Readonly<Record<string, readonly string[]>>;
}

/** Value by name, names as in the .proto file (`EVENT_TYPE_TIMER_STARTED`), the first one being the default. */
export type EnumDescriptor = Readonly<Record<string, number>>;

export interface Schema {
  readonly messages: Readonly<Record<string, MessageDescriptor>>;
  readonly enums: Readonly<Record<string, EnumDescriptor>>;
}

/** Whether a field is a member of a oneof, or `optional`, and so has presence. */
export const isInOneof = ({ oneofs = {} }: MessageDescriptor, name: string): boolean =>
  Object.values(oneofs).some((members) => members.includes(name));

/** Every message and enum of the wire contract with its true field types, by full name. */
export const descriptors: Schema = schema as Schema;
