const purpose = 'temporal-workflow-random-stream-v1';

const bytesOf = (text: string): number[] => Array.from(new TextEncoder().encode(text));

/** A length as four bytes, the most significant first. */
const lengthOf = (bytes: readonly number[]): number[] => [24, 16, 8, 0].map((shift) => (bytes.length >>> shift) & 0xff);

/**
 * The seed of a named stream of a run: the purpose, the run's seed and the stream's name, the latter two with their
 * lengths before them, so that no two pairs of seed and name give the same bytes.
 */
export function deriveAleaSeed(seed: readonly number[], namespace: string): number[] {
  const name = bytesOf(namespace);
  return [...bytesOf(purpose), ...lengthOf(seed), ...seed, ...lengthOf(name), ...name];
}
