/** Where randomness and new ids come from. Everything that is not pure gets one handed in. */
export interface Random {
  /** A new UUID, version 7: ids of one source sort, as text, in the order they were made. */
  uuid(): string;
  /** From 0 (included) to 1 (excluded); for jitter and choices, not for secrets. */
  float(): number;
}

const SEQUENCES_PER_MS = 0x1000;

const hexByte: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex = (value: number): string => hexByte[value & 0xff] ?? '';
const hex16 = (value: number): string => hex(value >>> 8) + hex(value);
const hex32 = (value: number): string => hex16(value >>> 16) + hex16(value);

/**
 * Makes UUIDs of version 7 (RFC 9562) out of a clock (epoch milliseconds) and a source of random 32-bit words.
 *
 * Within a millisecond a 12-bit sequence counts up from a random start in its lower half. When it runs out, or the
 * clock goes backwards, the time in the id runs ahead of the clock, so order is kept whatever the clock does.
 */
export function uuid7Source(now: () => number, word: () => number): () => string {
  let lastMs = -1;
  let sequence = 0;
  return () => {
    const ms = Math.floor(now());
    const first = word();
    if (ms > lastMs) {
      lastMs = ms;
      sequence = (first >>> 20) & 0x7ff;
    } else if (++sequence === SEQUENCES_PER_MS) {
      lastMs++;
      sequence = 0;
    }
    const high = Math.floor(lastMs / 0x10000);
    // Of the first word, the variant and 14 bits are used here; the start of the sequence uses other ones.
    return `${hex32(high)}-${hex16(lastMs % 0x10000)}-${hex16(0x7000 | sequence)}-${hex16(0x8000 | (first & 0x3fff))}-${hex16(word())}${hex32(word())}`;
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is a UUID of any version. */
export const isUuid = (text: string): boolean => UUID.test(text);
