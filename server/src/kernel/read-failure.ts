import { DecodeError } from '@perdure/api';
import { Failure } from '@perdure/api/failure';
import { invalidArgument } from './errors.ts';

/** A failure that came from outside. It travels as bytes, so it may turn out to be none: INVALID_ARGUMENT then. */
export function readFailure(bytes: Uint8Array): Failure {
  try {
    return Failure.decode(bytes);
  } catch (error) {
    if (error instanceof DecodeError) throw invalidArgument(`The failure cannot be read: ${error.message}`);
    throw error;
  }
}
