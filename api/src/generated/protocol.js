// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const Message = codec('temporal.api.protocol.v1.Message');
