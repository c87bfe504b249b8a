import { NamespaceState } from '@perdure/api/enums';
import type { NamespaceReplicationConfig } from '@perdure/api/replication';
import type { RegisterNamespaceRequest } from '@perdure/api/workflowservice';
import { invalidArgument } from '../kernel/errors.ts';
import { durationMs, LONGEST_DURATION_MS, validateDuration, type WireTime } from '../kernel/time.ts';

/** Closed runs are kept for at least an hour. */
const SHORTEST_RETENTION_MS = 3_600_000;
const MAX_NAME_BYTES = 1000;

/** The one cluster there is. */
export const CLUSTER_NAME = 'active';

/** Refuses a request to register that is wrong in itself. */
export function checkRegisterNamespace(request: RegisterNamespaceRequest): void {
  checkNamespaceName(request.namespace);
  if (request.isGlobalNamespace) throw invalidArgument('Cannot register global namespace when not enabled');
  checkClusters(request.activeClusterName, request.clusters);
}

export function checkNamespaceName(name: string): void {
  if (name === '') throw invalidArgument('Namespace not set on request.');
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) throw invalidArgument('Namespace length exceeds limit.');
}

/** A retention period in ms. Throws INVALID_ARGUMENT for one that is absent, malformed or too short. */
export function retentionMs(duration: WireTime | null): number {
  const retention = durationMs(duration);
  if (validateDuration(duration) !== null || retention < SHORTEST_RETENTION_MS)
    throw invalidArgument('A valid retention period is not set on request.');
  return Math.min(retention, LONGEST_DURATION_MS);
}

export function checkReplication(config: NamespaceReplicationConfig | null): void {
  if (config) checkClusters(config.activeClusterName, config.clusters);
}

function checkClusters(active: string, clusters: readonly { readonly clusterName: string }[]): void {
  const unknown = [active, ...clusters.map(({ clusterName }) => clusterName)].find(
    (name) => name !== '' && name !== CLUSTER_NAME,
  );
  if (unknown !== undefined) throw invalidArgument(`Invalid cluster name: ${unknown}`);
}

/**
 * Refuses a change of state that goes back. Deleting has an RPC of its own, which also sees to what is in the namespace.
 */
export function checkStateChange(from: NamespaceState, to: NamespaceState): void {
  const deprecates = from === NamespaceState.REGISTERED && to === NamespaceState.DEPRECATED;
  if (to !== NamespaceState.UNSPECIFIED && to !== from && !deprecates)
    throw invalidArgument('Invalid namespace state update.');
}
