// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as googleProtobuf from './google-protobuf.js';

export interface Message {
  id: string;
  protocolInstanceId: string;
  eventId: number | null;
  commandIndex: number | null;
  body: googleProtobuf.Any | null;
}
export declare const Message: Codec<Message>;
