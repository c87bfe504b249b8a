import type { coresdk } from '@perdure/proto';
import type { SinkCall, WorkflowInfo } from '@perdure/workflow';
import { UnhandledRejectionError } from '../errors.ts';
import type { ParsedBundle } from './bundle-format.ts';
import type { Workflow, WorkflowCreateOptions, WorkflowCreator } from './interface.ts';
import { activate, failed } from './isolate/activate.ts';
import { createIsolate, type Isolate } from './isolate/context.ts';
import { watchPromises } from './isolate/promise-stacks.ts';
import { watchRejections } from './isolate/rejections.ts';
import { createRun, type IsolatedRun } from './isolate/run.ts';

type Activation = coresdk.workflow_activation.IWorkflowActivation;
type Completion = coresdk.workflow_completion.IWorkflowActivationCompletion;
type PatchActivation = (workflowInfo: WorkflowInfo, patchId: string) => boolean;

let isWatching = false;

/** Makes runs on this thread that know where their promises were made. */
export abstract class IsolatedWorkflowCreator implements WorkflowCreator {
  protected abstract readonly isShared: boolean;
  private readonly bundle: ParsedBundle;
  private readonly timeoutMs: number;
  private readonly registeredActivityNames: ReadonlySet<string>;
  private readonly patchActivationCallback: PatchActivation | undefined;
  private shared: Isolate | undefined;

  constructor(
    bundle: ParsedBundle,
    timeoutMs: number,
    registeredActivityNames: ReadonlySet<string>,
    patchActivationCallback?: PatchActivation,
  ) {
    this.bundle = bundle;
    this.timeoutMs = timeoutMs;
    this.registeredActivityNames = registeredActivityNames;
    this.patchActivationCallback = patchActivationCallback;
  }

  /** `timeoutMs` is how long code may run at a time. */
  static async create<T>(
    this: new (
      ...options: ConstructorParameters<typeof IsolatedWorkflowCreator>
    ) => T,
    bundle: ParsedBundle,
    timeoutMs: number,
    registeredActivityNames: ReadonlySet<string>,
    patchActivationCallback?: PatchActivation,
  ): Promise<T> {
    if (!isWatching) watchPromises();
    isWatching = true;
    return new this(bundle, timeoutMs, registeredActivityNames, patchActivationCallback);
  }

  /** May add to the globals of a context before it is frozen. */
  protected injectGlobals(_context: object): void {}

  async createWorkflow(options: WorkflowCreateOptions): Promise<Workflow> {
    const isolate = this.isolate();
    watchRejections(isolate);
    const { registeredActivityNames, patchActivationCallback } = this;
    return new IsolatedWorkflow(
      createRun(isolate, {
        ...options,
        registeredActivityNames,
        stackTracesEnabled: true,
        ...(patchActivationCallback && { patchActivationCallback }),
      }),
    );
  }

  private isolate(): Isolate {
    if (this.shared) return this.shared;
    const isolate = createIsolate({
      ...this.bundle,
      isShared: this.isShared,
      timeoutMs: this.timeoutMs,
      prepare: (context) => this.injectGlobals(context),
    });
    if (this.isShared) this.shared = isolate;
    return isolate;
  }

  async destroy(): Promise<void> {
    this.shared = undefined;
  }
}

export class IsolatedWorkflow implements Workflow {
  private readonly run: IsolatedRun;

  constructor(run: IsolatedRun) {
    this.run = run;
  }

  async activate(activation: Activation): Promise<Completion> {
    const completion = activate(this.run, activation);
    await new Promise((resolve) => setImmediate(resolve));
    const { current } = this.run.isolate;
    const { rejection } = current;
    if (!rejection) return completion;
    current.rejection = null;
    const { reason } = rejection;
    return failed(this.run, new UnhandledRejectionError(`Unhandled Promise rejection: ${reason}`, reason));
  }

  async getAndResetSinkCalls(): Promise<SinkCall[]> {
    return this.run.activator.getAndResetSinkCalls();
  }

  async dispose(): Promise<void> {
    this.run.enter(() => this.run.isolate.sdk.dispose());
  }
}
