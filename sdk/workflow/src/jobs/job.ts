import type { coresdk } from '@perdure/proto';

export type Job = coresdk.workflow_activation.IWorkflowActivationJob;
export type JobName = Exclude<keyof Job, 'variant'>;
/** What a job of this name says. */
export type JobOf<Name extends JobName> = NonNullable<Job[Name]>;

const names: { readonly [Name in JobName]-?: true } = {
  fireTimer: true,
  resolveActivity: true,
  signalWorkflow: true,
  initializeWorkflow: true,
  queryWorkflow: true,
  doUpdate: true,
  resolveChildWorkflowExecutionStart: true,
  resolveChildWorkflowExecution: true,
  cancelWorkflow: true,
  notifyHasPatch: true,
  updateRandomSeed: true,
  resolveSignalExternalWorkflow: true,
  resolveRequestCancelExternalWorkflow: true,
  resolveNexusOperationStart: true,
  resolveNexusOperation: true,
  removeFromCache: true,
};
const ordered = Object.keys(names) as JobName[];

/** What a job is: the one of its fields that is set. */
export function nameOf(job: Job): JobName {
  const name = ordered.find((one) => job[one] != null);
  if (name === undefined) throw new TypeError('Expected job.variant to be defined');
  return name;
}
