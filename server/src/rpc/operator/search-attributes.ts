import { IndexedValueType } from '@perdure/api/enums';
import type { Namespace } from '../../host/namespaces.ts';
import { systemSearchAttributes } from '../../host/search-attributes.ts';
import { invalidArgument } from '../../kernel/errors.ts';
import type { OperatorHandler, ServerContext } from '../context.ts';
import { storeNamespace } from '../store-namespace.ts';

const RESERVED_PREFIX = 'Temporal';
const knownTypes: ReadonlySet<number> = new Set(Object.values(IndexedValueType));

/** Adds search attributes to a namespace. They can be set and queried at once. One that is there already stays as it is. */
export const addSearchAttributes: OperatorHandler<'AddSearchAttributes'> = async (request, _call, server) => {
  const added = Object.entries(request.searchAttributes);
  if (added.length === 0) throw invalidArgument('SearchAttributes are not set on request.');
  for (const [name, type] of added) checkNew(name, type);
  const namespace = namespaceOf(server, request.namespace);
  await change(server, namespace, { ...request.searchAttributes, ...namespace.customSearchAttributes });
  return {};
};

function checkNew(name: string, type: IndexedValueType): void {
  if (systemSearchAttributes.has(name) || name.startsWith(RESERVED_PREFIX))
    throw invalidArgument(`Search attribute ${name} is reserved by system.`);
  if (!knownTypes.has(type)) throw invalidArgument(`Unknown search attribute type: ${type}.`);
  if (type === IndexedValueType.UNSPECIFIED)
    throw invalidArgument(
      'Unable to create search attributes: cannot have more than 0 search attribute of type Unspecified.',
    );
}

/** Removes search attributes from a namespace. Names that it does not know are passed over. */
export const removeSearchAttributes: OperatorHandler<'RemoveSearchAttributes'> = async (request, _call, server) => {
  const removed = request.searchAttributes;
  if (removed.length === 0) throw invalidArgument('SearchAttributes are not set on request.');
  const namespace = namespaceOf(server, request.namespace);
  const system = removed.find((name) => systemSearchAttributes.has(name));
  if (system !== undefined) throw invalidArgument(`Unable to remove non-custom search attributes: ${system}.`);
  const left = Object.entries(namespace.customSearchAttributes).filter(([name]) => !removed.includes(name));
  await change(server, namespace, Object.fromEntries(left));
  return {};
};

export const listSearchAttributes: OperatorHandler<'ListSearchAttributes'> = (request, _call, server) => ({
  customAttributes: namespaceOf(server, request.namespace).customSearchAttributes,
  systemAttributes: Object.fromEntries(systemSearchAttributes),
});

function namespaceOf(server: ServerContext, name: string): Namespace {
  if (name === '') throw invalidArgument('Namespace is not set on request.');
  return server.namespaces.byName(name);
}

const change = (
  server: ServerContext,
  namespace: Namespace,
  customSearchAttributes: Namespace['customSearchAttributes'],
): Promise<void> => storeNamespace(server, { ...namespace, customSearchAttributes });
