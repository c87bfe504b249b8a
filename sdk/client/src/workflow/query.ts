import type { status as grpcStatus } from '@grpc/grpc-js';
import {
  decodeFromPayloadsAtIndex,
  encodeToPayloadsWithContext,
  walkQueryWorkflowRequest,
  walkQueryWorkflowResponse,
} from '@perdure/common/lib/internal-non-workflow';
import { SymbolBasedInstanceOfError } from '@perdure/common/lib/type-helpers';
import type { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import type { Caller } from '../base-client.ts';
import { isGrpcServiceError } from '../errors.ts';
import { bringInside, storeOutside } from '../external-storage.ts';
import { given } from '../given.ts';
import type { WorkflowQueryInput } from '../interceptors.ts';
import type { InternalWorkflowQueryInput } from '../internal-options.ts';
import { InternalWorkflowQueryOptionsSymbol } from '../internal-options.ts';
import { rethrowKnownErrorTypes } from '../status-details.ts';
import { workflowContext, workflowTarget } from './context.ts';
import { rethrowGrpcError } from './rethrow.ts';

/** The workflow was not asked because of the client's `queryRejectCondition`. */
export class QueryRejectedError extends Error {
  /** The status that stood in the way. */
  readonly status: temporal.api.enums.v1.WorkflowExecutionStatus;

  constructor(status: temporal.api.enums.v1.WorkflowExecutionStatus) {
    super('Query rejected');
    this.status = status;
  }
}
SymbolBasedInstanceOfError<QueryRejectedError>('QueryRejectedError')(QueryRejectedError);

/** The workflow has no query of that name, or its handler threw. */
export class QueryNotRegisteredError extends Error {
  readonly code: grpcStatus;

  constructor(message: string, code: grpcStatus) {
    super(message);
    this.code = code;
  }
}
SymbolBasedInstanceOfError<QueryNotRegisteredError>('QueryNotRegisteredError')(QueryNotRegisteredError);

export async function queryWorkflow(caller: Caller, input: WorkflowQueryInput): Promise<unknown> {
  const { dataConverter, namespace } = caller;
  const { workflowExecution, typeInfo } = input;
  const context = workflowContext(caller, workflowExecution.workflowId);
  const payloads = await encodeToPayloadsWithContext(dataConverter, context, input.args, typeInfo?.inputTypes);
  const request: temporal.api.workflowservice.v1.IQueryWorkflowRequest = given({
    queryRejectCondition: input.queryRejectCondition,
    namespace,
    execution: workflowExecution,
    query: { queryType: input.queryType, queryArgs: given({ payloads }), header: { fields: input.headers } },
  });
  const target = workflowTarget(caller, workflowExecution.workflowId);
  await storeOutside(dataConverter, request, walkQueryWorkflowRequest, target);

  const response = await send(caller, request, input);
  await bringInside(dataConverter, response, walkQueryWorkflowResponse);
  const internal = (input as InternalWorkflowQueryInput)[InternalWorkflowQueryOptionsSymbol];
  if (internal !== undefined && response.link != null) internal.responseLink = response.link;

  const { queryRejected, queryResult } = response;
  if (queryRejected) {
    if (queryRejected.status == null) throw new TypeError('Received queryRejected from server with no status');
    throw new QueryRejectedError(queryRejected.status);
  }
  if (!queryResult) throw new TypeError('Invalid response from server');
  return await decodeFromPayloadsAtIndex(dataConverter, 0, queryResult.payloads, context, typeInfo?.outputType);
}

async function send(
  { service }: Caller,
  request: temporal.api.workflowservice.v1.IQueryWorkflowRequest,
  { workflowExecution }: WorkflowQueryInput,
): Promise<temporal.api.workflowservice.v1.QueryWorkflowResponse> {
  try {
    return await service.queryWorkflow(request);
  } catch (error) {
    if (isGrpcServiceError(error)) {
      rethrowKnownErrorTypes(error);
      if (error.code === Status.INVALID_ARGUMENT) {
        throw new QueryNotRegisteredError(error.message.replace(/^3 INVALID_ARGUMENT: /, ''), error.code);
      }
    }
    rethrowGrpcError(error, 'Failed to query Workflow', workflowExecution);
  }
}
