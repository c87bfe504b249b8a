// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const WaitPolicy = codec('temporal.api.update.v1.WaitPolicy');

export const UpdateRef = codec('temporal.api.update.v1.UpdateRef');

export const Outcome = codec('temporal.api.update.v1.Outcome');

export const Meta = codec('temporal.api.update.v1.Meta');

export const Input = codec('temporal.api.update.v1.Input');

export const Request = codec('temporal.api.update.v1.Request');

export const Rejection = codec('temporal.api.update.v1.Rejection');

export const Acceptance = codec('temporal.api.update.v1.Acceptance');

export const Response = codec('temporal.api.update.v1.Response');
