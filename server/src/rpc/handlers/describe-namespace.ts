import { namespaceNotFound } from '../../host/namespaces.ts';
import { invalidArgument } from '../../kernel/errors.ts';
import type { Handler } from '../context.ts';
import { describeNamespace as description } from '../namespace-description.ts';

/** A namespace, by its name or its id. */
export const describeNamespace: Handler<'DescribeNamespace'> = ({ namespace: name, id }, _call, server) => {
  if (name === '' && id === '') throw invalidArgument('Namespace not set on request.');
  if (name !== '' && id !== '')
    throw invalidArgument('GetNamespace operation failed.  Both ID and Name specified in request.');
  const namespace = name === '' ? server.namespaces.byId(id) : server.namespaces.find(name);
  if (!namespace) throw namespaceNotFound(name || id);
  return description(server, namespace);
};
