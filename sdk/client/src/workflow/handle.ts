import type {
  PayloadTypeInfo,
  QueryDefinition,
  SignalDefinition,
  SignalTypeInfo,
  UpdateDefinition,
  Workflow,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { composeInterceptors } from '@perdure/common/lib/interceptors';
import type { Caller } from '../base-client.ts';
import { given } from '../given.ts';
import type { WorkflowClientInterceptor, WorkflowStartUpdateInput } from '../interceptors.ts';
import type { InternalWorkflowQueryOptions, InternalWorkflowSignalOptions } from '../internal-options.ts';
import { InternalWorkflowQueryOptionsSymbol, InternalWorkflowSignalOptionsSymbol } from '../internal-options.ts';
import type { QueryRejectCondition } from '../types.ts';
import { encodeQueryRejectCondition } from '../types.ts';
import type {
  GetWorkflowHandleOptions,
  GetWorkflowUpdateHandleOptions,
  WorkflowHandleOf,
  WorkflowResultOptions,
} from '../workflow-handle.ts';
import type { WorkflowUpdateOptions } from '../workflow-options.ts';
import { WorkflowUpdateStage } from '../workflow-update-stage.ts';
import { cancelWorkflow, describeWorkflow, descriptionOf, fetchHistory, terminateWorkflow } from './control.ts';
import { queryWorkflow } from './query.ts';
import { signalWorkflow } from './signal.ts';
import { pollOutcome, startUpdate, updateHandle } from './update.ts';
import { updateNameAndTypes } from './update-definition.ts';

/** What a handle stands for. */
export interface HandleTarget extends GetWorkflowHandleOptions {
  readonly workflowId: string;
  /** The run that calls go to; the latest without one. */
  readonly runId: string | undefined;
  /** The run that the result is waited for; the latest without one. */
  readonly runIdForResult: string | undefined;
  readonly interceptors: WorkflowClientInterceptor[];
}

type UpdateOptions = WorkflowUpdateOptions & { args?: unknown[] };
type AnyUpdate = UpdateDefinition<unknown, Any[]> | string;

/** What a handle needs of the client that makes it. */
interface Waiter {
  result(workflowId: string, runId?: string, opts?: WorkflowResultOptions): Promise<unknown>;
}

export function createHandle<T extends Workflow, Client extends Waiter>(
  client: Client,
  caller: Caller,
  target: HandleTarget,
  queryRejectCondition: QueryRejectCondition,
): WorkflowHandleOf<T, Client> {
  const { workflowId, runId, runIdForResult, firstExecutionRunId, interceptors } = target;
  // Made anew for every call: interceptors may change what they are given.
  const execution = () => given({ workflowId, runId });
  const chained = () => given({ workflowExecution: execution(), firstExecutionRunId });

  const signal = async (name: string, args: unknown[], typeInfo: SignalTypeInfo | undefined): Promise<void> => {
    const send = composeInterceptors(interceptors, 'signal', (input) => signalWorkflow(caller, input));
    const internal = handle[InternalWorkflowSignalOptionsSymbol];
    const input = given({ workflowExecution: execution(), signalName: name, args, typeInfo, headers: {} });
    await send({ ...input, ...(internal && { [InternalWorkflowSignalOptionsSymbol]: internal }) });
  };
  const query = async (name: string, args: unknown[], typeInfo: PayloadTypeInfo | undefined): Promise<unknown> => {
    const send = composeInterceptors(interceptors, 'query', (input) => queryWorkflow(caller, input));
    const internal = handle[InternalWorkflowQueryOptionsSymbol];
    const rejectCondition = encodeQueryRejectCondition(queryRejectCondition);
    const input = given({
      workflowExecution: execution(),
      queryRejectCondition: rejectCondition,
      queryType: name,
      args,
      typeInfo,
      headers: {},
    });
    return await send({ ...input, ...(internal && { [InternalWorkflowQueryOptionsSymbol]: internal }) });
  };
  const update = async (def: AnyUpdate, waitForStage: WorkflowUpdateStage, options: UpdateOptions = {}) => {
    const { args = [], typeInfo: callSiteTypeInfo, ...rest } = options;
    const { name, typeInfo } = updateNameAndTypes(def, callSiteTypeInfo);
    const send = composeInterceptors(interceptors, 'startUpdate', (input) => startUpdate(caller, waitForStage, input));
    const input = given({ ...chained(), updateName: name, args, typeInfo, waitForStage, headers: {}, options: rest });
    const output = await send(input as WorkflowStartUpdateInput);
    const { updateId, workflowRunId, outputTypeInfo } = output;
    const outcome =
      output.outcome ??
      (waitForStage === WorkflowUpdateStage.COMPLETED
        ? await pollOutcome(caller, updateId, workflowId, workflowRunId)
        : undefined);
    return updateHandle<Any>(caller, { updateId, workflowId, workflowRunId, outcome, outputTypeInfo });
  };

  const methods = {
    client,
    workflowId,
    // Through the client's own method, so that a client that waits in another way is asked.
    result: async () => await client.result(workflowId, runIdForResult, target),
    terminate: async (reason?: string) =>
      await composeInterceptors(interceptors, 'terminate', (input) => terminateWorkflow(caller, input))(
        given({ ...chained(), reason }),
      ),
    cancel: async () =>
      await composeInterceptors(interceptors, 'cancel', (input) => cancelWorkflow(caller, input))(chained()),
    describe: async () => {
      const describe = composeInterceptors(interceptors, 'describe', (input) => describeWorkflow(caller, input));
      return await descriptionOf(caller, workflowId, await describe({ workflowExecution: execution() }));
    },
    fetchHistory: async () => await fetchHistory(caller, execution()),
    startUpdate: (def: AnyUpdate, options: UpdateOptions & { waitForStage: WorkflowUpdateStage }) => {
      const { waitForStage, ...rest } = options;
      return update(def, waitForStage, rest);
    },
    executeUpdate: async (def: AnyUpdate, options?: UpdateOptions) =>
      await (await update(def, WorkflowUpdateStage.COMPLETED, options)).result(),
    getUpdateHandle: (updateId: string, options?: GetWorkflowUpdateHandleOptions) =>
      updateHandle<Any>(caller, {
        updateId,
        workflowId,
        workflowRunId: options?.workflowRunId ?? runId,
        outcome: undefined,
        outputTypeInfo: options?.typeInfo?.outputType,
      }),
    signal: (def: SignalDefinition<never[]> | string, ...args: unknown[]) =>
      typeof def === 'string' ? signal(def, args, undefined) : signal(def.name, args, def.typeInfo),
    signalWithOptions: (name: string, options: { args?: unknown[]; typeInfo?: SignalTypeInfo }) =>
      signal(name, options.args ?? [], options.typeInfo),
    query: (def: QueryDefinition<unknown, never[]> | string, ...args: unknown[]) =>
      typeof def === 'string' ? query(def, args, undefined) : query(def.name, args, def.typeInfo),
    queryWithOptions: (name: string, options: { args?: unknown[]; typeInfo?: PayloadTypeInfo }) =>
      query(name, options.args ?? [], options.typeInfo),
  };
  const handle: typeof methods & InternalWorkflowSignalOptions & InternalWorkflowQueryOptions = methods;
  return methods as unknown as WorkflowHandleOf<T, Client>;
}
