import type { Codec } from '@perdure/api';
import { DecodeError } from '@perdure/api';
import { Code, ServiceError } from '../kernel/errors.ts';

/**
 * The request in a call's body. INTERNAL is the code that the reference server has for bytes that are no such message;
 * a `DecodeError` from anywhere else means broken bytes of our own, and stays a bug.
 */
export function decodeRequest<T>(codec: Codec<T>, body: Uint8Array): T {
  try {
    return codec.decode(body);
  } catch (error) {
    if (error instanceof DecodeError)
      throw new ServiceError(Code.INTERNAL, `error unmarshalling request: ${error.message}`);
    throw error;
  }
}
