import type { HostServices, WorkflowHost, WorkflowHostOptions } from './host.ts';
import { createRunner } from './runner/runner.ts';

/** Makes the workflow half of a worker. Rejects if the bundle cannot be evaluated. */
export async function createWorkflowHost(options: WorkflowHostOptions, services: HostServices): Promise<WorkflowHost> {
  const { patchActivationCallback } = options;
  return createRunner(options, {
    ...services,
    cutsOff: true,
    ...(patchActivationCallback && {
      activatePatch: (workflowInfo, patchId) => patchActivationCallback({ workflowInfo, patchId }),
    }),
  });
}
