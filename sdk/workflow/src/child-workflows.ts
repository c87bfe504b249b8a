import {
  extractWorkflowTypeAndConfig,
  type WithWorkflowArgs,
  type Workflow,
  type WorkflowResultType,
  type WorkflowReturnType,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import type { ActivatorState } from './activator-state.ts';
import {
  ChildWorkflowCancellationType,
  type ChildWorkflowOptions,
  type ChildWorkflowOptionsWithDefaults,
} from './child-workflow-options.ts';
import { assertInWorkflowContext } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import { signalling } from './signal-workflow.ts';
import { untrackPromise } from './stack-helpers.ts';
import { startChildWorkflow } from './start-child-workflow.ts';
import { uuid4 } from './uuid.ts';
import type { ChildWorkflowHandle } from './workflow-handle.ts';

/** Options of a child of which the function is given, which itself says how to convert. */
type ChildWorkflowDefinitionOptions = Omit<ChildWorkflowOptions, 'typeInfo'> & { typeInfo?: never };

type AnyOptions = WithWorkflowArgs<Workflow, ChildWorkflowOptions>;

/** The options with an id, arguments and a cancellation type. */
export function addDefaultWorkflowOptions<T extends Workflow>(
  opts: WithWorkflowArgs<T, ChildWorkflowOptions>,
): ChildWorkflowOptionsWithDefaults {
  const { args, workflowId, ...rest } = opts as ChildWorkflowOptions & { args?: unknown[] };
  return {
    workflowId: workflowId ?? uuid4(),
    args: args ?? [],
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    ...rest,
  } as ChildWorkflowOptionsWithDefaults;
}

function execute(activator: ActivatorState, typeOrFunction: string | Workflow, options: AnyOptions | undefined) {
  const withDefaults = addDefaultWorkflowOptions(options ?? ({} as AnyOptions));
  const { type: workflowType, typeInfo } = extractWorkflowTypeAndConfig(typeOrFunction, withDefaults.typeInfo);
  const start = composeInterceptors(activator.interceptors.outbound, 'startChildWorkflowExecution', startChildWorkflow);
  const { workflowId } = withDefaults;
  const seq = activator.nextSeqs.childWorkflow++;
  return { workflowId, begun: start({ seq, options: { ...withDefaults, typeInfo }, headers: {}, workflowType }) };
}

/**
 * Starts a child, by its name or by its function, and waits until it has started. Rejects with a
 * `WorkflowExecutionAlreadyStartedError` if the id is taken.
 */
export async function startChild<T extends Workflow>(
  workflowType: string,
  options: WithWorkflowArgs<T, ChildWorkflowOptions>,
): Promise<ChildWorkflowHandle<T>>;
export async function startChild<T extends Workflow>(
  workflowFunc: T,
  options: WithWorkflowArgs<T, ChildWorkflowDefinitionOptions>,
): Promise<ChildWorkflowHandle<T>>;
export async function startChild<T extends () => Promise<Any>>(workflowType: string): Promise<ChildWorkflowHandle<T>>;
export async function startChild<T extends () => Promise<Any>>(workflowFunc: T): Promise<ChildWorkflowHandle<T>>;
export async function startChild<T extends Workflow>(
  workflowTypeOrFunc: string | T,
  options?: AnyOptions,
): Promise<ChildWorkflowHandle<T>> {
  const activator = assertInWorkflowContext(
    'Workflow.startChild(...) may only be used from a Workflow Execution. Consider using Client.workflow.start(...) instead.)',
  );
  const { workflowId, begun } = execute(activator, workflowTypeOrFunc, options);
  const [started, completed] = await begun;
  const firstExecutionRunId = await started;
  const { signal, signalWithOptions } = signalling(activator, { type: 'child', childWorkflowId: workflowId });
  return {
    workflowId,
    firstExecutionRunId,
    result: async () => (await completed) as WorkflowResultType<T>,
    // Asynchronous, so that what they throw comes as a rejection.
    signal: async (def, ...args) => signal(def, ...args),
    signalWithOptions: async (name, signalOptions) => signalWithOptions(name, signalOptions),
  };
}

/** Starts a child, by its name or by its function, and waits for what it results in. */
export async function executeChild<T extends Workflow>(
  workflowType: string,
  options: WithWorkflowArgs<T, ChildWorkflowOptions>,
): Promise<WorkflowResultType<T>>;
export async function executeChild<T extends Workflow>(
  workflowFunc: T,
  options: WithWorkflowArgs<T, ChildWorkflowDefinitionOptions>,
): Promise<WorkflowResultType<T>>;
export async function executeChild<T extends () => WorkflowReturnType>(
  workflowType: string,
): Promise<WorkflowResultType<T>>;
export async function executeChild<T extends () => WorkflowReturnType>(workflowFunc: T): Promise<WorkflowResultType<T>>;
export async function executeChild<T extends Workflow>(
  workflowTypeOrFunc: string | T,
  options?: AnyOptions,
): Promise<WorkflowResultType<T>> {
  const activator = assertInWorkflowContext(
    'Workflow.executeChild(...) may only be used from a Workflow Execution. Consider using Client.workflow.execute(...) instead.',
  );
  const { begun } = execute(activator, workflowTypeOrFunc, options);
  untrackPromise(begun);
  const completed = begun.then(([, result]) => result);
  untrackPromise(completed);
  return completed as Promise<WorkflowResultType<T>>;
}
