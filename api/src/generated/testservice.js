// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';
import * as googleProtobuf from './google-protobuf.js';

export const LockTimeSkippingRequest = codec('temporal.api.testservice.v1.LockTimeSkippingRequest');

export const LockTimeSkippingResponse = codec('temporal.api.testservice.v1.LockTimeSkippingResponse');

export const UnlockTimeSkippingRequest = codec('temporal.api.testservice.v1.UnlockTimeSkippingRequest');

export const UnlockTimeSkippingResponse = codec('temporal.api.testservice.v1.UnlockTimeSkippingResponse');

export const SleepUntilRequest = codec('temporal.api.testservice.v1.SleepUntilRequest');

export const SleepRequest = codec('temporal.api.testservice.v1.SleepRequest');

export const SleepResponse = codec('temporal.api.testservice.v1.SleepResponse');

export const GetCurrentTimeResponse = codec('temporal.api.testservice.v1.GetCurrentTimeResponse');

export const TestService = {
  name: 'temporal.api.testservice.v1.TestService',
  methods: {
    LockTimeSkipping: {
      name: 'LockTimeSkipping',
      request: LockTimeSkippingRequest,
      response: LockTimeSkippingResponse,
      http: [],
    },
    UnlockTimeSkipping: {
      name: 'UnlockTimeSkipping',
      request: UnlockTimeSkippingRequest,
      response: UnlockTimeSkippingResponse,
      http: [],
    },
    Sleep: {
      name: 'Sleep',
      request: SleepRequest,
      response: SleepResponse,
      http: [],
    },
    SleepUntil: {
      name: 'SleepUntil',
      request: SleepUntilRequest,
      response: SleepResponse,
      http: [],
    },
    UnlockTimeSkippingWithSleep: {
      name: 'UnlockTimeSkippingWithSleep',
      request: SleepRequest,
      response: SleepResponse,
      http: [],
    },
    GetCurrentTime: {
      name: 'GetCurrentTime',
      request: googleProtobuf.Empty,
      response: GetCurrentTimeResponse,
      http: [],
    },
  },
};
