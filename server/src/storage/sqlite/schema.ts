import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { rollBack } from './roll-back.ts';
import { visibility } from './visibility-schema.ts';

/** Marks a file as ours (`PRAGMA application_id`): the letters PERD. */
export const applicationId = 0x50455244;

/** One step forward of the schema: SQL that runs in one transaction together with the new version number. */
export type Migration = string;

/**
 * The schema's whole past, in order: entry 0 makes an empty file version 1, entry n makes version n version n + 1.
 * Released entries never change; a change of schema is a new entry.
 *
 * `run` is a small number that stands for the run inside the file: it keeps the keys of entries and history short
 * (15 % fewer bytes written), and looking it up is at the same time the check that the run exists.
 * History and runs are rowid tables, so that rows of many runs that are written together land on the same pages.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    namespace_id TEXT NOT NULL,
    workflow_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    due INTEGER,
    outstanding INTEGER NOT NULL,
    expires INTEGER,
    head BLOB NOT NULL
  ) STRICT;
  CREATE INDEX runs_due ON runs (due) WHERE due IS NOT NULL;
  CREATE INDEX runs_outstanding ON runs (run_id) WHERE outstanding = 1;
  CREATE INDEX runs_expires ON runs (expires) WHERE expires IS NOT NULL;

  CREATE TABLE current_runs (
    namespace_id TEXT NOT NULL,
    workflow_id TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (namespace_id, workflow_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE entries (
    run INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (run, kind, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE history (
    run INTEGER NOT NULL,
    first_event_id INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (run, first_event_id)
  ) STRICT;

  CREATE TABLE records (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (collection, key)
  ) STRICT, WITHOUT ROWID;
  `,
  visibility,
];

/**
 * Refuses a file that is not ours or is too new, without changing it.
 *
 * @returns the schema version of the file, 0 when it is new.
 */
export function checkIdentity(db: DatabaseSync, path: string, newest: number): number {
  const id = pragma(db, 'application_id');
  const version = pragma(db, 'user_version');
  const empty = version === 0 && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (id === 0 && empty) return 0;
  if (id !== applicationId) {
    throw new StorageError(
      'NOT_A_DATABASE',
      `${path} is a database of another application; name another file, or move this one away`,
    );
  }
  if (version > newest) {
    throw new StorageError(
      'NEWER_SCHEMA',
      `${path} was written by a newer version (schema ${version}, this version knows up to ${newest}); ` +
        'start that version or a later one, or use another file',
    );
  }
  return version;
}

/** Brings the file from its version to the newest one, a transaction per step: after a crash it goes on where it was. */
export function migrate(db: DatabaseSync, path: string, steps: readonly Migration[] = migrations): void {
  const from = checkIdentity(db, path, steps.length);
  for (const [index, sql] of steps.entries()) {
    if (index < from) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(sql);
      db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1}; COMMIT`);
    } catch (error) {
      rollBack(db);
      throw error;
    }
  }
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}
