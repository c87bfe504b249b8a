import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesHead, changesSomethingDurable } from '../engine/workflow/conclude.ts';
import { allParts, deadlineOf, effectOf } from '../engine/workflow/derive.ts';
import type { Given } from '../engine/workflow/given.fixture.ts';
import type { Run } from '../engine/workflow/state.ts';
import type { Batch, Transition } from '../engine/workflow/transition.ts';
import { goWalks } from '../engine/workflow/walk/walk.fixture.ts';
import type { EntryWrite } from '../storage/contract.ts';
import { readRun, storedEntry, storedHead } from './stored-form.ts';

/** What a store would hold of the runs of a walk: what each transition says that it changed, and nothing else. */
type Store = Map<string, { head: Uint8Array; firstBatch: Uint8Array; entries: Map<string, EntryWrite> }>;

function keep(store: Store, t: Transition, batches: readonly Batch[]): void {
  if (!changesSomethingDurable(t)) return;
  const { run, dirty } = t;
  const known = store.get(run.key.runId);
  const head = changesHead(t) || !known ? storedHead(run.head) : known.head;
  const firstBatch = known && !t.creates ? known.firstBatch : (batches[0]?.bytes ?? new Uint8Array(0));
  const entries = known && !t.creates ? known.entries : new Map<string, EntryWrite>();
  for (const [name, keys] of dirty)
    for (const key of keys) {
      const entry = storedEntry(run, name, key);
      if (entry?.value === null) entries.delete(`${name}/${key}`);
      else if (entry) entries.set(`${name}/${key}`, entry);
    }
  store.set(run.key.runId, { head, firstBatch, entries });
}

/** The run as another process would find it. */
function reloaded(store: Store, { key }: Run): Run {
  const stored = store.get(key.runId);
  assert.ok(stored, 'a run that is there is stored');
  const entries = [...stored.entries.values()].flatMap(({ kind, key, value }) => (value ? [{ kind, key, value }] : []));
  const head = { value: stored.head } as Parameters<typeof readRun>[0]['head'];
  return readRun({ key, head, entries, firstBatch: stored.firstBatch } as Parameters<typeof readRun>[0]);
}

/** What a run is without what lives in memory only: updates that no worker has answered, and a task made for them. */
function durablePart(run: Run) {
  const { workflowTask, ...head } = run.head;
  return {
    ...run,
    head: {
      ...head,
      workflowTask: workflowTask?.speculative ? null : workflowTask,
      // Counts the tasks that were made, also those that leave no trace.
      workflowTaskStamp: 0,
    },
    pendingUpdates: new Map(),
  };
}

const derivedOf = (run: Run, now: number) =>
  allParts(run).map((part) => ({ ...part, at: deadlineOf(run, part, now), effect: effectOf(run, part, now) }));

test('whatever happened to a run, another process finds it as it is, with all that it still wants', () => {
  let store: Store = new Map();
  goWalks({
    walks: 500,
    moves: 50,
    observing() {
      store = new Map();
      return (t, batches) => keep(store, t, batches);
    },
    after({ run, now }: Given) {
      const again = reloaded(store, run);
      const expected = durablePart(run);
      assert.deepEqual(durablePart(again), expected);
      assert.deepEqual(derivedOf(again, now), derivedOf(expected, now));
    },
  });
});
