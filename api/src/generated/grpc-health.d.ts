// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type { Method } from '../service.ts';

export declare const HealthCheckResponse_ServingStatus: {
  readonly UNKNOWN: 0;
  readonly SERVING: 1;
  readonly NOT_SERVING: 2;
  readonly SERVICE_UNKNOWN: 3;
};
export type HealthCheckResponse_ServingStatus = (typeof HealthCheckResponse_ServingStatus)[keyof typeof HealthCheckResponse_ServingStatus];

export interface HealthCheckRequest {
  service: string;
}
export declare const HealthCheckRequest: Codec<HealthCheckRequest>;

export interface HealthCheckResponse {
  status: HealthCheckResponse_ServingStatus;
}
export declare const HealthCheckResponse: Codec<HealthCheckResponse>;

export declare const Health: {
  readonly name: 'grpc.health.v1.Health';
  readonly methods: {
    readonly Check: Method<'Check', HealthCheckRequest, HealthCheckResponse>;
    readonly Watch: Method<'Watch', HealthCheckRequest, HealthCheckResponse>;
  };
};
