import type { temporal } from '@perdure/proto';
import { HandlerError, type HandlerErrorOptions, HandlerErrorType, type Failure as NexusFailure } from 'nexus-rpc';
import { encode } from '../encoding.ts';
import type { ProtoFailure } from '../failure.ts';
import { makeProtoEnumConverters } from '../proto-enums.ts';
import { encodingTypes } from './types.ts';

const retryBehaviors = { RETRYABLE: 'RETRYABLE', NON_RETRYABLE: 'NON_RETRYABLE' } as const;

const [encodeRetryBehavior, decodeRetryBehavior] = makeProtoEnumConverters<
  temporal.api.enums.v1.NexusHandlerErrorRetryBehavior,
  typeof temporal.api.enums.v1.NexusHandlerErrorRetryBehavior,
  keyof typeof temporal.api.enums.v1.NexusHandlerErrorRetryBehavior,
  typeof retryBehaviors,
  'NEXUS_HANDLER_ERROR_RETRY_BEHAVIOR_'
>({ UNSPECIFIED: 0, RETRYABLE: 1, NON_RETRYABLE: 2 }, 'NEXUS_HANDLER_ERROR_RETRY_BEHAVIOR_');

/** In a Nexus failure, says that its details are a failure of ours, whole. */
const failureType = 'temporal.api.failure.v1.Failure';

type HandlerInfo = temporal.api.failure.v1.INexusHandlerFailureInfo;

/** The error that a Nexus handler threw; it carries the failure, so that nothing is lost if it travels on. */
export function handlerErrorOf(failure: ProtoFailure, info: HandlerInfo, cause: Error | undefined): HandlerError {
  const rawErrorType = info.type ?? '';
  const known = Object.hasOwn(HandlerErrorType, rawErrorType);
  const behavior = decodeRetryBehavior(info.retryBehavior);
  const options: HandlerErrorOptions = {
    cause,
    rawErrorType,
    originalFailure: { message: failure.message ?? '', metadata: { type: failureType }, details: { ...failure } },
  };
  if (behavior === 'RETRYABLE' || behavior === 'NON_RETRYABLE') options.retryableOverride = behavior === 'RETRYABLE';
  const type = known ? (rawErrorType as HandlerErrorType) : 'UNKNOWN';
  return new HandlerError(type, failure.message ?? 'Nexus handler error', options);
}

/** What a handler's error adds to its failure; if it came from one, that failure. */
export function handlerFailureOf(error: HandlerError, base: ProtoFailure): ProtoFailure {
  if (error.originalFailure) return failureOfNexus(error.originalFailure, error.retryable);
  const override = error.retryableOverride;
  return {
    ...base,
    nexusHandlerFailureInfo: {
      type: error.type,
      retryBehavior: override === undefined ? undefined : encodeRetryBehavior(override ? 'RETRYABLE' : 'NON_RETRYABLE'),
    } as HandlerInfo,
  };
}

function failureOfNexus(failure: NexusFailure, retryable: boolean): ProtoFailure {
  if (failure.metadata?.['type'] === failureType) {
    if (failure.details == null) throw new TypeError(`missing details for Nexus Failure of type '${failureType}'`);
    return failure.details as ProtoFailure;
  }
  const wholeWithoutMessage = JSON.stringify({ ...failure, message: '' });
  const payload = {
    metadata: { encoding: encode(encodingTypes.METADATA_ENCODING_JSON) },
    data: encode(wholeWithoutMessage),
  };
  return {
    message: failure.message,
    stackTrace: failure.stackTrace ?? '',
    applicationFailureInfo: { type: 'NexusFailure', nonRetryable: !retryable, details: { payloads: [payload] } },
  };
}
