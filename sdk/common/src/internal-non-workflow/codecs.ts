import type { PayloadCodec } from '../converter/payload-codec.ts';
import type { SerializationContext } from '../converter/serialization-context.ts';
import type { Payload } from '../interfaces.ts';
import type { DecodedPayload, EncodedPayload } from './codec-types.ts';

type Absent = null | undefined;

/** The payloads after all codecs, the first one first. */
export async function encode(
  codecs: PayloadCodec[],
  payloads: Payload[],
  context?: SerializationContext,
): Promise<EncodedPayload[]> {
  let encoded = payloads;
  for (const codec of codecs) encoded = await codec.encode(encoded, context);
  return encoded as EncodedPayload[];
}

/** The payloads before all codecs, the last one undone first. */
export async function decode(
  codecs: PayloadCodec[],
  payloads: Payload[],
  context?: SerializationContext,
): Promise<DecodedPayload[]> {
  let decoded = payloads;
  for (const codec of codecs.toReversed()) decoded = await codec.decode(decoded, context);
  return decoded as DecodedPayload[];
}

export async function encodeSingle(
  codecs: PayloadCodec[],
  payload: Payload,
  context?: SerializationContext,
): Promise<EncodedPayload> {
  const [encoded] = await encode(codecs, [payload], context);
  return encoded as EncodedPayload;
}

export async function encodeOptionalSingle(
  codecs: PayloadCodec[],
  payload: Payload | Absent,
  context?: SerializationContext,
): Promise<EncodedPayload | Absent> {
  return payload == null ? payload : await encodeSingle(codecs, payload, context);
}

export async function decodeSingle(
  codecs: PayloadCodec[],
  payload: Payload,
  context?: SerializationContext,
): Promise<DecodedPayload> {
  const [decoded] = await decode(codecs, [payload], context);
  return decoded as DecodedPayload;
}

export async function decodeOptionalSingle(
  codecs: PayloadCodec[],
  payload: Payload | Absent,
  context?: SerializationContext,
): Promise<DecodedPayload | Absent> {
  return payload == null ? payload : await decodeSingle(codecs, payload, context);
}

export async function decodeOptional(
  codecs: PayloadCodec[],
  payloads: Payload[] | Absent,
  context?: SerializationContext,
): Promise<DecodedPayload[] | Absent> {
  return payloads == null ? payloads : await decode(codecs, payloads, context);
}
