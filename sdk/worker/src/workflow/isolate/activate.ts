/**
 * Letting a run do what an activation says.
 *
 *   patches ─▶ signals, updates ─▶ the rest          each batch, then microtasks, then conditions, until nothing moves
 *
 * Histories of older SDKs have signals in a batch of their own; newer ones have one batch, after the random seed.
 * Queries come alone.
 */
import type { coresdk } from '@perdure/proto';
import { SdkFlags } from '@perdure/workflow/lib/flags';
import type { IsolatedRun } from './run.ts';

type Activation = coresdk.workflow_activation.IWorkflowActivation;
type Job = coresdk.workflow_activation.IWorkflowActivationJob;
type Completion = coresdk.workflow_completion.IWorkflowActivationCompletion;

/** Runs code. Never throws: what code throws at the task is in the completion. */
export function activate(run: IsolatedRun, activation: Activation): Completion {
  const jobs = activation.jobs ?? [];
  const isQuestion = jobs.some(({ queryWorkflow }) => queryWorkflow);
  const { within, sdk } = run.isolate;
  try {
    return within(() => {
      if (isQuestion) answerQueries(run, activation);
      else runJobs(run, activation, jobs);
      return run.enter(() => sdk.concludeActivation());
    });
  } catch (error) {
    return failed(run, error);
  }
}

/** The completion that fails a task. */
export function failed(run: IsolatedRun, error: unknown): Completion {
  const { activator } = run;
  return { runId: activator.info.runId, failed: { failure: run.enter(() => activator.errorToFailure(error)) } };
}

function answerQueries(run: IsolatedRun, activation: Activation): void {
  run.activator.mutateWorkflowInfo((info) => ({
    ...info,
    unsafe: { ...info.unsafe, isReplaying: true, isReplayingHistoryEvents: false },
  }));
  run.enter(() => run.isolate.sdk.activate(activation));
}

function runJobs(run: IsolatedRun, activation: Activation, jobs: readonly Job[]): void {
  const { activator, isolate } = run;
  activator.beginTask(activation);
  const initialize = jobs.find(({ initializeWorkflow }) => initializeWorkflow)?.initializeWorkflow;
  if (initialize) run.enter(() => isolate.sdk.initialize(initialize));
  const hasSignals = jobs.some(({ signalWorkflow }) => signalWorkflow);
  const isOneBatch = !hasSignals || activator.hasFlag(SdkFlags.ProcessWorkflowActivationJobsAsSingleBatch);
  for (const { notifyHasPatch } of jobs) if (notifyHasPatch) activator.notifyHasPatch(notifyHasPatch);
  const others = jobs.filter(({ notifyHasPatch }) => !notifyHasPatch);
  if (isOneBatch) {
    const seed = others.findLast(({ updateRandomSeed }) => updateRandomSeed)?.updateRandomSeed;
    if (seed) activator.updateRandomSeed(seed);
    const batch = seed ? others.filter(({ updateRandomSeed }) => !updateRandomSeed) : others;
    runBatch(run, batch.length === jobs.length ? activation : { ...activation, jobs: batch }, 0);
    return;
  }
  runBatch(run, { ...activation, jobs: others.filter(({ signalWorkflow }) => signalWorkflow) }, 0);
  const rest = others.filter(({ signalWorkflow }) => !signalWorkflow);
  if (rest.length > 0) runBatch(run, { ...activation, jobs: rest }, 1);
}

function runBatch(run: IsolatedRun, activation: Activation, index: number): void {
  const { sdk } = run.isolate;
  run.enter(() => sdk.activate(activation, index));
  // Going in costs more than to see that nothing waits.
  while (hasToGoOn(run) && run.enter(() => sdk.tryUnblockConditions()) > 0);
}

function hasToGoOn({ activator }: IsolatedRun): boolean {
  activator.maybeRethrowWorkflowTaskError();
  return activator.blockedConditions.size > 0;
}
