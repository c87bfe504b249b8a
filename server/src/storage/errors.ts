/**
 * What can go wrong with a store. The message says what was wrong and what to do; the code is for programs.
 *
 * - `NOT_WRITABLE`: the file or its directory cannot be written, or does not exist.
 * - `NOT_A_DATABASE`: the file is something else, or another application's database.
 * - `NEWER_SCHEMA`: the file was written by a newer version.
 * - `IN_USE`: another process (or another store in this one) has the file open.
 * - `CLOSED`: the store was closed before the call.
 * - `RUN_EXISTS`: a commit creates a run that is there already. Nothing of the commit took effect.
 * - `RUN_MISSING`: a commit writes to a run that is not there. Nothing of the commit took effect.
 * - `HISTORY_EXISTS`: a commit adds a batch whose first event is stored already. Nothing of the commit took effect.
 * - `FULL`: no space left. `CORRUPT`: the file is damaged. `FAILED`: any other failure of the machinery below.
 */
export type StorageErrorCode =
  | 'NOT_WRITABLE'
  | 'NOT_A_DATABASE'
  | 'NEWER_SCHEMA'
  | 'IN_USE'
  | 'CLOSED'
  | 'RUN_EXISTS'
  | 'RUN_MISSING'
  | 'HISTORY_EXISTS'
  | 'FULL'
  | 'CORRUPT'
  | 'FAILED';

export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
