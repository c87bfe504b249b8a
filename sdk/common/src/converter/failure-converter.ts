import type { ProtoFailure } from '../failure.ts';
import { TemporalFailure } from '../failure.ts';
import { isRecord } from '../type-helpers.ts';
import type { PayloadConverter } from './contract.ts';
import { errorOf } from './failure-reading.ts';
import { failureOf } from './failure-writing.ts';
import { arrayFromPayloads, fromPayloadsAtIndex, toPayloadsWithContext } from './payloads.ts';
import type { SerializationContext } from './serialization-context.ts';

export { cutoffStackTrace } from './stack-trace.ts';

/** Converts errors to failures and back. Like a payload converter it runs inside Workflows too. */
export interface FailureConverter {
  /** Takes whatever was thrown. The payload converter is for what hangs on it, such as details. */
  errorToFailure(err: unknown, payloadConverter: PayloadConverter, context?: SerializationContext): ProtoFailure;
  /** What comes out is usually a {@link TemporalFailure}, but a Nexus handler's error is not. */
  failureToError(err: ProtoFailure, payloadConverter: PayloadConverter, context?: SerializationContext): Error;
}

/** What a failure's {@link DefaultFailureConverterOptions.encodeCommonAttributes | encoded attributes} hold. */
export interface DefaultEncodedFailureAttributes {
  message: string;
  stack_trace: string;
}

export interface DefaultFailureConverterOptions {
  /**
   * Whether message and stack trace are moved into a payload, which codecs can encrypt. The message in the open is then
   * `'Encoded failure'`.
   *
   * @default false
   */
  encodeCommonAttributes: boolean;
}

/** What is used if nothing else is given. Messages of all SDKs understand each other through it. */
export class DefaultFailureConverter implements FailureConverter {
  public readonly options: DefaultFailureConverterOptions;

  constructor(options?: Partial<DefaultFailureConverterOptions>) {
    this.options = { encodeCommonAttributes: options?.encodeCommonAttributes ?? false };
  }

  failureToError(failure: ProtoFailure, payloadConverter: PayloadConverter, context?: SerializationContext): Error {
    const plain = withDecodedAttributes(failure, payloadConverter, context);
    const error = this.failureToErrorInner(plain, payloadConverter, context);
    error.stack = plain.stackTrace ?? '';
    if (error instanceof TemporalFailure) error.failure = plain;
    return error;
  }

  errorToFailure(err: unknown, payloadConverter: PayloadConverter, context?: SerializationContext): ProtoFailure {
    const failure = this.errorToFailureInner(err, payloadConverter, context);
    if (!this.options.encodeCommonAttributes) return failure;
    // The failure may be one that an error brought along, and that one has to stay as it came.
    const { message, stackTrace } = failure;
    const encodedAttributes = payloadConverter.toPayload({ message, stack_trace: stackTrace }, context);
    return { ...failure, message: 'Encoded failure', stackTrace: '', encodedAttributes };
  }

  /** {@link failureToError} without stack trace and encoded attributes. */
  failureToErrorInner(
    failure: ProtoFailure,
    payloadConverter: PayloadConverter,
    context?: SerializationContext,
  ): Error {
    return errorOf(failure, {
      values: (details) => arrayFromPayloads(payloadConverter, details?.payloads, context),
      first: (details) => fromPayloadsAtIndex(payloadConverter, 0, details?.payloads, context),
      cause: ({ cause }) => this.optionalFailureToOptionalError(cause, payloadConverter, context),
    });
  }

  /** {@link errorToFailure} without encoded attributes. */
  errorToFailureInner(err: unknown, payloadConverter: PayloadConverter, context?: SerializationContext): ProtoFailure {
    return failureOf(err, {
      payloads: (values) => {
        const payloads = values ? toPayloadsWithContext(payloadConverter, context, values) : undefined;
        return payloads && { payloads };
      },
      cause: (cause) => this.optionalErrorToOptionalFailure(cause, payloadConverter, context),
    });
  }

  optionalFailureToOptionalError(
    failure: ProtoFailure | undefined | null,
    payloadConverter: PayloadConverter,
    context?: SerializationContext,
  ): Error | undefined {
    return failure ? this.failureToError(failure, payloadConverter, context) : undefined;
  }

  optionalErrorToOptionalFailure(
    err: unknown,
    payloadConverter: PayloadConverter,
    context?: SerializationContext,
  ): ProtoFailure | undefined {
    return err ? this.errorToFailure(err, payloadConverter, context) : undefined;
  }
}

/** The failure with what its encoded attributes say, as far as they are what this converter would have encoded. */
function withDecodedAttributes(
  failure: ProtoFailure,
  payloadConverter: PayloadConverter,
  context: SerializationContext | undefined,
): ProtoFailure {
  if (!failure.encodedAttributes) return failure;
  const attributes = payloadConverter.fromPayload<unknown>(failure.encodedAttributes, context);
  if (!isRecord(attributes)) return failure;
  const decoded = { ...failure };
  if (typeof attributes['message'] === 'string') decoded.message = attributes['message'];
  if (typeof attributes['stack_trace'] === 'string') decoded.stackTrace = attributes['stack_trace'];
  return decoded;
}
