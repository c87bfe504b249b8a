import type { CallOptions, Channel } from '@perdure/transport';
import { GrpcError, statusName } from '@perdure/transport';
import { isLongPoll, methodName } from './connection-calls.ts';
import type { CoreMeter } from './telemetry/core-meter.ts';

/** What metrics of a call are tagged with, apart from its method and its namespace. */
export interface MeasuredCallOptions extends CallOptions {
  readonly taskQueue?: string | undefined;
}

export interface MeasuredChannel extends Channel {
  unary(method: string, request: Uint8Array, options?: MeasuredCallOptions): Promise<Uint8Array>;
}

interface Measuring {
  /** Asked each time: with the runtime that it belongs to, the meter ends. */
  readonly meter: () => CoreMeter;
  readonly disableErrorCodeTags: boolean;
}

/** The channel, with a record of how many calls there were, how long they took and how many failed. */
export function measured(channel: Channel, measuring: Measuring): MeasuredChannel {
  const scopes = createScopes();
  return {
    unary(path, request, options = {}) {
      const meter = measuring.meter();
      return meter.enabled
        ? measure(channel, scopes(meter, path, options), measuring, path, request, options)
        : channel.unary(path, request, options);
    },
    close: () => channel.close(),
  };
}

async function measure(
  channel: Channel,
  scope: CoreMeter,
  { disableErrorCodeTags }: Measuring,
  path: string,
  request: Uint8Array,
  options: MeasuredCallOptions,
): Promise<Uint8Array> {
  const long = isLongPoll(path, request);
  scope.add(long ? 'long_request' : 'request');
  const began = performance.now();
  try {
    return await channel.unary(path, request, options);
  } catch (error) {
    const failures =
      error instanceof GrpcError && !disableErrorCodeTags ? scope.with({ status_code: statusName(error.code) }) : scope;
    failures.add(long ? 'long_request_failure' : 'request_failure');
    throw error;
  } finally {
    scope.time(long ? 'long_request_latency' : 'request_latency', performance.now() - began);
  }
}

/** Meters by what their calls have in common, so that it is worked out once. */
function createScopes(): (meter: CoreMeter, path: string, options: MeasuredCallOptions) => CoreMeter {
  let current: CoreMeter | undefined;
  const scopes = new Map<string, CoreMeter>();
  return (meter, path, { metadata, taskQueue }) => {
    if (current !== meter) scopes.clear();
    current = meter;
    const namespace = metadata?.['temporal-namespace'];
    const key = `${path}\n${String(namespace)}\n${taskQueue}`;
    let scope = scopes.get(key);
    if (scope === undefined) {
      scope = meter.with({
        operation: methodName(path),
        ...(typeof namespace === 'string' && { namespace }),
        ...(taskQueue !== undefined && { task_queue: taskQueue }),
      });
      scopes.set(key, scope);
    }
    return scope;
  };
}
