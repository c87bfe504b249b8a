import type { Payload } from '../interfaces.ts';
import type { SerializationContext } from './serialization-context.ts';

/**
 * A step between the payload converter and the wire, such as encryption or compression. Unlike a converter it may be
 * asynchronous and never runs inside a Workflow.
 */
export interface PayloadCodec {
  /** Called with what is about to be sent, possibly nothing. Returns as many payloads, in the same order. */
  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]>;
  /** Called with what was received. Returns as many payloads, in the same order. */
  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]>;
}
