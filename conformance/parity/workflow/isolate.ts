/** A run of workflow code in a context of its own, driven as the official worker drives one. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createContext, Script } from 'node:vm';
import { convertDeploymentVersion } from '@perdure/common';
import { suggestContinueAsNewReasonsFromProto } from '@perdure/common/lib/continue-as-new';
import { coresdk } from '@perdure/proto';
import type { WorkflowInfo } from '@temporalio/workflow';
import { SdkFlags } from '@temporalio/workflow/lib/flags.js';
import type { Activator } from '@temporalio/workflow/lib/internals.js';

export type Activation = coresdk.workflow_activation.IWorkflowActivation;
export type Job = coresdk.workflow_activation.IWorkflowActivationJob;
export type Completion = coresdk.workflow_completion.IWorkflowActivationCompletion;
export type SinkCalls = ReturnType<Activator['getAndResetSinkCalls']>;

export type Begin = {
  readonly info: Omit<WorkflowInfo, 'unsafe'>;
  readonly seed: number[];
  readonly localActivities: string[];
  readonly failureExceptionTypeNames?: string[];
  readonly patchActivationCallback?: (info: WorkflowInfo, patchId: string) => boolean;
  readonly intercepted: boolean;
  /** Whether converters of its own are used. */
  readonly converted: boolean;
};

export type Isolate = {
  activate(activation: Activation): Completion;
  sinkCalls(): SinkCalls;
  dispose(): void;
};

const enter = new Script('globalThis.answer = globalThis.call()');
const { WorkflowActivation } = coresdk.workflow_activation;

/** Evaluates a bundle and begins a run. The official package wants activations to be message objects. */
export function openIsolate(code: Script, begin: Begin, takesMessages: boolean): Isolate {
  const sandbox: Record<string, unknown> = {
    AsyncLocalStorage,
    TextEncoder,
    TextDecoder,
    URL,
    intercepted: begin.intercepted,
    converted: begin.converted,
  };
  const context = createContext(sandbox, { microtaskMode: 'afterEvaluate' });
  code.runInContext(context);
  const {
    api,
    begin: initRuntime,
    current,
  } = sandbox['isolate'] as {
    api: Record<string, (...args: unknown[]) => unknown>;
    begin: (options: object) => void;
    current: () => Activator;
  };
  /** Calls inside; microtasks have run when it returns. */
  const inside = <T>(call: () => T): T => {
    sandbox['call'] = call;
    enter.runInContext(context);
    return sandbox['answer'] as T;
  };
  inside(() =>
    initRuntime({
      info: { ...begin.info, unsafe: { isReplaying: false, isReplayingHistoryEvents: false } },
      now: 0,
      randomnessSeed: begin.seed,
      showStackTraceSources: false,
      sourceMap: { sources: [] },
      registeredActivityNames: new Set(begin.localActivities),
      getTimeOfDay: () => 0n,
      stackTracesEnabled: true,
      failureExceptionTypeNames: begin.failureExceptionTypeNames,
      patchActivationCallback: begin.patchActivationCallback,
    }),
  );
  const activator = current();
  return {
    activate: (given) =>
      activate(activator, (name, ...args) => inside(() => api[name]?.(...args)), given, takesMessages),
    sinkCalls: () => activator.getAndResetSinkCalls(),
    dispose: () => inside(() => api['dispose']?.()),
  };
}

type Call = (name: string, ...args: unknown[]) => unknown;

function activate(activator: Activator, call: Call, activation: Activation, takesMessages: boolean): Completion {
  const told = (given: Activation) => (takesMessages ? WorkflowActivation.fromObject(given) : given);
  try {
    const jobs = activation.jobs ?? [];
    if (jobs.some(({ queryWorkflow }) => queryWorkflow)) {
      setReplaying(activator, true, false);
      call('activate', told(activation));
      return call('concludeActivation') as Completion;
    }
    prepare(activator, call, activation);
    const hasSignals = jobs.some(({ signalWorkflow }) => signalWorkflow);
    const isSingle = !hasSignals || activator.hasFlag(SdkFlags.ProcessWorkflowActivationJobsAsSingleBatch);
    for (const { notifyHasPatch } of jobs) if (notifyHasPatch) activator.notifyHasPatch(notifyHasPatch);
    for (const [index, batch] of batches(activator, jobs, isSingle).entries()) {
      call('activate', told({ ...activation, jobs: batch }), index);
      while (Number(call('tryUnblockConditions')) > 0);
    }
    return call('concludeActivation') as Completion;
  } catch (error) {
    return { runId: activator.info.runId, failed: { failure: activator.errorToFailure(error) } };
  }
}

function prepare(activator: Activator, call: Call, activation: Activation): void {
  activator.now = Number(activation.timestamp?.seconds ?? 0) * 1000;
  activator.mutateWorkflowInfo((info) => ({
    ...info,
    historyLength: activation.historyLength ?? 0,
    historySize: Number(activation.historySizeBytes ?? 0),
    continueAsNewSuggested: activation.continueAsNewSuggested ?? false,
    targetWorkerDeploymentVersionChanged: activation.targetWorkerDeploymentVersionChanged ?? false,
    suggestedContinueAsNewReasons: suggestContinueAsNewReasonsFromProto(
      activation.suggestContinueAsNewReasons,
    ) as never,
    currentBuildId: activation.deploymentVersionForCurrentTask?.buildId ?? '',
    currentDeploymentVersion: convertDeploymentVersion(activation.deploymentVersionForCurrentTask) as never,
  }));
  const isReplaying = activation.isReplaying ?? false;
  setReplaying(activator, isReplaying, isReplaying);
  activator.addKnownFlags(activation.availableInternalFlags ?? []);
  if (activation.lastSdkVersion) activator.sdkVersion = activation.lastSdkVersion;
  const start = activation.jobs?.find(({ initializeWorkflow }) => initializeWorkflow)?.initializeWorkflow;
  if (start) call('initialize', start);
}

function setReplaying(activator: Activator, isReplaying: boolean, isReplayingHistoryEvents: boolean): void {
  activator.mutateWorkflowInfo((info) => ({
    ...info,
    unsafe: { ...info.unsafe, isReplaying, isReplayingHistoryEvents },
  }));
}

/** The order of jobs: as one batch with the seed taken out, or with signals as a batch of their own. */
function batches(activator: Activator, jobs: Job[], isSingle: boolean): Job[][] {
  const others = jobs.filter(({ notifyHasPatch }) => !notifyHasPatch);
  if (isSingle) {
    const seed = others.findLast(({ updateRandomSeed }) => updateRandomSeed)?.updateRandomSeed;
    if (seed) activator.updateRandomSeed(seed);
    return [others.filter(({ updateRandomSeed }) => !updateRandomSeed)];
  }
  const isSignal = ({ signalWorkflow }: Job) => Boolean(signalWorkflow);
  return [others.filter(isSignal), others.filter((job) => !isSignal(job))].filter(({ length }) => length > 0);
}
