import {
  type ActivitySerializationContext,
  convertDeploymentVersion,
  defaultFailureConverter,
  defaultPayloadConverter,
  type FailureConverter,
  type HandlerUnfinishedPolicy,
  type PayloadConverter,
  type PayloadTypeInfo,
  type ProtoFailure,
  type TypeInfo,
  type VersioningBehavior,
  type Workflow,
  type WorkflowDefinitionOptions,
  type WorkflowQueryAnnotatedType,
  type WorkflowSerializationContext,
  type WorkflowSignalAnnotatedType,
  type WorkflowUpdateAnnotatedType,
} from '@perdure/common';
import { suggestContinueAsNewReasonsFromProto } from '@perdure/common/lib/continue-as-new';
import { IllegalStateError } from '@perdure/common/lib/errors';
import { tsToMs } from '@perdure/common/lib/time';
import type { coresdk } from '@perdure/proto';
import { alea, type RNG } from './alea.ts';
import type { ActivationCompletion, SourceMap, WorkflowCreateOptionsInternal } from './create-options.ts';
import { assertValidFlag, type SdkFlag } from './flags.ts';
import type { DefaultQueryHandler, DefaultSignalHandler, DefaultUpdateHandler } from './handler.ts';
import type {
  StartNexusOperationOutput,
  WorkflowInboundCallsInterceptor,
  WorkflowInternalsInterceptor,
  WorkflowOutboundCallsInterceptor,
} from './interceptors.ts';
import type { LinkedScope } from './linked-scope.ts';
import { deriveAleaSeed } from './random-stream-seed.ts';
import type { SinkCall } from './sink-call.ts';
import type { PromiseStackStore } from './stack-trace.ts';
import type { WorkflowInfo } from './workflow-info.ts';

type Command = coresdk.workflow_commands.IWorkflowCommand;
type Jobs = coresdk.workflow_activation.IWorkflowActivationJob;

/** A promise of something that the worker was asked for. */
export interface Completion<Success, Context = never> {
  resolve(value: Success): void;
  reject(reason: unknown): void;
  /** Whose payloads the result holds. */
  context?: Context | undefined;
  outputTypeInfo?: TypeInfo | undefined;
}

/** A call of `condition` that still waits. */
export interface Condition {
  fn(): boolean;
  resolve(): void;
}

/** A handler that runs. */
export interface MessageHandlerExecution {
  name: string;
  unfinishedPolicy: HandlerUnfinishedPolicy;
  id?: string | undefined;
}

const completions = () => ({
  timer: new Map<number, Completion<void>>(),
  activity: new Map<number, Completion<unknown, ActivitySerializationContext>>(),
  nexusOperationStart: new Map<number, Completion<StartNexusOperationOutput>>(),
  nexusOperationComplete: new Map<number, Completion<unknown>>(),
  childWorkflowStart: new Map<number, Completion<string, WorkflowSerializationContext>>(),
  childWorkflowComplete: new Map<number, Completion<unknown, WorkflowSerializationContext>>(),
  signalWorkflow: new Map<number, Completion<void, WorkflowSerializationContext>>(),
  cancelWorkflow: new Map<number, Completion<void, WorkflowSerializationContext>>(),
});
export type Completions = ReturnType<typeof completions>;

/**
 * All that is known of a run inside the isolate: a record, with the few methods that the worker calls from outside. Those
 * touch no global, make no promise and call no code of the user. What happens on a job of an activation is in `jobs/`.
 */
export class ActivatorState {
  /** By sequence number, what the worker has been asked for and has not answered. */
  readonly completions: Completions = completions();
  /** The numbers to come. Every command that is answered gets one, and a replay must give out the same. */
  readonly nextSeqs = {
    timer: 1,
    activity: 1,
    childWorkflow: 1,
    signalWorkflow: 1,
    cancelWorkflow: 1,
    condition: 1,
    nexusOperation: 1,
    stack: 1,
  };
  readonly blockedConditions = new Map<number, Condition>();
  /** Scopes of timers that `setTimeout` began, by the number it gave out. */
  readonly timeouts = new Map<number, LinkedScope>();

  /** Updates and signals that no handler is there for yet. */
  readonly bufferedUpdates: NonNullable<Jobs['doUpdate']>[] = [];
  readonly bufferedSignals: NonNullable<Jobs['signalWorkflow']>[] = [];
  readonly updateHandlers = new Map<string, WorkflowUpdateAnnotatedType>();
  readonly signalHandlers = new Map<string, WorkflowSignalAnnotatedType>();
  readonly queryHandlers = new Map<string, WorkflowQueryAnnotatedType>();
  defaultSignalHandler: DefaultSignalHandler | undefined;
  defaultUpdateHandler: DefaultUpdateHandler | undefined;
  defaultQueryHandler: DefaultQueryHandler | undefined;
  readonly inProgressUpdates = new Map<string, MessageHandlerExecution>();
  readonly inProgressSignals = new Map<number, MessageHandlerExecution>();
  signalHandlerExecutionSeq = 0;

  /** What was asked for since the last activation was concluded. */
  readonly commands: Command[] = [];
  sinkCalls: SinkCall[] = [];
  /** Whether a command has ended the run. */
  completed = false;
  /** Whether somebody has asked to cancel the workflow. */
  cancelled = false;
  /**
   * What makes the task fail. Workflow and handler functions are not awaited by anyone, so what they throw is kept here:
   * thrown on at once if `rethrowSynchronously`, else when conditions are looked at next. The first one counts.
   */
  workflowTaskError: unknown;
  /** Whether the worker is right below on the stack, so that what is thrown gets there. */
  rethrowSynchronously = false;

  /** The time of the current task in milliseconds. */
  now: number;
  /** Replaced as a whole when something in it changes. */
  info: WorkflowInfo;
  readonly rootScope: LinkedScope;
  workflow: Workflow | undefined;
  /** How the workflow's arguments and result are converted. */
  typeInfo: PayloadTypeInfo | undefined;
  versioningBehavior: VersioningBehavior | undefined;
  workflowDefinitionOptionsGetter: (() => WorkflowDefinitionOptions) | undefined;
  currentDetails = '';
  payloadConverter: PayloadConverter = defaultPayloadConverter;
  failureConverter: FailureConverter = defaultFailureConverter;
  readonly interceptors: {
    inbound: WorkflowInboundCallsInterceptor[];
    outbound: WorkflowOutboundCallsInterceptor[];
    internals: WorkflowInternalsInterceptor[];
  } = { inbound: [], outbound: [], internals: [] };
  /** Errors that fail the workflow rather than its task, by name (the worker's option) and by class (the workflow's own). */
  readonly failureExceptionTypeNames: string[];
  workflowDefinitionFailureExceptionTypes: WorkflowDefinitionOptions['failureExceptionTypes'];

  random: RNG;
  randomnessSeed: readonly number[];
  readonly namedRandomStreams = new Map<string, RNG>();

  /** Patches that the history has. */
  readonly knownPresentPatches = new Set<string>();
  readonly sentPatches = new Set<string>();
  /** What `patched` has answered for good. */
  readonly patchDecisions = new Map<string, boolean>();
  readonly patchActivationCallback: ((info: WorkflowInfo, patchId: string) => boolean) | undefined;
  readonly knownFlags = new Set<number>();
  /** The version of the SDK that completed the task being replayed. */
  sdkVersion: string | undefined;

  readonly promiseStackStore: PromiseStackStore = { childToParent: new Map(), promiseToStack: new Map() };
  readonly stackTracesEnabled: boolean;
  readonly showStackTraceSources: boolean;
  private readonly options: WorkflowCreateOptionsInternal;
  readonly getTimeOfDay: () => bigint;
  readonly registeredActivityNames: ReadonlySet<string>;
  /** To be called when the run is disposed of. */
  readonly workflowSandboxDestructors: (() => void)[] = [];
  /** For the worker to keep modules of the run in. */
  readonly moduleCache = new Map<string, unknown>();

  constructor(options: WorkflowCreateOptionsInternal, rootScope: LinkedScope) {
    this.info = options.info;
    this.now = options.now;
    this.rootScope = rootScope;
    this.randomnessSeed = [...options.randomnessSeed];
    this.random = alea(this.randomnessSeed);
    this.options = options;
    this.showStackTraceSources = options.showStackTraceSources;
    this.stackTracesEnabled = options.stackTracesEnabled;
    this.getTimeOfDay = options.getTimeOfDay;
    this.registeredActivityNames = options.registeredActivityNames;
    this.failureExceptionTypeNames = options.failureExceptionTypeNames ?? [];
    this.patchActivationCallback = options.patchActivationCallback;
  }

  /** Read when it is asked for: it is large, and most runs do without. */
  get sourceMap(): SourceMap {
    return this.options.sourceMap;
  }

  mutateWorkflowInfo(fn: (info: WorkflowInfo) => WorkflowInfo): void {
    this.info = fn(this.info);
  }

  /** Takes in what an activation says of the run apart from its jobs. */
  beginTask(activation: coresdk.workflow_activation.IWorkflowActivation): void {
    const { timestamp, deploymentVersionForCurrentTask: version, historySizeBytes: size, lastSdkVersion } = activation;
    if (!timestamp) throw new TypeError('the activation does not say what time it is');
    const isReplaying = activation.isReplaying ?? false;
    this.now = tsToMs(timestamp);
    this.info = {
      ...this.info,
      historyLength: activation.historyLength ?? 0,
      historySize: typeof size === 'number' ? size : (size?.toNumber() ?? 0),
      continueAsNewSuggested: activation.continueAsNewSuggested ?? false,
      targetWorkerDeploymentVersionChanged: activation.targetWorkerDeploymentVersionChanged ?? false,
      suggestedContinueAsNewReasons: suggestContinueAsNewReasonsFromProto(activation.suggestContinueAsNewReasons),
      currentBuildId: version?.buildId ?? '',
      currentDeploymentVersion: convertDeploymentVersion(version),
      unsafe: { ...this.info.unsafe, isReplaying, isReplayingHistoryEvents: isReplaying },
    };
    this.addKnownFlags(activation.availableInternalFlags ?? []);
    if (lastSdkVersion) this.sdkVersion = lastSdkVersion;
  }

  getAndResetSinkCalls(): SinkCall[] {
    const { sinkCalls } = this;
    this.sinkCalls = [];
    return sinkCalls;
  }

  /** Asks the worker for something; `complete` if it ends the run. */
  pushCommand(command: Command, complete = false): void {
    this.commands.push(command);
    if (complete) this.completed = true;
  }

  concludeActivation(): ActivationCompletion {
    return {
      commands: this.commands.splice(0),
      usedInternalFlags: [...this.knownFlags],
      versioningBehavior: this.versioningBehavior,
    };
  }

  /** Takes in what flags the history uses. Throws a `TypeError` for one that this version does not know. */
  addKnownFlags(flags: readonly number[]): void {
    for (const flag of flags) {
      assertValidFlag(flag);
      this.knownFlags.add(flag);
    }
  }

  /** Whether the SDK is to do what a flag stands for. New tasks begin to use it by asking. */
  hasFlag({ id, default: isOnByDefault, alternativeConditions }: SdkFlag): boolean {
    if (this.knownFlags.has(id)) return true;
    const { info, sdkVersion } = this;
    if (info.unsafe.isReplaying) return alternativeConditions?.some((holds) => holds({ info, sdkVersion })) ?? false;
    if (isOnByDefault) this.knownFlags.add(id);
    return isOnByDefault;
  }

  notifyHasPatch({ patchId }: coresdk.workflow_activation.INotifyHasPatch): void {
    if (!this.info.unsafe.isReplaying) {
      throw new IllegalStateError('Unexpected notifyHasPatch job on non-replay activation');
    }
    if (!patchId) throw new TypeError('notifyHasPatch missing patch id');
    this.knownPresentPatches.add(patchId);
  }

  updateRandomSeed({ randomnessSeed }: coresdk.workflow_activation.IUpdateRandomSeed): void {
    if (!randomnessSeed) throw new TypeError('Expected activation with randomnessSeed attribute');
    this.randomnessSeed = randomnessSeed.toBytes();
    this.random = alea(this.randomnessSeed);
    this.namedRandomStreams.clear();
  }

  getNamedRandom(name: string): RNG {
    let random = this.namedRandomStreams.get(name);
    if (random === undefined) {
      random = alea(deriveAleaSeed(this.randomnessSeed, name));
      this.namedRandomStreams.set(name, random);
    }
    return random;
  }

  /** Keeps what makes the task fail, if nothing does yet, and throws it on where that leads to the worker. */
  recordWorkflowTaskError(error: unknown): void {
    this.workflowTaskError ??= error;
    if (this.rethrowSynchronously) this.maybeRethrowWorkflowTaskError();
  }

  maybeRethrowWorkflowTaskError(): void {
    if (this.workflowTaskError) throw this.workflowTaskError;
  }

  workflowSerializationContext(workflowId: string = this.info.workflowId): WorkflowSerializationContext {
    return { type: 'workflow', namespace: this.info.namespace, workflowId };
  }

  errorToFailure(error: unknown): ProtoFailure {
    return this.failureConverter.errorToFailure(error, this.payloadConverter, this.workflowSerializationContext());
  }

  failureToError(failure: ProtoFailure): Error {
    return this.failureConverter.failureToError(failure, this.payloadConverter, this.workflowSerializationContext());
  }
}
