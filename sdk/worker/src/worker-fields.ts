/** What a worker says of itself in every request, in the shapes that the requests have for it. */
import { temporal } from '@perdure/proto';
import type { CompiledWorkerOptionsWithBuildId } from './compile-options.ts';
import type { WorkerDeploymentOptions } from './worker-option-types.ts';

type DeploymentOptions = temporal.api.deployment.v1.IWorkerDeploymentOptions;
type VersionStamp = temporal.api.common.v1.IWorkerVersionStamp;
const { WorkerVersioningMode } = temporal.api.enums.v1;

export interface WorkerFields {
  readonly namespace: string;
  readonly identity: string;
  readonly taskQueue: string;
  readonly buildId: string;
  /** Unique to this worker for as long as it lives. */
  readonly workerInstanceKey: string;
  /** The queue of runs that it has in memory; undefined when it keeps none. */
  readonly stickyQueue: string | undefined;
  readonly deployment: WorkerDeploymentOptions | undefined;
  readonly deploymentOptions: DeploymentOptions | null;
  readonly workerVersionStamp: VersionStamp;
  readonly workerVersionCapabilities: temporal.api.common.v1.IWorkerVersionCapabilities;
}

export function workerFields(options: CompiledWorkerOptionsWithBuildId, workerInstanceKey: string): WorkerFields {
  const { namespace, identity, taskQueue, workerDeploymentOptions: deployment, useVersioning } = options;
  const buildId = deployment?.version.buildId ?? options.buildId;
  return {
    namespace,
    identity,
    taskQueue,
    buildId,
    workerInstanceKey,
    stickyQueue: options.maxCachedWorkflows > 0 ? `${identity}-${workerInstanceKey.replaceAll('-', '')}` : undefined,
    deployment,
    deploymentOptions: deployment ? deploymentFields(deployment) : null,
    workerVersionStamp: { buildId, useVersioning },
    workerVersionCapabilities: { buildId, useVersioning },
  };
}

function deploymentFields({ version, useWorkerVersioning }: WorkerDeploymentOptions): DeploymentOptions {
  return {
    deploymentName: version.deploymentName,
    buildId: version.buildId,
    workerVersioningMode: useWorkerVersioning
      ? WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED
      : WorkerVersioningMode.WORKER_VERSIONING_MODE_UNVERSIONED,
  };
}
