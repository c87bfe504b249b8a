// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as googleProtobuf from './google-protobuf.js';

export interface Status {
  code: number;
  message: string;
  details: googleProtobuf.Any[];
}
export declare const Status: Codec<Status>;
