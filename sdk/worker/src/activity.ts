/** One execution of an activity's function: its context, its interceptors, and what its end means. */
import { asyncLocalStorage, CompleteAsyncError, Context, type Info } from '@perdure/activity';
import type { Client } from '@perdure/client';
import {
  type ActivityCancellationDetails,
  type ActivityFunction,
  type ActivitySerializationContext,
  ApplicationFailure,
  ApplicationFailureCategory,
  CancelledFailure,
  ensureApplicationFailure,
  FAILURE_SOURCE,
  IllegalStateError,
  type LoadedDataConverter,
  type Logger,
  type MetricMeter,
  type MetricTags,
  SdkComponent,
  type TypeInfo,
} from '@perdure/common';
import type { ActivityCancellationDetailsHolder } from '@perdure/common/lib/activity-cancellation-details';
import { composeInterceptors } from '@perdure/common/lib/interceptors';
import { encodeErrorToFailure, encodeToPayload } from '@perdure/common/lib/internal-non-workflow';
import { LoggerWithComposedMetadata } from '@perdure/common/lib/logger';
import { MetricMeterWithComposedTags } from '@perdure/common/lib/metrics';
import { isAbortError } from '@perdure/common/lib/type-helpers';
import type { coresdk } from '@perdure/proto';
import { activityLogAttributes } from './activity-log-attributes.ts';
import type {
  ActivityExecuteInput,
  ActivityInboundCallsInterceptor,
  ActivityInterceptorsFactory,
  ActivityOutboundCallsInterceptor,
} from './interceptors.ts';

export { activityLogAttributes };

/** Why an activity was asked to stop. */
export type CancelReason =
  | keyof typeof coresdk.activity_task.ActivityCancelReason
  | 'WORKER_SHUTDOWN'
  | 'HEARTBEAT_DETAILS_CONVERSION_FAILED';

type Result = coresdk.activity_result.IActivityExecutionResult;
// biome-ignore lint/suspicious/noExplicitAny: functions of whatever signature
type AnyFunction = ActivityFunction<any[], any>;

/** One attempt of an activity, from its start to its result. */
export class Activity {
  readonly info: Info;
  readonly fn: AnyFunction | undefined;
  readonly dataConverter: LoadedDataConverter;
  readonly serializationContext: ActivitySerializationContext;
  readonly outputTypeInfo: TypeInfo | undefined;
  readonly heartbeatCallback: Context['heartbeat'];
  readonly context: Context;
  /** Asks the activity to stop. It is cancelled once its function ends with the cancellation. */
  readonly cancel: (reason: CancelReason, details: ActivityCancellationDetails) => void;
  readonly abortController: AbortController = new AbortController();
  readonly interceptors: { inbound: ActivityInboundCallsInterceptor[]; outbound: ActivityOutboundCallsInterceptor[] };
  protected cancelReason?: CancelReason;
  protected readonly cancellationDetails: ActivityCancellationDetailsHolder = {};
  private readonly client: Client | undefined;
  /** Logs as the worker, with what is known of this activity. */
  private readonly workerLogger: Logger;
  private readonly metricMeter: MetricMeter;

  constructor(
    info: Info,
    fn: AnyFunction | undefined,
    dataConverter: LoadedDataConverter,
    serializationContext: ActivitySerializationContext,
    outputTypeInfo: TypeInfo | undefined,
    heartbeatCallback: Context['heartbeat'],
    client: Client | undefined,
    workerLogger: Logger,
    workerMetricMeter: MetricMeter,
    interceptors: ActivityInterceptorsFactory[],
  ) {
    this.info = info;
    this.fn = fn;
    this.dataConverter = dataConverter;
    this.serializationContext = serializationContext;
    this.outputTypeInfo = outputTypeInfo;
    this.heartbeatCallback = heartbeatCallback;
    this.client = client;
    this.workerLogger = LoggerWithComposedMetadata.compose(workerLogger, () => this.getLogAttributes());
    this.metricMeter = MetricMeterWithComposedTags.compose(workerMetricMeter, () => this.getMetricTags());
    const cancelled = Promise.withResolvers<never>();
    cancelled.promise.catch(() => undefined);
    this.cancel = (reason, details) => {
      this.cancelReason = reason;
      this.cancellationDetails.details = details;
      const failure = new CancelledFailure(reason);
      this.abortController.abort(failure);
      cancelled.reject(failure);
    };
    this.context = new Context(
      info,
      cancelled.promise,
      this.abortController.signal,
      heartbeatCallback,
      client,
      LoggerWithComposedMetadata.compose(this.workerLogger, { sdkComponent: SdkComponent.activity }),
      this.metricMeter,
      this.cancellationDetails,
    );
    this.interceptors = { inbound: [], outbound: [] };
    for (const factory of interceptors) {
      const { inbound, outbound } = factory(this.context);
      if (inbound) this.interceptors.inbound.push(inbound);
      if (outbound) this.interceptors.outbound.push(outbound);
    }
  }

  protected getLogAttributes(): Record<string, unknown> {
    return composeInterceptors(
      this.interceptors?.outbound ?? [],
      'getLogAttributes',
      (attributes: Record<string, unknown>) => attributes,
    )(activityLogAttributes(this.info));
  }

  protected getMetricTags(): MetricTags {
    const { namespace, taskQueue, activityType } = this.info;
    return composeInterceptors(
      this.interceptors?.outbound ?? [],
      'getMetricTags',
      (tags: MetricTags) => tags,
    )({ namespace, taskQueue, activityType });
  }

  /** Runs the function and says what its end means for the activity. Does not reject for what the function throws. */
  run(input: ActivityExecuteInput): Promise<Result> {
    return asyncLocalStorage.run(this.context, async () => {
      try {
        if (this.fn === undefined) throw new IllegalStateError('Activity function is not defined');
        const value = await this.withClient(this.fn, input);
        const { dataConverter, serializationContext, outputTypeInfo } = this;
        return {
          completed: { result: await encodeToPayload(dataConverter, value, serializationContext, outputTypeInfo) },
        };
      } catch (error) {
        return this.resultOf(error);
      }
    });
  }

  /** Runs a function in this activity's context, and returns or throws what it does. */
  runNoEncoding(fn: AnyFunction, input: ActivityExecuteInput): Promise<unknown> {
    if (this.fn !== undefined) throw new IllegalStateError('Activity function is defined');
    return asyncLocalStorage.run(this.context, () => this.withClient(fn, input));
  }

  /** Calls that the activity makes with the worker's client end with its cancellation. */
  private withClient(fn: AnyFunction, input: ActivityExecuteInput): Promise<unknown> {
    if (!this.client) return this.execute(fn, input);
    return this.client.withAbortSignal(this.abortController.signal, () => this.execute(fn, input));
  }

  // Stack traces of failures are cut off at this method, by its name, and told without the function that ends the chain.
  protected async execute(fn: AnyFunction, input: ActivityExecuteInput): Promise<unknown> {
    const started = performance.now();
    this.workerLogger.debug('Activity started');
    const { inbound } = this.interceptors;
    try {
      const executeNextHandler = async ({ args }: ActivityExecuteInput) => fn(...args);
      const result =
        inbound.length === 0
          ? await fn(...input.args)
          : await composeInterceptors(inbound, 'execute', executeNextHandler)(input);
      this.workerLogger.debug('Activity completed', { durationMs: elapsed(started) });
      return result;
    } catch (error) {
      this.logEnd(error, elapsed(started));
      throw error;
    }
  }

  private logEnd(error: unknown, durationMs: number): void {
    const { cancellationDetails, cancellationSignal } = this.context;
    const log = this.workerLogger;
    if ((error instanceof CancelledFailure || isAbortError(error)) && cancellationSignal.aborted) {
      const { cancelRequested, reset, paused } = cancellationDetails ?? {};
      if (!cancelRequested && reset) log.debug('Activity reset', { durationMs });
      else if (!cancelRequested && paused) log.debug('Activity paused', { durationMs });
      else log.debug('Activity completed as cancelled', { durationMs });
    } else if (error instanceof CompleteAsyncError) {
      log.debug('Activity will complete asynchronously', { durationMs });
    } else {
      const isBenign = error instanceof ApplicationFailure && error.category === ApplicationFailureCategory.BENIGN;
      log[isBenign ? 'debug' : 'warn']('Activity failed', { error, durationMs });
    }
  }

  private async resultOf(error: unknown): Promise<Result> {
    if (error instanceof CompleteAsyncError) return { willCompleteAsync: {} };
    // An activity may fail with application failures only, so what could not be converted is told as one.
    if (this.cancelReason === 'HEARTBEAT_DETAILS_CONVERSION_FAILED')
      return this.failed(ApplicationFailure.retryable(this.cancelReason, 'CancelledFailure'));
    if (this.cancelReason !== undefined) {
      if (error instanceof CancelledFailure) return this.cancelled(error);
      if (isAbortError(error)) return { cancelled: { failure: { source: FAILURE_SOURCE, canceledFailureInfo: {} } } };
    }
    return this.failed(ensureApplicationFailure(error));
  }

  /** The activity gave in. After a pause or reset that is a failure, so that the server goes on with it. */
  private async cancelled(error: CancelledFailure): Promise<Result> {
    const details = this.context.cancellationDetails;
    if (details?.reset) return this.failed(new ApplicationFailure('Activity reset', 'ActivityReset'));
    if (details?.paused) return this.failed(new ApplicationFailure('Activity paused', 'ActivityPause'));
    const failure = await encodeErrorToFailure(this.dataConverter, error, this.serializationContext);
    return { cancelled: { failure: { ...failure, stackTrace: null } } };
  }

  private async failed(error: unknown): Promise<Result> {
    return { failed: { failure: await encodeErrorToFailure(this.dataConverter, error, this.serializationContext) } };
  }
}

const elapsed = (since: number) => Math.floor(performance.now() - since);
