import type { ActivitySerializationContext, PayloadTypeInfo, StorageDriverTargetInfo } from '@perdure/common';
import { ensureTemporalFailure } from '@perdure/common';
import {
  encodeErrorToFailure,
  encodeToPayloadsWithContext,
  walkRecordActivityTaskHeartbeatByIdRequest,
  walkRecordActivityTaskHeartbeatRequest,
  walkRespondActivityTaskCanceledByIdRequest,
  walkRespondActivityTaskCanceledRequest,
  walkRespondActivityTaskCompletedByIdRequest,
  walkRespondActivityTaskCompletedRequest,
  walkRespondActivityTaskFailedByIdRequest,
  walkRespondActivityTaskFailedRequest,
} from '@perdure/common/lib/internal-non-workflow';
import { filterNullAndUndefined } from '@perdure/common/lib/internal-workflow';
import { Status } from '@perdure/transport';
import type { BaseClientOptions, LoadedWithDefaults } from './base-client.ts';
import { BaseClient, defaultBaseClientOptions } from './base-client.ts';
import {
  ActivityCancelledError,
  ActivityCompletionError,
  ActivityNotFoundError,
  ActivityPausedError,
  ActivityResetError,
  isGrpcServiceError,
} from './errors.ts';
import { storeOutside } from './external-storage.ts';
import { given } from './given.ts';
import { rethrowKnownErrorTypes } from './status-details.ts';
import type { WorkflowService } from './types.ts';

export type AsyncCompletionClientOptions = BaseClientOptions;
export type LoadedAsyncCompletionClientOptions = LoadedWithDefaults<AsyncCompletionClientOptions>;

export interface AsyncCompletionOperationOptions {
  /** Whose values are converted, for converters and codecs that want to know: a task token does not say. */
  serializationContext?: ActivitySerializationContext;
}

export interface AsyncCompletionCompleteOptions {
  /** How to encode the result. @experimental */
  typeInfo?: Pick<PayloadTypeInfo, 'outputType'>;
}

/** An activity, by what it is called. */
export interface FullActivityId {
  /** Not for standalone activities. */
  workflowId?: string;
  /** The workflow's run, or the standalone activity's. @default the latest */
  runId?: string;
  activityId: string;
}

type Activity = Uint8Array | FullActivityId;
const isToken = (activity: Activity): activity is Uint8Array => activity instanceof Uint8Array;

/**
 * Ends activities from outside of a worker, and heartbeats for them: those that threw `CompleteAsyncError`. They are
 * called by their task token, or by their ids.
 */
export class AsyncCompletionClient extends BaseClient {
  readonly options: LoadedAsyncCompletionClientOptions;

  constructor(options?: AsyncCompletionClientOptions) {
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
   * Completes an activity with a result.
   *
   * @throws ActivityNotFoundError when there is no such activity, or it has ended
   * @throws ActivityCompletionError for all else that the server refuses
   */
  async complete(
    taskToken: Uint8Array,
    result: unknown,
    options?: AsyncCompletionCompleteOptions & AsyncCompletionOperationOptions,
  ): Promise<void>;
  async complete(
    fullActivityId: FullActivityId,
    result: unknown,
    options?: AsyncCompletionCompleteOptions,
  ): Promise<void>;
  async complete(
    activity: Activity,
    result: unknown,
    options?: AsyncCompletionCompleteOptions & AsyncCompletionOperationOptions,
  ): Promise<void> {
    const type = options?.typeInfo?.outputType;
    const context = this.#context(activity, options);
    const types = type && [type];
    const payloads = await encodeToPayloadsWithContext(this.dataConverter, context, [result], types);
    await this.#respond(async () => {
      if (isToken(activity)) {
        const request = { ...this.#caller, taskToken: activity, result: given({ payloads }) };
        await this.#store(activity, request, walkRespondActivityTaskCompletedRequest);
        await this.workflowService.respondActivityTaskCompleted(request);
      } else {
        const request = { ...this.#caller, ...activity, result: given({ payloads }) };
        await this.#store(activity, request, walkRespondActivityTaskCompletedByIdRequest);
        await this.workflowService.respondActivityTaskCompletedById(request);
      }
    });
  }

  /**
   * Ends an attempt of an activity with a failure. Whether there is another one is up to its retry policy.
   *
   * @throws ActivityNotFoundError when there is no such activity, or it has ended
   * @throws ActivityCompletionError for all else that the server refuses
   */
  async fail(taskToken: Uint8Array, err: unknown, options?: AsyncCompletionOperationOptions): Promise<void>;
  async fail(fullActivityId: FullActivityId, err: unknown): Promise<void>;
  async fail(activity: Activity, err: unknown, options?: AsyncCompletionOperationOptions): Promise<void> {
    const context = this.#context(activity, options);
    const failure = await encodeErrorToFailure(this.dataConverter, ensureTemporalFailure(err), context);
    await this.#respond(async () => {
      if (isToken(activity)) {
        const request = { ...this.#caller, taskToken: activity, failure };
        await this.#store(activity, request, walkRespondActivityTaskFailedRequest);
        await this.workflowService.respondActivityTaskFailed(request);
      } else {
        const request = { ...this.#caller, ...activity, failure };
        await this.#store(activity, request, walkRespondActivityTaskFailedByIdRequest);
        await this.workflowService.respondActivityTaskFailedById(request);
      }
    });
  }

  /**
   * Ends an activity as cancelled. Its cancellation must have been asked for.
   *
   * @throws ActivityNotFoundError when there is no such activity, or it has ended
   * @throws ActivityCompletionError for all else that the server refuses
   */
  async reportCancellation(
    taskToken: Uint8Array,
    details?: unknown,
    options?: AsyncCompletionOperationOptions,
  ): Promise<void>;
  async reportCancellation(fullActivityId: FullActivityId, details?: unknown): Promise<void>;
  async reportCancellation(
    activity: Activity,
    details?: unknown,
    options?: AsyncCompletionOperationOptions,
  ): Promise<void> {
    const context = this.#context(activity, options);
    const payloads = await encodeToPayloadsWithContext(this.dataConverter, context, [details]);
    await this.#respond(async () => {
      if (isToken(activity)) {
        const request = { ...this.#caller, taskToken: activity, details: given({ payloads }) };
        await this.#store(activity, request, walkRespondActivityTaskCanceledRequest);
        await this.workflowService.respondActivityTaskCanceled(request);
      } else {
        const request = { ...this.#caller, ...activity, details: given({ payloads }) };
        await this.#store(activity, request, walkRespondActivityTaskCanceledByIdRequest);
        await this.workflowService.respondActivityTaskCanceledById(request);
      }
    });
  }

  /**
   * Says that an activity is alive.
   *
   * @throws ActivityCancelledError when the activity is to be cancelled
   * @throws ActivityResetError when the activity was reset
   * @throws ActivityPausedError when the activity is paused
   * @throws ActivityNotFoundError when there is no such activity, or it has ended
   * @throws ActivityCompletionError for all else that the server refuses
   */
  async heartbeat(taskToken: Uint8Array, details?: unknown, options?: AsyncCompletionOperationOptions): Promise<void>;
  async heartbeat(fullActivityId: FullActivityId, details?: unknown): Promise<void>;
  async heartbeat(activity: Activity, details?: unknown, options?: AsyncCompletionOperationOptions): Promise<void> {
    const context = this.#context(activity, options);
    const payloads = await encodeToPayloadsWithContext(this.dataConverter, context, [details]);
    const answer = await this.#respond(async () => {
      if (isToken(activity)) {
        const request = { ...this.#caller, taskToken: activity, details: given({ payloads }) };
        await this.#store(activity, request, walkRecordActivityTaskHeartbeatRequest);
        return await this.workflowService.recordActivityTaskHeartbeat(request);
      }
      const request = { ...this.#caller, ...activity, details: given({ payloads }) };
      await this.#store(activity, request, walkRecordActivityTaskHeartbeatByIdRequest);
      return await this.workflowService.recordActivityTaskHeartbeatById(request);
    });
    // Several may be true at once; a cancellation says more than a reset, and a reset more than a pause.
    if (answer.cancelRequested) throw new ActivityCancelledError('cancelled');
    if (answer.activityReset) throw new ActivityResetError('reset');
    if (answer.activityPaused) throw new ActivityPausedError('paused');
  }

  get #caller() {
    const { identity, namespace } = this.options;
    return { identity, namespace };
  }

  #context(activity: Activity, options?: AsyncCompletionOperationOptions): ActivitySerializationContext | undefined {
    if (isToken(activity)) return options?.serializationContext;
    const { workflowId, activityId } = activity;
    const { namespace } = this.options;
    return { type: 'activity', namespace, ...(workflowId == null ? {} : { workflowId }), activityId, isLocal: false };
  }

  #store<Message>(activity: Activity, request: Message, walk: Parameters<typeof storeOutside<Message>>[2]) {
    return storeOutside(this.dataConverter, request, walk, this.#target(activity));
  }

  #target(activity: Activity): StorageDriverTargetInfo {
    const { namespace } = this.options;
    // A token is not read: most belong to activities of workflows.
    if (isToken(activity)) return { kind: 'workflow', namespace };
    const { workflowId, runId, activityId } = activity;
    const run = runId == null ? {} : { runId };
    if (workflowId == null) return { kind: 'activity', namespace, id: activityId, ...run };
    return { kind: 'workflow', namespace, id: workflowId, ...run };
  }

  async #respond<T>(respond: () => Promise<T>): Promise<T> {
    try {
      return await respond();
    } catch (error) {
      if (!isGrpcServiceError(error)) throw new ActivityCompletionError('Unexpected failure');
      rethrowKnownErrorTypes(error);
      if (error.code === Status.NOT_FOUND) throw new ActivityNotFoundError('Not found');
      throw new ActivityCompletionError(error.details || error.message);
    }
  }
}
