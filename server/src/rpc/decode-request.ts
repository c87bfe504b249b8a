import type { Codec } from '@perdure/api';
import { DecodeError } from '@perdure/api';
import { Code, ServiceError } from '../kernel/errors.ts';

/**
 * The request in a call's body. Bytes that are no such message are the caller's fault. (The reference says INTERNAL,
 * which SDKs take for something that may pass, and try again.) A `DecodeError` from anywhere else means broken bytes of
 * our own, and stays a bug.
 */
export function decodeRequest<T>(codec: Codec<T>, body: Uint8Array): T {
  try {
    return codec.decode(body);
  } catch (error) {
    if (error instanceof DecodeError)
      throw new ServiceError(Code.INVALID_ARGUMENT, `error unmarshalling request: ${error.message}`);
    throw error;
  }
}
