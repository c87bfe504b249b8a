import { createRequire } from 'node:module';

type GrpcJs = typeof import('@grpc/grpc-js');

const require = createRequire(import.meta.url);
let loaded: GrpcJs | undefined;

/**
 * The grpc-js library, loaded when it is first asked for: only connections with an option that nothing else understands
 * need it, and it costs more to load than all of the client.
 */
export function grpcJs(): GrpcJs {
  loaded ??= require('@grpc/grpc-js') as GrpcJs;
  return loaded;
}
