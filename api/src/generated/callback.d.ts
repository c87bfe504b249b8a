// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as common from './common.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface CallbackInfo {
  callback: common.Callback | null;
  registrationTime: googleProtobuf.Timestamp | null;
  state: enums.CallbackState;
  attempt: number;
  lastAttemptCompleteTime: googleProtobuf.Timestamp | null;
  lastAttemptFailure: Uint8Array | null;
  nextAttemptScheduleTime: googleProtobuf.Timestamp | null;
  blockedReason: string;
}
export declare const CallbackInfo: Codec<CallbackInfo>;
