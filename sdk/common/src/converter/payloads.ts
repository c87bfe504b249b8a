import type { Any } from '../any.ts';
import { ValueError } from '../errors.ts';
import type { Payload } from '../interfaces.ts';
import type { TypeInfo } from '../type-info.ts';
import { isRawValueTypeInfo, RawValue } from './composite.ts';
import type { PayloadConverter } from './contract.ts';
import type { SerializationContext } from './serialization-context.ts';

/** The payload of a value, as its type info has it. */
export function toPayloadWithTypeInfo<T, D = T>(
  converter: PayloadConverter,
  value: T,
  context: SerializationContext | undefined,
  typeInfo: TypeInfo<T, D> | undefined,
): Payload {
  if (isRawValueTypeInfo(typeInfo)) {
    if (!(value instanceof RawValue)) throw new ValueError('RawValue TypeInfo requires a RawValue value');
    return value.payload;
  }
  const transfer = typeInfo?.transferTypeConverter;
  const transferred = transfer ? transfer.toTransferType(value) : (value as unknown as D);
  return converter.toPayload(transferred, context, typeInfo?.payloadConverterHint);
}

/** The value of a payload, as its type info has it. */
export function fromPayloadWithTypeInfo<T, D = T>(
  converter: PayloadConverter,
  payload: Payload,
  context: SerializationContext | undefined,
  typeInfo: TypeInfo<T, D> | undefined,
): T {
  if (isRawValueTypeInfo(typeInfo)) return RawValue.fromPayload(payload) as T;
  const transferred = converter.fromPayload<D>(payload, context, typeInfo?.payloadConverterHint);
  const transfer = typeInfo?.transferTypeConverter;
  return transfer ? transfer.fromTransferType(transferred) : (transferred as unknown as T);
}

/** A payload per value; `undefined` if there are no values. */
export function toPayloads(converter: PayloadConverter, ...values: unknown[]): Payload[] | undefined {
  return toPayloadsWithContext(converter, undefined, values);
}

/** A payload per value, each with its own type info; `undefined` if there are no values. */
export function toPayloadsWithContext(
  converter: PayloadConverter,
  context: SerializationContext | undefined,
  values: unknown[],
  typeInfo?: readonly TypeInfo[],
): Payload[] | undefined {
  if (values.length === 0) return undefined;
  return values.map((value, at) => toPayloadWithTypeInfo(converter, value, context, typeInfo?.[at]));
}

/** The payload of a value, but null and undefined as they are. */
export function convertOptionalToPayload(
  payloadConverter: PayloadConverter,
  value: unknown,
  context?: SerializationContext,
): Payload | null | undefined {
  return value == null ? (value as null | undefined) : payloadConverter.toPayload(value, context);
}

export function mapToPayloads<K extends string, T = Any>(
  converter: PayloadConverter,
  map: Record<K, T>,
  context?: SerializationContext,
): Record<K, Payload> {
  const entries = Object.entries<T>(map).map(([key, value]) => [key, converter.toPayload(value, context)]);
  return Object.fromEntries(entries) as Record<K, Payload>;
}

/** The value at an index; `undefined` beyond the end, so that a function can get new arguments. */
export function fromPayloadsAtIndex<T, D = T>(
  converter: PayloadConverter,
  index: number,
  payloads?: Payload[] | null,
  context?: SerializationContext,
  typeInfo?: TypeInfo<T, D>,
): T {
  const payload = payloads?.[index];
  return payload ? fromPayloadWithTypeInfo(converter, payload, context, typeInfo) : (undefined as T);
}

export function arrayFromPayloads(
  converter: PayloadConverter,
  payloads?: Payload[] | null,
  context?: SerializationContext,
  typeInfo?: readonly TypeInfo[],
): unknown[] {
  return (payloads ?? []).map((payload, at) => fromPayloadWithTypeInfo(converter, payload, context, typeInfo?.[at]));
}

export function mapFromPayloads<K extends string, T = unknown>(
  converter: PayloadConverter,
  map?: Record<K, Payload> | null | undefined,
  context?: SerializationContext,
): Record<K, T> | undefined {
  if (map == null) return undefined;
  const entries = Object.entries<Payload>(map).map(([key, payload]) => [
    key,
    converter.fromPayload<T>(payload, context),
  ]);
  return Object.fromEntries(entries) as Record<K, T>;
}
