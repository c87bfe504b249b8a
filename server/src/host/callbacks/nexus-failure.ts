import { type Json, toJson } from '@perdure/api';
import { NexusHandlerErrorRetryBehavior } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';

type NexusFailure = { [name: string]: Json };

const FAILURE = 'temporal.api.failure.v1.Failure';
const PAYLOAD = 'temporal.api.common.v1.Payload';

/**
 * A failure in the JSON of Nexus: message, stack trace and cause for everybody, and in the details the failure as it is,
 * for those who know it. Reference: common/nexus (failure conversion).
 */
export function nexusFailure(encoded: Uint8Array): NexusFailure {
  const failure = Failure.decode(encoded);
  const { message, stackTrace, cause, nexusHandlerFailureInfo } = failure;
  const type = nexusHandlerFailureInfo ? 'nexus.HandlerError' : FAILURE;
  return {
    message,
    ...(stackTrace && { stackTrace }),
    metadata: { type },
    details: nexusHandlerFailureInfo ? handlerDetails(failure) : wholeFailure(failure),
    ...(cause && { cause: nexusFailure(cause) }),
  };
}

const wholeFailure = (failure: Failure): Json =>
  toJson(FAILURE, Failure.encode({ ...failure, message: '', stackTrace: '' }));

function handlerDetails({ nexusHandlerFailureInfo, encodedAttributes }: Failure): Json {
  const { type = '', retryBehavior } = nexusHandlerFailureInfo ?? {};
  const attributes = encodedAttributes && Buffer.from(JSON.stringify(toJson(PAYLOAD, encodedAttributes)));
  return {
    ...(type && { type }),
    ...(retryBehavior === NexusHandlerErrorRetryBehavior.RETRYABLE && { retryableOverride: true }),
    ...(retryBehavior === NexusHandlerErrorRetryBehavior.NON_RETRYABLE && { retryableOverride: false }),
    ...(attributes && { encodedAttributes: attributes.toString('base64url') }),
  };
}
