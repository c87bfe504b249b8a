import type { PayloadTypeInfo, UpdateDefinition, WorkflowTypeOptions } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { composeInterceptors } from '@perdure/common/lib/interceptors';
import type { Caller } from '../base-client.ts';
import { given } from '../given.ts';
import type { WorkflowClientInterceptor } from '../interceptors.ts';
import type { WorkflowUpdateHandle } from '../workflow-handle.ts';
import type { WorkflowOptions, WorkflowUpdateOptions } from '../workflow-options.ts';
import { WorkflowUpdateStage } from '../workflow-update-stage.ts';
import { compileStart } from './compile.ts';
import { pollOutcome, updateHandle } from './update.ts';
import { updateNameAndTypes } from './update-definition.ts';
import { updateWithStart } from './update-with-start.ts';

export interface UpdateWithStart {
  readonly updateDef: UpdateDefinition<unknown, Any[]> | string;
  readonly update: WorkflowUpdateOptions & { readonly args?: unknown[]; readonly waitForStage: WorkflowUpdateStage };
  readonly start: WorkflowOptions & { readonly args?: unknown };
  readonly type: () => WorkflowTypeOptions;
  /** Uses the operation up. Gives what its handle is told with. */
  readonly claim: () => { readonly resolve: (handle: unknown) => void; readonly reject: (error: unknown) => void };
  /** Makes the handle to the started workflow. */
  readonly handle: (firstExecutionRunId: string | undefined, typeInfo: PayloadTypeInfo | undefined) => unknown;
}

/** Sends an update with a start through the interceptors, and waits for the stage that is asked for. */
export async function sendUpdateWithStart<Ret>(
  caller: Caller,
  interceptors: WorkflowClientInterceptor[],
  { updateDef, update, start, type: typeOf, claim, handle }: UpdateWithStart,
): Promise<WorkflowUpdateHandle<Ret>> {
  const { waitForStage, args, typeInfo: callSiteTypeInfo, ...updateOptions } = update;
  const { name, typeInfo } = updateNameAndTypes(updateDef, callSiteTypeInfo);
  const { resolve, reject } = claim();
  const type = typeOf();
  const input = given({
    workflowType: type.type,
    workflowStartOptions: compileStart(type, start),
    workflowStartHeaders: {},
    updateName: name,
    updateArgs: args ?? [],
    updateTypeInfo: typeInfo,
    updateOptions,
    updateHeaders: {},
  });
  const observer = {
    failed: reject,
    started: ({ runId }: { runId?: string | null }) => resolve(handle(runId ?? undefined, type.typeInfo)),
  };
  const send = composeInterceptors(interceptors, 'startUpdateWithStart', (passedOn) =>
    updateWithStart(caller, waitForStage, observer, passedOn),
  );

  const output = await send(input);
  const { workflowId } = start;
  const { updateId, updateOutputTypeInfo: outputTypeInfo } = output;
  const workflowRunId = output.workflowExecution.runId;
  const wait = output.updateOutcome === undefined && waitForStage === WorkflowUpdateStage.COMPLETED;
  const outcome = wait ? await pollOutcome(caller, updateId, workflowId, workflowRunId) : output.updateOutcome;
  return updateHandle<Ret>(caller, { updateId, workflowId, workflowRunId, outcome, outputTypeInfo });
}
