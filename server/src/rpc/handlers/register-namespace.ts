import { ReplicationState } from '@perdure/api/enums';
import { NamespaceAlreadyExistsFailure } from '@perdure/api/errordetails';
import { newNamespace } from '../../host/namespaces.ts';
import { Code, ServiceError } from '../../kernel/errors.ts';
import { checkRegisterNamespace, retentionMs } from '../../validation/namespace.ts';
import type { Handler } from '../context.ts';
import { storeNamespace } from '../store-namespace.ts';

/** Makes a namespace. It can be used at once. */
export const registerNamespace: Handler<'RegisterNamespace'> = async (request, _call, server) => {
  checkRegisterNamespace(request);
  const retention = retentionMs(request.workflowExecutionRetentionPeriod);
  const { namespace: name, description, ownerEmail, data } = request;
  if (server.namespaces.find(name)) {
    throw new ServiceError(Code.ALREADY_EXISTS, `Namespace "${name}" already exists`, [
      { typeName: NamespaceAlreadyExistsFailure.typeName, value: NamespaceAlreadyExistsFailure.encode({}) },
    ]);
  }
  const more = { description, ownerEmail, data: { ...data }, retention, replicationState: ReplicationState.NORMAL };
  await storeNamespace(server, newNamespace(server.random.uuid(), name, more));
  return {};
};
