import { VersioningBehavior } from '@perdure/api/enums';
import type { VersioningOverride } from '@perdure/api/workflow';
import { failedPrecondition, invalidArgument } from '../kernel/errors.ts';

/** Refuses an override that contradicts itself, and one to a version that no worker of the task queue has. */
export function checkVersioningOverride(override: VersioningOverride | null, taskQueue: string): void {
  if (!override) return;
  const version = pinnedVersion(override);
  if (!version) return;
  // There are no versions of workers yet, so nobody polls as this one.
  throw failedPrecondition(
    `Pinned version '${version.deploymentName}:${version.buildId}' is not present in task queue '${taskQueue}' of type 'Workflow'`,
  );
}

interface Version {
  readonly deploymentName: string;
  readonly buildId: string;
}

function pinnedVersion(override: VersioningOverride): Version | null {
  const { pinned, autoUpgrade, oneTime } = override;
  if (pinned) {
    if (!pinned.version) throw invalidArgument('must provide version if override is pinned.');
    if (pinned.behavior === 0) throw invalidArgument('must specify pinned override behavior if override is pinned.');
    return pinned.version;
  }
  if (oneTime) {
    if (!oneTime.targetDeploymentVersion)
      throw invalidArgument('must provide target deployment version if override is one-time.');
    return oneTime.targetDeploymentVersion;
  }
  if (autoUpgrade) return null;
  return oldStyleVersion(override);
}

/** Before overrides were a choice of messages they were a behaviour with more fields beside it. */
function oldStyleVersion({ behavior, deployment, pinnedVersion }: VersioningOverride): Version | null {
  switch (behavior) {
    case VersioningBehavior.PINNED: {
      if (deployment) return { deploymentName: deployment.seriesName, buildId: deployment.buildId };
      const dot = pinnedVersion.indexOf('.');
      if (dot > 0) return { deploymentName: pinnedVersion.slice(0, dot), buildId: pinnedVersion.slice(dot + 1) };
      throw invalidArgument("must provide deployment (deprecated) or pinned version if behavior is 'PINNED'");
    }
    case VersioningBehavior.AUTO_UPGRADE:
      if (deployment) throw invalidArgument("only provide deployment if behavior is 'PINNED'");
      if (pinnedVersion !== '') throw invalidArgument("only provide pinned version if behavior is 'PINNED'");
      return null;
    case VersioningBehavior.UNSPECIFIED:
      throw invalidArgument('override behavior is required');
    default:
      throw invalidArgument(`unknown versioning behavior ${behavior}`);
  }
}
