import type { DevServerConfig, TimeSkippingServerConfig } from './ephemeral-server.ts';
import { startInProcess } from './in-process-server.ts';
import type { RunningServer } from './running-server.ts';
import { startProcess } from './server-process.ts';

/** Starts what the configuration asks for. Rejects when that does not come up, with the reason. */
export const startServer = (config: DevServerConfig | TimeSkippingServerConfig): Promise<RunningServer> =>
  config.executable?.type === 'existing-path' ? startProcess(config.executable.path, config) : startInProcess(config);
