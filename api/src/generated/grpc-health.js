// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const HealthCheckResponse_ServingStatus = {
  UNKNOWN: 0,
  SERVING: 1,
  NOT_SERVING: 2,
  SERVICE_UNKNOWN: 3,
};

export const HealthCheckRequest = codec('grpc.health.v1.HealthCheckRequest');

export const HealthCheckResponse = codec('grpc.health.v1.HealthCheckResponse');

export const Health = {
  name: 'grpc.health.v1.Health',
  methods: {
    Check: {
      name: 'Check',
      request: HealthCheckRequest,
      response: HealthCheckResponse,
      http: [],
    },
    Watch: {
      name: 'Watch',
      request: HealthCheckRequest,
      response: HealthCheckResponse,
      responseStream: true,
      http: [],
    },
  },
};
