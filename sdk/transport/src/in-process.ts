import type { CallMetadata, CallOptions, Channel } from './channel.ts';
import { GrpcError } from './grpc-error.ts';
import { GrpcMetadata, type MetadataValue } from './grpc-metadata.ts';
import { Status } from './status.ts';
import { encodeStatusDetails, type StatusDetail } from './status-details.ts';

export interface InProcessCallOptions {
  /** Names in lower case; binary metadata is left out. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * What answers calls in this process. It rejects with an error that has a `code`; such an error's `details` are the
 * messages that tell more, and its `headers` metadata for the caller.
 */
export type InProcessCall = (
  service: string,
  method: string,
  body: Uint8Array,
  options: InProcessCallOptions,
) => Promise<Uint8Array>;

/** A channel to a server in the same process: no socket, and the same refusals as over one. */
export function inProcessChannel(call: InProcessCall): Channel {
  let closed = false;
  return {
    async unary(path, request, options = {}) {
      if (closed) throw new GrpcError(Status.UNAVAILABLE, 'The channel has been closed');
      const slash = path.lastIndexOf('/');
      try {
        return await call(path.slice(1, slash), path.slice(slash + 1), request, carried(options));
      } catch (error) {
        throw asGrpcError(error);
      }
    },
    close() {
      closed = true;
    },
  };
}

function carried({ metadata, deadline, signal }: CallOptions): InProcessCallOptions {
  return {
    ...(metadata !== undefined && { metadata: textOnly(metadata) }),
    ...(deadline !== undefined && Number.isFinite(deadline) && { deadlineMs: deadline - Date.now() }),
    ...(signal !== undefined && { signal }),
  };
}

function textOnly(metadata: CallMetadata): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of Object.keys(metadata)) {
    const value = metadata[name];
    if (typeof value === 'string' && !name.endsWith('-bin')) texts[name.toLowerCase()] = value;
  }
  return texts;
}

interface Refusal {
  readonly code: number;
  readonly message: string;
  readonly details?: readonly StatusDetail[];
  readonly headers?: Readonly<Record<string, string>>;
}

const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && 'code' in error && typeof error.code === 'number';

function asGrpcError(error: unknown): GrpcError {
  if (error instanceof GrpcError) return error;
  if (!isRefusal(error)) {
    const text = error instanceof Error ? error.message : String(error);
    return new GrpcError(Status.UNKNOWN, text, undefined, { cause: error });
  }
  const { code, message, details = [], headers = {} } = error;
  const metadata: [string, MetadataValue[]][] = Object.entries(headers).map(([name, value]) => [name, [value]]);
  if (details.length > 0) metadata.push(['grpc-status-details-bin', [encodeStatusDetails({ code, message, details })]]);
  return new GrpcError(code, message, new GrpcMetadata(metadata));
}
