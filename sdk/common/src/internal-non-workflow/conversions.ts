import type { temporal } from '@perdure/proto';
import type { LoadedDataConverter } from '../converter/data-converter.ts';
import {
  arrayFromPayloads,
  convertOptionalToPayload,
  fromPayloadsAtIndex,
  toPayloadsWithContext,
  toPayloadWithTypeInfo,
} from '../converter/payloads.ts';
import type { SerializationContext } from '../converter/serialization-context.ts';
import { PayloadConverterError } from '../errors.ts';
import type { ProtoFailure } from '../failure.ts';
import type { Payload } from '../interfaces.ts';
import type { TypeInfo } from '../type-info.ts';
import type { UserMetadata } from '../user-metadata.ts';
import {
  decodeOptional,
  decodeOptionalSingle,
  decodeSingle,
  encode,
  encodeOptionalSingle,
  encodeSingle,
} from './codecs.ts';
import { decodeFailure, encodeFailure } from './failure-codecs.ts';

// From values to the wire: the converter, then the codecs.

export async function encodeToPayload<T>(
  converter: LoadedDataConverter,
  value: T,
  context?: SerializationContext,
  typeInfo?: TypeInfo<T, unknown>,
): Promise<Payload> {
  const payload = toPayloadWithTypeInfo(converter.payloadConverter, value, context, typeInfo);
  return await encodeSingle(converter.payloadCodecs, payload, context);
}

export async function encodeToPayloads(
  converter: LoadedDataConverter,
  ...values: unknown[]
): Promise<Payload[] | undefined> {
  return await encodeToPayloadsWithContext(converter, undefined, values);
}

export async function encodeToPayloadsWithContext(
  converter: LoadedDataConverter,
  context: SerializationContext | undefined,
  values: unknown[],
  typeInfo?: readonly TypeInfo[],
): Promise<Payload[] | undefined> {
  const payloads = toPayloadsWithContext(converter.payloadConverter, context, values, typeInfo);
  return payloads && (await encode(converter.payloadCodecs, payloads, context));
}

/** Each entry on its own, since codecs may do with a list what they like. */
export async function encodeMapToPayloads<K extends string>(
  converter: LoadedDataConverter,
  map: Record<K, unknown>,
  context?: SerializationContext,
): Promise<Record<K, Payload>> {
  return await mapValues<K, unknown, Payload>(map, async (value, key) => {
    const payload: Payload | undefined = converter.payloadConverter.toPayload(value, context);
    if (payload === undefined) throw new PayloadConverterError(`Failed to encode entry: ${key}: ${value}`);
    return await encodeSingle(converter.payloadCodecs, payload, context);
  });
}

export async function encodeErrorToFailure(
  dataConverter: LoadedDataConverter,
  error: unknown,
  context?: SerializationContext,
): Promise<ProtoFailure> {
  const { failureConverter, payloadConverter, payloadCodecs } = dataConverter;
  const failure = failureConverter.errorToFailure(error, payloadConverter, context);
  return (await encodeFailure(payloadCodecs, failure, context)) as ProtoFailure;
}

export async function encodeUserMetadata(
  dataConverter: LoadedDataConverter,
  staticSummary: string | undefined,
  staticDetails: string | undefined,
  context?: SerializationContext,
): Promise<temporal.api.sdk.v1.IUserMetadata | undefined> {
  const encodeText = async (text: string | undefined) => {
    const payload = convertOptionalToPayload(dataConverter.payloadConverter, text, context);
    return await encodeOptionalSingle(dataConverter.payloadCodecs, payload, context);
  };
  const summary = await encodeText(staticSummary);
  const details = await encodeText(staticDetails);
  if (summary == null && details == null) return undefined;
  return { summary, details } as temporal.api.sdk.v1.IUserMetadata;
}

// From the wire to values: the codecs, then the converter.

export async function decodeOptionalSinglePayload<T>(
  dataConverter: LoadedDataConverter,
  payload?: Payload | null | undefined,
  context?: SerializationContext,
): Promise<T | null | undefined> {
  const decoded = await decodeOptionalSingle(dataConverter.payloadCodecs, payload, context);
  return decoded == null ? decoded : dataConverter.payloadConverter.fromPayload<T>(decoded, context);
}

export async function decodeArrayFromPayloads(
  converter: LoadedDataConverter,
  payloads?: Payload[] | null,
  context?: SerializationContext,
  typeInfo?: readonly TypeInfo[],
): Promise<unknown[]> {
  const decoded = await decodeOptional(converter.payloadCodecs, payloads, context);
  return arrayFromPayloads(converter.payloadConverter, decoded, context, typeInfo);
}

/** The value at an index; `undefined` beyond the end. All payloads go through the codecs. */
export async function decodeFromPayloadsAtIndex<T, D = T>(
  converter: LoadedDataConverter,
  index: number,
  payloads?: Payload[] | null,
  context?: SerializationContext,
  typeInfo?: TypeInfo<T, D>,
): Promise<T> {
  const decoded = await decodeOptional(converter.payloadCodecs, payloads, context);
  return await fromPayloadsAtIndex<T, D>(converter.payloadConverter, index, decoded, context, typeInfo);
}

export async function decodeMapFromPayloads<K extends string>(
  converter: LoadedDataConverter,
  map: Record<K, Payload> | null | undefined,
  context?: SerializationContext,
): Promise<Record<K, unknown> | undefined> {
  if (!map) return undefined;
  return await mapValues<K, Payload, unknown>(map, async (payload) => {
    const decoded = await decodeSingle(converter.payloadCodecs, payload, context);
    return converter.payloadConverter.fromPayload<unknown>(decoded, context);
  });
}

export async function decodeOptionalFailureToOptionalError(
  converter: LoadedDataConverter,
  failure: ProtoFailure | undefined | null,
  context?: SerializationContext,
): Promise<Error | undefined> {
  if (!failure) return undefined;
  const decoded = (await decodeFailure(converter.payloadCodecs, failure, context)) as ProtoFailure;
  return converter.failureConverter.failureToError(decoded, converter.payloadConverter, context);
}

export async function decodeUserMetadata(
  dataConverter: LoadedDataConverter,
  metadata: temporal.api.sdk.v1.IUserMetadata | undefined | null,
  context?: SerializationContext,
): Promise<UserMetadata> {
  const decodeText = async (payload: Payload | null | undefined) =>
    (await decodeOptionalSinglePayload<string>(dataConverter, payload, context)) ?? undefined;
  return {
    staticSummary: await decodeText(metadata?.summary),
    staticDetails: await decodeText(metadata?.details),
  };
}

async function mapValues<K extends string, A, B>(
  map: Record<K, A>,
  convert: (value: A, key: string) => Promise<B>,
): Promise<Record<K, B>> {
  const entries = Object.entries<A>(map).map(async ([key, value]) => [key, await convert(value, key)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Record<K, B>;
}
