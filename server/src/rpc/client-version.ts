import { ClientVersionNotSupportedFailure, ServerVersionNotSupportedFailure } from '@perdure/api/errordetails';
import { Code, invalidArgument, ServiceError } from '../kernel/errors.ts';
import { parseRange, parseVersion, VersionError } from './semantic-version.ts';
import type { Call } from './transport/contract.ts';

/** The release of the reference server that this one answers like. Clients decide by it what they may ask for. */
export const SERVER_VERSION = '1.32.0';

/** Clients that are known, and which of their versions are let in. Any other client is. */
export const supportedClients: Readonly<Record<string, string>> = {
  'temporal-go': '<2.0.0',
  'temporal-java': '<2.0.0',
  'temporal-php': '<2.0.0',
  'temporal-server': '<2.0.0',
  'temporal-typescript': '<2.0.0',
  'temporal-cli': '<2.0.0',
  'temporal-ui': '<3.0.0',
  'Nexus-go-sdk': '<2.0.0',
};

const serverVersion = parseVersion(SERVER_VERSION);

/** Distinct combinations of headers that are remembered as good. A server meets few; a hostile client could make many. */
const REMEMBERED = 256;

/**
 * Refuses clients that are too new for the server, or find the server too old or too new, by their headers
 * `client-name`, `client-version` and `supported-server-versions`. Holds for every call.
 */
export function createClientCheck(): (call: Call) => void {
  const good = new Set<string>();
  // Nearly every call comes from the same kind of client as the one before, and a key costs more than comparing.
  let last = { name: '', version: '', servers: '' };
  return ({ metadata }) => {
    const name = metadata.get('client-name') ?? '';
    const version = metadata.get('client-version') ?? '';
    const servers = metadata.get('supported-server-versions') ?? '';
    if (name === last.name && version === last.version && servers === last.servers) return;
    last = letIn(name, version, servers);
  };

  function letIn(name: string, version: string, servers: string): typeof last {
    const key = `${name}\n${version}\n${servers}`;
    if (!good.has(key)) {
      checkClient(name, version);
      checkServers(servers);
      if (good.size < REMEMBERED) good.add(key);
    }
    return { name, version, servers };
  }
}

function checkClient(clientName: string, clientVersion: string): void {
  const supportedVersions = Object.hasOwn(supportedClients, clientName) ? supportedClients[clientName] : undefined;
  if (supportedVersions === undefined || clientVersion === '') return;
  const version = parsed('client version', parseVersion, clientVersion);
  if (parseRange(supportedVersions)(version)) return;
  throw new ServiceError(
    Code.FAILED_PRECONDITION,
    `Client version ${clientVersion} is not supported. Server supports ${clientName} versions: ${supportedVersions}`,
    [
      {
        typeName: ClientVersionNotSupportedFailure.typeName,
        value: ClientVersionNotSupportedFailure.encode({ clientName, clientVersion, supportedVersions }),
      },
    ],
  );
}

function checkServers(clientSupportedServerVersions: string): void {
  if (clientSupportedServerVersions === '') return;
  const range = parsed('supported server versions', parseRange, clientSupportedServerVersions);
  if (range(serverVersion)) return;
  throw new ServiceError(
    Code.FAILED_PRECONDITION,
    `Server version ${SERVER_VERSION} is not supported. Client supports server versions: ${clientSupportedServerVersions}`,
    [
      {
        typeName: ServerVersionNotSupportedFailure.typeName,
        value: ServerVersionNotSupportedFailure.encode({
          serverVersion: SERVER_VERSION,
          clientSupportedServerVersions,
        }),
      },
    ],
  );
}

function parsed<T>(what: string, parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof VersionError) throw invalidArgument(`Unable to parse ${what}: ${error.message}`);
    throw error;
  }
}
