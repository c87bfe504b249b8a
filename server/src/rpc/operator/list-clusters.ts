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
