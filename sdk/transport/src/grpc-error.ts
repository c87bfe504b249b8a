import { GrpcMetadata } from './grpc-metadata.ts';
import { statusName } from './status.ts';

/** Why a call failed: the peer's refusal, or what became of the call on its way. */
export class GrpcError extends Error {
  override readonly name: string = 'GrpcError';
  /** One of `Status`, unless the peer sent a code that gRPC does not have. */
  readonly code: number;
  /** The peer's text, or what went wrong on this side. */
  readonly details: string;
  readonly metadata: GrpcMetadata;

  constructor(code: number, details: string, metadata: GrpcMetadata = new GrpcMetadata(), options?: ErrorOptions) {
    super(`${code} ${statusName(code)}: ${details}`, options);
    this.code = code;
    this.details = details;
    this.metadata = metadata;
  }
}
