import { invalidArgument, notFound } from '../../kernel/errors.ts';
import type { OperatorHandler } from '../context.ts';

/** This cluster; there are no others. */
export const listClusters: OperatorHandler<'ListClusters'> = (_request, _call, { cluster }) => ({
  clusters: [
    {
      clusterName: cluster.name,
      clusterId: cluster.id,
      address: cluster.address,
      initialFailoverVersion: 1,
      historyShardCount: 1,
      isConnectionEnabled: true,
    },
  ],
});

export const addOrUpdateRemoteCluster: OperatorHandler<'AddOrUpdateRemoteCluster'> = ({ frontendAddress }) => {
  throw invalidArgument(
    `Unable connect to remote cluster with invalid config: ${frontendAddress || 'no address'} cannot be added, because this server is a cluster of its own and replicates nothing.`,
  );
};

export const removeRemoteCluster: OperatorHandler<'RemoveRemoteCluster'> = ({ clusterName }, _call, { cluster }) => {
  if (clusterName === cluster.name) throw invalidArgument('Cannot delete current cluster metadata');
  throw notFound('The cluster to be deleted cannot be found in clusters cache.');
};
