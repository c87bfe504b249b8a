import type { Any } from './any.ts';
import type { ActivityFunction } from './interfaces.ts';
import type { PayloadTypeInfo } from './type-info.ts';

/**
 * What `setActivityOptions` attaches to an Activity function.
 *
 * @experimental
 */
export interface ActivityDefinitionOptions {
  /** How the Activity's arguments and result are converted. */
  typeInfo?: PayloadTypeInfo | undefined;
}

type ActivityKeys<A> = {
  [K in keyof A & string]: A[K] extends ActivityFunction ? K : never;
}[keyof A & string];

/**
 * Type infos by Activity name.
 *
 * @experimental
 */
export type ActivityTypeInfoMap<A> = Partial<Record<ActivityKeys<A>, PayloadTypeInfo>>;

/**
 * An Activity function that has definition options.
 *
 * @experimental
 */
export interface ActivityFunctionWithOptions<Args extends Any[] = Any[], ReturnType = Any>
  extends ActivityFunction<Args, ReturnType> {
  activityDefinitionOptions: ActivityDefinitionOptions;
}

/** @experimental */
export function isActivityFunctionWithOptions(value: unknown): value is ActivityFunctionWithOptions<Any[], Any> {
  if (typeof value !== 'function' || !Object.hasOwn(value, 'activityDefinitionOptions')) return false;
  const { activityDefinitionOptions } = value as { activityDefinitionOptions?: unknown };
  return typeof activityDefinitionOptions === 'object' && activityDefinitionOptions !== null;
}
