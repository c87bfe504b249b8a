/**
 * Conversions that were public once and stay so for the sake of those who use them.
 * @module
 * @deprecated They are meant for the SDK only.
 */
export {
  msNumberToTs,
  msOptionalToNumber,
  msOptionalToTs,
  msToNumber,
  msToTs,
  optionalTsToDate,
  optionalTsToMs,
  tsToDate,
  tsToMs,
} from './time.ts';
