import { hash } from 'node:crypto';
import { invalidArgument } from '../kernel/errors.ts';
import { isUuid } from '../kernel/ids.ts';
import { CHECKSUM_BYTES, type ChecksumKey, checksumKey, isSealed, seal } from '../kernel/keyed-checksum.ts';

/**
 * Tokens that clients carry around: task tokens and page tokens. Each says what it is valid for and is sealed with a
 * keyed checksum, so that a forged or foreign one is refused before anything is looked up.
 */
export interface Tokens {
  seal(kind: TokenKind, content: TokenContent): Uint8Array;
  /** Throws INVALID_ARGUMENT, with `refusal` as its text, for anything that was not sealed here as that kind. */
  open<T extends TokenContent>(kind: TokenKind, token: Uint8Array, refusal: string): T;
}

export type TokenKind = (typeof KINDS)[number];
const KINDS = ['workflow-task', 'activity-task', 'query-task', 'history-page', 'list-page'] as const;
/** Short names keep tokens short; what they mean is said where they are made. */
export type TokenContent = object;

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
  const keyOf = (kind: TokenKind): ChecksumKey =>
    checksumKey(hash('sha512-256', Buffer.concat([secret, Buffer.from(kind)]), 'buffer'));
  const keys = Object.fromEntries(KINDS.map((kind) => [kind, keyOf(kind)])) as Record<TokenKind, ChecksumKey>;
  return {
    seal(kind, content) {
      const body = JSON.stringify(content);
      const token = Buffer.allocUnsafe(CHECKSUM_BYTES + Buffer.byteLength(body));
      token.write(body, CHECKSUM_BYTES);
      seal(keys[kind], token);
      return token;
    },
    open<T extends TokenContent>(kind: TokenKind, token: Uint8Array, refusal: string): T {
      if (token.length === CHECKSUM_BYTES || !isSealed(keys[kind], token)) throw invalidArgument(refusal);
      const { buffer, byteOffset, byteLength } = token;
      return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8', CHECKSUM_BYTES)) as T;
    },
  };
}
