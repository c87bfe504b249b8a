// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const Duration = codec('google.protobuf.Duration');

export const Empty = codec('google.protobuf.Empty');

export const Timestamp = codec('google.protobuf.Timestamp');

export const FieldMask = codec('google.protobuf.FieldMask');

export const DoubleValue = codec('google.protobuf.DoubleValue');

export const Any = codec('google.protobuf.Any');
