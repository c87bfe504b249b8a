/**
 * How one application value of type `T` becomes a payload and comes back, where the payload converter alone cannot know.
 *
 * Going out, the transfer converter runs first and the payload converter converts what it returned, of type `D`; coming in,
 * it is the other way round. Both parts are optional. Only the SDK's conversion functions look at it; whoever calls a
 * payload converter directly does without.
 *
 * @experimental
 */
export interface TypeInfo<T = unknown, D = T> {
  /** Turns the value into something that any payload converter can take, such as a class instance into a plain object. */
  transferTypeConverter?: TransferTypeConverter<T, D> | undefined;
  /** Handed to the payload converter as it is, such as the type of message that the bytes hold. */
  payloadConverterHint?: ConverterHint<D> | undefined;
}

/** @experimental */
export interface TransferTypeConverter<T, D = unknown> {
  fromTransferType(value: D): T;
  toTransferType(value: T): D;
}

declare const valueTypeBrand: unique symbol;

/**
 * What a particular payload converter wants to know about a value of type `T`. To be extended by the converter's author.
 *
 * @experimental
 */
export interface ConverterHint<T = unknown> {
  /** The name of the converter that the hint is meant for. */
  converter: string;
  [valueTypeBrand]?: T;
}

/**
 * The type infos of a function: one per argument, and one for the result.
 *
 * @experimental
 */
export interface PayloadTypeInfo {
  inputTypes?: readonly TypeInfo[] | undefined;
  outputType?: TypeInfo | undefined;
}
