import type { temporal } from '@perdure/proto';

/**
 * A change of the build ids of a task queue.
 *
 * @deprecated Versioning by build id sets is gone from the server; use worker deployments.
 */
export type BuildIdOperation =
  | AddNewIdInNewDefaultSet
  | AddNewCompatibleVersion
  | PromoteSetByBuildId
  | PromoteBuildIdWithinSet
  | MergeSets;

/** Puts a new build id into a set of its own, which becomes the queue's default. @deprecated See {@link BuildIdOperation}. */
export interface AddNewIdInNewDefaultSet {
  operation: 'addNewIdInNewDefaultSet';
  buildId: string;
}

/** Puts a new build id into the set of an existing one and makes it that set's default. @deprecated See {@link BuildIdOperation}. */
export interface AddNewCompatibleVersion {
  operation: 'addNewCompatibleVersion';
  buildId: string;
  existingCompatibleBuildId: string;
  /** Whether the set becomes the queue's default as well. */
  promoteSet?: boolean;
}

/** Makes the set that holds this build id the queue's default. @deprecated See {@link BuildIdOperation}. */
export interface PromoteSetByBuildId {
  operation: 'promoteSetByBuildId';
  buildId: string;
}

/** Makes this build id the default of its set. @deprecated See {@link BuildIdOperation}. */
export interface PromoteBuildIdWithinSet {
  operation: 'promoteBuildIdWithinSet';
  buildId: string;
}

/** Makes one set of two. @deprecated See {@link BuildIdOperation}. */
export interface MergeSets {
  operation: 'mergeSets';
  /** What the new set has as its default. */
  primaryBuildId: string;
  secondaryBuildId: string;
}

/** The sets of compatible build ids of a task queue. @deprecated See {@link BuildIdOperation}. */
export interface WorkerBuildIdVersionSets {
  /** The sets, the queue's default last. */
  readonly versionSets: BuildIdVersionSet[];
  /** The set for new workflows. */
  defaultSet: BuildIdVersionSet;
  /** The build id for new workflows. */
  defaultBuildId: string;
}

/** Build ids that can carry on with each other's workflows. @deprecated See {@link BuildIdOperation}. */
export interface BuildIdVersionSet {
  /** The build ids, the set's default last. */
  readonly buildIds: string[];
  readonly default: string;
}

/** @throws Error when the queue has no sets, or one of them is empty */
export function versionSetsFromProto(
  resp: temporal.api.workflowservice.v1.GetWorkerBuildIdCompatibilityResponse,
): WorkerBuildIdVersionSets {
  const versionSets = (resp?.majorVersionSets ?? []).map(versionSet);
  const defaultSet = versionSets.at(-1);
  if (defaultSet === undefined) {
    throw new Error('Must be constructed from a compatability response with at least one version set');
  }
  return { versionSets, defaultSet, defaultBuildId: defaultSet.default };
}

function versionSet(set: temporal.api.taskqueue.v1.ICompatibleVersionSet | null): BuildIdVersionSet {
  const buildIds = set?.buildIds ?? [];
  const last = buildIds.at(-1);
  if (last === undefined) throw new Error('Compatible version sets must contain at least one Build Id');
  return { buildIds, default: last };
}
