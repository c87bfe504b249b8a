/**
 * Looks at histories while things are killed. What it was shown once must be part of the final history, byte by byte:
 * a server shows nothing that it could still lose.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { History } from '../sdk/histories.ts';
import type { Random } from './random.ts';

const { History: HistoryMessage } = proto.temporal.api.history.v1;
const { EventType } = proto.temporal.api.enums.v1;

export interface Observer {
  /** The longest history that was seen of a workflow. */
  seen(workflowId: string): Uint8Array | undefined;
  /** Contradictions that were noticed on the way. */
  readonly contradictions: readonly string[];
  stop(): Promise<void>;
}

/** @param known the ids of the workflows that there are by now */
export function observe(client: Client, random: Random, known: () => readonly string[]): Observer {
  const longest = new Map<string, Uint8Array>();
  const contradictions: string[] = [];
  let stopped = false;
  const look = async () => {
    const ids = known();
    // Mostly the youngest: they are the ones that change.
    const workflowId = ids[ids.length - random.between(1, Math.min(20, ids.length))];
    if (workflowId === undefined) return;
    const bytes = bytesOf(await client.workflow.getHandle(workflowId).fetchHistory());
    const before = longest.get(workflowId) ?? new Uint8Array();
    const change = changeIn(before, bytes);
    if (change !== undefined) contradictions.push(`${workflowId}: ${change}`);
    longest.set(workflowId, bytes);
  };
  const looking = (async () => {
    while (!stopped) {
      // The server may be down, or not know the workflow yet.
      await look().catch(() => undefined);
      await sleep(20);
    }
  })();
  return {
    seen: (workflowId) => longest.get(workflowId),
    contradictions,
    stop: () => {
      stopped = true;
      return looking;
    },
  };
}

/**
 * A history as bytes. Histories are lists, and lists are messages one after the other: a prefix of the events is a
 * prefix of the bytes.
 *
 * A workflow task at the very end is left out until something follows it: the second attempt of a task, and one made for
 * an update, is shown before it is written, and may be replaced by another.
 */
export function bytesOf(history: History): Uint8Array {
  const events = history.events ?? [];
  const lasting = events.findLastIndex(
    ({ eventType }) =>
      eventType !== EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED &&
      eventType !== EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
  );
  return HistoryMessage.encode({ events: events.slice(0, lasting + 1) }).finish();
}

/** How a history that was shown differs from what a later one begins with; undefined when it does not. */
export function changeIn(shown: Uint8Array, later: Uint8Array): string | undefined {
  if (Buffer.compare(Buffer.from(later).subarray(0, shown.length), shown) === 0) return undefined;
  const [before, after] = [shown, later].map((bytes) => HistoryMessage.decode(bytes).events ?? []);
  const at = before?.findIndex((event, index) => JSON.stringify(event) !== JSON.stringify(after?.[index])) ?? -1;
  return `event ${at + 1} was shown as ${JSON.stringify(before?.[at])} and became ${JSON.stringify(after?.[at])}`;
}
