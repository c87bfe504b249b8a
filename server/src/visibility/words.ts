/**
 * The words of a Text attribute, each once: runs of letters and digits, in lower case and without accents.
 * What is stored and what is asked for are cut the same way.
 */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])];
}
