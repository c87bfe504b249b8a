import type { coresdk, temporal } from '@perdure/proto';
import { makeProtoEnumConverters } from './proto-enums.ts';

/** One version of a deployment of workers. */
export interface WorkerDeploymentVersion {
  readonly buildId: string;
  readonly deploymentName: string;
}

/** The version as `deploymentName.buildId`. */
export function toCanonicalString(version: WorkerDeploymentVersion): string {
  return `${version.deploymentName}.${version.buildId}`;
}

/** What becomes of a run when its deployment gets a new version. */
export const VersioningBehavior = {
  /** It stays with the version that it began with, unless it is moved by hand. */
  PINNED: 'PINNED',
  /** Its next task goes to the version that is current then. */
  AUTO_UPGRADE: 'AUTO_UPGRADE',
} as const;
export type VersioningBehavior = (typeof VersioningBehavior)[keyof typeof VersioningBehavior];

export const [encodeVersioningBehavior, decodeVersioningBehavior] = makeProtoEnumConverters<
  temporal.api.enums.v1.VersioningBehavior,
  typeof temporal.api.enums.v1.VersioningBehavior,
  keyof typeof temporal.api.enums.v1.VersioningBehavior,
  typeof VersioningBehavior,
  'VERSIONING_BEHAVIOR_'
>({ UNSPECIFIED: 0, PINNED: 1, AUTO_UPGRADE: 2 }, 'VERSIONING_BEHAVIOR_');

/** What counts for one run instead of its Workflow's behavior. */
export type VersioningOverride = PinnedVersioningOverride | 'AUTO_UPGRADE';

/** The run stays with this version. */
export interface PinnedVersioningOverride {
  pinnedTo: WorkerDeploymentVersion;
}

/** The run follows the deployment. */
export type AutoUpgradeVersioningOverride = 'AUTO_UPGRADE';

/**
 * With which version a run begins that continues another one. After its first task its Workflow's own behavior counts. An
 * override of the previous run that pins it is inherited and counts more than this.
 *
 * @experimental
 */
export const InitialVersioningBehavior = {
  /** With the version that the deployment is at. */
  AUTO_UPGRADE: 'AUTO_UPGRADE',
  /**
   * With the one that is being ramped up, whether or not this Workflow Id falls under it; with the current one if none is.
   * It is of little use for Workflows that upgrade by themselves, since these may go back with their second task.
   */
  USE_RAMPING_VERSION: 'USE_RAMPING_VERSION',
} as const;
export type InitialVersioningBehavior = (typeof InitialVersioningBehavior)[keyof typeof InitialVersioningBehavior];

export const [encodeInitialVersioningBehavior, decodeInitialVersioningBehavior] = makeProtoEnumConverters<
  temporal.api.enums.v1.ContinueAsNewVersioningBehavior,
  typeof temporal.api.enums.v1.ContinueAsNewVersioningBehavior,
  keyof typeof temporal.api.enums.v1.ContinueAsNewVersioningBehavior,
  typeof InitialVersioningBehavior,
  'CONTINUE_AS_NEW_VERSIONING_BEHAVIOR_'
>({ UNSPECIFIED: 0, AUTO_UPGRADE: 1, USE_RAMPING_VERSION: 2 }, 'CONTINUE_AS_NEW_VERSIONING_BEHAVIOR_');

/**
 * The version from the worker protocol; `undefined` if it names no build.
 *
 * @internal
 */
export function convertDeploymentVersion(
  v: coresdk.common.IWorkerDeploymentVersion | null | undefined,
): WorkerDeploymentVersion | undefined {
  return v?.buildId ? { buildId: v.buildId, deploymentName: v.deploymentName ?? '' } : undefined;
}
