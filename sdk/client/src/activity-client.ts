import type { TypeInfo } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { composeInterceptors } from '@perdure/common/lib/interceptors';
import {
  cancelActivity,
  pauseActivity,
  restoreActivityOptions,
  terminateActivity,
  unpauseActivity,
  updateActivityOptions,
} from './activity/control.ts';
import { countActivities, describeActivity, listActivities } from './activity/description.ts';
import { activityResult } from './activity/result.ts';
import { startActivity } from './activity/start.ts';
import type {
  ActivityHandle,
  ActivityOptions,
  GetActivityHandleOptions,
  TypedActivityClient,
} from './activity-handle.ts';
import type { ActivityClientInterceptor } from './activity-interceptors.ts';
import type { AsyncCompletionClientOptions } from './async-completion-client.ts';
import { AsyncCompletionClient } from './async-completion-client.ts';
import type { Caller } from './base-client.ts';
import { callerOf } from './base-client.ts';
import { given } from './given.ts';
import type { ActivityExecutionInfo, CountActivityExecutions } from './types.ts';

export type * from './activity-handle.ts';

export interface ActivityClientOptions extends AsyncCompletionClientOptions {
  /** What calls about standalone activities go through before they are made. */
  interceptors?: ActivityClientInterceptor[];
}

/**
 * Starts standalone activities, those that no workflow asked for, and talks to them; and completes activities from
 * outside of a worker. Part of a {@link Client}, as `client.activity`.
 */
export class ActivityClient extends AsyncCompletionClient implements TypedActivityClient<Any> {
  readonly #calls: ReturnType<typeof intercepted>;

  constructor(options?: ActivityClientOptions) {
    super(options);
    const caller = callerOf(this.connection, this.options);
    this.#calls = intercepted(caller, options?.interceptors ?? [], (id, runId, outputType) =>
      this.#handle(id, runId, outputType),
    );
  }

  /**
   * The same client, for the activities of `T` only: names, arguments and results are checked by the compiler.
   *
   * @template T what the worker has as its activities, or an interface of it
   */
  typed<T>(): TypedActivityClient<T> {
    return this as unknown as TypedActivityClient<T>;
  }

  /**
   * Starts a standalone activity.
   *
   * @param activity the activity's name
   * @throws ActivityExecutionAlreadyStartedError when the policies of the options forbid another run
   */
  async start<R = Any>(activity: string, options: ActivityOptions): Promise<ActivityHandle<R>> {
    return (await this.#calls.start({ activityType: activity, options, headers: {} })) as ActivityHandle<R>;
  }

  /**
   * Starts a standalone activity and waits for its result.
   *
   * @param activity the activity's name
   * @throws ActivityExecutionAlreadyStartedError when the policies of the options forbid another run
   * @throws ActivityExecutionFailedError when the activity ends in anything but success
   */
  async execute<R = Any>(activity: string, options: ActivityOptions): Promise<R> {
    const handle = await this.start<R>(activity, options);
    return await handle.result();
  }

  /**
   * A handle to a standalone activity, which is not checked. Without `runId` it stands for whichever run is the latest.
   *
   * @throws TypeError without an id
   */
  getHandle<R = Any>(activityId: string, runId?: string): ActivityHandle<R> {
    return this.#handle<R>(activityId, runId);
  }

  /**
   * A handle to a standalone activity, which is not checked, with more to say about it.
   *
   * @throws TypeError without an id
   */
  getHandleWithOptions<R = Any>(activityId: string, options: GetActivityHandleOptions): ActivityHandle<R> {
    return this.#handle<R>(activityId, options.runId, options.typeInfo?.outputType);
  }

  /** The standalone activities that a query finds. What was written a moment ago may be missing. */
  list(query: string): AsyncIterable<ActivityExecutionInfo> {
    return this.#calls.list({ query, headers: {} });
  }

  /** How many standalone activities a query finds. What was written a moment ago may be missing. */
  async count(query: string): Promise<CountActivityExecutions> {
    return await this.#calls.count({ query, headers: {} });
  }

  #handle<R>(activityId: string, runId: string | undefined, outputType?: TypeInfo): ActivityHandle<R> {
    if (!activityId) throw new TypeError('activityId is required');
    const calls = this.#calls;
    const run = { activityId, activityRunId: runId ?? '', headers: {} };
    return given({
      client: this,
      activityId,
      runId,
      result: async (): Promise<R> => await calls.getResult(given({ ...run, outputType })),
      describe: async (options = {}) => {
        const {
          includeInput = false,
          includeOutcome = false,
          includeHeartbeatDetails = false,
          includeLastFailure = false,
        } = options;
        const include = { includeInput, includeOutcome, includeHeartbeatDetails, includeLastFailure };
        return await calls.describe({ ...run, options: include });
      },
      cancel: async (reason) => await calls.cancel({ ...run, reason }),
      terminate: async (reason) => await calls.terminate({ ...run, reason }),
      pause: async (options = {}) => await calls.pause({ ...run, options }),
      unpause: async (options = {}) => await calls.unpause({ ...run, options }),
      updateOptions: async (options) => await calls.updateOptions({ ...run, options }),
      restoreOriginalOptions: async () => await calls.restoreOriginalOptions(run),
    } satisfies Omit<ActivityHandle<R>, 'runId'> & { client: ActivityClient; runId: string | undefined });
  }
}

type MakeHandle = (id: string, runId: string, outputType: TypeInfo | undefined) => ActivityHandle;

function intercepted(caller: Caller, interceptors: ActivityClientInterceptor[], makeHandle: MakeHandle) {
  return {
    start: composeInterceptors(interceptors, 'start', async (input) =>
      makeHandle(input.options.id, await startActivity(caller, input), input.options.typeInfo?.outputType),
    ),
    getResult: composeInterceptors(interceptors, 'getResult', (input) => activityResult(caller, input)),
    describe: composeInterceptors(interceptors, 'describe', (input) => describeActivity(caller, input)),
    cancel: composeInterceptors(interceptors, 'cancel', (input) => cancelActivity(caller, input)),
    terminate: composeInterceptors(interceptors, 'terminate', (input) => terminateActivity(caller, input)),
    list: composeInterceptors(interceptors, 'list', (input) => listActivities(caller, input)),
    count: composeInterceptors(interceptors, 'count', (input) => countActivities(caller, input)),
    pause: composeInterceptors(interceptors, 'pause', (input) => pauseActivity(caller, input)),
    unpause: composeInterceptors(interceptors, 'unpause', (input) => unpauseActivity(caller, input)),
    updateOptions: composeInterceptors(interceptors, 'updateOptions', (input) => updateActivityOptions(caller, input)),
    restoreOriginalOptions: composeInterceptors(interceptors, 'restoreOriginalOptions', (input) =>
      restoreActivityOptions(caller, input),
    ),
  };
}
