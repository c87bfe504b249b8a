import type { HostServices, WorkflowHost, WorkflowHostOptions } from './host.ts';
import { createRunner } from './runner/runner.ts';
import { createThreadPool } from './threads/pool.ts';

/** Makes the workflow half of a worker. Rejects if the bundle cannot be evaluated. */
export async function createWorkflowHost(options: WorkflowHostOptions, services: HostServices): Promise<WorkflowHost> {
  if (options.workflowThreadPoolSize > 0) return await createThreadPool(options, services);
  const { patchActivationCallback } = options;
  return createRunner(options, {
    ...services,
    cutsOff: true,
    ...(patchActivationCallback && {
      activatePatch: (workflowInfo, patchId) => patchActivationCallback({ workflowInfo, patchId }),
    }),
  });
}
