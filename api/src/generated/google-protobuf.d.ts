// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';

export interface Duration {
  seconds: number;
  nanos: number;
}
export declare const Duration: Codec<Duration>;

export interface Empty {}
export declare const Empty: Codec<Empty>;

export interface Timestamp {
  seconds: number;
  nanos: number;
}
export declare const Timestamp: Codec<Timestamp>;

export interface FieldMask {
  paths: string[];
}
export declare const FieldMask: Codec<FieldMask>;

export interface DoubleValue {
  value: number;
}
export declare const DoubleValue: Codec<DoubleValue>;

export interface Any {
  type_url: string;
  value: Uint8Array;
}
export declare const Any: Codec<Any>;
