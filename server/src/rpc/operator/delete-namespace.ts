import { NamespaceState } from '@perdure/api/enums';
import type { Namespace } from '../../host/namespaces.ts';
import { failedPrecondition, invalidArgument } from '../../kernel/errors.ts';
import { durationMs } from '../../kernel/time.ts';
import type { OperatorHandler, ServerContext } from '../context.ts';
import { storeNamespace } from '../store-namespace.ts';

const SYSTEM_NAMESPACE = 'temporal-system';
/** How much of the id the new name takes, at first. */
const ID_PART = 5;

/**
 * Deletes a namespace and everything in it. It is gone for everybody once this is answered, under the name it had; what
 * it holds is removed after the delay that the request gives (default none), also if the server is stopped meanwhile.
 */
export const deleteNamespace: OperatorHandler<'DeleteNamespace'> = async (request, _call, server) => {
  const namespace = asked(server, request.namespace, request.namespaceId);
  if (namespace.name === SYSTEM_NAMESPACE) throw failedPrecondition('unable to delete system namespace');
  const delay = request.namespaceDeleteDelay;
  const deleted: Namespace = {
    ...namespace,
    name: newName(server, namespace),
    state: NamespaceState.DELETED,
    deleteAt: delay ? server.clock.now() + durationMs(delay) : null,
  };
  await storeNamespace(server, deleted);
  server.namespaceDeletion.begin(deleted);
  return { deletedNamespace: deleted.name };
};

function asked(server: ServerContext, name: string, id: string): Namespace {
  if (name === '' && id === '') throw invalidArgument('Namespace not set on request.');
  if (name !== '' && id !== '') throw invalidArgument('Only one of namespace name or Id should be set on request.');
  return name === '' ? server.namespaces.require(id) : server.namespaces.byName(name);
}

/** The old name and the beginning of the id, as much of it as makes the name one that is not taken. */
function newName({ namespaces }: ServerContext, { name, id }: Namespace): string {
  const digits = id.replaceAll('-', '');
  for (let length = ID_PART; ; length++) {
    const candidate = `${name}-deleted-${digits.slice(0, length)}`;
    if (!namespaces.find(candidate) || length >= digits.length) return candidate;
  }
}
