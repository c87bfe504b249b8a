import type { TimeDiagnosis } from '@perdure/server';
import type { Channel } from '@perdure/transport';
import type { DevServerConfig, TimeSkippingServerConfig } from './ephemeral-server.ts';
import { startInProcess } from './in-process-server.ts';
import { startProcess } from './server-process.ts';

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

/** Starts what the configuration asks for. Rejects when that does not come up, with the reason. */
export const startServer = (config: DevServerConfig | TimeSkippingServerConfig): Promise<RunningServer> =>
  config.executable?.type === 'existing-path' ? startProcess(config.executable.path, config) : startInProcess(config);
