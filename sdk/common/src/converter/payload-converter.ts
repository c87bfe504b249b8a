/**
 * Payload converters: the contract, those that there are, and conversions of lists and maps with any of them.
 * @module
 */

export type { rawPayloadTypeBrand } from './composite.ts';
export {
  CompositePayloadConverter,
  DefaultPayloadConverter,
  defaultPayloadConverter,
  RawValue,
  rawValueTypeInfo,
} from './composite.ts';
export type { PayloadConverter, PayloadConverterWithEncoding } from './contract.ts';
export {
  arrayFromPayloads,
  convertOptionalToPayload,
  fromPayloadsAtIndex,
  fromPayloadWithTypeInfo,
  mapFromPayloads,
  mapToPayloads,
  toPayloads,
  toPayloadsWithContext,
  toPayloadWithTypeInfo,
} from './payloads.ts';
export { BinaryPayloadConverter, JsonPayloadConverter, UndefinedPayloadConverter } from './plain-converters.ts';
