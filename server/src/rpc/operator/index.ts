import type { OperatorHandlers } from '../context.ts';
import { deleteNamespace } from './delete-namespace.ts';
import { listClusters } from './list-clusters.ts';
import { addSearchAttributes, listSearchAttributes, removeSearchAttributes } from './search-attributes.ts';

/** Every RPC of OperatorService that is built; the others answer UNIMPLEMENTED. */
export const operatorHandlers: OperatorHandlers = {
  AddSearchAttributes: addSearchAttributes,
  DeleteNamespace: deleteNamespace,
  ListClusters: listClusters,
  ListSearchAttributes: listSearchAttributes,
  RemoveSearchAttributes: removeSearchAttributes,
};
