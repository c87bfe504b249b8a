export { type Codec, codec, DecodeError, type Init, lookup } from './codec.ts';
export { type Json, toJson } from './json.ts';
export {
  descriptors,
  type EnumDescriptor,
  type FieldDescriptor,
  type MessageDescriptor,
  type Schema,
} from './schema.ts';
export type { HttpRoute, Method, Service } from './service.ts';
export { services } from './services.ts';
