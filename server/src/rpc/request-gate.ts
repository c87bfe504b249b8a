import { NamespaceState } from '@perdure/api/enums';
import { NamespaceInvalidStateFailure } from '@perdure/api/errordetails';
import { Code, invalidArgument, ServiceError } from '../kernel/errors.ts';
import type { ServerContext } from './context.ts';

/** What is asked about namespaces themselves: the handler says what it makes of the name. */
const ownRules: ReadonlySet<string> = new Set([
  'RegisterNamespace',
  'DescribeNamespace',
  'UpdateNamespace',
  'DeprecateNamespace',
  'DeleteNamespace',
  'AddSearchAttributes',
  'RemoveSearchAttributes',
  'ListSearchAttributes',
]);

/** A deprecated namespace takes no new workflows; what runs in it goes on. */
const needsRegistered: ReadonlySet<string> = new Set(['StartWorkflowExecution', 'SignalWithStartWorkflowExecution']);

const REGISTERED: readonly NamespaceState[] = [NamespaceState.REGISTERED];
const ALIVE: readonly NamespaceState[] = [NamespaceState.REGISTERED, NamespaceState.DEPRECATED];

/** Where namespaces come into being by being used: makes the one that a request names. */
export function makeNamespace({ namespaces, makeNamespace }: ServerContext, method: string, request: object): void {
  if (!makeNamespace || !('namespace' in request) || typeof request.namespace !== 'string') return;
  const name = request.namespace;
  if (name !== '' && method !== 'RegisterNamespace' && !namespaces.find(name)) makeNamespace(name);
}

/**
 * Refuses a request whose namespace is not named, not there or not in a state for it, before its handler sees it. What
 * a worker answers to a task may leave the namespace out: the token says it.
 */
export function checkNamespace({ namespaces, limits }: ServerContext, method: string, request: object): void {
  if (!('namespace' in request) || typeof request.namespace !== 'string') return;
  if (ownRules.has(method)) return;
  const name = request.namespace;
  if (name === '' && 'taskToken' in request) return;
  if (name === '') throw invalidArgument('Namespace is empty.');
  if (Buffer.byteLength(name) > limits.maxIdLength) throw invalidArgument('Namespace length exceeds limit.');
  const { state } = namespaces.byName(name);
  const allowedStates = needsRegistered.has(method) ? REGISTERED : ALIVE;
  if (allowedStates.includes(state)) return;
  throw new ServiceError(
    Code.FAILED_PRECONDITION,
    `Namespace has invalid state: ${stateName(state)}. Must be ${allowedStates.map(stateName).join(' or ')}.`,
    [
      {
        typeName: NamespaceInvalidStateFailure.typeName,
        value: NamespaceInvalidStateFailure.encode({ namespace: name, state, allowedStates }),
      },
    ],
  );
}

/** Refuses a caller whose name for itself is too long to be written into histories. */
export function checkIdentity({ limits }: ServerContext, request: object): void {
  if (!('identity' in request) || typeof request.identity !== 'string') return;
  if (Buffer.byteLength(request.identity) > limits.maxIdLength) throw invalidArgument('Identity length exceeds limit.');
}

const words = new Map<NamespaceState, string>(
  Object.entries(NamespaceState).map(([key, value]) => [value, key.slice(0, 1) + key.slice(1).toLowerCase()]),
);
const stateName = (state: NamespaceState): string => words.get(state) ?? String(state);
