import { IllegalStateError } from '@perdure/common/lib/errors';
import { ActivatorState } from './activator-state.ts';
import { answerBuiltInQueries } from './built-in-queries.ts';
import { RootCancellationScope } from './cancellation-scope.ts';
import type { WorkflowCreateOptionsInternal } from './create-options.ts';
import type { JobName, JobOf } from './jobs/job.ts';
import { queryWorkflow } from './jobs/query.ts';
import {
  fireTimer,
  resolveActivity,
  resolveChildWorkflowExecution,
  resolveChildWorkflowExecutionStart,
  resolveRequestCancelExternalWorkflow,
  resolveSignalExternalWorkflow,
} from './jobs/resolve.ts';
import { resolveNexusOperation, resolveNexusOperationStart } from './jobs/resolve-nexus.ts';
import { signalWorkflow } from './jobs/signal.ts';
import { initializeWorkflow, startWorkflow } from './jobs/start.ts';
import { doUpdate } from './jobs/update.ts';

export type { Completion, Condition } from './activator-state.ts';
export type { PromiseStackStore, Stack } from './stack-trace.ts';

export type ActivationHandler = { [Name in JobName]: (job: JobOf<Name>) => void };

/** A run: its state, and a method for each job that an activation may bring. */
export class Activator extends ActivatorState implements ActivationHandler {
  constructor(options: WorkflowCreateOptionsInternal) {
    super(options, new RootCancellationScope());
    answerBuiltInQueries(this);
  }

  initializeWorkflow(job: JobOf<'initializeWorkflow'>): void {
    initializeWorkflow(this, job);
  }

  /** Comes after all other jobs of the activation that `initializeWorkflow` is part of. */
  startWorkflow(job: JobOf<'initializeWorkflow'>): void {
    startWorkflow(this, job);
  }

  cancelWorkflow(_job: JobOf<'cancelWorkflow'>): void {
    this.cancelled = true;
    this.rootScope.cancel();
  }

  signalWorkflow(job: JobOf<'signalWorkflow'>): void {
    signalWorkflow(this, job);
  }

  doUpdate(job: JobOf<'doUpdate'>): void {
    doUpdate(this, job);
  }

  queryWorkflow(job: JobOf<'queryWorkflow'>): void {
    queryWorkflow(this, job);
  }

  fireTimer(job: JobOf<'fireTimer'>): void {
    fireTimer(this, job);
  }

  resolveActivity(job: JobOf<'resolveActivity'>): void {
    resolveActivity(this, job);
  }

  resolveChildWorkflowExecutionStart(job: JobOf<'resolveChildWorkflowExecutionStart'>): void {
    resolveChildWorkflowExecutionStart(this, job);
  }

  resolveChildWorkflowExecution(job: JobOf<'resolveChildWorkflowExecution'>): void {
    resolveChildWorkflowExecution(this, job);
  }

  resolveSignalExternalWorkflow(job: JobOf<'resolveSignalExternalWorkflow'>): void {
    resolveSignalExternalWorkflow(this, job);
  }

  resolveRequestCancelExternalWorkflow(job: JobOf<'resolveRequestCancelExternalWorkflow'>): void {
    resolveRequestCancelExternalWorkflow(this, job);
  }

  resolveNexusOperationStart(job: JobOf<'resolveNexusOperationStart'>): void {
    resolveNexusOperationStart(this, job);
  }

  resolveNexusOperation(job: JobOf<'resolveNexusOperation'>): void {
    resolveNexusOperation(this, job);
  }

  removeFromCache(): void {
    throw new IllegalStateError('removeFromCache activation job should not reach workflow');
  }
}
