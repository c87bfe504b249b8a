import { systemSearchAttributes } from '../../host/search-attributes.ts';
import { SERVER_VERSION, supportedClients } from '../client-version.ts';
import type { Handler } from '../context.ts';

/** What this server can do. Clients ask it when they connect. */
export const getSystemInfo: Handler<'GetSystemInfo'> = () => ({
  serverVersion: SERVER_VERSION,
  capabilities: {
    signalAndQueryHeader: true,
    internalErrorDifferentiation: true,
    activityFailureIncludeHeartbeat: true,
    supportsSchedules: true,
    encodedFailureAttributes: true,
    buildIdBasedVersioning: true,
    upsertMemo: true,
    eagerWorkflowStart: true,
    sdkMetadata: true,
    countGroupByExecutionStatus: true,
    nexus: true,
    serverScaledDeployments: true,
  },
});

export const getClusterInfo: Handler<'GetClusterInfo'> = (_request, _call, { cluster }) => ({
  supportedClients,
  serverVersion: SERVER_VERSION,
  clusterId: cluster.id,
  clusterName: cluster.name,
  historyShardCount: 1,
  persistenceStore: 'sqlite',
  visibilityStore: 'sqlite',
  initialFailoverVersion: 1,
  failoverVersionIncrement: 10,
});

/** Deprecated: the search attributes that every namespace has. */
export const getSearchAttributes: Handler<'GetSearchAttributes'> = () => ({
  keys: Object.fromEntries(systemSearchAttributes),
});
