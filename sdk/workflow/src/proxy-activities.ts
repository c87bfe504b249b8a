import type { ActivityFunction, ActivityTypeInfoMap, PayloadTypeInfo, UntypedActivities } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { deepMerge } from '@perdure/common/lib/internal-workflow';
import type { ActivityOptions, LocalActivityOptions } from './activities.ts';
import { scheduleActivity, validateTimeouts } from './schedule-activity.ts';
import { scheduleLocalActivity } from './schedule-local-activity.ts';

/** Stands, in the type of a proxy, where the given type has something that cannot be an activity. */
export const NotAnActivityMethod: unique symbol = Symbol.for('__TEMPORAL_NOT_AN_ACTIVITY_METHOD') as never;

/** The activities of a type, each callable from a workflow. */
export type ActivityInterfaceFor<T> = {
  [K in keyof T]: T[K] extends ActivityFunction ? ActivityFunctionWithOptions<T[K]> : typeof NotAnActivityMethod;
};

/** The local activities of a type, each callable from a workflow. */
export type LocalActivityInterfaceFor<T> = {
  [K in keyof T]: T[K] extends ActivityFunction ? LocalActivityFunctionWithOptions<T[K]> : typeof NotAnActivityMethod;
};

/** @experimental */
export interface ActivityProxyOptions<A = UntypedActivities> extends ActivityOptions {
  /** By activity, how arguments and result are converted. */
  activityTypeInfo?: ActivityTypeInfoMap<A> | undefined;
}

/** @experimental */
export interface LocalActivityProxyOptions<A = UntypedActivities> extends LocalActivityOptions {
  /** By activity, how arguments and result are converted. */
  activityTypeInfo?: ActivityTypeInfoMap<A> | undefined;
}

export type ActivityFunctionWithOptions<T extends ActivityFunction> = T & {
  /**
   * Calls the activity with options over those of the proxy.
   *
   * @experimental
   */
  executeWithOptions(options: ActivityOptions, args: Parameters<T>): Promise<Awaited<ReturnType<T>>>;
};

export type LocalActivityFunctionWithOptions<T extends ActivityFunction> = T & {
  /**
   * Calls the local activity with options over those of the proxy.
   *
   * @experimental
   */
  executeWithOptions(options: LocalActivityOptions, args: Parameters<T>): Promise<Awaited<ReturnType<T>>>;
};

/**
 * Makes functions that run activities, whatever their names: `const { charge } = proxyActivities<typeof activities>({
 * startToCloseTimeout: '1 minute' })`. Throws a `TypeError` if neither `startToCloseTimeout` nor
 * `scheduleToCloseTimeout` is given.
 */
export function proxyActivities<A = UntypedActivities>(options: ActivityProxyOptions<A>): ActivityInterfaceFor<A> {
  return proxyOf(options, scheduleActivity) as ActivityInterfaceFor<A>;
}

/**
 * Makes functions that run local activities: on this worker, without a task of their own, known to the history only when
 * they are over. Throws a `TypeError` if neither `startToCloseTimeout` nor `scheduleToCloseTimeout` is given.
 */
export function proxyLocalActivities<A = UntypedActivities>(
  options: LocalActivityProxyOptions<A>,
): LocalActivityInterfaceFor<A> {
  return proxyOf(options, scheduleLocalActivity) as LocalActivityInterfaceFor<A>;
}

type Options = ActivityOptions | LocalActivityOptions;
type ProxyOptions<O extends Options> = O & { activityTypeInfo?: unknown };
type Schedule<O extends Options> = (type: string, args: Any[], options: O, typeInfo?: PayloadTypeInfo) => Promise<Any>;

function proxyOf<O extends Options>(proxyOptions: ProxyOptions<O>, schedule: Schedule<O>): object {
  if (proxyOptions === undefined) throw new TypeError('options must be defined');
  validateTimeouts(proxyOptions);
  const handler: Handler<O> = { proxyOptions, schedule, get: getActivity };
  return new Proxy({}, handler);
}

type Handler<O extends Options> = {
  readonly proxyOptions: ProxyOptions<O>;
  readonly schedule: Schedule<O>;
  get(target: object, name: string | symbol): unknown;
};

function getActivity<O extends Options>(this: Handler<O>, _: object, name: string | symbol): unknown {
  return proxiedActivity(name, this.proxyOptions, this.schedule);
}

function proxiedActivity<O extends Options>(
  name: string | symbol,
  proxyOptions: ProxyOptions<O>,
  schedule: Schedule<O>,
) {
  if (typeof name !== 'string') {
    throw new TypeError(`Only strings are supported for Activity types, got: ${String(name)}`);
  }
  // Not destructured before the call, for the options may be changed after the proxy was made.
  const parts = () => {
    const { activityTypeInfo, ...options } = proxyOptions;
    const typeInfo = (activityTypeInfo as Record<string, PayloadTypeInfo> | undefined)?.[name];
    return { options: options as unknown as O, typeInfo };
  };
  const call = (...args: Any[]) => {
    const { options, typeInfo } = parts();
    return schedule(name, args, options, typeInfo);
  };
  const executeWithOptions = (overrides: Partial<O>, args: Any[]) => {
    const { options, typeInfo } = parts();
    return schedule(name, args, deepMerge(options, overrides), typeInfo);
  };
  return Object.assign(call, { executeWithOptions });
}
