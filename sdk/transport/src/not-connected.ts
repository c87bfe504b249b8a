import { GrpcError } from './grpc-error.ts';
import { Status } from './status.ts';

/** There is no connection, so nothing of the call has reached the server. */
export class NotConnectedError extends GrpcError {
  constructor(details: string, cause: unknown) {
    super(Status.UNAVAILABLE, details, undefined, { cause });
  }
}
