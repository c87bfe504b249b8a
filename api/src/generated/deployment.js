// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const WorkerDeploymentOptions = codec('temporal.api.deployment.v1.WorkerDeploymentOptions');

export const Deployment = codec('temporal.api.deployment.v1.Deployment');

export const DeploymentInfo = codec('temporal.api.deployment.v1.DeploymentInfo');

export const DeploymentInfo_TaskQueueInfo = codec('temporal.api.deployment.v1.DeploymentInfo.TaskQueueInfo');

export const UpdateDeploymentMetadata = codec('temporal.api.deployment.v1.UpdateDeploymentMetadata');

export const DeploymentListInfo = codec('temporal.api.deployment.v1.DeploymentListInfo');

export const WorkerDeploymentVersionInfo = codec('temporal.api.deployment.v1.WorkerDeploymentVersionInfo');

export const WorkerDeploymentVersionInfo_VersionTaskQueueInfo = codec('temporal.api.deployment.v1.WorkerDeploymentVersionInfo.VersionTaskQueueInfo');

export const VersionDrainageInfo = codec('temporal.api.deployment.v1.VersionDrainageInfo');

export const ComputeStatus = codec('temporal.api.deployment.v1.ComputeStatus');

export const ComputeStatus_ProviderValidationStatus = codec('temporal.api.deployment.v1.ComputeStatus.ProviderValidationStatus');

export const WorkerDeploymentInfo = codec('temporal.api.deployment.v1.WorkerDeploymentInfo');

export const WorkerDeploymentInfo_WorkerDeploymentVersionSummary = codec('temporal.api.deployment.v1.WorkerDeploymentInfo.WorkerDeploymentVersionSummary');

export const WorkerDeploymentVersion = codec('temporal.api.deployment.v1.WorkerDeploymentVersion');

export const VersionMetadata = codec('temporal.api.deployment.v1.VersionMetadata');

export const RoutingConfig = codec('temporal.api.deployment.v1.RoutingConfig');

export const InheritedAutoUpgradeInfo = codec('temporal.api.deployment.v1.InheritedAutoUpgradeInfo');
