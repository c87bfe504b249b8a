// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type { Method } from '../service.ts';
import type * as googleProtobuf from './google-protobuf.js';

export interface LockTimeSkippingRequest {}
export declare const LockTimeSkippingRequest: Codec<LockTimeSkippingRequest>;

export interface LockTimeSkippingResponse {}
export declare const LockTimeSkippingResponse: Codec<LockTimeSkippingResponse>;

export interface UnlockTimeSkippingRequest {}
export declare const UnlockTimeSkippingRequest: Codec<UnlockTimeSkippingRequest>;

export interface UnlockTimeSkippingResponse {}
export declare const UnlockTimeSkippingResponse: Codec<UnlockTimeSkippingResponse>;

export interface SleepUntilRequest {
  timestamp: googleProtobuf.Timestamp | null;
}
export declare const SleepUntilRequest: Codec<SleepUntilRequest>;

export interface SleepRequest {
  duration: googleProtobuf.Duration | null;
}
export declare const SleepRequest: Codec<SleepRequest>;

export interface SleepResponse {}
export declare const SleepResponse: Codec<SleepResponse>;

export interface GetCurrentTimeResponse {
  time: googleProtobuf.Timestamp | null;
}
export declare const GetCurrentTimeResponse: Codec<GetCurrentTimeResponse>;

export declare const TestService: {
  readonly name: 'temporal.api.testservice.v1.TestService';
  readonly methods: {
    readonly LockTimeSkipping: Method<'LockTimeSkipping', LockTimeSkippingRequest, LockTimeSkippingResponse>;
    readonly UnlockTimeSkipping: Method<'UnlockTimeSkipping', UnlockTimeSkippingRequest, UnlockTimeSkippingResponse>;
    readonly Sleep: Method<'Sleep', SleepRequest, SleepResponse>;
    readonly SleepUntil: Method<'SleepUntil', SleepUntilRequest, SleepResponse>;
    readonly UnlockTimeSkippingWithSleep: Method<'UnlockTimeSkippingWithSleep', SleepRequest, SleepResponse>;
    readonly GetCurrentTime: Method<'GetCurrentTime', googleProtobuf.Empty, GetCurrentTimeResponse>;
  };
};
