import { randomBytes } from 'node:crypto';
import type { IndexedValueType } from '@perdure/api/enums';
import type { Host } from './host/host.ts';
import { type Namespace, type Namespaces, newNamespace } from './host/namespaces.ts';
import type { Random } from './kernel/ids.ts';
import type { RecordWrite, Storage } from './storage/contract.ts';

/** What a storage gets when it is opened for the first time, and keeps. */
export interface ClusterRecords {
  readonly id: string;
  /** Tokens stay valid when the server starts again. */
  readonly tokenSecret: Uint8Array;
}

const COLLECTION = 'cluster';
const TOKEN_SECRET_BYTES = 32;

export async function clusterRecords(storage: Storage, random: Random): Promise<ClusterRecords> {
  const known = new Map((await storage.records(COLLECTION)).map(({ key, value }) => [key, value]));
  const made: RecordWrite[] = [];
  const record = (key: string, make: () => Uint8Array): Uint8Array => {
    const value = known.get(key) ?? make();
    if (!known.has(key)) made.push({ collection: COLLECTION, key, value });
    return value;
  };
  const tokenSecret = record('token-secret', () => randomBytes(TOKEN_SECRET_BYTES));
  const id = Buffer.from(record('id', () => Buffer.from(random.uuid()))).toString();
  if (made.length > 0) await storage.commit({ runs: [], deletes: [], records: made });
  return { id, tokenSecret };
}

/** Where the reference keeps its own workflows. Clients expect it to be there and hide it. */
const SYSTEM_NAMESPACE: Partial<Namespace> = {
  description: 'Temporal internal system namespace',
  ownerEmail: 'temporal-core@temporal.io',
  retention: 7 * 24 * 3_600_000,
};
const SYSTEM_NAMESPACE_ID = '32049b68-7872-4094-8e63-d0dd59896a83';

/** What the namespaces that are made here have. */
export interface Preset {
  readonly customSearchAttributes: Readonly<Record<string, IndexedValueType>>;
  /** How long (ms) they keep closed workflows. */
  readonly retention: number;
}

/** Makes the namespaces that are missing, and adds the search attributes that they lack. */
export async function presetNamespaces(
  namespaces: Namespaces,
  host: Host,
  names: readonly string[],
  { customSearchAttributes: searchAttributes, retention }: Preset,
): Promise<void> {
  const records: RecordWrite[] = [];
  if (!namespaces.find('temporal-system'))
    records.push(namespaces.put(newNamespace(SYSTEM_NAMESPACE_ID, 'temporal-system', SYSTEM_NAMESPACE)));
  for (const name of new Set(['default', ...names])) {
    const known = namespaces.find(name);
    const namespace = known ?? newNamespace(host.random.uuid(), name, { retention });
    const lacks = Object.keys(searchAttributes).some((key) => !(key in namespace.customSearchAttributes));
    if (known && !lacks) continue;
    const customSearchAttributes = { ...searchAttributes, ...namespace.customSearchAttributes };
    records.push(namespaces.put({ ...namespace, customSearchAttributes }));
  }
  if (records.length > 0) await host.stageRecords(records);
}

/** Makes namespaces as they are asked for. They hold at once; nobody waits for them to be stored before their runs are. */
export const namespaceMaker =
  (namespaces: Namespaces, host: Host, preset: Preset) =>
  (name: string): void => {
    const made = namespaces.put(newNamespace(host.random.uuid(), name, preset));
    // Staged before whatever comes to be in it; if it is lost, so is that.
    void host.stageRecords([made]).catch(() => {});
  };
