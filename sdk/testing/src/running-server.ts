import type { TimeDiagnosis } from '@perdure/server';
import type { Channel } from '@perdure/transport';

/** A server that an environment started, and stops. */
export interface RunningServer {
  /** Where it listens. */
  readonly address: string;
  /** A way to it without a socket, each time a new one; undefined when it is another process. */
  readonly channel: (() => Channel) | undefined;
  /** Why time is not skipped; null when it never is, undefined when another process would have to be asked. */
  diagnose(): TimeDiagnosis | null | undefined;
  stop(): Promise<void>;
}
