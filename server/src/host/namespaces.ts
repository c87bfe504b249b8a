import { deserialize, serialize } from 'node:v8';
import type { IndexedValueType } from '@perdure/api/enums';
import { NamespaceState, ReplicationState } from '@perdure/api/enums';
import { NamespaceNotFoundFailure } from '@perdure/api/errordetails';
import type { NamespaceView } from '../engine/workflow/transition.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import type { RecordWrite, Storage } from '../storage/contract.ts';
import { systemSearchAttributes } from './search-attributes.ts';

/** A namespace as it is stored. */
export interface Namespace {
  readonly id: string;
  readonly name: string;
  readonly state: NamespaceState;
  readonly description: string;
  readonly ownerEmail: string;
  readonly data: Readonly<Record<string, string>>;
  /** How long closed runs are kept (ms). */
  readonly retention: number;
  readonly customSearchAttributes: Readonly<Record<string, IndexedValueType>>;
  /** Builds of workers, by checksum, that somebody declared bad. */
  readonly badBinaries: Readonly<Record<string, BadBinary>>;
  /** Set on namespaces that a client registered; means nothing in a single cluster. */
  readonly replicationState: ReplicationState;
  /** Of a namespace that is being deleted: when (epoch ms) what it holds may go; null for at once. */
  readonly deleteAt: number | null;
}

export interface BadBinary {
  readonly reason: string;
  readonly operator: string;
  /** Epoch ms. */
  readonly createTime: number;
}

export interface Namespaces {
  /** Throws NOT_FOUND if there is none of that name. */
  byName(name: string): Namespace;
  find(name: string): Namespace | undefined;
  byId(id: string): Namespace | undefined;
  /** Throws NOT_FOUND if there is none with that id. */
  require(id: string): Namespace;
  /** What the engine may see of it. */
  view(id: string): NamespaceView | undefined;
  /** In order of their names. */
  all(): readonly Namespace[];
  /** Holds at once in this process; the record is to be stored. */
  put(namespace: Namespace): RecordWrite;
  /** Forgets it at once in this process; its record is to be removed. */
  remove(id: string): RecordWrite;
  /** Storing what was put has failed: what storage has of it holds again, unless something else was put since. */
  restore(failed: Namespace): Promise<void>;
}

const COLLECTION = 'namespaces';

export async function openNamespaces(storage: Storage): Promise<Namespaces> {
  const byId = new Map<string, Namespace>();
  const byName = new Map<string, Namespace>();
  const views = new Map<string, NamespaceView>();

  function forget({ id, name }: Namespace): void {
    byId.delete(id);
    views.delete(id);
    if (byName.get(name)?.id === id) byName.delete(name);
  }

  function remember(namespace: Namespace): void {
    const before = byId.get(namespace.id);
    if (before && byName.get(before.name)?.id === before.id) byName.delete(before.name);
    byId.set(namespace.id, namespace);
    byName.set(namespace.name, namespace);
    const attributes = viewAttributes(namespace);
    const view = views.get(namespace.id);
    // Runs in memory hold on to their view, so it is changed rather than replaced.
    if (view)
      Object.assign(view, { name: namespace.name, searchAttributes: attributes, retention: namespace.retention });
    else
      views.set(namespace.id, {
        id: namespace.id,
        name: namespace.name,
        searchAttributes: attributes,
        retention: namespace.retention,
        idOf: (name) => byName.get(name)?.id,
      });
  }

  for (const { value } of await storage.records(COLLECTION)) remember(fromStored(value));

  return {
    byName(name) {
      const namespace = byName.get(name);
      if (!namespace) throw namespaceNotFound(name);
      return namespace;
    },
    find: (name) => byName.get(name),
    byId: (id) => byId.get(id),
    require(id) {
      const namespace = byId.get(id);
      if (!namespace) throw namespaceNotFound(id);
      return namespace;
    },
    view: (id) => views.get(id),
    all: () => [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    put(namespace) {
      remember(namespace);
      return { collection: COLLECTION, key: namespace.id, value: serialize(namespace) };
    },
    remove(id) {
      const namespace = byId.get(id);
      if (namespace) forget(namespace);
      return { collection: COLLECTION, key: id, value: null };
    },
    async restore(failed) {
      const stored = (await storage.records(COLLECTION)).find(({ key }) => key === failed.id);
      if (byId.get(failed.id) !== failed) return;
      if (stored) remember(fromStored(stored.value));
      else forget(failed);
    },
  };
}

function fromStored(value: Uint8Array): Namespace {
  const stored = deserialize(value) as Namespace;
  return newNamespace(stored.id, stored.name, stored);
}

const viewAttributes = (namespace: Namespace): ReadonlyMap<string, IndexedValueType> =>
  new Map([...Object.entries(namespace.customSearchAttributes), ...systemSearchAttributes]);

export function namespaceNotFound(name: string): ServiceError {
  return new ServiceError(Code.NOT_FOUND, `Namespace ${name} is not found.`, [
    { typeName: NamespaceNotFoundFailure.typeName, value: NamespaceNotFoundFailure.encode({ namespace: name }) },
  ]);
}

export const DEFAULT_RETENTION_MS = 24 * 3_600_000;

/** A new namespace with everything left open filled in. */
export function newNamespace(id: string, name: string, more: Partial<Namespace> = {}): Namespace {
  return {
    id,
    name,
    state: NamespaceState.REGISTERED,
    description: '',
    ownerEmail: '',
    data: {},
    retention: DEFAULT_RETENTION_MS,
    customSearchAttributes: {},
    badBinaries: {},
    replicationState: ReplicationState.UNSPECIFIED,
    deleteAt: null,
    ...more,
  };
}
