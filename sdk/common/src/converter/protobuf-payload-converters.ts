import type { Root, Type } from 'protobufjs';
import protojson from 'protobufjs/ext/protojson.js';
import protobuf from 'protobufjs/light.js';
import { decode, encode } from '../encoding.ts';
import { PayloadConverterError, ValueError } from '../errors.ts';
import type { Payload } from '../interfaces.ts';
import { errorMessage, hasOwnProperties, isRecord } from '../type-helpers.ts';
import { CompositePayloadConverter } from './composite.ts';
import type { PayloadConverterWithEncoding } from './contract.ts';
import { BinaryPayloadConverter, JsonPayloadConverter, UndefinedPayloadConverter } from './plain-converters.ts';
import { encodingTypes, METADATA_ENCODING_KEY, METADATA_MESSAGE_TYPE_KEY } from './types.ts';

abstract class ProtobufPayloadConverter implements PayloadConverterWithEncoding {
  protected readonly root: Root | undefined;
  public abstract encodingType: string;

  public abstract toPayload<T>(value: T): Payload | undefined;
  public abstract fromPayload<T>(payload: Payload): T;

  // The types that `pbts` makes for a root do not say that it is one, so anything is taken and looked at.
  constructor(root?: unknown) {
    if (!root) return;
    if (!isRoot(root)) throw new TypeError('root must be an instance of a protobufjs Root');
    this.root = root;
  }

  /** The payload's data, and its type as the root has it. */
  protected validatePayload(content: Payload): { messageType: Type; data: Uint8Array } {
    const { data, metadata } = content;
    if (data == null) throw new ValueError('Got payload with no data');
    const encodedName = metadata?.[METADATA_MESSAGE_TYPE_KEY];
    if (!encodedName) throw new ValueError(`Got protobuf payload without metadata.${METADATA_MESSAGE_TYPE_KEY}`);
    if (!this.root) {
      throw new PayloadConverterError('Unable to deserialize protobuf message without `root` being provided');
    }
    const name = decode(encodedName);
    try {
      return { messageType: this.root.lookupType(name), data };
    } catch (error) {
      if (!errorMessage(error)?.includes('no such type')) throw error;
      throw new PayloadConverterError(
        `Got a \`${name}\` protobuf message but cannot find corresponding message class in \`root\``,
      );
    }
  }

  protected constructPayload({ messageTypeName, message }: { messageTypeName: string; message: Uint8Array }): Payload {
    return {
      metadata: {
        [METADATA_ENCODING_KEY]: encode(this.encodingType),
        [METADATA_MESSAGE_TYPE_KEY]: encode(messageTypeName),
      },
      data: message,
    };
  }
}

/** Messages of protobuf.js in their binary form. */
export class ProtobufBinaryPayloadConverter extends ProtobufPayloadConverter {
  public readonly encodingType = encodingTypes.METADATA_ENCODING_PROTOBUF;

  public toPayload(value: unknown): Payload | undefined {
    if (!isMessage(value)) return undefined;
    return this.constructPayload({ messageTypeName: nameOf(value.$type), message: value.$type.encode(value).finish() });
  }

  public fromPayload<T>(content: Payload): T {
    const { messageType, data } = this.validatePayload(content);
    // A view of this realm on the same bytes: protobuf.js tests them with `instanceof`.
    return messageType.decode(new Uint8Array(data.buffer, data.byteOffset, data.length)) as T;
  }
}

/** Messages of protobuf.js in their JSON form, which the user interface can show. */
export class ProtobufJsonPayloadConverter extends ProtobufPayloadConverter {
  public readonly encodingType = encodingTypes.METADATA_ENCODING_PROTOBUF_JSON;

  public toPayload(value: unknown): Payload | undefined {
    if (!isMessage(value)) return undefined;
    const json = JSON.stringify(toJson(value.$type, value));
    return this.constructPayload({ messageTypeName: nameOf(value.$type), message: encode(json) });
  }

  /** Fields that the message's type does not have are dropped, since a newer version may have sent them. */
  public fromPayload<T>(content: Payload): T {
    const { messageType, data } = this.validatePayload(content);
    return withoutBuffers(fromJson(messageType, JSON.parse(decode(data)))) as T;
  }
}

export interface DefaultPayloadConverterWithProtobufsOptions {
  /** What `patchProtobufRoot` returned, for finding the types of messages that arrive. */
  protobufRoot: Record<string, unknown>;
}

/** The default converter, and messages of protobuf.js in their JSON form. Those that arrive may also be binary. */
export class DefaultPayloadConverterWithProtobufs extends CompositePayloadConverter {
  constructor({ protobufRoot }: DefaultPayloadConverterWithProtobufsOptions) {
    super(
      new UndefinedPayloadConverter(),
      new BinaryPayloadConverter(),
      new ProtobufJsonPayloadConverter(protobufRoot),
      new ProtobufBinaryPayloadConverter(protobufRoot),
      new JsonPayloadConverter(),
    );
  }
}

type Message = Record<string, unknown> & { readonly $type: Type };

function isMessage(value: unknown): value is Message {
  return isRecord(value) && '$type' in value && isType(value['$type']);
}

// Classes are told by the mark that protobuf.js puts on them: there may be several copies, and minifiers change names.
function isType(value: unknown): value is Type {
  if (!isRecord(value) || classNameOf(value) !== 'Type') return false;
  if (!hasOwnProperties(value, ['parent', 'name', 'create', 'encode', 'decode'])) return false;
  const { name, create, encode: encodeMessage, decode: decodeMessage } = value;
  return typeof name === 'string' && [create, encodeMessage, decodeMessage].every((is) => typeof is === 'function');
}

function isRoot(value: unknown): value is Root {
  return isRecord(value) && classNameOf(value) === 'Root';
}

function classNameOf(value: Record<string, unknown>): string | undefined {
  return (value.constructor as { className?: string } | undefined)?.className;
}

/** The full name without the dot that protobuf.js begins it with. */
function nameOf({ fullName }: Type): string {
  return fullName.startsWith('.') ? fullName.slice(1) : fullName;
}

function toJson(type: Type, message: Message): unknown {
  const known = ofThisCopy(type);
  return protojson.toJson(known, known === type ? message : known.decode(type.encode(message).finish()));
}

function fromJson(type: Type, json: unknown): unknown {
  const known = ofThisCopy(type);
  const message = protojson.fromJson(known, json, { ignoreUnknownFields: true });
  return known === type ? message : type.decode(known.encode(message).finish());
}

const rootsOfThisCopy = new WeakMap<Root, Root>();

/**
 * The type as `protojson` takes it. It tests types with `instanceof`, and the messages may well be those of another version
 * of protobuf.js: they cross over in their binary form, which all versions share.
 */
function ofThisCopy(type: Type): Type {
  const ofAnyCopy: unknown = type;
  if (ofAnyCopy instanceof protobuf.Type) return ofAnyCopy;
  let root = rootsOfThisCopy.get(type.root);
  if (root === undefined) {
    root = protobuf.Root.fromJSON(type.root.toJSON());
    rootsOfThisCopy.set(type.root, root);
  }
  return root.lookupType(type.fullName);
}

/**
 * The message with every Node buffer in it replaced by a plain array of bytes, so that it is the same in a Workflow, where
 * there are no buffers, and outside.
 */
function withoutBuffers(value: unknown): unknown {
  if (protobuf.util.Buffer == null) return value;
  if (isBuffer(value)) return new Uint8Array(value);
  if (!isRecord(value) || ArrayBuffer.isView(value)) return value;
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (isRecord(inner)) value[key] = withoutBuffers(inner);
  }
  return value;
}

function isBuffer(value: unknown): value is Uint8Array {
  // `Buffer` itself may be another realm's, or not be there.
  const made = isRecord(value) ? (value.constructor as { name?: string; isBuffer?: unknown } | undefined) : undefined;
  return made?.name === 'Buffer' && typeof made.isBuffer === 'function' && made.isBuffer(value) === true;
}
