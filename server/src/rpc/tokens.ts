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
  const bytes = bufferOf(token);
  // Temporal's begin with the id of the namespace, as field 1 of a message.
  if (bytes[0] === 0x0a && bytes[1] === 0x24) return isUuid(bytes.toString('latin1', 2, 38));
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8', CHECKSUM_BYTES));
    return typeof content === 'object' && content !== null && 'n' in content && 'r' in content;
  } catch {
    return false;
  }
}

interface Sealed {
  readonly kind: TokenKind;
  readonly content: TokenContent;
  readonly token: Uint8Array;
}

/** Of so many tokens it is remembered what they say until they come back, which most do soon, and once. */
const REMEMBERED = 2_000;

export function createTokens(secret: Uint8Array): Tokens {
  /** By checksum, the oldest first. */
  const sealed = new Map<string, Sealed>();
  // Keyed by prefix, which is sound for a hash whose output is a truncated state, and costs a tenth of an HMAC in Node.
  const checksum = (kind: TokenKind, body: Uint8Array): Buffer =>
    hash('sha512-256', Buffer.concat([secret, Buffer.from(kind), body]), 'buffer').subarray(0, CHECKSUM_BYTES);

  function remember(sum: Buffer, entry: Sealed): void {
    sealed.set(sum.toString('latin1'), entry);
    if (sealed.size <= REMEMBERED) return;
    for (const oldest of sealed.keys()) {
      sealed.delete(oldest);
      return;
    }
  }

  return {
    seal(kind, content) {
      const body = Buffer.from(JSON.stringify(content));
      const sum = checksum(kind, body);
      const token = Buffer.concat([sum, body]);
      remember(sum, { kind, content, token });
      return token;
    },
    open<T extends TokenContent>(kind: TokenKind, token: Uint8Array, refusal: string): T {
      const key = bufferOf(token).toString('latin1', 0, CHECKSUM_BYTES);
      const known = sealed.get(key);
      if (known?.kind === kind && Buffer.compare(known.token, token) === 0) {
        sealed.delete(key);
        return known.content as T;
      }
      const body = token.subarray(CHECKSUM_BYTES);
      if (token.length <= CHECKSUM_BYTES || !timingSafeEqual(token.subarray(0, CHECKSUM_BYTES), checksum(kind, body)))
        throw invalidArgument(refusal);
      return JSON.parse(bufferOf(body).toString()) as T;
    },
  };
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
