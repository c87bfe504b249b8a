import { NamespaceState } from '@perdure/api/enums';
import type { Cancel } from '../kernel/clock.ts';
import type { Host } from './host.ts';
import type { Namespace, Namespaces } from './namespaces.ts';
import type { TaskQueueConfigs } from './task-queue-configs.ts';

/**
 * Deletes namespaces with everything in them. A deleted namespace first gets another name, so that its own is free and
 * nobody reaches it; what it holds goes afterwards, bit by bit, and its record last. The record says that it is being
 * deleted, so that a server that starts again goes on.
 */
export interface NamespaceDeletion {
  /** Takes up the deletion of a namespace that was just marked as deleted. */
  begin(namespace: Namespace): void;
  /** Goes on with what was not finished when the server stopped. */
  resume(): void;
  /** Ends after the page under way; `resume` of the next start does the rest. */
  close(): Promise<void>;
}

export interface NamespaceDeletionOptions {
  readonly host: Host;
  readonly namespaces: Namespaces;
  readonly taskQueueConfigs: TaskQueueConfigs;
  readonly onDeleted: (namespaceId: string) => void;
  readonly onBug: (error: unknown) => void;
}

/** Runs looked at in one go: little enough not to hold up others. */
const PAGE = 500;
/** How long (ms) to wait before trying again when storing has failed. */
const RETRY_AFTER = 1_000;

export function createNamespaceDeletion(options: NamespaceDeletionOptions): NamespaceDeletion {
  const { host, namespaces, taskQueueConfigs, onDeleted, onBug } = options;
  const planned = new Map<string, () => void>();
  const underWay = new Map<string, Promise<void>>();
  let closed = false;

  function begin(namespace: Namespace): void {
    if (closed) return;
    planAt(namespace, namespace.deleteAt ?? 0);
  }

  function planAt(namespace: Namespace, time: number, whileWaiting: Cancel = () => {}): void {
    planned.get(namespace.id)?.();
    const { clock } = host;
    const cancel = clock.schedule(Math.max(time, clock.now()), () => {
      planned.delete(namespace.id);
      const release = clock.hold('work');
      whileWaiting();
      const done = reclaim(namespace)
        .catch((error: unknown) => {
          onBug(error);
          // Storage is waited for at the pace of the world.
          if (!closed) planAt(namespace, clock.now() + RETRY_AFTER, clock.hold('work'));
        })
        .finally(() => {
          underWay.delete(namespace.id);
          release();
        });
      underWay.set(namespace.id, done);
    });
    planned.set(namespace.id, () => {
      cancel();
      whileWaiting();
    });
  }

  async function reclaim({ id }: Namespace): Promise<void> {
    // A run may begin another one (a child, a next run) until it is deleted itself, so until a pass finds none.
    while ((await deleteRuns(id)) > 0);
    if (closed) return;
    const records = [...taskQueueConfigs.removeAll(id), namespaces.remove(id)];
    await host.stageRecords(records);
    onDeleted(id);
  }

  /** One pass over all runs, in the order of their ids, which is that of their beginning. */
  async function deleteRuns(namespaceId: string): Promise<number> {
    let found = 0;
    for (let after = ''; !closed; ) {
      const page = await host.storage.allRuns(after, PAGE);
      const own = page.filter((key) => key.namespaceId === namespaceId);
      found += own.length;
      await Promise.all(own.map(host.deleteRun));
      const last = page.at(-1);
      if (page.length < PAGE || !last) break;
      after = last.runId;
    }
    return closed ? 0 : found;
  }

  return {
    begin,
    resume() {
      for (const namespace of namespaces.all()) if (namespace.state === NamespaceState.DELETED) begin(namespace);
    },
    async close() {
      closed = true;
      for (const cancel of planned.values()) cancel();
      await Promise.all(underWay.values());
    },
  };
}
