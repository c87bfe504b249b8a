import type { Init } from '@perdure/api';
import { VersioningBehavior, WorkerVersioningMode } from '@perdure/api/enums';
import type { WorkflowTaskCompletedEventAttributes } from '@perdure/api/history';
import type { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';

type Said = Pick<RespondWorkflowTaskCompletedRequest, 'deployment' | 'deploymentOptions' | 'versioningBehavior'>;

/**
 * What a completed task's event says of its worker's deployment. A worker that does not version names no version, and a
 * behaviour that it names all the same means nothing. Reference: workflow task state machine.
 */
export function deploymentFields(said: Said): Init<WorkflowTaskCompletedEventAttributes> {
  const { deployment, deploymentOptions: options, versioningBehavior } = said;
  const versioned = options?.workerVersioningMode === WorkerVersioningMode.VERSIONED;
  const { deploymentName, buildId } = versioned
    ? options
    : { deploymentName: deployment?.seriesName ?? '', buildId: deployment?.buildId ?? '' };
  return {
    workerDeploymentName: options?.deploymentName || (deployment?.seriesName ?? ''),
    deploymentVersion: deploymentName && buildId ? { deploymentName, buildId } : null,
    versioningBehavior: options && !versioned ? VersioningBehavior.UNSPECIFIED : versioningBehavior,
  };
}
