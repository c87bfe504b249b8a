import { IllegalStateError } from '@perdure/common/lib/errors';
import type { coresdk } from '@perdure/proto';
import type { Activator } from '../activator.ts';
import { queryWorkflow } from './query.ts';
import {
  fireTimer,
  resolveActivity,
  resolveChildWorkflowExecution,
  resolveChildWorkflowExecutionStart,
  resolveRequestCancelExternalWorkflow,
  resolveSignalExternalWorkflow,
} from './resolve.ts';
import { signalWorkflow } from './signal.ts';
import { initializeWorkflow } from './start.ts';
import { doUpdate } from './update.ts';

export type Job = coresdk.workflow_activation.IWorkflowActivationJob;
export type JobName = Exclude<keyof Job, 'variant'>;

type JobHandlers = { readonly [Name in JobName]-?: (activator: Activator, job: NonNullable<Job[Name]>) => void };

const notYet = (): never => {
  throw new IllegalStateError('Nexus Operations are not supported in Workflows yet');
};

const handlers: JobHandlers = {
  initializeWorkflow,
  fireTimer,
  queryWorkflow,
  signalWorkflow,
  doUpdate,
  resolveActivity,
  resolveChildWorkflowExecutionStart,
  resolveChildWorkflowExecution,
  resolveSignalExternalWorkflow,
  resolveRequestCancelExternalWorkflow,
  resolveNexusOperationStart: notYet,
  resolveNexusOperation: notYet,
  updateRandomSeed: (activator, job) => activator.updateRandomSeed(job),
  notifyHasPatch: (activator, job) => activator.notifyHasPatch(job),
  cancelWorkflow(activator) {
    activator.cancelled = true;
    activator.rootScope.cancel();
  },
  removeFromCache() {
    throw new IllegalStateError('removeFromCache activation job should not reach workflow');
  },
};

/** What a job is: the one of its fields that is set. */
export function nameOf(job: Job): JobName {
  for (const name of Object.keys(handlers) as JobName[]) if (job[name] != null) return name;
  throw new TypeError('Expected job.variant to be defined');
}

export function runJob<Name extends JobName>(activator: Activator, name: Name, job: Job): void {
  const handle: (activator: Activator, job: NonNullable<Job[Name]>) => void = handlers[name];
  handle(activator, job[name] as NonNullable<Job[Name]>);
}
