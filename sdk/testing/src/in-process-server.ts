import { inProcessChannel } from '@perdure/transport';
import { searchAttributeArguments } from './command-line.ts';
import type { DevServerConfig, TimeSkippingServerConfig } from './ephemeral-server.ts';
import { readExtraArgs } from './extra-args.ts';
import type { RunningServer } from './running-server.ts';

/** Those that the official test server comes with. */
const attributesOfTestServer = {
  CustomStringField: 'Text',
  CustomTextField: 'Text',
  CustomKeywordField: 'Keyword',
  CustomIntField: 'Int',
  CustomDoubleField: 'Double',
  CustomBoolField: 'Bool',
  CustomDatetimeField: 'Datetime',
};

/** Ten years: a test that sleeps for months wants to look at what ended before. The official one forgets nothing. */
const retentionOfTestServer = 3650 * 24 * 3_600_000;

/** Starts a server in this process. It listens as well, so that others can reach it at the environment's address. */
export async function startInProcess(config: DevServerConfig | TimeSkippingServerConfig): Promise<RunningServer> {
  // Loaded only where a server is started: an environment on an existing one does without.
  const { readDynamicConfig, startServer } = await import('@perdure/server');
  const extra = readExtraArgs(config.extraArgs ?? []);
  const { limits } = readDynamicConfig(extra.dynamicConfig);
  const server = await startServer({
    port: config.port ?? 0,
    limits,
    ...(config.type === 'dev-server'
      ? {
          ip: config.ip === undefined || config.ip === 'localhost' ? '127.0.0.1' : config.ip,
          namespaces: [config.namespace ?? 'default', ...extra.namespaces],
          searchAttributes: { ...searchAttributeArguments(config.searchAttributes), ...extra.searchAttributes },
          ...(config.dbFilename !== undefined && { db: config.dbFilename }),
        }
      : {
          timeSkipping: true,
          anyNamespace: true,
          retention: retentionOfTestServer,
          namespaces: extra.namespaces,
          searchAttributes: { ...attributesOfTestServer, ...extra.searchAttributes },
        }),
  });
  return {
    address: server.address,
    channel: () => inProcessChannel(server.call),
    diagnose: server.diagnoseTime,
    stop: server.close,
  };
}
