import type { Payload } from '../interfaces.ts';
import type { ConverterHint } from '../type-info.ts';
import type { SerializationContext } from './serialization-context.ts';

/**
 * Converts values to payloads and back. It runs inside Workflows too, so it has to be synchronous and deterministic and can
 * do no I/O.
 */
export interface PayloadConverter {
  /**
   * Throws a `ValueError` if it cannot convert the value.
   *
   * @param context Whose value it is, if known.
   * @param hint What the value's {@link TypeInfo} says to the converter.
   */
  toPayload<T>(value: T, context?: SerializationContext, hint?: ConverterHint<T>): Payload;
  /** The reverse of {@link toPayload}. */
  fromPayload<T>(payload: Payload, context?: SerializationContext, hint?: ConverterHint<T>): T;
  /**
   * Whether it can follow the hint.
   *
   * @experimental
   */
  validateConverterHint?: ((hint: ConverterHint) => boolean) | undefined;
}

/** A converter for some values and one encoding; several make a {@link CompositePayloadConverter}. */
export interface PayloadConverterWithEncoding {
  /** `undefined` if this converter is not for such values, so that the next one is asked. */
  toPayload<T>(value: T, context?: SerializationContext, hint?: ConverterHint<T>): Payload | undefined;
  fromPayload<T>(payload: Payload, context?: SerializationContext, hint?: ConverterHint<T>): T;
  /** The `encoding` in the metadata of its payloads. */
  readonly encodingType: string;
  /**
   * Whether it can follow the hint. A converter without this method is passed over when there is a hint.
   *
   * @experimental
   */
  validateConverterHint?: ((hint: ConverterHint) => boolean) | undefined;
}
