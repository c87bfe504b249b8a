import { History, type HistoryEvent } from '@perdure/api/history';
import { isOpen } from '../engine/workflow/close.ts';
import { batchesBefore } from '../engine/workflow/event-places.ts';
import type { Exclusions, Reappliable } from '../engine/workflow/requests/reapply.ts';
import { resetRun, startRequestOf, terminateForReset } from '../engine/workflow/requests/reset.ts';
import type { Child, Run } from '../engine/workflow/state.ts';
import type { Transition } from '../engine/workflow/transition.ts';
import { notFound } from '../kernel/errors.ts';
import type { HistoryBatch } from '../storage/contract.ts';
import type { Host } from './host.ts';
import { type Loaded, latest } from './loaded.ts';
import type { Changed } from './transitions.ts';

export interface ResetCommand {
  /** The first event of the base run that is left out. */
  readonly finishEventId: number;
  readonly requestId: string;
  readonly reason: string;
  readonly exclude: Exclusions;
  readonly alongWith?: (t: Transition) => void;
}

/**
 * Resets a workflow to a point in the history of `found`, the base run, and replies with the id of the run that goes on
 * from there. That run has a copy of the history it begins with: what happens to the base run later is nothing to it.
 *
 * The histories are read first. Then, in one turn and so in one commit, the base run learns of its successor, the latest
 * run is terminated if it is open, and the new run comes into being. What happened meanwhile is still in memory by then;
 * if not, the histories are read again.
 */
export async function resetWorkflow(host: Host, found: Loaded, command: ResetCommand): Promise<Changed<string>> {
  for (;;) {
    const chain = await readChain(host, found);
    const { key } = latest(host, found).run;
    // Reading the others may have put it out of memory.
    const base = await host.load(key);
    if (!base) throw notFound('workflow execution not found');
    const done = await host.withCurrent(key.namespaceId, key.workflowId, (current) =>
      resetInTurn(host, latest(host, base), current, chain, command),
    );
    if (done) return done;
  }
}

/** A run and its history, as far as it has been read. */
interface Read {
  readonly loaded: Loaded;
  readonly batches: HistoryBatch[];
  readonly events: HistoryEvent[];
}

/** The base run, and those that it was continued as, one after the other. One that was deleted ends the chain. */
async function readChain(host: Host, base: Loaded): Promise<Read[]> {
  const chain: Read[] = [];
  for (let next: Loaded | null = base; next; ) {
    const read: Read = { loaded: next, batches: [], events: [] };
    await readStored(host, read);
    chain.push(read);
    const runId = continuedAs(read);
    next = runId === '' ? null : await host.load({ ...base.run.key, runId });
  }
  return chain;
}

const PAGE_BATCHES = 256;

async function readStored({ storage }: Host, read: Read): Promise<void> {
  const { key, head } = read.loaded.run;
  while (read.events.length + 1 < head.nextEventId) {
    const next = read.events.length + 1;
    const page = await storage.readHistory(key, next, PAGE_BATCHES);
    const news = page.filter(({ firstEventId }) => firstEventId >= next);
    if (news.length === 0) return;
    for (const batch of news) add(read, batch);
  }
}

function add({ batches, events }: Read, batch: HistoryBatch): void {
  batches.push(batch);
  events.push(...History.decode(batch.bytes).events);
}

/** Takes what came since from memory. False when it is not there any more. */
function complete(host: Host, read: Read): boolean {
  const { run, tail } = latest(host, read.loaded);
  for (const batch of tail) if (batch.firstEventId === read.events.length + 1) add(read, batch);
  return read.events.length + 1 === run.head.nextEventId;
}

const continuedAs = ({ events }: Read): string =>
  events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? '';

/** Null when what was read is not enough any more. */
function resetInTurn(
  host: Host,
  base: Loaded,
  current: Loaded | null,
  chain: readonly Read[],
  command: ResetCommand,
): Changed<string> | null {
  if (current && startRequestOf(current.run) === command.requestId)
    return { reply: current.run.key.runId, durable: current.settled };
  const last = chain.at(-1);
  if (!last || !chain.every((read) => complete(host, read))) return null;
  const wasClosed = last.loaded.run.key.runId !== current?.run.key.runId || !isOpen(current.run);
  if (!wasClosed && continuedAs(last) !== '') return null;
  const newRunId = host.random.uuid();
  const t = newRun(host, base, current?.run ?? null, chain, newRunId, command);
  if (current && isOpen(current.run)) {
    const keeps = keptChildren(current.run, base.run, t.run);
    host.change(current, (old) => terminateForReset(old, command.reason, keeps));
  }
  host.change(base, (old) => {
    old.run.head.resetRunId = newRunId;
  });
  const { durable } = host.create(t, base.namespace);
  return { reply: newRunId, durable };
}

/**
 * The children of the base run are left alone, whether the new run has them or may ask for them again. Those of another
 * run, which may itself come of an earlier reset, live on if the new run has them, too.
 */
function keptChildren(current: Run, base: Run, made: Run): (child: Child) => boolean {
  if (current.key.runId === base.key.runId) return () => true;
  return ({ initiatedEventId, runId }) => runId !== '' && made.children.get(initiatedEventId)?.runId === runId;
}

function newRun(
  host: Host,
  base: Loaded,
  current: Run | null,
  chain: readonly Read[],
  newRunId: string,
  { finishEventId, reason, exclude, alongWith }: ResetCommand,
): Transition {
  const [first, ...continued] = chain;
  if (!first) throw new Error(`the history of ${base.run.key.runId} was not read`);
  const later: Reappliable[] = first.events.slice(finishEventId - 1);
  for (const { events } of continued) later.push(...events);
  if (current?.key.runId === chain.at(-1)?.loaded.run.key.runId) later.push(...heldBack(current));
  return resetRun(host.context(base.namespace), {
    newRunId,
    base: base.run,
    finishEventId,
    history: batchesBefore(first.batches, finishEventId),
    events: first.events.slice(0, finishEventId - 1),
    later,
    exclude,
    reason,
    ...(alongWith && { alongWith }),
  });
}

/** What the run that is about to be terminated will write before its end. */
function heldBack(run: Run | null): Reappliable[] {
  const held = [...(run?.buffered ?? [])].sort(([a], [b]) => a - b);
  return held.map(([, { eventType, fields }]) => ({ ...fields, eventType }));
}
