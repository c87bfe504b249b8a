/**
 * What the SDK's packages share and a Workflow must not evaluate. Not for users.
 * @module
 */
export type {
  Decoded,
  DecodedPayload,
  DecodedProtoFailure,
  Encoded,
  EncodedPayload,
  EncodedProtoFailure,
} from './internal-non-workflow/codec-types.ts';
export { decode, decodeOptionalSingle, encode } from './internal-non-workflow/codecs.ts';
export {
  decodeArrayFromPayloads,
  decodeFromPayloadsAtIndex,
  decodeMapFromPayloads,
  decodeOptionalFailureToOptionalError,
  decodeOptionalSinglePayload,
  decodeUserMetadata,
  encodeErrorToFailure,
  encodeMapToPayloads,
  encodeToPayload,
  encodeToPayloads,
  encodeToPayloadsWithContext,
  encodeUserMetadata,
} from './internal-non-workflow/conversions.ts';
export { ExternalStorageMetricsAccumulator } from './internal-non-workflow/external-storage-metrics.ts';
export {
  type ExternalRetrieveOptions,
  ExternalStorageRunner,
  type ExternalStoreOptions,
} from './internal-non-workflow/external-storage-runner.ts';
export * from './internal-non-workflow/external-storage-visitor.ts';
export { decodeFailure, encodeFailure } from './internal-non-workflow/failure-codecs.ts';
export { isLoadedDataConverter, loadDataConverter } from './internal-non-workflow/load-data-converter.ts';
export * from './internal-non-workflow/parse-host-uri.ts';
export * from './internal-non-workflow/payload-visitor.ts';
export * from './internal-non-workflow/proxy-config.ts';
export * from './internal-non-workflow/reference-payload.ts';
export * from './internal-non-workflow/tls-config.ts';
