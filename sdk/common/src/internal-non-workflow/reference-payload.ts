import { temporal } from '@perdure/proto';
import Long from 'long';
import type { Type } from 'protobufjs';
import protojson from 'protobufjs/ext/protojson.js';
import type { StorageDriverClaim } from '../converter/extstore.ts';
import { encodingKeys, encodingTypes, METADATA_ENCODING_KEY, METADATA_MESSAGE_TYPE_KEY } from '../converter/types.ts';
import { decode, encode } from '../encoding.ts';
import { ValueError } from '../errors.ts';
import type { Payload } from '../interfaces.ts';

/**
 * What is on the wire in place of a payload that is stored elsewhere: a message that names the driver and its claim, in
 * JSON, and beside it the size of what is stored.
 */
const messageType = 'temporal.api.sdk.v1.ExternalStorageReference';
const referenceType = temporal.api.sdk.v1.ExternalStorageReference as unknown as Type;

export interface DecodedReferencePayload {
  driverName: string;
  claimData: Record<string, string>;
  /** Of the payload that is stored; 0 if the reference does not say. */
  sizeBytes: number;
}

export function isReferencePayload(payload: Payload): boolean {
  const metadata = (key: string) => {
    const bytes = payload.metadata?.[key];
    return bytes && decode(bytes);
  };
  return (
    metadata(METADATA_ENCODING_KEY) === encodingTypes.METADATA_ENCODING_PROTOBUF_JSON &&
    metadata(METADATA_MESSAGE_TYPE_KEY) === messageType
  );
}

/** Throws a `ValueError` if it names no driver. */
export function decodeReferencePayload(payload: Payload): DecodedReferencePayload {
  if (payload.data == null) throw new ValueError('Got payload with no data');
  const json: unknown = JSON.parse(decode(payload.data));
  const reference: unknown = protojson.fromJson(referenceType, json, { ignoreUnknownFields: true });
  const { driverName, claimData } = reference as temporal.api.sdk.v1.IExternalStorageReference;
  if (!driverName) throw new ValueError("Reference payload field 'driverName' must be a non-empty string");
  return {
    driverName,
    claimData: { ...claimData },
    sizeBytes: Number(payload.externalPayloads?.[0]?.sizeBytes ?? 0),
  };
}

export function encodeReferencePayload(stored: {
  driverName: string;
  claim: StorageDriverClaim;
  sizeBytes: number;
}): Payload {
  const { driverName, claim, sizeBytes } = stored;
  const reference = temporal.api.sdk.v1.ExternalStorageReference.create({ driverName, claimData: claim.claimData });
  return {
    metadata: {
      [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_PROTOBUF_JSON,
      [METADATA_MESSAGE_TYPE_KEY]: encode(messageType),
    },
    data: encode(JSON.stringify(protojson.toJson(referenceType, reference))),
    externalPayloads: [{ sizeBytes: Long.fromNumber(sizeBytes) }],
  };
}
