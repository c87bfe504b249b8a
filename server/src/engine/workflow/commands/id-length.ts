import type { Limits } from '../../../kernel/limits.ts';

/** The refusal of an id (in UTF-8 bytes) over the limit, in the words of the reference; null when it is short enough. */
export function idTooLong(
  field: string,
  id: string,
  command: string,
  { maxIdLength }: Pick<Limits, 'maxIdLength'>,
): string | null {
  const length = Buffer.byteLength(id);
  if (length <= maxIdLength) return null;
  return `${field} on ${command} exceeds length limit. ${field}=${id} Length=${length} Limit=${maxIdLength}`;
}
