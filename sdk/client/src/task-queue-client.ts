import { filterNullAndUndefined, makeProtoEnumConverters } from '@perdure/common/lib/internal-workflow';
import type { RequireAtLeastOne } from '@perdure/common/lib/type-helpers';
import { assertNever, SymbolBasedInstanceOfError } from '@perdure/common/lib/type-helpers';
import type { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import type { BaseClientOptions, LoadedWithDefaults } from './base-client.ts';
import { BaseClient, defaultBaseClientOptions } from './base-client.ts';
import type { BuildIdOperation, WorkerBuildIdVersionSets } from './build-id-types.ts';
import { versionSetsFromProto } from './build-id-types.ts';
import { isGrpcServiceError, ServiceError } from './errors.ts';
import { given } from './given.ts';
import { rethrowKnownErrorTypes } from './status-details.ts';
import type { WorkflowService } from './types.ts';

/** @deprecated Versioning by build id sets is gone from the server; use worker deployments. */
export type TaskQueueClientOptions = BaseClientOptions;
/** @deprecated See {@link TaskQueueClient}. */
export type LoadedTaskQueueClientOptions = LoadedWithDefaults<TaskQueueClientOptions>;

/** Stands in place of a build id for workers that have none. @deprecated See {@link TaskQueueClient}. */
export const UnversionedBuildId: unique symbol = Symbol.for('__temporal_unversionedBuildId');
export type UnversionedBuildIdType = typeof UnversionedBuildId;

/**
 * Changes which build ids of a task queue go together, and asks who still needs them. Part of a {@link Client}, as
 * `client.taskQueue`.
 *
 * @deprecated Versioning by build id sets is gone from the server; use worker deployments.
 */
export class TaskQueueClient extends BaseClient {
  readonly options: LoadedTaskQueueClientOptions;

  constructor(options?: TaskQueueClientOptions) {
    super(options);
    this.options = {
      ...defaultBaseClientOptions(),
      ...filterNullAndUndefined(options ?? {}),
      loadedDataConverter: this.dataConverter,
    };
  }

  /** The raw calls of the server. Requests need their `namespace` set. */
  get workflowService(): WorkflowService {
    return this.connection.workflowService;
  }

  /**
   * Adds a build id, or changes how build ids of a task queue go together.
   *
   * @throws BuildIdNotFoundError when a build id that is named is not there
   * @deprecated See {@link TaskQueueClient}.
   */
  async updateBuildIdCompatibility(taskQueue: string, operation: BuildIdOperation): Promise<void> {
    const { namespace } = this.options;
    const request = { namespace, taskQueue, ...operationRequest(operation) };
    try {
      await this.workflowService.updateWorkerBuildIdCompatibility(request);
    } catch (error) {
      rethrowTaskQueueError(error, 'Unexpected error updating Build Id compatibility');
    }
  }

  /**
   * The sets of build ids of a task queue; undefined when it has none.
   *
   * @deprecated See {@link TaskQueueClient}.
   */
  async getBuildIdCompatability(taskQueue: string): Promise<WorkerBuildIdVersionSets | undefined> {
    const { namespace } = this.options;
    let response: temporal.api.workflowservice.v1.GetWorkerBuildIdCompatibilityResponse;
    try {
      response = await this.workflowService.getWorkerBuildIdCompatibility({ taskQueue, namespace });
    } catch (error) {
      rethrowTaskQueueError(error, 'Unexpected error fetching Build Id compatibility');
    }
    return response.majorVersionSets.length === 0 ? undefined : versionSetsFromProto(response);
  }

  /**
   * Which workflows may still need the build ids, by task queue. A queue that the server did not look at, because there
   * were too many, has `NOT_FETCHED`: ask for it again.
   *
   * @deprecated See {@link TaskQueueClient}.
   */
  async getReachability(options: ReachabilityOptions): Promise<ReachabilityResponse> {
    const { namespace } = this.options;
    const buildIds = options.buildIds?.map((id) => (id === UnversionedBuildId ? '' : id));
    const reachability = encodeTaskReachability(options.reachability);
    const { taskQueues } = options;
    let response: temporal.api.workflowservice.v1.GetWorkerTaskReachabilityResponse;
    try {
      response = await this.workflowService.getWorkerTaskReachability(
        given({ namespace, taskQueues, buildIds, reachability }),
      );
    } catch (error) {
      rethrowTaskQueueError(error, 'Unexpected error fetching Build Id reachability');
    }
    return reachabilityResponseFromProto(response);
  }
}

type UpdateRequest = temporal.api.workflowservice.v1.IUpdateWorkerBuildIdCompatibilityRequest;

function operationRequest(operation: BuildIdOperation): UpdateRequest {
  switch (operation.operation) {
    case 'addNewIdInNewDefaultSet':
      return { addNewBuildIdInNewDefaultSet: operation.buildId };
    case 'addNewCompatibleVersion':
      return {
        addNewCompatibleBuildId: {
          newBuildId: operation.buildId,
          existingCompatibleBuildId: operation.existingCompatibleBuildId,
        },
      };
    case 'promoteSetByBuildId':
      return { promoteSetByBuildId: operation.buildId };
    case 'promoteBuildIdWithinSet':
      return { promoteBuildIdWithinSet: operation.buildId };
    case 'mergeSets':
      return {
        mergeSets: { primarySetBuildId: operation.primaryBuildId, secondarySetBuildId: operation.secondaryBuildId },
      };
    default:
      return assertNever('Unknown build id update operation', operation);
  }
}

function rethrowTaskQueueError(error: unknown, fallback: string): never {
  if (!isGrpcServiceError(error)) throw new ServiceError('Unexpected error while making gRPC request');
  rethrowKnownErrorTypes(error);
  if (error.code === Status.NOT_FOUND) throw new BuildIdNotFoundError(error.details ?? 'Build Id not found');
  throw new ServiceError(fallback, { cause: error });
}

/** What to ask: at least build ids or task queues. @deprecated See {@link TaskQueueClient}. */
export type ReachabilityOptions = RequireAtLeastOne<BaseReachabilityOptions, 'buildIds' | 'taskQueues'>;

type Reachabilities = typeof temporal.api.enums.v1.TaskReachability;

/** Which workflows may need a build id. @deprecated See {@link TaskQueueClient}. */
export const ReachabilityType = {
  /** New ones. */
  NEW_WORKFLOWS: 'NEW_WORKFLOWS',
  /** Running and closed ones. */
  EXISTING_WORKFLOWS: 'EXISTING_WORKFLOWS',
  /** Running ones. */
  OPEN_WORKFLOWS: 'OPEN_WORKFLOWS',
  /** Closed ones. */
  CLOSED_WORKFLOWS: 'CLOSED_WORKFLOWS',
} as const;
export type ReachabilityType = (typeof ReachabilityType)[keyof typeof ReachabilityType];

export const [encodeTaskReachability, decodeTaskReachability] = makeProtoEnumConverters<
  Reachabilities[keyof Reachabilities],
  Reachabilities,
  keyof Reachabilities,
  typeof ReachabilityType,
  'TASK_REACHABILITY_'
>(
  { NEW_WORKFLOWS: 1, EXISTING_WORKFLOWS: 2, OPEN_WORKFLOWS: 3, CLOSED_WORKFLOWS: 4, UNSPECIFIED: 0 },
  'TASK_REACHABILITY_',
);

/** See {@link ReachabilityOptions}. */
export interface BaseReachabilityOptions {
  buildIds: (string | UnversionedBuildIdType)[];
  /** Only these task queues. @default all that know the build ids */
  taskQueues?: string[];
  /** Only this kind of workflows. @default all */
  reachability?: ReachabilityType;
}

/** @deprecated See {@link TaskQueueClient}. */
export interface ReachabilityResponse {
  /** By build id. */
  buildIdReachability: Record<string | UnversionedBuildIdType, BuildIdReachability>;
}

/** @deprecated See {@link TaskQueueClient}. */
export type ReachabilityTypeResponse = ReachabilityType | 'NOT_FETCHED';

/** @deprecated See {@link TaskQueueClient}. */
export interface BuildIdReachability {
  /** By task queue; empty where nothing needs the build id. */
  taskQueueReachability: Record<string, ReachabilityTypeResponse[]>;
}

export function reachabilityResponseFromProto(
  resp: temporal.api.workflowservice.v1.GetWorkerTaskReachabilityResponse,
): ReachabilityResponse {
  const entries = resp.buildIdReachability.map(({ buildId, taskQueueReachability }) => {
    const queues = (taskQueueReachability ?? []).flatMap(({ taskQueue, reachability }) =>
      taskQueue == null
        ? []
        : [[taskQueue, (reachability ?? []).map((one) => decodeTaskReachability(one) ?? 'NOT_FETCHED')] as const],
    );
    return [buildId || UnversionedBuildId, { taskQueueReachability: Object.fromEntries(queues) }] as const;
  });
  return { buildIdReachability: Object.fromEntries(entries) as ReachabilityResponse['buildIdReachability'] };
}

/** A build id is not there: a wrong one, or the server has forgotten it. @deprecated See {@link TaskQueueClient}. */
export class BuildIdNotFoundError extends Error {}
SymbolBasedInstanceOfError<BuildIdNotFoundError>('BuildIdNotFoundError')(BuildIdNotFoundError);
