/** The Huffman code of HPACK (RFC 7541, appendix B). */

/**
 * How many bits each byte's code has, the last being the end of the string. The code is canonical: codes are given out in
 * order of their lengths, and of the bytes among those of one length, so that the lengths are all there is to know.
 */
const codeLengths = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6,
  5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23,
  22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22,
  23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26,
  20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27,
  27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27,
  27, 27, 27, 26, 30,
];

const MAX_BITS = 30;
const END_OF_STRING = 256;

/** The bytes in the order of their codes. */
const symbols = Uint16Array.from(codeLengths.keys()).sort((a, b) => bitsOf(a) - bitsOf(b) || a - b);
/** By length: the first code that has it, how many there are, and where in `symbols` they begin. */
const firstCode = new Uint32Array(MAX_BITS + 1);
const count = new Uint16Array(MAX_BITS + 1);
const firstIndex = new Uint16Array(MAX_BITS + 1);
for (const length of codeLengths) count[length] = countOf(length) + 1;
for (let length = 1; length <= MAX_BITS; length++) {
  firstCode[length] = ((firstCode[length - 1] ?? 0) + countOf(length - 1)) * 2;
  firstIndex[length] = (firstIndex[length - 1] ?? 0) + countOf(length - 1);
}

function bitsOf(symbol: number): number {
  return codeLengths[symbol] ?? 0;
}

function countOf(length: number): number {
  return count[length] ?? 0;
}

/**
 * The text that is coded between `start` and `end`, a character for each byte; undefined when that is no proper code.
 */
export function huffmanText(bytes: Uint8Array, start: number, end: number): string | undefined {
  // The shortest code has five bits.
  const text = Buffer.allocUnsafe(Math.ceil(((end - start) * 8) / 5));
  let written = 0;
  let code = 0;
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    for (let bit = 7; bit >= 0; bit--) {
      code = (code << 1) | ((byte >> bit) & 1);
      length++;
      const index = code - (firstCode[length] ?? 0);
      if (index >= (count[length] ?? 0)) continue;
      const symbol = symbols[(firstIndex[length] ?? 0) + index] ?? END_OF_STRING;
      if (symbol === END_OF_STRING) return undefined;
      text[written++] = symbol;
      code = 0;
      length = 0;
    }
  }
  // What is left fills the last byte with ones.
  if (length > 7 || code !== (1 << length) - 1) return undefined;
  return text.toString('latin1', 0, written);
}
