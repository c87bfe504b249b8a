import { WorkflowExecutionAlreadyStartedError } from '@perdure/common';
import {
  walkExecuteMultiOperationRequest,
  walkExecuteMultiOperationResponse,
} from '@perdure/common/lib/internal-non-workflow';
import type { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import type { Caller } from '../base-client.ts';
import { isGrpcServiceError } from '../errors.ts';
import { bringInside, storeOutside } from '../external-storage.ts';
import { given } from '../given.ts';
import type {
  WorkflowStartUpdateInput,
  WorkflowStartUpdateWithStartInput,
  WorkflowStartUpdateWithStartOutput,
} from '../interceptors.ts';
import type { WorkflowUpdateStage } from '../workflow-update-stage.ts';
import { encodeWorkflowUpdateStage } from '../workflow-update-stage.ts';
import { workflowTarget } from './context.ts';
import { rethrowUpdateGrpcError } from './rethrow.ts';
import { startRequest } from './start.ts';
import { acceptedStage, updateRequest } from './update.ts';

type StartResponse = temporal.api.workflowservice.v1.IStartWorkflowExecutionResponse;

/** Who is told of the start, which may succeed even where the update does not. */
export interface StartObserver {
  started(response: StartResponse): void;
  failed(error: unknown): void;
}

/** Sends start and update as one, until the update is durable. */
export async function updateWithStart(
  caller: Caller,
  waitForStage: WorkflowUpdateStage,
  observer: StartObserver,
  input: WorkflowStartUpdateWithStartInput,
): Promise<WorkflowStartUpdateWithStartOutput> {
  const { workflowId } = input.workflowStartOptions;
  let started = false;
  const onStarted = (response: StartResponse) => {
    if (!started) observer.started(response);
    started = true;
  };
  try {
    return await send(caller, waitForStage, onStarted, input);
  } catch (thrown) {
    const error =
      isGrpcServiceError(thrown) && thrown.code === Status.ALREADY_EXISTS
        ? new WorkflowExecutionAlreadyStartedError('Workflow execution already started', workflowId, input.workflowType)
        : thrown;
    if (!started) observer.failed(error);
    if (isGrpcServiceError(error)) rethrowUpdateGrpcError(error, 'Update-With-Start failed', { workflowId });
    throw error;
  }
}

async function send(
  caller: Caller,
  waitForStage: WorkflowUpdateStage,
  onStarted: (response: StartResponse) => void,
  input: WorkflowStartUpdateWithStartInput,
): Promise<WorkflowStartUpdateWithStartOutput> {
  const { workflowId } = input.workflowStartOptions;
  const startWorkflow = await startRequest(caller, {
    workflowType: input.workflowType,
    options: input.workflowStartOptions,
    headers: input.workflowStartHeaders,
  });
  const updateInput: WorkflowStartUpdateInput = given({
    updateName: input.updateName,
    args: input.updateArgs,
    typeInfo: input.updateTypeInfo,
    workflowExecution: { workflowId },
    options: input.updateOptions,
    headers: input.updateHeaders,
  });
  const updateWorkflow = await updateRequest(caller, encodeWorkflowUpdateStage(waitForStage), updateInput);
  const request = { namespace: caller.namespace, operations: [{ startWorkflow }, { updateWorkflow }] };
  const target = workflowTarget(caller, workflowId, input.workflowType);
  await storeOutside(caller.dataConverter, request, walkExecuteMultiOperationRequest, target);

  for (;;) {
    const response = await caller.service.executeMultiOperation(request);
    await bringInside(caller.dataConverter, response, walkExecuteMultiOperationResponse);
    const [start, update] = response.responses;
    onStarted(start?.startWorkflow ?? {});
    const updated = update?.updateWorkflow ?? {};
    // The id makes repeating harmless: the server answers with what has become of the update so far.
    if ((updated.stage ?? 0) < acceptedStage) continue;
    const execution = updated.updateRef?.workflowExecution;
    return given({
      workflowExecution: given({
        workflowId: execution?.workflowId ?? workflowId,
        runId: execution?.runId ?? undefined,
      }),
      updateId: updateWorkflow.request.meta.updateId,
      updateOutcome: updated.outcome ?? undefined,
      updateOutputTypeInfo: input.updateTypeInfo?.outputType,
    });
  }
}
