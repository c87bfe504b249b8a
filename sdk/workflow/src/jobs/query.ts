import { arrayFromPayloads, ensureTemporalFailure, type TypeInfo, toPayloadWithTypeInfo } from '@perdure/common';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from '../activator-state.ts';
import { DeterminismViolationError } from '../errors.ts';
import { composeInterceptors } from '../interceptor-composition.ts';
import type { QueryInput } from '../interceptors.ts';
import { isInternal, refuseReserved } from './inputs.ts';

/** A query: answered by its handler, or by the default one, or with the failure of having none. */
export function queryWorkflow(activator: ActivatorState, query: coresdk.workflow_activation.IQueryWorkflow): void {
  const { queryType, queryId, headers } = query;
  if (!queryType || !queryId) throw new TypeError('Missing query activation attributes');
  const { queryHandlers } = activator;
  refuseReserved('query', queryType, queryHandlers, activator.defaultQueryHandler !== undefined);
  const interceptors = isInternal(queryType) ? [] : activator.interceptors.inbound;
  const typeInfo = queryHandlers.get(queryType)?.typeInfo;
  let outputType = typeInfo?.outputType;
  const execute = composeInterceptors(interceptors, 'handleQuery', (input) => {
    // An interceptor may have passed the query on under another name.
    outputType = queryHandlers.get(input.queryName)?.typeInfo?.outputType;
    return queryWorkflowNextHandler(activator, input);
  });
  const context = activator.workflowSerializationContext();
  const args = arrayFromPayloads(activator.payloadConverter, query.arguments, context, typeInfo?.inputTypes);
  execute({ queryName: queryType, args, queryId, headers: headers ?? {} }).then(
    (result) => succeed(activator, queryId, result, outputType),
    (reason: unknown) => fail(activator, queryId, reason),
  );
}

// Not asynchronous, so that it does not show in the stack traces that may be asked for; those that users see are cut off
// at its name.
function queryWorkflowNextHandler(activator: ActivatorState, { queryName, args }: QueryInput): Promise<unknown> {
  const handler = handlerOf(activator, queryName);
  if (handler === undefined) {
    const known = [...activator.queryHandlers.keys()].join(' ');
    return Promise.reject(
      new ReferenceError(`Workflow did not register a handler for ${queryName}. Registered queries: [${known}]`),
    );
  }
  try {
    const answer = handler(...args);
    return answer instanceof Promise
      ? Promise.reject(new DeterminismViolationError('Query handlers should not return a Promise'))
      : Promise.resolve(answer);
  } catch (error) {
    return Promise.reject(error);
  }
}

type QueryHandler = (...args: unknown[]) => unknown;

function handlerOf({ queryHandlers, defaultQueryHandler }: ActivatorState, name: string): QueryHandler | undefined {
  return queryHandlers.get(name)?.handler ?? (defaultQueryHandler && ((...args) => defaultQueryHandler(name, ...args)));
}

function succeed(activator: ActivatorState, queryId: string, result: unknown, outputType: TypeInfo | undefined): void {
  const context = activator.workflowSerializationContext();
  const response = toPayloadWithTypeInfo(activator.payloadConverter, result, context, outputType);
  activator.pushCommand({ respondToQuery: { queryId, succeeded: { response } } });
}

function fail(activator: ActivatorState, queryId: string, reason: unknown): void {
  const failed = activator.errorToFailure(ensureTemporalFailure(reason));
  activator.pushCommand({ respondToQuery: { queryId, failed } });
}
