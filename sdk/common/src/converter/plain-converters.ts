import { decode, encode } from '../encoding.ts';
import { ValueError } from '../errors.ts';
import type { Payload } from '../interfaces.ts';
import type { PayloadConverterWithEncoding } from './contract.ts';
import { encodingKeys, encodingTypes, METADATA_ENCODING_KEY } from './types.ts';

/** `undefined`, as a payload without data. */
export class UndefinedPayloadConverter implements PayloadConverterWithEncoding {
  public readonly encodingType = encodingTypes.METADATA_ENCODING_NULL;

  public toPayload(value: unknown): Payload | undefined {
    if (value !== undefined) return undefined;
    return { metadata: { [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_NULL } };
  }

  public fromPayload<T>(_content: Payload): T {
    return undefined as T;
  }
}

/** Bytes, as they are. */
export class BinaryPayloadConverter implements PayloadConverterWithEncoding {
  public readonly encodingType = encodingTypes.METADATA_ENCODING_RAW;

  public toPayload(value: unknown): Payload | undefined {
    if (!(value instanceof Uint8Array)) return undefined;
    return { metadata: { [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_RAW }, data: value };
  }

  public fromPayload<T>({ data }: Payload): T {
    // A view of this realm on the same bytes, so that user code can test it with `instanceof`.
    return (data ? new Uint8Array(data.buffer, data.byteOffset, data.length) : data) as T;
  }
}

/** Anything that JSON can say. */
export class JsonPayloadConverter implements PayloadConverterWithEncoding {
  public readonly encodingType = encodingTypes.METADATA_ENCODING_JSON;

  public toPayload(value: unknown): Payload | undefined {
    if (value === undefined) return undefined;
    let json: string;
    try {
      json = JSON.stringify(value);
    } catch {
      return undefined;
    }
    return { metadata: { [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_JSON }, data: encode(json) };
  }

  public fromPayload<T>({ data }: Payload): T {
    if (data == null) throw new ValueError('Got payload with no data');
    return JSON.parse(decode(data)) as T;
  }
}
