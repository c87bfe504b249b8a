import { parseBundle } from './bundle-format.ts';
import type { HostServices, WorkflowHost, WorkflowHostOptions } from './host.ts';
import { invokePatchActivationCallback } from './patch-activation-callback.ts';
import { createRunner } from './runner/runner.ts';
import { createThreadPool } from './threads/pool.ts';

/** Makes the workflow half of a worker. Rejects if the bundle is not of this SDK, or cannot be evaluated. */
export async function createWorkflowHost(given: WorkflowHostOptions, services: HostServices): Promise<WorkflowHost> {
  const { code, filename, sourceMap } = given.bundle;
  const parsed = parseBundle(code);
  // Whoever took it apart before has the map.
  const bundle = {
    code: parsed.code,
    filename,
    sourceMap: parsed.sourceMap || (sourceMap[0] === '{' ? sourceMap : ''),
  };
  const options = { ...given, bundle };
  if (options.workflowThreadPoolSize > 0) return await createThreadPool(options, services);
  const { patchActivationCallback } = options;
  return createRunner(options, {
    ...services,
    cutsOff: true,
    warn: (message) => options.logger.warn(message),
    ...(patchActivationCallback && {
      activatePatch: (workflowInfo, patchId) =>
        invokePatchActivationCallback(patchActivationCallback, workflowInfo, patchId),
    }),
  });
}
