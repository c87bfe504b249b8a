import type { ProtoFailure } from '../failure.ts';
import type { Payload } from '../interfaces.ts';
import type { ReplaceNested } from '../type-helpers.ts';

// The marks exist for the compiler only: they keep apart what codecs have been over and what they have not.

/** A payload as it is on the wire. */
export interface EncodedPayload extends Payload {
  encoded: true;
}

/** A payload as converters know it. */
export interface DecodedPayload extends Payload {
  decoded: true;
}

/** A message with all its payloads as they are on the wire. */
export type Encoded<T> = ReplaceNested<T, Payload, EncodedPayload>;
/** A message with all its payloads as converters know them. */
export type Decoded<T> = ReplaceNested<T, Payload, DecodedPayload>;

export type EncodedProtoFailure = Encoded<ProtoFailure>;
export type DecodedProtoFailure = Decoded<ProtoFailure>;
