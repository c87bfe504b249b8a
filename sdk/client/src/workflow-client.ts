import type {
  UpdateDefinition,
  WithWorkflowArgs,
  Workflow,
  WorkflowIdConflictPolicy,
  WorkflowResultType,
  WorkflowTypeOptions,
} from '@perdure/common';
import { extractWorkflowTypeAndConfig } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { composeInterceptors } from '@perdure/common/lib/interceptors';
import { filterNullAndUndefined } from '@perdure/common/lib/internal-workflow';
import type { BaseClientOptions, Caller, LoadedWithDefaults } from './base-client.ts';
import { BaseClient, callerOf, defaultBaseClientOptions } from './base-client.ts';
import { given } from './given.ts';
import { adaptWorkflowClientInterceptor } from './interceptor-adapters.ts';
import type { WorkflowClientInterceptor, WorkflowClientInterceptors, WorkflowStartOutput } from './interceptors.ts';
import { mapAsyncIterable } from './iterators-utils.ts';
import type { CountWorkflowExecution, QueryRejectCondition, WorkflowService } from './types.ts';
import { claimStart, handleOf, registerStart } from './with-start-operation.ts';
import { compileStart } from './workflow/compile.ts';
import type { HandleTarget } from './workflow/handle.ts';
import { createHandle } from './workflow/handle.ts';
import { countWorkflows, listWorkflows } from './workflow/list.ts';
import { workflowResult } from './workflow/result.ts';
import { sendUpdateWithStart } from './workflow/send-update-with-start.ts';
import { signalWithStart, startWorkflow } from './workflow/start.ts';
import type {
  AsyncWorkflowListIterable,
  GetWorkflowHandleOptions,
  ListOptions,
  WorkflowHandleOf,
  WorkflowResultOptions,
  WorkflowUpdateHandle,
} from './workflow-handle.ts';
import type {
  WorkflowOptions,
  WorkflowSignalWithStartOptions,
  WorkflowStartOptions,
  WorkflowUpdateOptions,
} from './workflow-options.ts';
import { WorkflowUpdateStage } from './workflow-update-stage.ts';

export { QueryNotRegisteredError, QueryRejectedError } from './workflow/query.ts';
export type {
  AsyncWorkflowListIterable,
  GetWorkflowHandleOptions,
  GetWorkflowUpdateHandleOptions,
  IntoHistoriesOptions,
  ListOptions,
  WorkflowResultOptions,
  WorkflowUpdateHandle,
} from './workflow-handle.ts';

/** A workflow as seen from a client. Making a handle calls nothing; what it stands for need not exist. */
export interface WorkflowHandle<T extends Workflow = Workflow> extends WorkflowHandleOf<T, WorkflowClient> {}

/** A handle to a workflow of which the chain's first run is known. */
export interface WorkflowHandleWithFirstExecutionRunId<T extends Workflow = Workflow> extends WorkflowHandle<T> {
  /** The first run of the chain. */
  readonly firstExecutionRunId: string;
}

/** A handle as a start gives it. */
export interface WorkflowHandleWithStartDetails<T extends Workflow = Workflow>
  extends WorkflowHandleWithFirstExecutionRunId<T> {
  /** Whether the first task came with the answer to the start. */
  readonly eagerlyStarted: boolean;
}

/** A handle as a signal with start gives it. */
export interface WorkflowHandleWithSignaledRunId<T extends Workflow = Workflow> extends WorkflowHandle<T> {
  /** The run that got the signal. It need not be the first of its chain. */
  readonly signaledRunId: string;
}

/**
 * The start of an update with start, see {@link WorkflowClient.executeUpdateWithStart}. Good for one use. The options
 * must say what happens when the workflow runs already (`workflowIdConflictPolicy`).
 */
export class WithStartWorkflowOperation<T extends Workflow> {
  workflowTypeOrFunc: string | T;
  options: WorkflowStartOptions<T> & { workflowIdConflictPolicy: WorkflowIdConflictPolicy };

  constructor(
    workflowTypeOrFunc: string | T,
    options: WorkflowStartOptions<T> & { workflowIdConflictPolicy: WorkflowIdConflictPolicy },
  ) {
    this.workflowTypeOrFunc = workflowTypeOrFunc;
    this.options = options;
    registerStart(this);
  }

  /**
   * The workflow, once it is started: whether or not the update succeeds.
   *
   * @throws what the start failed with
   */
  async workflowHandle(): Promise<WorkflowHandle<T>> {
    return (await handleOf(this)) as WorkflowHandle<T>;
  }
}

export interface WorkflowClientOptions extends BaseClientOptions {
  /** What calls of the client go through before they are made. */
  interceptors?: WorkflowClientInterceptors | WorkflowClientInterceptor[];
  /**
   * Which runs do not answer queries.
   *
   * @default `NONE`: all answer, closed ones included
   */
  queryRejectCondition?: QueryRejectCondition;
}

export type LoadedWorkflowClientOptions = LoadedWithDefaults<WorkflowClientOptions>;

/** Starts workflows and talks to them. Part of a {@link Client}, as `client.workflow`. */
export class WorkflowClient extends BaseClient {
  readonly options: LoadedWorkflowClientOptions;
  readonly #caller: Caller;

  constructor(options?: WorkflowClientOptions) {
    super(options);
    this.options = {
      ...defaultBaseClientOptions(),
      interceptors: [],
      queryRejectCondition: 'NONE',
      ...filterNullAndUndefined(options ?? {}),
      loadedDataConverter: this.dataConverter,
    };
    this.#caller = callerOf(this.connection, this.options);
  }

  /** The raw calls of the server. Requests need their `namespace` set. */
  get workflowService(): WorkflowService {
    return this.connection.workflowService;
  }

  /**
   * Starts a workflow.
   *
   * @param workflowTypeOrFunc the workflow's function or its name
   * @throws WorkflowExecutionAlreadyStartedError when the policies of the options forbid another run
   */
  async start<T extends Workflow>(
    workflowTypeOrFunc: string | T,
    options: WorkflowStartOptions<T>,
  ): Promise<WorkflowHandleWithStartDetails<T>> {
    const { workflowId, followRuns = true } = options as WorkflowOptions;
    const interceptors = this.#interceptors(workflowId);
    const type = extractWorkflowTypeAndConfig(workflowTypeOrFunc, options.typeInfo);
    const { runId, eagerlyStarted } = await this.#start(type, options, interceptors);
    // The handle is one to the workflow, not to the run: it stays good when the workflow continues as new.
    const handle = this.#handle<T>({
      workflowId,
      runId: undefined,
      firstExecutionRunId: runId,
      runIdForResult: runId,
      interceptors,
      followRuns,
      ...(type.typeInfo && { typeInfo: type.typeInfo }),
    });
    return Object.assign(handle, { firstExecutionRunId: runId, eagerlyStarted });
  }

  /**
   * Sends a signal to a workflow, and starts the workflow first if it is not running.
   *
   * @param workflowTypeOrFunc the workflow's function or its name
   * @throws WorkflowExecutionAlreadyStartedError when the policies of the options forbid another run
   */
  async signalWithStart<WorkflowFn extends Workflow, SignalArgs extends Any[] = []>(
    workflowTypeOrFunc: string | WorkflowFn,
    options: WithWorkflowArgs<WorkflowFn, WorkflowSignalWithStartOptions<SignalArgs>>,
  ): Promise<WorkflowHandleWithSignaledRunId<WorkflowFn>> {
    const { signal, signalArgs, signalTypeInfo, ...rest } = options as WorkflowSignalWithStartOptions<Any[]>;
    const { workflowId, followRuns = true } = rest;
    const interceptors = this.#interceptors(workflowId);
    const type = extractWorkflowTypeAndConfig(workflowTypeOrFunc, rest.typeInfo);
    if (typeof signal !== 'string' && signalTypeInfo !== undefined) {
      throw new TypeError(
        'Cannot provide call-site Signal TypeInfo with a Signal definition. ' +
          'Use defineSignal(..., { typeInfo }) on the Signal definition instead.',
      );
    }
    const send = composeInterceptors(interceptors, 'signalWithStart', (input) => signalWithStart(this.#caller, input));
    const signaledRunId = await send(
      given({
        options: compileStart(type, rest),
        headers: {},
        workflowType: type.type,
        signalName: typeof signal === 'string' ? signal : signal.name,
        signalArgs: signalArgs ?? [],
        signalTypeInfo: typeof signal === 'string' ? signalTypeInfo : signal.typeInfo,
      }),
    );
    // Whether the run is the first of its chain is not known.
    const handle = this.#handle<WorkflowFn>({
      workflowId,
      runId: undefined,
      runIdForResult: signaledRunId,
      interceptors,
      followRuns,
      ...(type.typeInfo && { typeInfo: type.typeInfo }),
    });
    return Object.assign(handle, { signaledRunId });
  }

  /**
   * Sends an update to a workflow, starts the workflow first if need be, and waits for the update's result. The
   * operation gives the workflow's handle, whether or not the update succeeds.
   *
   * @param updateDef an update's definition or its name
   * @throws WorkflowUpdateFailedError when the validator refuses, or the handler throws a failure
   */
  async executeUpdateWithStart<T extends Workflow, Ret, Args extends Any[]>(
    updateDef: UpdateDefinition<Ret, Args> | string,
    updateOptions: WorkflowUpdateOptions & { args?: Args; startWorkflowOperation: WithStartWorkflowOperation<T> },
  ): Promise<Ret> {
    const waitForStage = WorkflowUpdateStage.COMPLETED;
    const handle = await this.#updateWithStart<T, Ret, Args>(updateDef, { ...updateOptions, waitForStage });
    return await handle.result();
  }

  /**
   * Sends an update to a workflow, starts the workflow first if need be, and waits until the update is accepted or
   * refused. The operation gives the workflow's handle, whether or not the update succeeds.
   *
   * @param updateDef an update's definition or its name
   */
  async startUpdateWithStart<T extends Workflow, Ret, Args extends Any[]>(
    updateDef: UpdateDefinition<Ret, Args> | string,
    updateOptions: WorkflowUpdateOptions & {
      args?: Args;
      waitForStage: 'ACCEPTED';
      startWorkflowOperation: WithStartWorkflowOperation<T>;
    },
  ): Promise<WorkflowUpdateHandle<Ret>> {
    return await this.#updateWithStart<T, Ret, Args>(updateDef, updateOptions);
  }

  /**
   * Starts a workflow and waits for its result.
   *
   * @param workflowTypeOrFunc the workflow's function or its name
   * @throws WorkflowExecutionAlreadyStartedError when the policies of the options forbid another run
   * @throws WorkflowFailedError when the workflow ends in anything but success
   */
  async execute<T extends Workflow>(
    workflowTypeOrFunc: string | T,
    options: WorkflowStartOptions<T>,
  ): Promise<WorkflowResultType<T>> {
    const { workflowId, followRuns = true } = options as WorkflowOptions;
    const type = extractWorkflowTypeAndConfig(workflowTypeOrFunc, options.typeInfo);
    await this.#start(type, options, this.#interceptors(workflowId));
    return await this.result<T>(workflowId, undefined, given({ followRuns, typeInfo: type.typeInfo }));
  }

  /**
   * Waits for a workflow's result.
   *
   * @param runId the run to wait for; the latest without one
   * @throws WorkflowFailedError when the workflow ends in anything but success
   * @throws WorkflowContinuedAsNewError when it continues as new and `followRuns` is false
   */
  async result<T extends Workflow>(
    workflowId: string,
    runId?: string,
    opts?: WorkflowResultOptions,
  ): Promise<WorkflowResultType<T>> {
    return (await workflowResult(this.#caller, workflowId, runId, opts)) as WorkflowResultType<T>;
  }

  /**
   * A handle to a workflow, which is not checked. With `runId` it stands for that run; without, for the latest, or with
   * `firstExecutionRunId` for the latest of that chain. A chain is made of runs that follow each other: by continuing as
   * new, by retries, or by a cron.
   */
  getHandle<T extends Workflow>(
    workflowId: string,
    runId?: string,
    options?: GetWorkflowHandleOptions,
  ): WorkflowHandle<T> {
    return this.#handle<T>({
      followRuns: true,
      ...options,
      workflowId,
      runId,
      runIdForResult: runId ?? options?.firstExecutionRunId,
      interceptors: this.#interceptors(workflowId, runId),
    });
  }

  /** The runs that a query finds. What was written a moment ago may be missing. */
  list(options?: ListOptions): AsyncWorkflowListIterable {
    const runs = () => listWorkflows(this.#caller, options);
    return {
      [Symbol.asyncIterator]: () => runs()[Symbol.asyncIterator](),
      intoHistories: (into) =>
        mapAsyncIterable(
          runs(),
          async ({ workflowId, runId }) => ({
            workflowId,
            history: await this.getHandle(workflowId, runId).fetchHistory(),
          }),
          { concurrency: into?.concurrency ?? 5, bufferLimit: into?.bufferLimit },
        ),
    };
  }

  /** How many runs a query finds, all of them without one. What was written a moment ago may be missing. */
  async count(query?: string): Promise<CountWorkflowExecution> {
    return await countWorkflows(this.#caller, query);
  }

  #start<T extends Workflow>(
    type: WorkflowTypeOptions,
    options: WorkflowStartOptions<T>,
    interceptors: WorkflowClientInterceptor[],
  ): Promise<WorkflowStartOutput> {
    const adapted = interceptors.map(adaptWorkflowClientInterceptor);
    const start = composeInterceptors(adapted, 'startWithDetails', (input) => startWorkflow(this.#caller, input));
    return start({ options: compileStart(type, options as WorkflowOptions), headers: {}, workflowType: type.type });
  }

  async #updateWithStart<T extends Workflow, Ret, Args extends Any[]>(
    updateDef: UpdateDefinition<Ret, Args> | string,
    options: WorkflowUpdateOptions & {
      args?: Args;
      waitForStage: WorkflowUpdateStage;
      startWorkflowOperation: WithStartWorkflowOperation<T>;
    },
  ): Promise<WorkflowUpdateHandle<Ret>> {
    const { startWorkflowOperation, ...update } = options;
    const start = startWorkflowOperation.options as WorkflowOptions;
    const { workflowId, followRuns = true } = start;
    const type = () => extractWorkflowTypeAndConfig(startWorkflowOperation.workflowTypeOrFunc, start.typeInfo);
    const interceptors = this.#interceptors(workflowId);
    return await sendUpdateWithStart<Ret>(this.#caller, interceptors, {
      updateDef,
      update,
      start,
      type,
      claim: () => claimStart(startWorkflowOperation),
      handle: (firstExecutionRunId, typeInfo) =>
        this.#handle<T>({
          ...given({ firstExecutionRunId, typeInfo }),
          workflowId,
          runId: undefined,
          runIdForResult: undefined,
          interceptors,
          followRuns,
        }),
    });
  }

  #handle<T extends Workflow>(target: HandleTarget): WorkflowHandle<T> {
    return createHandle<T, WorkflowClient>(this, this.#caller, target, this.options.queryRejectCondition);
  }

  #interceptors(workflowId: string, runId?: string): WorkflowClientInterceptor[] {
    const { interceptors } = this.options;
    if (Array.isArray(interceptors)) return interceptors;
    return (interceptors.calls ?? []).map((factory) => factory(given({ workflowId, runId })));
  }
}
