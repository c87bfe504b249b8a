import { randomUUID } from 'node:crypto';
import type { TypeInfo } from '@perdure/common';
import {
  decodeFromPayloadsAtIndex,
  decodeOptionalFailureToOptionalError,
  encodeToPayloadsWithContext,
  walkPollWorkflowExecutionUpdateResponse,
  walkUpdateWorkflowExecutionRequest,
  walkUpdateWorkflowExecutionResponse,
} from '@perdure/common/lib/internal-non-workflow';
import { temporal } from '@perdure/proto';
import type { Caller } from '../base-client.ts';
import { WorkflowUpdateFailedError } from '../errors.ts';
import { bringInside, storeOutside } from '../external-storage.ts';
import { given } from '../given.ts';
import type { WorkflowStartUpdateInput, WorkflowStartUpdateOutput } from '../interceptors.ts';
import type { InternalWorkflowUpdateOptions } from '../internal-options.ts';
import { InternalWorkflowUpdateOptionsSymbol } from '../internal-options.ts';
import type { WorkflowUpdateHandle } from '../workflow-handle.ts';
import { encodeWorkflowUpdateStage, WorkflowUpdateStage } from '../workflow-update-stage.ts';
import { workflowContext, workflowTarget } from './context.ts';
import { rethrowUpdateGrpcError } from './rethrow.ts';

type Stage = temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
export type Outcome = temporal.api.update.v1.IOutcome;

export const acceptedStage: Stage =
  temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED;

/** The request of an update. Payloads are encoded, but not yet put into external storage. */
export async function updateRequest(
  caller: Caller,
  lifecycleStage: Stage | undefined,
  input: WorkflowStartUpdateInput,
) {
  const { dataConverter, identity, namespace } = caller;
  const internal = (input.options as InternalWorkflowUpdateOptions | undefined)?.[InternalWorkflowUpdateOptionsSymbol];
  const context = workflowContext(caller, input.workflowExecution.workflowId);
  const payloads = await encodeToPayloadsWithContext(dataConverter, context, input.args, input.typeInfo?.inputTypes);
  return given({
    namespace,
    workflowExecution: input.workflowExecution,
    firstExecutionRunId: input.firstExecutionRunId,
    waitPolicy: given({ lifecycleStage }),
    request: given({
      meta: { updateId: input.options?.updateId ?? (randomUUID() as string), identity },
      input: { header: { fields: input.headers }, name: input.updateName, args: given({ payloads }) },
      requestId: internal?.requestId,
      completionCallbacks: internal?.completionCallbacks,
      links: internal?.links,
    }),
  });
}

/** Sends an update until it is durable, which is when it is accepted, or further on if asked for. */
export async function startUpdate(
  caller: Caller,
  waitForStage: WorkflowUpdateStage,
  input: WorkflowStartUpdateInput,
): Promise<WorkflowStartUpdateOutput> {
  const stage = Math.max(encodeWorkflowUpdateStage(waitForStage) ?? acceptedStage, acceptedStage) as Stage;
  const request = await updateRequest(caller, stage, input);
  const target = workflowTarget(caller, input.workflowExecution.workflowId);
  await storeOutside(caller.dataConverter, request, walkUpdateWorkflowExecutionRequest, target);

  let response: temporal.api.workflowservice.v1.UpdateWorkflowExecutionResponse;
  try {
    // The id makes repeating harmless: the server answers with what has become of the update so far.
    do response = await caller.service.updateWorkflowExecution(request);
    while (response.stage < acceptedStage);
  } catch (error) {
    rethrowUpdateGrpcError(error, 'Workflow Update failed', input.workflowExecution);
  }
  await bringInside(caller.dataConverter, response, walkUpdateWorkflowExecutionResponse);

  const { outcome, link } = response;
  const internal = (input.options as InternalWorkflowUpdateOptions | undefined)?.[InternalWorkflowUpdateOptionsSymbol];
  if (internal !== undefined) {
    if (link != null) internal.responseLink = link;
    if (outcome != null) internal.outcome = outcome;
  }
  return given({
    updateId: request.request.meta.updateId,
    workflowRunId: response.updateRef?.workflowExecution?.runId ?? '',
    outcome: outcome ?? undefined,
    outputTypeInfo: input.typeInfo?.outputType,
  });
}

/** What an update handle stands for. */
export interface UpdateTarget {
  readonly updateId: string;
  readonly workflowId: string;
  readonly workflowRunId: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly outputTypeInfo: TypeInfo | undefined;
}

export function updateHandle<Ret>(caller: Caller, target: UpdateTarget): WorkflowUpdateHandle<Ret> {
  const { updateId, workflowId, workflowRunId, outputTypeInfo } = target;
  const result = async (): Promise<Ret> => {
    const outcome = target.outcome ?? (await pollOutcome(caller, updateId, workflowId, workflowRunId));
    const context = workflowContext(caller, workflowId);
    const { dataConverter } = caller;
    if (outcome.failure) {
      const cause = await decodeOptionalFailureToOptionalError(dataConverter, outcome.failure, context);
      throw new WorkflowUpdateFailedError('Workflow Update failed', cause);
    }
    const { payloads } = outcome.success ?? {};
    return (await decodeFromPayloadsAtIndex(dataConverter, 0, payloads, context, outputTypeInfo)) as Ret;
  };
  return given({ updateId, workflowId, workflowRunId, result });
}

/** Waits for the end of an update. */
export async function pollOutcome(
  { service, namespace, identity, dataConverter }: Caller,
  updateId: string,
  workflowId: string,
  runId: string | undefined,
): Promise<Outcome> {
  const workflowExecution = given({ workflowId, runId });
  const request: temporal.api.workflowservice.v1.IPollWorkflowExecutionUpdateRequest = {
    namespace,
    updateRef: { workflowExecution, updateId },
    identity,
    waitPolicy: given({ lifecycleStage: encodeWorkflowUpdateStage(WorkflowUpdateStage.COMPLETED) }),
  };
  for (;;) {
    try {
      const response = await service.pollWorkflowExecutionUpdate(request);
      await bringInside(dataConverter, response, walkPollWorkflowExecutionUpdateResponse);
      if (response.outcome) return response.outcome;
    } catch (error) {
      rethrowUpdateGrpcError(error, 'Workflow Update Poll failed', workflowExecution);
    }
  }
}
