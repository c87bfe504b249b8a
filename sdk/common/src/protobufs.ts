/**
 * Payload converters for messages of protobuf.js. They stand apart so that Workflow bundles of those who use none stay
 * small.
 *
 * ```ts
 * import { DefaultPayloadConverterWithProtobufs, patchProtobufRoot } from '@perdure/common/lib/protobufs';
 * ```
 * @module
 */
export * from './converter/protobuf-payload-converters.ts';
export { patchProtobufRoot } from './patch-protobuf-root.ts';
