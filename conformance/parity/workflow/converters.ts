/** Converters that write down for whom, and as what, they convert. */
import {
  type ConverterHint,
  DefaultFailureConverter,
  defaultPayloadConverter,
  type Payload,
  type PayloadConverter,
  type ProtoFailure,
  type SerializationContext,
} from '@temporalio/common';

const written = (about: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(about) ?? 'nothing');

export const payloadConverter: PayloadConverter = {
  toPayload<T>(value: T, context?: SerializationContext, hint?: ConverterHint<T>): Payload {
    const { data, metadata } = defaultPayloadConverter.toPayload(value, context);
    return { ...(data && { data }), metadata: { ...metadata, context: written(context), hint: written(hint) } };
  },
  fromPayload<T>(payload: Payload, context?: SerializationContext, hint?: ConverterHint<T>): T {
    const value: unknown = defaultPayloadConverter.fromPayload(payload, context);
    return (typeof value === 'number' ? { value, context, hint } : value) as T;
  },
  validateConverterHint: () => true,
};

class TellingConverter extends DefaultFailureConverter {
  override errorToFailure(error: unknown, converter: PayloadConverter, context?: SerializationContext): ProtoFailure {
    const failure = super.errorToFailure(error, converter, context);
    return { ...failure, source: `${failure.source ?? ''} ${JSON.stringify(context)}` };
  }

  override failureToError(failure: ProtoFailure, converter: PayloadConverter, context?: SerializationContext): Error {
    const error = super.failureToError(failure, converter, context);
    error.message += ` ${JSON.stringify(context)}`;
    return error;
  }
}

export const failureConverter = new TellingConverter();
