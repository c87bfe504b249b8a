/**
 * What clients, workers and Workflows share: failures, converters, options, search attributes.
 * @module
 */
import './node-version.ts';
import { decode, encode } from './encoding.ts';
import * as typeHelpers from './type-helpers.ts';

export {
  ActivityCancellationDetails,
  type ActivityCancellationDetailsOptions,
} from './activity-cancellation-details.ts';
export * from './activity-definition-options.ts';
export { ActivityCancellationType, type ActivityOptions, type LocalActivityOptions } from './activity-options.ts';
export { SuggestContinueAsNewReason } from './continue-as-new.ts';
export * from './converter/data-converter.ts';
export * from './converter/extstore.ts';
export * from './converter/failure-converter.ts';
export * from './converter/payload-codec.ts';
export * from './converter/payload-converter.ts';
export type {
  ActivitySerializationContext,
  SerializationContext,
  WorkflowSerializationContext,
} from './converter/serialization-context.ts';
export * from './converter/types.ts';
export * from './deprecated-time.ts';
export * from './errors.ts';
export * from './failure.ts';
export type { Headers, Next } from './interceptors.ts';
export * from './interfaces.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './priority.ts';
export * from './retry-policy.ts';
export {
  defineSearchAttributeKey,
  type SearchAttributePair,
  type SearchAttributes,
  SearchAttributeType,
  type SearchAttributeUpdatePair,
  type SearchAttributeValue,
  TypedSearchAttributes,
} from './search-attributes.ts';
export type { Duration, StringValue, Timestamp } from './time.ts';
export type { ConverterHint, PayloadTypeInfo, TransferTypeConverter, TypeInfo } from './type-info.ts';
export * from './versioning-intent.ts';
export * from './worker-deployments.ts';
export * from './workflow-definition-options.ts';
export * from './workflow-handle.ts';
export * from './workflow-options.ts';

/**
 * The bytes of a text in UTF-8.
 *
 * @deprecated It is meant for the SDK only.
 */
export function u8(s: string): Uint8Array {
  return encode(s);
}

/**
 * The text of bytes in UTF-8.
 *
 * @deprecated It is meant for the SDK only.
 */
export function str(arr: Uint8Array): string {
  return decode(arr);
}

/**
 * The message of an error, or the string that was thrown instead of one.
 *
 * @deprecated It is meant for the SDK only.
 */
export function errorMessage(error: unknown): string | undefined {
  return typeHelpers.errorMessage(error);
}

/**
 * The `code` of an error, if it is a string.
 *
 * @deprecated It is meant for the SDK only.
 */
export function errorCode(error: unknown): string | undefined {
  return typeHelpers.errorCode(error);
}
