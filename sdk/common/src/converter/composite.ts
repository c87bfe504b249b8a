import { decode } from '../encoding.ts';
import { PayloadConverterError, ValueError } from '../errors.ts';
import type { Payload } from '../interfaces.ts';
import type { ConverterHint, TypeInfo } from '../type-info.ts';
import type { PayloadConverter, PayloadConverterWithEncoding } from './contract.ts';
import { BinaryPayloadConverter, JsonPayloadConverter, UndefinedPayloadConverter } from './plain-converters.ts';
import type { SerializationContext } from './serialization-context.ts';
import { METADATA_ENCODING_KEY } from './types.ts';

export declare const rawPayloadTypeBrand: unique symbol;

/**
 * A value that is a payload already. Converters send it as it is, and who asks for one gets what arrived as it is.
 */
export class RawValue<T = unknown> {
  private readonly _payload: Payload;
  declare private readonly [rawPayloadTypeBrand]: T;

  /** Converts the value now, with the default converter if no other is given. */
  constructor(value: T, payloadConverter: PayloadConverter = defaultPayloadConverter, context?: SerializationContext) {
    this._payload = payloadConverter.toPayload(value, context);
  }

  static fromPayload(p: Payload): RawValue {
    return new RawValue(p, asItIs);
  }

  get payload(): Payload {
    return this._payload;
  }
}

const asItIs = {
  toPayload: (value: unknown) => value,
  fromPayload: (payload: Payload) => payload,
} as PayloadConverter;

const rawMark = Symbol('rawValueTypeInfo');

/**
 * Says of an argument or a result that it is a {@link RawValue}.
 *
 * @experimental
 */
export const rawValueTypeInfo: TypeInfo<RawValue> & { readonly [rawMark]: true } = { [rawMark]: true };

/** Whether it is {@link rawValueTypeInfo}, or a copy of it. */
export function isRawValueTypeInfo(typeInfo: object | undefined): boolean {
  return typeInfo !== undefined && rawMark in typeInfo;
}

/**
 * Asks its converters one after the other to convert a value, and the one with the payload's encoding to convert it back.
 */
export class CompositePayloadConverter implements PayloadConverter {
  readonly converters: PayloadConverterWithEncoding[];
  readonly converterByEncoding: Map<string, PayloadConverterWithEncoding>;

  /** Throws a `PayloadConverterError` if there is none. Of two with the same encoding the last one decodes. */
  constructor(...converters: PayloadConverterWithEncoding[]) {
    if (converters.length === 0) {
      throw new PayloadConverterError('Must provide at least one PayloadConverterWithEncoding');
    }
    this.converters = converters;
    this.converterByEncoding = new Map(converters.map((converter) => [converter.encodingType, converter]));
  }

  public toPayload<T>(value: T, context?: SerializationContext, hint?: ConverterHint<T>): Payload {
    // Values without type info come here as they are, so this is where such a one is recognized.
    if (value instanceof RawValue) return value.payload;
    for (const converter of this.converters) {
      if (!follows(converter, hint)) continue;
      const payload = converter.toPayload(value, context, hint);
      if (payload !== undefined) return payload;
    }
    if (hint !== undefined) throw new ValueError(`No payload converter supports converter hint '${hint.converter}'`);
    throw new ValueError(`Unable to convert ${value} to payload`);
  }

  public fromPayload<T>(payload: Payload, context?: SerializationContext, hint?: ConverterHint<T>): T {
    if (payload.metadata == null) throw new ValueError('Missing payload metadata');
    const encoding = decode(payload.metadata[METADATA_ENCODING_KEY] as Uint8Array);
    const converter = this.converterByEncoding.get(encoding);
    if (converter === undefined) throw new ValueError(`Unknown encoding: ${encoding}`);
    if (!follows(converter, hint)) {
      throw new PayloadConverterError(
        `Payload encoding '${encoding}' does not support converter hint '${hint?.converter}'`,
      );
    }
    return converter.fromPayload(payload, context, hint);
  }
}

function follows(converter: PayloadConverterWithEncoding, hint: ConverterHint | undefined): boolean {
  return hint === undefined || converter.validateConverterHint?.(hint) === true;
}

/**
 * What is used if nothing else is given: `undefined`, bytes, and what JSON can say, tried in this order. Messages of
 * protobuf.js take a converter of their own, `DefaultPayloadConverterWithProtobufs`, since Workflow bundles would grow.
 */
export class DefaultPayloadConverter extends CompositePayloadConverter {
  constructor() {
    super(new UndefinedPayloadConverter(), new BinaryPayloadConverter(), new JsonPayloadConverter());
  }
}

export const defaultPayloadConverter: DefaultPayloadConverter = new DefaultPayloadConverter();
