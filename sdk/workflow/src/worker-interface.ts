import { encodeVersioningBehavior, type FailureConverter, type PayloadConverter } from '@perdure/common';
import type { coresdk } from '@perdure/proto';
import type { WorkflowCreateOptionsInternal } from './create-options.ts';
import { getActivator as getActivatorState, setActivator } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import type { ActivateInput, WorkflowInterceptors } from './interceptors.ts';
import { Activator } from './internals.ts';
import { type Job, type JobName, type JobOf, nameOf } from './jobs/job.ts';
import { rejectBufferedUpdates } from './jobs/update.ts';
import { createUnsafeRandomSource } from './random-helpers.ts';
import { warnIfUnfinishedHandlers } from './unfinished-handlers.ts';
import { useWorkflow } from './use-workflow.ts';

export { maybeGetActivator, setActivator } from './global-attributes.ts';
export type { PromiseStackStore } from './stack-trace.ts';

/*
 * What a worker calls inside the isolate. None of it is asynchronous: what the calls set off goes on in microtasks, which
 * the worker lets run before it calls again. An activation goes
 *
 *   initialize   for the first one of a run
 *   activate     once for each batch of jobs, microtasks and `tryUnblockConditions` until nothing moves any more
 *   concludeActivation
 */

/** What the bundle holds. Workflows and interceptors are evaluated when the run is there, for they may use the API. */
export interface WorkflowModules {
  readonly workflows: () => Readonly<Record<string, unknown>>;
  readonly interceptors: () => readonly Readonly<Record<string, unknown>>[];
  readonly payloadConverter?: PayloadConverter | undefined;
  readonly failureConverter?: FailureConverter | undefined;
}

/** Whatever is current was made here, by `initRuntime`. */
const getActivator = (): Activator => getActivatorState() as Activator;

// Before `overrideGlobals` puts the workflow's own in their place.
const { now } = Date;
const { random } = Math;

/** Begins a run: makes it the current one and gets its code ready. If that throws, the run is disposed of. */
export function initRuntime(options: WorkflowCreateOptionsInternal, modules: WorkflowModules): void {
  const given = inThisRealm(options.info);
  const unsafe = { ...given.unsafe, now, random: createUnsafeRandomSource(random) };
  const activator = new Activator(options);
  activator.info = { ...given, unsafe };
  setActivator(activator);
  try {
    synchronously(activator, () => {
      activator.payloadConverter = modules.payloadConverter ?? activator.payloadConverter;
      activator.failureConverter = modules.failureConverter ?? activator.failureConverter;
      for (const module of modules.interceptors()) addInterceptors(activator, module['interceptors']);
      useWorkflow(activator, modules.workflows());
    });
  } catch (error) {
    disposeQuietly();
    throw error;
  }
}

/** What comes from outside the context has prototypes from there, by which code inside does not know it. */
function inThisRealm<T extends object>(record: T): T {
  const own = { ...record } as Record<string, unknown>;
  for (const name in own) {
    const value = own[name];
    if (typeof value === 'object' && value !== null) own[name] = copied(value);
  }
  return own as T;
}

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Array.from(value, copied);
  return value.constructor?.name === 'Date' ? new Date((value as Date).getTime()) : inThisRealm(value);
}

function addInterceptors(activator: Activator, factory: unknown): void {
  if (factory === undefined) return;
  if (typeof factory !== 'function') {
    throw new TypeError(`Failed to initialize workflows interceptors: expected a function, but got: '${factory}'`);
  }
  const { inbound, outbound, internals }: WorkflowInterceptors = factory();
  activator.interceptors.inbound.push(...(inbound ?? []));
  activator.interceptors.outbound.push(...(outbound ?? []));
  activator.interceptors.internals.push(...(internals ?? []));
}

function disposeQuietly(): void {
  try {
    dispose();
  } catch {
    // What led here matters more.
  }
}

/** Runs `fn` with what makes the task fail thrown on at once. */
function synchronously<T>(activator: Activator, fn: () => T): T {
  activator.rethrowSynchronously = true;
  try {
    return fn();
  } finally {
    activator.rethrowSynchronously = false;
  }
}

/** Takes in what a run starts with. The workflow function is not called yet. */
export function initialize(job: coresdk.workflow_activation.IInitializeWorkflow): void {
  const activator = getActivator();
  synchronously(activator, () => activator.initializeWorkflow(job));
}

/** Runs a batch of jobs, and then the workflow function if the first of them says that the run starts. */
export function activate(activation: coresdk.workflow_activation.IWorkflowActivation, batchIndex = 0): void {
  const activator = getActivator();
  const { internals } = activator.interceptors;
  synchronously(activator, () => {
    if (internals.length > 0) for (const job of activation.jobs ?? []) nameVariant(job);
    composeInterceptors(internals, 'activate', runJobs)({ activation, batchIndex });
  });
}

/** Interceptors find under `variant` what a job is, as on the message classes. */
function nameVariant(job: Job): void {
  if (!('variant' in job)) Object.defineProperty(job, 'variant', { value: nameOf(job) });
}

const mayComeWithStart: ReadonlySet<string> = new Set([
  'initializeWorkflow',
  'signalWorkflow',
  'doUpdate',
  'cancelWorkflow',
  'updateRandomSeed',
]);

function runJobs({ activation }: ActivateInput): void {
  const activator = getActivator();
  const jobs = activation.jobs ?? [];
  const start = jobs[0]?.initializeWorkflow;
  const others = start ? jobs.slice(1) : jobs;
  for (const job of others) {
    const name = nameOf(job);
    run(activator, name, job);
    if (name !== 'queryWorkflow') tryUnblockConditions();
  }
  if (!start) return;
  const names = others.map(nameOf);
  if (!names.every((name) => mayComeWithStart.has(name))) {
    throw new TypeError(
      `Received both initializeWorkflow and non-signal/non-update jobs in the same activation: ${JSON.stringify(names)}`,
    );
  }
  activator.startWorkflow(start);
  tryUnblockConditions();
}

function run<Name extends JobName>(activator: Activator, name: Name, job: Job): void {
  const handler: { [One in Name]: (given: JobOf<Name>) => void } = activator;
  handler[name](job[name] as JobOf<Name>);
}

/** What the activation came to. To be called when nothing moves any more. */
export function concludeActivation(): coresdk.workflow_completion.IWorkflowActivationCompletion {
  const activator = getActivator();
  return synchronously(activator, () => {
    rejectBufferedUpdates(activator);
    const conclude = composeInterceptors(activator.interceptors.internals, 'concludeActivation', (input) => input);
    const { versioningBehavior, usedInternalFlags, ...made } = activator.concludeActivation();
    const { commands } = conclude({ commands: made.commands });
    if (activator.completed) warnIfUnfinishedHandlers(activator);
    return {
      runId: activator.info.runId,
      successful: {
        commands,
        usedInternalFlags,
        versioningBehavior: encodeVersioningBehavior(versioningBehavior) ?? null,
      },
    };
  });
}

/** Lets go on what waits for conditions that hold, and returns how many did. Throws what makes the task fail. */
export function tryUnblockConditions(): number {
  const activator = getActivator();
  const { blockedConditions } = activator;
  if (blockedConditions.size === 0) {
    activator.rethrowSynchronously = false;
    activator.maybeRethrowWorkflowTaskError();
    return 0;
  }
  return synchronously(activator, () => {
    let unblocked = 0;
    for (let before = -1; before !== unblocked; ) {
      activator.maybeRethrowWorkflowTaskError();
      before = unblocked;
      for (const [seq, { fn, resolve }] of blockedConditions) {
        if (!fn()) continue;
        resolve();
        unblocked++;
        blockedConditions.delete(seq);
      }
    }
    return unblocked;
  });
}

/** Ends a run: afterwards there is no current one. Throws the first of what interceptors and destructors throw. */
export function dispose(): void {
  const activator = getActivator();
  const errors: unknown[] = [];
  const attempt = (fn: () => void) => {
    try {
      fn();
    } catch (error) {
      errors.push(error);
    }
  };
  try {
    synchronously(activator, () => {
      attempt(() => composeInterceptors(activator.interceptors.internals, 'dispose', () => {})({}));
      for (const destroy of activator.workflowSandboxDestructors.splice(0)) attempt(destroy);
    });
  } finally {
    setActivator(undefined);
  }
  if (errors.length > 0) throw errors[0];
}
