/**
 * What Activities are written with. An Activity is a function that returns a promise; it needs this package only if it wants
 * to know about itself, send heartbeats, notice that it was cancelled, log or record metrics.
 *
 * ```ts
 * import { heartbeat, sleep } from '@perdure/activity';
 *
 * export async function countTo(end: number): Promise<number> {
 *   for (let n = activityInfo().heartbeatDetails ?? 0; n < end; n++) {
 *     heartbeat(n);
 *     await sleep('1 second');
 *   }
 *   return end;
 * }
 * ```
 * @module
 */
import type { Client } from '@perdure/client';
import type {
  ActivityCancellationDetails,
  ActivityDefinitionOptions,
  ActivityFunction,
  Duration,
  Logger,
  MetricMeter,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { Context } from './context.ts';
import type { Info } from './info.ts';

export {
  type ActivityDefinitionOptions,
  type ActivityFunction,
  type ActivityInterface,
  type ActivityTypeInfoMap,
  ApplicationFailure,
  CancelledFailure,
  CompleteAsyncError,
  type UntypedActivities,
} from '@perdure/common';
export { asyncLocalStorage, Context } from './context.ts';
export type { Info } from './info.ts';

/**
 * Attaches options to an Activity function, for the worker to find.
 *
 * @experimental
 */
export function setActivityOptions<Args extends Any[], ReturnType>(
  options: ActivityDefinitionOptions,
  fn: ActivityFunction<Args, ReturnType>,
): void {
  Object.assign(fn, { activityDefinitionOptions: options });
}

// Each of these asks for the context when it is called, so that it can be imported outside of any Activity.

/** What there is to know about the Activity. */
export function activityInfo(): Info {
  return Context.current().info;
}

/** See {@link Context.sleep}. */
export function sleep(ms: Duration): Promise<void> {
  return Context.current().sleep(ms);
}

/** See {@link Context.heartbeat}. */
export function heartbeat(details?: unknown): void {
  Context.current().heartbeat(details);
}

/** See {@link Context.cancelled}. */
export function cancelled(): Promise<never> {
  return Context.current().cancelled;
}

/** See {@link Context.cancellationDetails}. */
export function cancellationDetails(): ActivityCancellationDetails | undefined {
  return Context.current().cancellationDetails;
}

/** See {@link Context.cancellationSignal}. */
export function cancellationSignal(): AbortSignal {
  return Context.current().cancellationSignal;
}

/** See {@link Context.client}. */
export function getClient(): Client {
  return Context.current().client;
}

/** See {@link Context.log}. */
export const log: Logger = {
  log: (level, message, meta) => Context.current().log.log(level, message, meta),
  trace: (message, meta) => Context.current().log.trace(message, meta),
  debug: (message, meta) => Context.current().log.debug(message, meta),
  info: (message, meta) => Context.current().log.info(message, meta),
  warn: (message, meta) => Context.current().log.warn(message, meta),
  error: (message, meta) => Context.current().log.error(message, meta),
};

/**
 * See {@link Context.metricMeter}.
 *
 * @experimental
 */
export const metricMeter: MetricMeter = {
  createCounter: (...args) => Context.current().metricMeter.createCounter(...args),
  createHistogram: (...args) => Context.current().metricMeter.createHistogram(...args),
  createGauge: (...args) => Context.current().metricMeter.createGauge(...args),
  withTags: (tags) => Context.current().metricMeter.withTags(tags),
};
