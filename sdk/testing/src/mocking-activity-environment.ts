import { EventEmitter } from 'node:events';
import type { Context, Info } from '@perdure/activity';
import type { Client } from '@perdure/client';
import {
  ActivityCancellationDetails,
  type ActivityFunction,
  defaultFailureConverter,
  defaultPayloadConverter,
  type Logger,
  type MetricMeter,
  noopMetricMeter,
  SdkComponent,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { LoggerWithComposedMetadata } from '@perdure/common/lib/logger';
import { type ActivityInterceptorsFactory, DefaultLogger } from '@perdure/worker';
import { Activity, type CancelReason } from '@perdure/worker/lib/activity';

export interface MockActivityEnvironmentOptions {
  /** What the activity and its calls go through. */
  interceptors?: ActivityInterceptorsFactory[];
  /** Where the activity logs to. Default: standard error, from INFO on. */
  logger?: Logger;
  /** Where its metrics go. Default: nowhere. */
  metricMeter?: MetricMeter;
  /** The client that the activity can ask for. Default: none. */
  client?: Client;
}

/**
 * Runs activities without a worker. They see a context as in a worker; the environment emits `heartbeat` with the details
 * of every heartbeat, and can cancel them.
 *
 * There is one context for everything that is run in an environment: what is run after `cancel` finds itself cancelled.
 */
export class MockActivityEnvironment extends EventEmitter {
  /** Cancels what runs. Default: `'CANCELLED'`, as by a request to cancel the activity. */
  cancel: (reason?: CancelReason, details?: ActivityCancellationDetails) => void;
  readonly context: Context;
  private readonly activity: Activity;

  /** `info`: what the activity finds about itself, instead of the defaults of {@link defaultActivityInfo}. */
  constructor(info?: Partial<Info>, opts?: MockActivityEnvironmentOptions) {
    super();
    const all: Info = { ...defaultActivityInfo, ...info };
    this.activity = new Activity(
      all,
      undefined,
      { payloadConverter: defaultPayloadConverter, payloadCodecs: [], failureConverter: defaultFailureConverter },
      {
        type: 'activity',
        namespace: all.namespace,
        activityId: all.activityId,
        isLocal: all.isLocal,
        ...(all.workflowExecution && { workflowId: all.workflowExecution.workflowId }),
      },
      undefined,
      (details) => void this.emit('heartbeat', details),
      opts?.client,
      LoggerWithComposedMetadata.compose(opts?.logger ?? new DefaultLogger(), { sdkComponent: SdkComponent.worker }),
      opts?.metricMeter ?? noopMetricMeter,
      opts?.interceptors ?? [],
    );
    this.context = this.activity.context;
    this.cancel = (reason = 'CANCELLED', details = new ActivityCancellationDetails({ cancelRequested: true })) =>
      this.activity.cancel(reason, details);
  }

  /** Runs a function as an activity, and gives what it returns or throws. */
  async run<P extends Any[], R, F extends ActivityFunction<P, R>>(fn: F, ...args: P): Promise<R> {
    return (await this.activity.runNoEncoding(fn, { args, headers: {} })) as R;
  }
}

const token = Buffer.from('test');

/** What an activity finds about itself in a {@link MockActivityEnvironment}, where it is not told otherwise. */
export const defaultActivityInfo: Info = {
  activityId: 'test',
  activityNamespace: 'default',
  activityRunId: undefined,
  activityType: 'unknown',
  attempt: 1,
  base64TaskToken: token.toString('base64'),
  currentAttemptScheduledTimestampMs: 1,
  heartbeatDetails: undefined,
  heartbeatTimeoutMs: undefined,
  inWorkflow: true,
  isLocal: false,
  namespace: 'test',
  priority: undefined,
  retryPolicy: undefined,
  scheduleToCloseTimeoutMs: 1000,
  scheduledTimestampMs: 1,
  startToCloseTimeoutMs: 1000,
  taskQueue: 'test',
  taskToken: token,
  workflowExecution: { workflowId: 'test', runId: '00000000-0000-0000-0000-000000000000' },
  workflowNamespace: 'default',
  workflowType: 'test',
};
