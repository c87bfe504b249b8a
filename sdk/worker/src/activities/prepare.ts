/** From a task to an activity that can be run, or the failure that says why it cannot. */
import type { Context, Info } from '@perdure/activity';
import type { Client } from '@perdure/client';
import {
  type ActivityFunction,
  type ActivitySerializationContext,
  ApplicationFailure,
  ensureApplicationFailure,
  isActivityFunctionWithOptions,
  type LoadedDataConverter,
  type Logger,
  type MetricMeter,
} from '@perdure/common';
import { decodeArrayFromPayloads, encodeErrorToFailure } from '@perdure/common/lib/internal-non-workflow';
import { errorMessage } from '@perdure/common/lib/type-helpers';
import { Activity } from '../activity.ts';
import { activityLogAttributes } from '../activity-log-attributes.ts';
import type { ActivityExecuteInput, ActivityInterceptorsFactory } from '../interceptors.ts';
import { type ActivityStorage, refuseReferences } from './external-storage.ts';
import { type ActivityPlace, activityInfo, serializationContextOf } from './info.ts';
import type { ActivityResult, ActivityStart } from './start.ts';

/** What activities of a worker have in common. */
export interface ActivityEnvironment extends ActivityPlace {
  readonly activities: ReadonlyMap<string, ActivityFunction>;
  readonly converter: LoadedDataConverter;
  readonly storage: ActivityStorage | undefined;
  readonly interceptors: ActivityInterceptorsFactory[];
  readonly logger: Logger;
  readonly metricMeter: MetricMeter;
  /** The worker's client: made when first asked for. */
  client(): Client | undefined;
}

export type Prepared =
  | { readonly kind: 'ready'; readonly activity: Activity; readonly input: ActivityExecuteInput }
  | { readonly kind: 'refused'; readonly result: ActivityResult };

/** @param heartbeat Called with what the activity gives to `heartbeat`. */
export async function prepareActivity(
  environment: ActivityEnvironment,
  taskToken: Uint8Array,
  start: ActivityStart,
  heartbeat: (activity: Activity, details: unknown) => void,
): Promise<Prepared> {
  const { converter, namespace, logger } = environment;
  const context = serializationContextOf(start, namespace);
  let info: Info | undefined;
  try {
    if (environment.storage) await environment.storage.retrieve(start);
    else refuseReferences(start);
    info = await activityInfo(taskToken, start, environment, converter, context);
    const fn = functionFor(info.activityType, environment.activities);
    const typeInfo = isActivityFunctionWithOptions(fn) ? fn.activityDefinitionOptions.typeInfo : undefined;
    const args = await decodeArguments(start, converter, context, typeInfo?.inputTypes);
    const activity: Activity = new Activity(
      info,
      fn,
      converter,
      context,
      typeInfo?.outputType,
      ((details) => heartbeat(activity, details)) as Context['heartbeat'],
      environment.client(),
      logger,
      environment.metricMeter,
      environment.interceptors,
    );
    return { kind: 'ready', activity, input: { args, headers: start.headerFields ?? {} } };
  } catch (error) {
    const failure = ensureApplicationFailure(error);
    logger.error(`Error while processing ActivityTask.start: ${errorMessage(failure)}`, {
      ...(info && activityLogAttributes(info)),
      error,
      activityId: start.activityId,
      activityType: start.activityType,
    });
    return {
      kind: 'refused',
      result: { failed: { failure: await encodeErrorToFailure(converter, failure, context) } },
    };
  }
}

function functionFor(activityType: string, activities: ReadonlyMap<string, ActivityFunction>): ActivityFunction {
  const fn = activities.get(activityType) ?? activities.get('default');
  if (fn !== undefined) return fn;
  const available = JSON.stringify([...activities.keys()]);
  throw ApplicationFailure.create({
    type: 'NotFoundError',
    message: `Activity function ${activityType} is not registered on this Worker, available activities: ${available}`,
    nonRetryable: false,
  });
}

async function decodeArguments(
  { activityType, input }: ActivityStart,
  converter: LoadedDataConverter,
  context: ActivitySerializationContext,
  types: Parameters<typeof decodeArrayFromPayloads>[3],
): Promise<unknown[]> {
  try {
    return await decodeArrayFromPayloads(converter, input, context, types);
  } catch (error) {
    throw ApplicationFailure.fromError(error as Error, {
      message: `Failed to parse activity args for activity ${activityType}: ${errorMessage(error)}`,
      nonRetryable: false,
    });
  }
}
