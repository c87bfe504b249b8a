import type { OperatorHandlers } from '../context.ts';
import { addOrUpdateRemoteCluster, listClusters, removeRemoteCluster } from './clusters.ts';
import { deleteNamespace } from './delete-namespace.ts';
import { addSearchAttributes, listSearchAttributes, removeSearchAttributes } from './search-attributes.ts';

/** Every RPC of OperatorService that is built; the others answer UNIMPLEMENTED. */
export const operatorHandlers: OperatorHandlers = {
  AddOrUpdateRemoteCluster: addOrUpdateRemoteCluster,
  AddSearchAttributes: addSearchAttributes,
  DeleteNamespace: deleteNamespace,
  ListClusters: listClusters,
  ListSearchAttributes: listSearchAttributes,
  RemoveRemoteCluster: removeRemoteCluster,
  RemoveSearchAttributes: removeSearchAttributes,
};
