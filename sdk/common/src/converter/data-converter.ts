import { defaultPayloadConverter } from './composite.ts';
import type { PayloadConverter } from './contract.ts';
import type { ExternalStorage } from './extstore.ts';
import { DefaultFailureConverter, type FailureConverter } from './failure-converter.ts';
import type { PayloadCodec } from './payload-codec.ts';

/**
 * How values get onto the wire and back: a payload converter makes payloads of them, codecs transform those, and large ones
 * may be stored elsewhere. Clients and workers of the same Workflows need the same one.
 *
 * The converters are given by path because each Workflow bundle gets its own copy of them.
 */
export interface DataConverter {
  /** The file whose export `payloadConverter` is the one to use, instead of {@link defaultPayloadConverter}. */
  payloadConverterPath?: string | undefined;
  /** The file whose export `failureConverter` is the one to use, instead of {@link defaultFailureConverter}. */
  failureConverterPath?: string | undefined;
  /** Applied in this order to what is sent, and in the opposite order to what is received. */
  payloadCodecs?: PayloadCodec[] | undefined;
  /**
   * Where payloads over a certain size are stored; on the wire there is then only a claim for them.
   *
   * @experimental
   */
  externalStorage?: ExternalStorage | undefined;
}

/** A {@link DataConverter} whose files have been loaded. */
export interface LoadedDataConverter {
  payloadConverter: PayloadConverter;
  failureConverter: FailureConverter;
  payloadCodecs: PayloadCodec[];
  /** @experimental */
  externalStorage?: ExternalStorage | undefined;
}

/** Leaves messages and stack traces in the open. */
export const defaultFailureConverter: FailureConverter = new DefaultFailureConverter();

/** The default converters, and no codec. */
export const defaultDataConverter: LoadedDataConverter = {
  payloadConverter: defaultPayloadConverter,
  failureConverter: defaultFailureConverter,
  payloadCodecs: [],
};
