import { allParts } from '../engine/workflow/derive.ts';
import { wake } from '../engine/workflow/requests/wake.ts';
import { ServiceError } from '../kernel/errors.ts';
import type { RunKey } from '../storage/contract.ts';
import { type Loaded, nextDue, takeDue, updateDerived } from './loaded.ts';
import { live, loadRun } from './runs.ts';
import type { HostState } from './state.ts';
import { change, perform } from './transitions.ts';

const PAGE = 1000;
const LOADS_PER_TURN = 100;
const RELOAD_RETRY_MS = 500;
const BUG_RETRY_MS = 10_000;

/** After a start: loads the runs that have something outstanding, and takes it up again. */
export async function recover(state: HostState): Promise<void> {
  // Time must not jump before it is known what is due, and who has a task.
  const done = state.options.clock.hold('work');
  try {
    let after = '';
    for (;;) {
      const keys = await state.options.storage.outstandingRuns(after, PAGE);
      await loadEach(state, keys, (loaded) => perform(state, loaded, allParts(loaded.run), state.options.clock.now()));
      const last = keys.at(-1);
      if (!last || keys.length < PAGE) break;
      after = last.runId;
    }
    await state.wakeUps.start();
    // A task that a worker has is nothing outstanding, but it keeps time from being skipped.
    if (state.options.clock.jumps) await loadEach(state, await openRuns(state), () => {});
  } finally {
    done();
  }
}

/** A few in one turn of the event loop: until it ends, all of them stay in memory. */
async function loadEach(state: HostState, keys: readonly RunKey[], use: (loaded: Loaded) => void): Promise<void> {
  for (const [n, key] of keys.entries()) {
    if (n % LOADS_PER_TURN === 0) await new Promise(setImmediate);
    const loaded = await loadRun(state, key);
    if (loaded) use(loaded);
  }
}

async function openRuns({ options }: HostState): Promise<RunKey[]> {
  const due = await options.storage.dueRuns(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return due.map(({ key }) => key);
}

/** A run's deadline has come. */
export function wakeRun(state: HostState, key: RunKey): void {
  const loaded = state.cache.get(key.runId);
  if (loaded) {
    wakeLoaded(state, loaded);
    return;
  }
  const done = state.options.clock.hold('work');
  loadRun(state, key)
    .then((found) => {
      if (found) wakeLoaded(state, found);
    })
    .catch(state.options.onBug)
    .finally(done);
}

function wakeLoaded(state: HostState, found: Loaded): void {
  if (found.dropped) return;
  const loaded = live(state, found);
  if (!loaded) return wakeRun(state, found.run.key);
  const { clock, onBug } = state.options;
  const now = clock.now();
  const parts = takeDue(loaded, now);
  try {
    if (parts.length > 0) change(state, loaded, (t) => wake(t, parts));
  } catch (error) {
    // The run had become too large, and is closed.
    if (error instanceof ServiceError) return;
    onBug(error);
    updateDerived(loaded, parts, now);
    // Its deadlines have passed, and would be tried again at once, forever.
    state.wakeUps.update(loaded.run.key, now + BUG_RETRY_MS);
    return;
  }
  // A back-off that is over changes nothing in the state, but the task, or the callback, may go out now.
  const backingOff = parts.filter(({ name }) => name === 'activities' || name === 'callbacks');
  updateDerived(loaded, parts, now);
  state.timeLocks.update(loaded.run, parts, now);
  state.wakeUps.update(loaded.run.key, nextDue(loaded));
  perform(state, loaded, backingOff, now);
  if (parts.length === 0) correctWrittenDue(state, loaded);
}

/** Storage may know an earlier time than the right one (see commits.ts), and would wake the run again and again. */
function correctWrittenDue({ commits }: HostState, loaded: Loaded): void {
  if (!loaded.written || loaded.written.due === nextDue(loaded)) return;
  void commits.stageRun(loaded, {
    create: false,
    head: true,
    makeCurrent: false,
    visibility: false,
    dirty: new Map(),
    batches: [],
    notices: [],
  });
}

/** A commit failed: what was staged is forgotten, and the runs are taken up again as storage has them. */
export function dropAndReload(state: HostState, runs: readonly Loaded[], error: Error): void {
  state.options.onBug(error);
  for (const loaded of runs) {
    loaded.dropped = true;
    state.cache.drop(loaded);
    state.wakeUps.forget(loaded);
    state.timeLocks.forget(loaded.run.key.runId);
    for (const watcher of [...loaded.watchers]) watcher([]);
  }
  for (const loaded of runs) reload(state, loaded.run.key);
}

function reload(state: HostState, key: RunKey): void {
  if (state.closed) return;
  const { clock } = state.options;
  // Held through the wait for storage, so that this one goes at its own pace.
  const done = clock.hold('work');
  const again = (): void => {
    done();
    reload(state, key);
  };
  loadRun(state, key).then(
    (loaded) => {
      if (loaded) perform(state, loaded, allParts(loaded.run), clock.now());
      done();
    },
    () => clock.schedule(clock.now() + RELOAD_RETRY_MS, again),
  );
}
