import { randomUUID } from 'node:crypto';
import { encodeUnifiedSearchAttributes } from '@perdure/common/lib/converter/payload-search-attributes';
import {
  decodeFromPayloadsAtIndex,
  decodeOptionalFailureToOptionalError,
  encodeToPayload,
  walkDescribeNexusOperationExecutionResponse,
  walkListNexusOperationExecutionsResponse,
  walkPollNexusOperationExecutionResponse,
  walkStartNexusOperationExecutionRequest,
} from '@perdure/common/lib/internal-non-workflow';
import { msOptionalToTs } from '@perdure/common/lib/time';
import { temporal } from '@perdure/proto';
import type { Caller } from '../base-client.ts';
import { ServiceError } from '../errors.ts';
import { bringInside, storeOutside } from '../external-storage.ts';
import { given } from '../given.ts';
import type {
  CancelNexusOperationInput,
  CountNexusOperationsInput,
  DescribeNexusOperationInput,
  GetNexusOperationResultInput,
  ListNexusOperationsInput,
  StartNexusOperationInput,
  TerminateNexusOperationInput,
} from '../nexus-inputs.ts';
import type {
  NexusOperationExecution,
  NexusOperationExecutionCount,
  NexusOperationExecutionDescription,
} from '../nexus-types.ts';
import { encodeNexusOperationIdConflictPolicy, encodeNexusOperationIdReusePolicy } from '../nexus-types.ts';
import { countOf, describedOperation, listedOperation } from './description.ts';
import { NexusOperationFailureError, rethrowNexusError } from './errors.ts';

/** Starts an operation; gives the id of its run, if the server tells. */
export async function startOperation(caller: Caller, input: StartNexusOperationInput): Promise<string | undefined> {
  const { dataConverter, namespace, identity, service } = caller;
  const { searchAttributes, summary } = input;
  const request = given({
    namespace,
    identity,
    requestId: randomUUID() as string,
    operationId: input.id,
    endpoint: input.endpoint,
    service: input.service,
    operation: input.operation,
    scheduleToCloseTimeout: msOptionalToTs(input.scheduleToCloseTimeout),
    scheduleToStartTimeout: msOptionalToTs(input.scheduleToStartTimeout),
    startToCloseTimeout: msOptionalToTs(input.startToCloseTimeout),
    input: await encodeToPayload(dataConverter, input.arg, undefined, input.inputType),
    idReusePolicy: encodeNexusOperationIdReusePolicy(input.idReusePolicy),
    idConflictPolicy: encodeNexusOperationIdConflictPolicy(input.idConflictPolicy),
    searchAttributes:
      searchAttributes == null
        ? undefined
        : { indexedFields: encodeUnifiedSearchAttributes(undefined, searchAttributes) },
    nexusHeader: input.headers ?? {},
    userMetadata: summary == null ? undefined : { summary: await encodeToPayload(dataConverter, summary) },
  });
  await storeOutside(dataConverter, request, walkStartNexusOperationExecutionRequest, undefined);
  try {
    return (await service.startNexusOperationExecution(request)).runId ?? undefined;
  } catch (error) {
    rethrowNexusError(error, 'Failed to start Nexus operation', input.id);
  }
}

/**
 * Waits for an operation's result.
 *
 * @throws NexusOperationFailureError when it ends in anything but success
 */
export async function operationResult(caller: Caller, input: GetNexusOperationResultInput): Promise<unknown> {
  const { dataConverter, namespace, service } = caller;
  const { operationId, runId = '' } = input;
  const waitStage = temporal.api.enums.v1.NexusOperationWaitStage.NEXUS_OPERATION_WAIT_STAGE_CLOSED;
  for (;;) {
    let response: temporal.api.workflowservice.v1.PollNexusOperationExecutionResponse;
    try {
      response = await service.pollNexusOperationExecution({ namespace, operationId, runId, waitStage });
    } catch (error) {
      rethrowNexusError(error, 'Failed to poll Nexus operation result', operationId);
    }
    await bringInside(dataConverter, response, walkPollNexusOperationExecutionResponse);
    const { result, failure } = response;
    if (result) return await decodeFromPayloadsAtIndex(dataConverter, 0, [result], undefined, input.outputType);
    if (failure) {
      const message = failure.message ?? 'unknown failure';
      const cause = await decodeOptionalFailureToOptionalError(dataConverter, failure);
      throw new NexusOperationFailureError(`Nexus operation failed: ${message}`, cause ?? new Error(message));
    }
  }
}

export async function describeOperation(
  { dataConverter, namespace, service }: Caller,
  { operationId, runId = '' }: DescribeNexusOperationInput,
): Promise<NexusOperationExecutionDescription> {
  let response: temporal.api.workflowservice.v1.DescribeNexusOperationExecutionResponse;
  try {
    response = await service.describeNexusOperationExecution({ namespace, operationId, runId });
  } catch (error) {
    rethrowNexusError(error, 'Failed to describe Nexus operation', operationId);
  }
  await bringInside(dataConverter, response, walkDescribeNexusOperationExecutionResponse);
  if (!response.info) {
    throw new ServiceError('Received invalid Nexus operation description from server: missing info');
  }
  return await describedOperation(response.info, dataConverter);
}

/** What every change of a run says. */
const change = ({ namespace, identity }: Caller, { operationId, runId = '', reason }: CancelNexusOperationInput) =>
  given({ namespace, operationId, runId, identity, requestId: randomUUID() as string, reason });

export async function cancelOperation(caller: Caller, input: CancelNexusOperationInput): Promise<void> {
  try {
    await caller.service.requestCancelNexusOperationExecution(change(caller, input));
  } catch (error) {
    rethrowNexusError(error, 'Failed to cancel Nexus operation', input.operationId);
  }
}

export async function terminateOperation(caller: Caller, input: TerminateNexusOperationInput): Promise<void> {
  try {
    await caller.service.terminateNexusOperationExecution(change(caller, input));
  } catch (error) {
    rethrowNexusError(error, 'Failed to terminate Nexus operation', input.operationId);
  }
}

/** The operations that a query finds, page by page. */
export async function* listOperations(
  { dataConverter, namespace, service }: Caller,
  { query, pageSize }: ListNexusOperationsInput,
): AsyncIterable<NexusOperationExecution> {
  let nextPageToken: Uint8Array | undefined;
  do {
    let page: temporal.api.workflowservice.v1.ListNexusOperationExecutionsResponse;
    try {
      page = await service.listNexusOperationExecutions(given({ namespace, query, pageSize, nextPageToken }));
    } catch (error) {
      rethrowNexusError(error, 'Failed to list Nexus operations');
    }
    await bringInside(dataConverter, page, walkListNexusOperationExecutionsResponse);
    for (const raw of page.operations) yield listedOperation(raw);
    ({ nextPageToken } = page);
  } while (nextPageToken != null && nextPageToken.length > 0);
}

export async function countOperations(
  { namespace, service }: Caller,
  { query }: CountNexusOperationsInput,
): Promise<NexusOperationExecutionCount> {
  try {
    return countOf(await service.countNexusOperationExecutions(given({ namespace, query })));
  } catch (error) {
    rethrowNexusError(error, 'Failed to count Nexus operations');
  }
}
