import { randomUUID } from 'node:crypto';
import {
  decodeOptionalSinglePayload,
  encodeToPayloadsWithContext,
  walkDescribeWorkflowExecutionResponse,
  walkTerminateWorkflowExecutionRequest,
} from '@perdure/common/lib/internal-non-workflow';
import type { History } from '@perdure/common/lib/proto-utils';
import { temporal } from '@perdure/proto';
import type { Caller } from '../base-client.ts';
import { executionInfoFromRaw } from '../execution-info.ts';
import { bringInside, storeOutside } from '../external-storage.ts';
import { given } from '../given.ts';
import type { WorkflowCancelInput, WorkflowDescribeInput, WorkflowTerminateInput } from '../interceptors.ts';
import type {
  DescribeWorkflowExecutionResponse,
  RequestCancelWorkflowExecutionResponse,
  TerminateWorkflowExecutionResponse,
  WorkflowExecution,
  WorkflowExecutionDescription,
} from '../types.ts';
import { workflowContext, workflowTarget } from './context.ts';
import { rethrowGrpcError } from './rethrow.ts';

export async function terminateWorkflow(
  caller: Caller,
  input: WorkflowTerminateInput,
): Promise<TerminateWorkflowExecutionResponse> {
  const { dataConverter, namespace, identity, service } = caller;
  const { details, workflowExecution, reason, firstExecutionRunId } = input;
  const context = workflowContext(caller, workflowExecution.workflowId);
  const payloads = details ? await encodeToPayloadsWithContext(dataConverter, context, details) : undefined;
  const request: temporal.api.workflowservice.v1.ITerminateWorkflowExecutionRequest = given({
    namespace,
    identity,
    workflowExecution,
    reason,
    firstExecutionRunId,
    details: given({ payloads }),
  });
  try {
    const target = workflowTarget(caller, workflowExecution.workflowId);
    await storeOutside(dataConverter, request, walkTerminateWorkflowExecutionRequest, target);
    return await service.terminateWorkflowExecution(request);
  } catch (error) {
    rethrowGrpcError(error, 'Failed to terminate Workflow', workflowExecution);
  }
}

export async function cancelWorkflow(
  { namespace, identity, service }: Caller,
  { workflowExecution, firstExecutionRunId }: WorkflowCancelInput,
): Promise<RequestCancelWorkflowExecutionResponse> {
  const requestId = randomUUID();
  try {
    return await service.requestCancelWorkflowExecution(
      given({ namespace, identity, requestId, workflowExecution, firstExecutionRunId }),
    );
  } catch (error) {
    rethrowGrpcError(error, 'Failed to cancel workflow', workflowExecution);
  }
}

export async function describeWorkflow(
  { namespace, service, dataConverter }: Caller,
  { workflowExecution }: WorkflowDescribeInput,
): Promise<DescribeWorkflowExecutionResponse> {
  try {
    const response = await service.describeWorkflowExecution({ namespace, execution: workflowExecution });
    return await bringInside(dataConverter, response, walkDescribeWorkflowExecutionResponse);
  } catch (error) {
    rethrowGrpcError(error, 'Failed to describe workflow', workflowExecution);
  }
}

/** What the server said of a run, decoded. */
export async function descriptionOf(
  caller: Caller,
  workflowId: string,
  raw: DescribeWorkflowExecutionResponse,
): Promise<WorkflowExecutionDescription> {
  const { dataConverter, namespace } = caller;
  const info = await executionInfoFromRaw(raw.workflowExecutionInfo ?? {}, dataConverter, raw, namespace);
  const { details, summary } = raw.executionConfig?.userMetadata ?? {};
  const context = workflowContext(caller, workflowId);
  return {
    ...info,
    staticDetails: async () =>
      (await decodeOptionalSinglePayload<string>(dataConverter, details, context)) ?? undefined,
    staticSummary: async () =>
      (await decodeOptionalSinglePayload<string>(dataConverter, summary, context)) ?? undefined,
  };
}

export async function fetchHistory({ namespace, service }: Caller, execution: WorkflowExecution): Promise<History> {
  const events: temporal.api.history.v1.IHistoryEvent[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await service.getWorkflowExecutionHistory(given({ nextPageToken, namespace, execution }));
    for (const event of page.history?.events ?? []) events.push(event);
    ({ nextPageToken } = page);
  } while (nextPageToken != null && nextPageToken.length > 0);
  return temporal.api.history.v1.History.create({ events });
}
