import type { PayloadCodec } from '../converter/payload-codec.ts';
import type { SerializationContext } from '../converter/serialization-context.ts';
import type { ProtoFailure } from '../failure.ts';
import type { Payload } from '../interfaces.ts';
import type { DecodedProtoFailure, EncodedProtoFailure } from './codec-types.ts';
import { decode, encode } from './codecs.ts';

type Payloads = { payloads?: Payload[] | null };

/** A copy of the failure, and of its causes, after all codecs. */
export async function encodeFailure(
  codecs: PayloadCodec[],
  failure: ProtoFailure,
  context?: SerializationContext,
): Promise<EncodedProtoFailure> {
  return (await over(failure, (payloads) => encode(codecs, payloads, context))) as EncodedProtoFailure;
}

/** A copy of the failure, and of its causes, before all codecs. */
export async function decodeFailure(
  codecs: PayloadCodec[],
  failure: ProtoFailure,
  context?: SerializationContext,
): Promise<DecodedProtoFailure> {
  return (await over(failure, (payloads) => decode(codecs, payloads, context))) as DecodedProtoFailure;
}

async function over(failure: ProtoFailure, codec: (payloads: Payload[]) => Promise<Payload[]>): Promise<ProtoFailure> {
  const list = async (field: Payloads) => ({ payloads: await codec(field.payloads ?? []) });
  const {
    encodedAttributes,
    cause,
    applicationFailureInfo: application,
    timeoutFailureInfo: timeout,
    canceledFailureInfo: canceled,
    resetWorkflowFailureInfo: reset,
  } = failure;

  const copy: ProtoFailure = { ...failure };
  if (encodedAttributes) copy.encodedAttributes = (await codec([encodedAttributes]))[0] ?? null;
  if (cause) copy.cause = await over(cause, codec);
  if (application?.details) copy.applicationFailureInfo = { ...application, details: await list(application.details) };
  if (timeout?.lastHeartbeatDetails) {
    copy.timeoutFailureInfo = { ...timeout, lastHeartbeatDetails: await list(timeout.lastHeartbeatDetails) };
  }
  if (canceled?.details) copy.canceledFailureInfo = { ...canceled, details: await list(canceled.details) };
  if (reset?.lastHeartbeatDetails) {
    copy.resetWorkflowFailureInfo = { ...reset, lastHeartbeatDetails: await list(reset.lastHeartbeatDetails) };
  }
  return copy;
}
