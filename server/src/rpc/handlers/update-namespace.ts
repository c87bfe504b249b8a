import { NamespaceState } from '@perdure/api/enums';
import type { NamespaceConfig } from '@perdure/api/namespace';
import type { UpdateNamespaceRequest } from '@perdure/api/workflowservice';
import type { BadBinary, Namespace } from '../../host/namespaces.ts';
import { invalidArgument } from '../../kernel/errors.ts';
import { checkNamespaceName, checkReplication, checkStateChange, retentionMs } from '../../validation/namespace.ts';
import type { Handler } from '../context.ts';
import { describeNamespace } from '../namespace-description.ts';
import { storeNamespace } from '../store-namespace.ts';

/** Changes what the request says of a namespace, and nothing else. Data and bad binaries are merged in. */
export const updateNamespace: Handler<'UpdateNamespace'> = async (request, _call, server) => {
  checkNamespaceName(request.namespace);
  const namespace = server.namespaces.byName(request.namespace);
  if (request.promoteNamespace)
    throw invalidArgument(
      `global namespace is not enabled on this cluster, cannot update global namespace or promote local namespace: ${namespace.name}`,
    );
  const updated = changed(namespace, request, server.clock.now());
  await storeNamespace(server, updated);
  const { namespaceInfo, config, replicationConfig } = describeNamespace(server, updated);
  return { namespaceInfo, config, replicationConfig };
};

/** Takes no new workflows any more; those that run go on. */
export const deprecateNamespace: Handler<'DeprecateNamespace'> = async (request, _call, server) => {
  checkNamespaceName(request.namespace);
  const namespace = server.namespaces.byName(request.namespace);
  await storeNamespace(server, { ...namespace, state: NamespaceState.DEPRECATED });
  return {};
};

function changed(namespace: Namespace, request: UpdateNamespaceRequest, now: number): Namespace {
  const { updateInfo, config, deleteBadBinary } = request;
  checkReplication(request.replicationConfig);
  // The reference renames search attributes by the columns they are kept in, which are no part of this server.
  if (Object.keys(config?.customSearchAttributeAliases ?? {}).length > 0)
    throw invalidArgument('Search attributes are changed by AddSearchAttributes and RemoveSearchAttributes only.');
  if (updateInfo) checkStateChange(namespace.state, updateInfo.state);
  const badBinaries = mergedBadBinaries(namespace, config, now);
  if (deleteBadBinary !== '') {
    if (!badBinaries[deleteBadBinary]) throw invalidArgument(`Bad binary checksum ${deleteBadBinary} doesn't exists.`);
    delete badBinaries[deleteBadBinary];
  }
  const ttl = config?.workflowExecutionRetentionTtl ?? null;
  return {
    ...namespace,
    description: updateInfo?.description || namespace.description,
    ownerEmail: updateInfo?.ownerEmail || namespace.ownerEmail,
    data: { ...namespace.data, ...updateInfo?.data },
    state: updateInfo?.state || namespace.state,
    retention: ttl ? retentionMs(ttl) : namespace.retention,
    badBinaries,
  };
}

function mergedBadBinaries(
  namespace: Namespace,
  config: NamespaceConfig | null,
  now: number,
): Record<string, BadBinary> {
  const merged = { ...namespace.badBinaries };
  for (const [checksum, { reason, operator }] of Object.entries(config?.badBinaries?.binaries ?? {}))
    merged[checksum] = { reason, operator, createTime: now };
  return merged;
}
