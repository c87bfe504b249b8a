import type { MetadataValue } from '@grpc/grpc-js';

/** Metadata of calls: bytes for names that end in `-bin`, text for all others. */
export type Metadata = Record<string, MetadataValue>;

/** What holds for the calls that are made in a scope. */
export interface CallContext {
  /** A point in time, as a `Date` or in milliseconds since the epoch. */
  deadline?: number | Date;
  metadata?: Metadata;
  abortSignal?: AbortSignal;
}
