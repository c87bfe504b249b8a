import type { WorkerHeartbeat } from '@perdure/api/worker';
import type { Clock } from '../../kernel/clock.ts';

/**
 * The workers that have told of themselves lately, in memory: the last heartbeat of each. Soft state; after a restart
 * it fills again with the next heartbeats.
 */
export interface WorkerRegistry {
  record(namespaceId: string, heartbeats: readonly WorkerHeartbeat[]): void;
  find(namespaceId: string, instanceKey: string): WorkerHeartbeat | undefined;
  /** In order of their instance keys. */
  all(namespaceId: string): readonly WorkerHeartbeat[];
  /** The worker has said that it stops. */
  stop(namespaceId: string, instanceKey: string): void;
  /** Whether it said so within the last half minute, so that what it asked for just before is of no use to it. */
  hasStopped(namespaceId: string, instanceKey: string): boolean;
  forgetNamespace(namespaceId: string): void;
}

/** How long (ms) a worker is known after its last heartbeat; as in Temporal. */
const keptFor = 5 * 60_000;
/** Of all namespaces together: more than that, and the longest unheard are forgotten. As in Temporal. */
const capacity = 1_000_000;
/** How long (ms) it is remembered that a worker stopped, and of how many; as in Temporal. */
const stoppedKeptFor = 30_000;
const stoppedCapacity = 10_000;

interface Entry {
  readonly heartbeat: WorkerHeartbeat;
  readonly namespaceId: string;
  readonly heardAt: number;
}

export function createWorkerRegistry(clock: Clock): WorkerRegistry {
  /** By namespace and instance key, the longest unheard first. */
  const entries = new Map<string, Entry>();
  const byNamespace = new Map<string, Map<string, WorkerHeartbeat>>();
  const keyOf = (namespaceId: string, instanceKey: string) => `${namespaceId}/${instanceKey}`;

  function forget(key: string, { namespaceId, heartbeat }: Entry): void {
    entries.delete(key);
    const workers = byNamespace.get(namespaceId);
    workers?.delete(heartbeat.workerInstanceKey);
    if (workers?.size === 0) byNamespace.delete(namespaceId);
  }

  /** When they stopped, the longest ago first. */
  const stopped = new Map<string, number>();
  const forgetStopped = () => {
    const before = clock.now() - stoppedKeptFor;
    for (const [key, at] of stopped) {
      if (at > before && stopped.size <= stoppedCapacity) return;
      stopped.delete(key);
    }
  };

  function forgetOld(): void {
    const before = clock.now() - keptFor;
    for (const [key, entry] of entries) {
      if (entry.heardAt > before && entries.size <= capacity) return;
      forget(key, entry);
    }
  }

  return {
    record(namespaceId, heartbeats) {
      for (const heartbeat of heartbeats) {
        const key = keyOf(namespaceId, heartbeat.workerInstanceKey);
        entries.delete(key);
        entries.set(key, { heartbeat, namespaceId, heardAt: clock.now() });
        const workers = byNamespace.get(namespaceId) ?? new Map<string, WorkerHeartbeat>();
        workers.set(heartbeat.workerInstanceKey, heartbeat);
        byNamespace.set(namespaceId, workers);
      }
      forgetOld();
    },
    find(namespaceId, instanceKey) {
      forgetOld();
      return byNamespace.get(namespaceId)?.get(instanceKey);
    },
    all(namespaceId) {
      forgetOld();
      const workers = [...(byNamespace.get(namespaceId)?.values() ?? [])];
      return workers.sort((a, b) => (a.workerInstanceKey < b.workerInstanceKey ? -1 : 1));
    },
    stop(namespaceId, instanceKey) {
      const key = keyOf(namespaceId, instanceKey);
      stopped.delete(key);
      stopped.set(key, clock.now());
      forgetStopped();
    },
    hasStopped(namespaceId, instanceKey) {
      if (stopped.size === 0) return false;
      forgetStopped();
      return stopped.has(keyOf(namespaceId, instanceKey));
    },
    forgetNamespace(namespaceId) {
      for (const { workerInstanceKey } of byNamespace.get(namespaceId)?.values() ?? [])
        entries.delete(keyOf(namespaceId, workerInstanceKey));
      byNamespace.delete(namespaceId);
    },
  };
}
