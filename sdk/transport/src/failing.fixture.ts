import assert from 'node:assert/strict';
import { GrpcError } from './grpc-error.ts';

/** Checks, for `assert.rejects`, that a call failed with this code, and with details that match. */
export const failing = (code: number, details?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof GrpcError, String(error));
  assert.equal(error.code, code, error.message);
  if (details !== undefined) assert.match(error.details, details);
  return true;
};
