/**
 * A commit as one buffer, to be handed to the writing thread.
 *
 * Handing over the objects themselves would have the structured clone walk every one of them on the main thread; this
 * way the main thread copies bytes once, and the other side binds views of the buffer to its statements.
 * Both ends are always the same build: the format is free to change.
 */
import type { Commit, EntryWrite, HistoryBatch, RecordWrite, RunHead, RunKey, RunWrite } from '../contract.ts';
import {
  blob,
  blobBound,
  f64,
  list,
  type Reader,
  readBlob,
  readF64,
  readText,
  readU32,
  requiredBlob,
  text,
  textBound,
  u32,
  type Writer,
} from './packing.ts';
import { readVisibility, visibilityBound, writeVisibility } from './visibility-wire.ts';

const flag = { create: 1, head: 2, makeCurrent: 4, outstanding: 8, due: 16, expires: 32, visibility: 64 } as const;

/** Packs a commit into a buffer of its own, whose ArrayBuffer may be transferred. */
export function encodeCommit(commit: Commit): Uint8Array<ArrayBuffer> {
  const buffer = Buffer.allocUnsafeSlow(upperBound(commit));
  const to: Writer = { buffer, view: new DataView(buffer.buffer), at: 0 };
  u32(to, commit.runs.length);
  for (const run of commit.runs) writeRun(to, run);
  u32(to, commit.deletes.length);
  for (const key of commit.deletes) writeKey(to, key);
  u32(to, commit.records.length);
  for (const { collection, key, value } of commit.records) {
    text(to, collection);
    text(to, key);
    blob(to, value);
  }
  return buffer;
}

/** The inverse. Values are views of `bytes`, which therefore must not be reused while the commit is. */
export function decodeCommit(bytes: Uint8Array<ArrayBuffer>): Commit {
  const { buffer, byteOffset, byteLength } = bytes;
  const from: Reader = {
    buffer: Buffer.from(buffer, byteOffset, byteLength),
    view: new DataView(buffer, byteOffset, byteLength),
    at: 0,
  };
  return {
    runs: list(from, readRun),
    deletes: list(from, readKey),
    records: list(
      from,
      (): RecordWrite => ({ collection: readText(from), key: readText(from), value: readBlob(from) }),
    ),
  };
}

const keyBound = (key: RunKey): number => textBound(key.namespaceId) + textBound(key.workflowId) + textBound(key.runId);

function upperBound(commit: Commit): number {
  let size = 12;
  for (const run of commit.runs) {
    size += 13 + keyBound(run.key);
    if (run.head !== undefined) size += 20 + blobBound(run.head.value);
    if (run.visibility !== undefined) size += visibilityBound(run.visibility);
    for (const entry of run.entries) size += 4 + textBound(entry.key) + blobBound(entry.value);
    for (const batch of run.history) size += 8 + blobBound(batch.bytes);
  }
  for (const key of commit.deletes) size += keyBound(key);
  for (const { collection, key, value } of commit.records) {
    size += textBound(collection) + textBound(key) + blobBound(value);
  }
  return size;
}

function writeRun(to: Writer, run: RunWrite): void {
  const { head, visibility } = run;
  let flags = (run.create ? flag.create : 0) | (run.makeCurrent === true ? flag.makeCurrent : 0);
  if (visibility !== undefined) flags |= flag.visibility;
  if (head !== undefined) {
    flags |= flag.head | (head.outstanding ? flag.outstanding : 0);
    flags |= (head.due === null ? 0 : flag.due) | (head.expires === null ? 0 : flag.expires);
  }
  to.view.setUint8(to.at++, flags);
  writeKey(to, run.key);
  if (head !== undefined) {
    u32(to, head.status);
    if (head.due !== null) f64(to, head.due);
    if (head.expires !== null) f64(to, head.expires);
    blob(to, head.value);
  }
  if (visibility !== undefined) writeVisibility(to, visibility);
  u32(to, run.entries.length);
  for (const entry of run.entries) {
    u32(to, entry.kind);
    text(to, entry.key);
    blob(to, entry.value);
  }
  u32(to, run.history.length);
  for (const batch of run.history) {
    f64(to, batch.firstEventId);
    blob(to, batch.bytes);
  }
}

function writeKey(to: Writer, key: RunKey): void {
  text(to, key.namespaceId);
  text(to, key.workflowId);
  text(to, key.runId);
}

function readRun(from: Reader): RunWrite {
  const flags = from.view.getUint8(from.at++);
  const key = readKey(from);
  const head = (flags & flag.head) === 0 ? undefined : readHead(from, flags);
  const visibility = (flags & flag.visibility) === 0 ? undefined : readVisibility(from);
  return {
    key,
    create: (flags & flag.create) !== 0,
    ...(head === undefined ? undefined : { head }),
    ...(visibility === undefined ? undefined : { visibility }),
    makeCurrent: (flags & flag.makeCurrent) !== 0,
    entries: list(from, readEntry),
    history: list(from, readBatch),
  };
}

function readHead(from: Reader, flags: number): RunHead {
  return {
    status: readU32(from),
    due: (flags & flag.due) === 0 ? null : readF64(from),
    outstanding: (flags & flag.outstanding) !== 0,
    expires: (flags & flag.expires) === 0 ? null : readF64(from),
    value: requiredBlob(from),
  };
}

const readKey = (from: Reader): RunKey => ({
  namespaceId: readText(from),
  workflowId: readText(from),
  runId: readText(from),
});

const readEntry = (from: Reader): EntryWrite => ({
  kind: readU32(from),
  key: readText(from),
  value: readBlob(from),
});

const readBatch = (from: Reader): HistoryBatch => ({ firstEventId: readF64(from), bytes: requiredBlob(from) });
