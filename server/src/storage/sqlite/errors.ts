import type { StorageErrorCode } from '../errors.ts';
import { StorageError } from '../errors.ts';

/** SQLite's primary result codes that are told apart; `errcode` carries more detail in its upper bytes. */
const codes: Readonly<Record<number, readonly [StorageErrorCode, string]>> = {
  5: ['IN_USE', 'is locked by another process; end that process (or the tool that has the file open) and try again'],
  6: ['IN_USE', 'is locked by another connection; close it and try again'],
  8: ['NOT_WRITABLE', 'is read-only; give this process permission to write to the file and its directory'],
  10: ['FAILED', 'could not be read or written; check the disk'],
  11: ['CORRUPT', 'is damaged; restore it from a backup'],
  13: ['FULL', 'cannot grow; free some disk space'],
  14: ['NOT_WRITABLE', 'cannot be opened; the directory has to exist and both have to be writable for this process'],
  26: ['NOT_A_DATABASE', 'is not a database; name another file, or move this one away'],
};

/** Turns whatever SQLite threw into a `StorageError` that names the file. */
export function storageError(error: unknown, path: string): StorageError {
  if (error instanceof StorageError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const errcode = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  const [code, text] = codes[errcode & 0xff] ?? ['FAILED', 'could not be used'];
  return new StorageError(code, `${path} ${text} (${detail})`, { cause: error });
}
