import type { Commit, EntryWrite, HistoryBatch, RecordWrite, RunHead, RunKey, RunWrite, Storage } from '../contract.ts';

/** A run id that sorts by `n` (0 to 999 999), in the form of a version 7 UUID. */
export const runId = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const runKey = (n: number, workflowId = `order-${n}`): RunKey => ({
  namespaceId: 'f3b1a6a0-0000-4000-8000-000000000001',
  workflowId,
  runId: runId(n),
});

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bytes that differ along their length, so that a shifted or truncated copy is noticed. */
export function largeBytes(length: number): Uint8Array {
  const filled = new Uint8Array(length);
  for (let i = 0; i < length; i++) filled[i] = (i * 31 + (i >> 8)) & 0xff;
  return filled;
}

/** A head of a running workflow with nothing to wait for, except for what is given. */
export const head = (changes: Partial<RunHead> = {}): RunHead => ({
  value: bytes('head'),
  status: 1,
  due: null,
  outstanding: false,
  expires: null,
  ...changes,
});

export const batch = (firstEventId: number, text = `events from ${firstEventId}`): HistoryBatch => ({
  firstEventId,
  bytes: bytes(text),
});

export const entry = (kind: number, key: string, text: string | null): EntryWrite => ({
  kind,
  key,
  value: text === null ? null : bytes(text),
});

/** The first write of a run: current, with the batch of event 1, except for what is given. */
export const creation = (key: RunKey, changes: Partial<RunWrite> = {}): RunWrite => ({
  key,
  create: true,
  head: head(),
  makeCurrent: true,
  entries: [],
  history: [batch(1)],
  ...changes,
});

/** A later write of a run that changes only what is given. */
export const change = (key: RunKey, changes: Partial<RunWrite>): RunWrite => ({
  key,
  create: false,
  entries: [],
  history: [],
  ...changes,
});

export const commitOf = (...runs: readonly RunWrite[]): Commit => ({ runs, deletes: [], records: [] });
export const deletionOf = (...deletes: readonly RunKey[]): Commit => ({ runs: [], deletes, records: [] });
export const recordsOf = (...records: readonly RecordWrite[]): Commit => ({ runs: [], deletes: [], records });

/** What a reader sees of a run, in a form that compares well. */
export async function seen(storage: Storage, key: RunKey) {
  const run = await storage.loadRun(key);
  if (run === null) return null;
  const history = await storage.readHistory(key, 1, 1000);
  return {
    head: { ...run.head, value: text(run.head.value) },
    entries: run.entries.map(({ kind, key: name, value }) => `${kind}/${name}=${text(value)}`),
    history: history.map(({ firstEventId, bytes: events }) => `${firstEventId}: ${text(events)}`),
  };
}

export const text = (value: Uint8Array): string => new TextDecoder().decode(value);
