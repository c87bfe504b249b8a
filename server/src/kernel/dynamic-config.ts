import type { CallbackAddress, Limits } from './limits.ts';

/** How a setting's JSON value becomes ours: a whole number, a duration in ms, true and false, or a list of addresses. */
type Kind = 'count' | 'duration' | 'flag' | 'addresses';

/** Settings by the names they have in the reference, which are looked up without regard to case. */
const settings: Readonly<Record<string, readonly [keyof Limits, Kind]>> = {
  'limit.maxIDLength': ['maxIdLength', 'count'],
  'limit.blobSize.error': ['blobSizeError', 'count'],
  'limit.memoSize.error': ['memoSizeError', 'count'],
  'limit.historySize.error': ['historySizeError', 'count'],
  'limit.historyCount.error': ['historyCountError', 'count'],
  'limit.historySize.suggestContinueAsNew': ['historySizeSuggestContinueAsNew', 'count'],
  'limit.historyCount.suggestContinueAsNew': ['historyCountSuggestContinueAsNew', 'count'],
  'limit.mutableStateSize.error': ['mutableStateSizeError', 'count'],
  'system.transactionSizeLimit': ['transactionSize', 'count'],
  'limit.numPendingActivities.error': ['maxPendingActivities', 'count'],
  'limit.numPendingChildExecutions.error': ['maxPendingChildren', 'count'],
  'limit.numPendingSignals.error': ['maxPendingSignals', 'count'],
  'limit.numPendingCancelRequests.error': ['maxPendingCancels', 'count'],
  'limit.userMetadataSummarySize': ['userMetadataSummarySize', 'count'],
  'limit.userMetadataDetailsSize': ['userMetadataDetailsSize', 'count'],
  'limit.historyMaxPageSize': ['historyPageSize', 'count'],
  'frontend.historyMaxPageSize': ['historyPageSize', 'count'],
  'frontend.searchAttributesNumberOfKeysLimit': ['searchAttributeKeys', 'count'],
  'frontend.searchAttributesSizeOfValueLimit': ['searchAttributeValueSize', 'count'],
  'frontend.searchAttributesTotalSizeLimit': ['searchAttributesSize', 'count'],
  'frontend.maxlinksPerRequest': ['maxLinks', 'count'],
  'frontend.linkMaxSize': ['maxLinkSize', 'count'],
  'system.maxCallbacksPerWorkflow': ['maxCallbacks', 'count'],
  'frontend.callbackURLMaxLength': ['maxCallbackUrlLength', 'count'],
  'frontend.callbackHeaderMaxLength': ['maxCallbackHeaderSize', 'count'],
  'callback.allowedAddresses': ['callbackAddresses', 'addresses'],
  'component.callbacks.allowedAddresses': ['callbackAddresses', 'addresses'],
  'callback.request.timeout': ['callbackRequestTimeout', 'duration'],
  'component.callbacks.request.timeout': ['callbackRequestTimeout', 'duration'],
  'callback.retryPolicy.initialInterval': ['callbackRetryInitialInterval', 'duration'],
  'component.callbacks.retryPolicy.initialInterval': ['callbackRetryInitialInterval', 'duration'],
  'callback.retryPolicy.maxInterval': ['callbackRetryMaxInterval', 'duration'],
  'component.callbacks.retryPolicy.maxInterval': ['callbackRetryMaxInterval', 'duration'],
  'history.maximumBufferedEventsBatch': ['maxBufferedEvents', 'count'],
  'history.maximumBufferedEventsSizeInBytes': ['maxBufferedBytes', 'count'],
  'history.maximumSignalsPerExecution': ['maxSignals', 'count'],
  'history.maxInFlightUpdates': ['maxInFlightUpdates', 'count'],
  'history.maxInFlightUpdatePayloads': ['maxInFlightUpdateBytes', 'count'],
  'history.maxTotalUpdates': ['maxUpdates', 'count'],
  'history.MaxBufferedQueryCount': ['maxBufferedQueries', 'count'],
  'history.discardSpeculativeWorkflowTaskMaximumEventsCount': ['discardSpeculativeMaxEvents', 'count'],
  'history.defaultWorkflowTaskTimeout': ['defaultWorkflowTaskTimeout', 'duration'],
  'history.workflowTaskRetryMaxInterval': ['workflowTaskRetryMaxInterval', 'duration'],
  'history.workflowTaskHeartbeatTimeout': ['workflowTaskHeartbeatTimeout', 'duration'],
  'history.workflowIdReuseMinimalInterval': ['workflowIdReuseMinimalInterval', 'duration'],
  'history.longPollExpirationInterval': ['historyLongPoll', 'duration'],
  'matching.longPollExpirationInterval': ['matchingLongPoll', 'duration'],
  'system.enableActivityEagerExecution': ['eagerActivities', 'flag'],
  'frontend.enableCancelWorkerPollsOnShutdown': ['pollsEndWithWorker', 'flag'],
  'frontend.WorkflowPauseEnabled': ['workflowPause', 'flag'],
  'frontend.WorkflowTimeSkippingEnabled': ['workflowTimeSkipping', 'flag'],
  'frontend.WorkflowTimeSkippingMaxSkipPerSession': ['maxSkipsPerSession', 'count'],
  'frontend.sendRawWorkflowHistory': ['rawHistory', 'flag'],
  'frontend.disallowQuery': ['disallowQuery', 'flag'],
  'frontend.namespaceRPS': ['namespaceRps', 'count'],
  'frontend.namespaceRPS.visibility': ['namespaceVisibilityRps', 'count'],
};

/** Switches of the reference that this server does not have, and where it stands: saying so again is no surprise. */
const settled: Readonly<Record<string, unknown>> = {
  'frontend.enableUpdateWorkflowExecution': true,
  'frontend.enableUpdateWorkflowExecutionAsyncAccepted': true,
  'frontend.enableExecuteMultiOperation': true,
  'frontend.enableUpdateWithStart': true,
  'history.enableRequestIdRefLinks': true,
  'system.enableEagerWorkflowStart': true,
  'system.forceSearchAttributesCacheRefreshOnRead': true,
  // Client versions are looked at in any case. Those who switch it off do so for clients that are let in.
  'frontend.enableServerVersionCheck': false,
};

const known = new Map(Object.entries(settings).map(([key, setting]) => [key.toLowerCase(), setting]));
const standing = new Map(Object.entries(settled).map(([key, value]) => [key.toLowerCase(), value]));

/** As they are written in the reference. */
export const settingNames = (): string[] => Object.keys(settings);

export interface DynamicConfig {
  readonly limits: Partial<Limits>;
  /** One line for each setting that has no effect. */
  readonly warnings: readonly string[];
}

/** Thrown for a value that a known setting cannot have. */
export class DynamicConfigError extends Error {
  override readonly name = 'DynamicConfigError';
}

/**
 * Reads settings as they are given to the reference, `[key, value]` with the value as JSON has it.
 *
 * @throws DynamicConfigError for a value that does not fit its setting.
 */
export function readDynamicConfig(entries: readonly (readonly [string, unknown])[]): DynamicConfig {
  const limits: Record<string, Value> = {};
  const warnings: string[] = [];
  for (const [key, value] of entries) {
    const setting = known.get(key.toLowerCase());
    if (setting) limits[setting[0]] = read(key, setting[1], value);
    else if (!standing.has(key.toLowerCase()))
      warnings.push(`The setting ${key} is not known to this server and has no effect.`);
    else if (standing.get(key.toLowerCase()) !== value)
      warnings.push(`The setting ${key} cannot be changed on this server and has no effect.`);
  }
  return { limits: limits as Partial<Limits>, warnings };
}

type Value = number | boolean | readonly CallbackAddress[];

function read(key: string, kind: Kind, value: unknown): Value {
  if (kind === 'addresses' && Array.isArray(value)) return value.flatMap(address);
  if (kind === 'flag' && typeof value === 'boolean') return value;
  if (kind === 'count' && Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  if (kind === 'duration') {
    const ms = typeof value === 'number' ? value * 1000 : goDuration(String(value));
    if (ms !== null && ms >= 0) return ms;
  }
  const wants = {
    flag: 'true or false',
    count: 'a whole number',
    duration: 'a duration such as "10s"',
    addresses: 'a list such as [{"Pattern":"hooks.example.com:*","AllowInsecure":true}]',
  }[kind];
  throw new DynamicConfigError(`${key} is to be ${wants}, not ${JSON.stringify(value)}`);
}

/** One that does not say where it is has no effect, as in the reference. */
function address(given: unknown): CallbackAddress[] {
  const { Pattern: pattern, AllowInsecure: allowInsecure } = Object(given) as Record<string, unknown>;
  if (typeof pattern !== 'string' || pattern === '') return [];
  return [{ pattern, allowInsecure: allowInsecure === true }];
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** `1h30m`, `500ms` and the like, in ms; null for anything else. */
function goDuration(text: string): number | null {
  if (text === '0') return 0;
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return null;
  let ms = 0;
  for (const [, amount = '', , unit = ''] of text.matchAll(/(\d+(\.\d+)?)(ns|us|µs|ms|s|m|h)/g))
    ms += Number(amount) * (UNITS[unit] ?? 0);
  return ms;
}
