import { VersioningBehavior } from '@perdure/api/enums';
import { VersioningOverride_PinnedOverrideBehavior } from '@perdure/api/workflow';
import type { VersioningOverride } from './state.ts';

const none: VersioningOverride = {
  pinned: null,
  autoUpgrade: null,
  oneTime: null,
  behavior: VersioningBehavior.UNSPECIFIED,
  deployment: null,
  pinnedVersion: '',
};

/** In today's form: an override once was a behaviour with more fields beside it. */
export function inTodaysForm(override: VersioningOverride): VersioningOverride {
  const { behavior, deployment, pinnedVersion } = override;
  if (behavior === VersioningBehavior.AUTO_UPGRADE) return { ...none, autoUpgrade: true };
  if (behavior !== VersioningBehavior.PINNED) return override;
  const dot = pinnedVersion.indexOf('.');
  const version = deployment
    ? { deploymentName: deployment.seriesName, buildId: deployment.buildId }
    : { deploymentName: pinnedVersion.slice(0, dot), buildId: pinnedVersion.slice(dot + 1) };
  return { ...none, pinned: { behavior: VersioningOverride_PinnedOverrideBehavior.PINNED, version } };
}

/** What the next run of the chain, and a child, start with. Only what pins to a version goes on. */
export const inheritedOverride = (override: VersioningOverride | null): VersioningOverride | null =>
  override?.pinned ? override : null;
