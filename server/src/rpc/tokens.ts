import { hash, timingSafeEqual } from 'node:crypto';
import { invalidArgument } from '../kernel/errors.ts';
import { isUuid } from '../kernel/ids.ts';

/**
 * Tokens that clients carry around: task tokens and page tokens. Each says what it is valid for and is sealed with a
 * keyed checksum, so that a forged or foreign one is refused before anything is looked up.
 */
export interface Tokens {
  seal(kind: TokenKind, content: TokenContent): Uint8Array;
  /** Throws INVALID_ARGUMENT, with `refusal` as its text, for anything that was not sealed here as that kind. */
  open<T extends TokenContent>(kind: TokenKind, token: Uint8Array, refusal: string): T;
}

export type TokenKind = 'workflow-task' | 'activity-task' | 'query-task' | 'history-page' | 'list-page';
/** Short names keep tokens short; what they mean is said where they are made. */
export type TokenContent = object;

const CHECKSUM_BYTES = 16;

/**
 * Whether this looks like a task token that some server sealed: another one, or this one before it lost its memory.
 * What it stands for is not here, which a worker takes better than being told that it sent rubbish.
 */
export function isTaskTokenOfSomeServer(token: Uint8Array): boolean {
  const bytes = Buffer.from(token.buffer, token.byteOffset, token.byteLength);
  // Temporal's begin with the id of the namespace, as field 1 of a message.
  if (bytes[0] === 0x0a && bytes[1] === 0x24) return isUuid(bytes.toString('latin1', 2, 38));
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8', CHECKSUM_BYTES));
    return typeof content === 'object' && content !== null && 'n' in content && 'r' in content;
  } catch {
    return false;
  }
}

export function createTokens(secret: Uint8Array): Tokens {
  // Keyed by prefix, which is sound for a hash whose output is a truncated state, and costs a tenth of an HMAC in Node.
  const checksum = (kind: TokenKind, body: Uint8Array): Buffer =>
    hash('sha512-256', Buffer.concat([secret, Buffer.from(kind), body]), 'buffer').subarray(0, CHECKSUM_BYTES);
  return {
    seal(kind, content) {
      const body = Buffer.from(JSON.stringify(content));
      return Buffer.concat([checksum(kind, body), body]);
    },
    open<T extends TokenContent>(kind: TokenKind, token: Uint8Array, refusal: string): T {
      const body = token.subarray(CHECKSUM_BYTES);
      if (token.length <= CHECKSUM_BYTES || !timingSafeEqual(token.subarray(0, CHECKSUM_BYTES), checksum(kind, body)))
        throw invalidArgument(refusal);
      return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()) as T;
    },
  };
}
