import type { HealthCheckResponse_ServingStatus as ServingStatus } from '@perdure/api/grpc-health';
import {
  HealthCheckRequest,
  HealthCheckResponse,
  Health as HealthService,
  HealthCheckResponse_ServingStatus as Status,
} from '@perdure/api/grpc-health';
import { Code, ServiceError, unimplemented } from '../kernel/errors.ts';
import { decodeRequest } from './decode-request.ts';
import type { Dispatch, StreamingMethod } from './transport/contract.ts';

/** The names that health can be asked of; `''` is the server as a whole. */
const serviceNames: ReadonlySet<string> = new Set([
  '',
  'temporal.api.workflowservice.v1.WorkflowService',
  'temporal.api.operatorservice.v1.OperatorService',
  'temporal.api.adminservice.v1.AdminService',
]);

/** Whether the server takes calls. All of its services share one state. */
export interface Health {
  readonly serving: boolean;
  set(serving: boolean): void;
  /** Calls `onChange` after each change until the returned function is called. */
  watch(onChange: () => void): () => void;
}

export function createHealth(serving = true): Health {
  const watchers = new Set<() => void>();
  let current = serving;
  return {
    get serving() {
      return current;
    },
    set(next) {
      if (next === current) return;
      current = next;
      for (const onChange of watchers) onChange();
    },
    watch(onChange) {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
}

/** Answers the unary calls of `grpc.health.v1.Health`, which is `Check` alone. */
export function answerHealth(health: Health): Dispatch {
  return (call) => {
    if (call.method !== 'Check') throw unimplemented(`unknown method ${call.method} for service ${call.service}`);
    const { service } = decodeRequest(HealthCheckRequest, call.body);
    const status = statusOf(health, service);
    if (status === Status.SERVICE_UNKNOWN) throw new ServiceError(Code.NOT_FOUND, 'unknown service');
    return HealthCheckResponse.encode({ status });
  };
}

/**
 * `grpc.health.v1.Health/Watch`: the status now and after each change, until the caller goes. An unknown service is no
 * error here, as the protocol wants it. When the listener closes, the last word is NOT_SERVING.
 */
export function healthWatch(health: Health): StreamingMethod {
  return {
    service: HealthService.name,
    method: 'Watch',
    async *answer(requests, signal) {
      const { service } = decodeRequest(HealthCheckRequest, await first(requests));
      let changed = Promise.withResolvers<void>();
      const wake = (): void => changed.resolve();
      const unwatch = health.watch(wake);
      signal.addEventListener('abort', wake);
      try {
        for (let sent: ServingStatus | undefined; !signal.aborted; ) {
          const status = statusOf(health, service);
          if (status !== sent) yield HealthCheckResponse.encode({ status });
          sent = status;
          // A change during the `yield` has already resolved it.
          await changed.promise;
          changed = Promise.withResolvers();
        }
        if (serviceNames.has(service)) yield HealthCheckResponse.encode({ status: Status.NOT_SERVING });
        throw new ServiceError(Code.UNAVAILABLE, 'the server is shutting down');
      } finally {
        unwatch();
        signal.removeEventListener('abort', wake);
      }
    },
  };
}

function statusOf(health: Health, service: string): ServingStatus {
  if (!serviceNames.has(service)) return Status.SERVICE_UNKNOWN;
  return health.serving ? Status.SERVING : Status.NOT_SERVING;
}

async function first(requests: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const request of requests) return request;
  throw new ServiceError(Code.UNIMPLEMENTED, 'a watch needs a request');
}
