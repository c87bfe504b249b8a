/** Addresses that are allowed, of a host and port. */
export interface CallbackAddress {
  /** Such as `hooks.example.com:*`; a star stands for anything. */
  readonly pattern: string;
  /** Whether also without TLS. */
  readonly allowInsecure: boolean;
}

/** Limits and defaults, named after the dynamic-config keys that set them in the reference where there is one. Times in ms, sizes in bytes. */
export interface Limits {
  readonly maxIdLength: number;
  readonly blobSizeError: number;
  readonly memoSizeError: number;
  readonly historySizeError: number;
  readonly historyCountError: number;
  readonly historySizeSuggestContinueAsNew: number;
  readonly historyCountSuggestContinueAsNew: number;
  readonly mutableStateSizeError: number;
  /** Of the events that are written at once. */
  readonly transactionSize: number;
  readonly maxBufferedEvents: number;
  readonly maxBufferedBytes: number;
  readonly maxSignals: number;
  readonly maxPendingActivities: number;
  readonly maxPendingChildren: number;
  readonly maxPendingSignals: number;
  readonly maxPendingCancels: number;
  readonly maxInFlightUpdates: number;
  readonly maxInFlightUpdateBytes: number;
  readonly maxUpdates: number;
  readonly maxBufferedQueries: number;
  readonly searchAttributeKeys: number;
  readonly searchAttributeValueSize: number;
  readonly searchAttributesSize: number;
  readonly userMetadataSummarySize: number;
  readonly userMetadataDetailsSize: number;
  readonly maxLinks: number;
  readonly maxLinkSize: number;
  readonly maxCallbacks: number;
  readonly maxCallbackUrlLength: number;
  readonly maxCallbackHeaderSize: number;
  /** Where callbacks may go to; nowhere outside of this server unless said here. */
  readonly callbackAddresses: readonly CallbackAddress[];
  /** How long the receiver of a callback may take. */
  readonly callbackRequestTimeout: number;
  readonly callbackRetryInitialInterval: number;
  readonly callbackRetryMaxInterval: number;
  readonly historyPageSize: number;
  readonly defaultWorkflowTaskTimeout: number;
  readonly maxWorkflowTaskTimeout: number;
  readonly workflowTaskRetryMaxInterval: number;
  readonly workflowTaskHeartbeatTimeout: number;
  /** Failed attempts in a row from which on a run reports a problem. */
  readonly taskProblemsToReport: number;
  readonly workflowIdReuseMinimalInterval: number;
  readonly discardSpeculativeMaxEvents: number;
  readonly historyLongPoll: number;
  readonly updateLongPoll: number;
  readonly matchingLongPoll: number;
  readonly eagerActivities: boolean;
  /** Whether workflows can be paused. */
  readonly workflowPause: boolean;
  /** Whether workers are told that their polls end when they say that they stop, so that they need not break them off. */
  readonly pollsEndWithWorker: boolean;
  /** Whether workflows can skip time by themselves, and how often at most unless they say so. */
  readonly workflowTimeSkipping: boolean;
  readonly maxSkipsPerSession: number;
  /** Whether histories are given out as they are stored, for clients that take them apart themselves. */
  readonly rawHistory: boolean;
  /** Whether workflows may not be queried. */
  readonly disallowQuery: boolean;
  /** Calls a second of one namespace, those that list and count left out; 0 for no limit. */
  readonly namespaceRps: number;
  /** Lists and counts a second of one namespace; 0 for no limit. */
  readonly namespaceVisibilityRps: number;
}

export const defaultLimits: Limits = {
  maxIdLength: 1000,
  blobSizeError: 2 << 20,
  memoSizeError: 2 << 20,
  historySizeError: 50 << 20,
  historyCountError: 51_200,
  historySizeSuggestContinueAsNew: 4 << 20,
  historyCountSuggestContinueAsNew: 4096,
  mutableStateSizeError: 8 << 20,
  transactionSize: 4 << 20,
  maxBufferedEvents: 100,
  maxBufferedBytes: 2 << 20,
  maxSignals: 10_000,
  maxPendingActivities: 2000,
  maxPendingChildren: 2000,
  maxPendingSignals: 2000,
  maxPendingCancels: 2000,
  maxInFlightUpdates: 10,
  maxInFlightUpdateBytes: 20 << 20,
  maxUpdates: 2000,
  maxBufferedQueries: 1,
  searchAttributeKeys: 100,
  searchAttributeValueSize: 2 << 10,
  searchAttributesSize: 40 << 10,
  userMetadataSummarySize: 400,
  userMetadataDetailsSize: 20_000,
  maxLinks: 10,
  maxLinkSize: 4000,
  maxCallbacks: 32,
  maxCallbackUrlLength: 1000,
  maxCallbackHeaderSize: 8 << 10,
  callbackAddresses: [],
  callbackRequestTimeout: 10_000,
  callbackRetryInitialInterval: 1_000,
  callbackRetryMaxInterval: 3_600_000,
  historyPageSize: 256,
  defaultWorkflowTaskTimeout: 10_000,
  maxWorkflowTaskTimeout: 120_000,
  workflowTaskRetryMaxInterval: 600_000,
  workflowTaskHeartbeatTimeout: 1_800_000,
  taskProblemsToReport: 5,
  workflowIdReuseMinimalInterval: 1000,
  discardSpeculativeMaxEvents: 10,
  historyLongPoll: 20_000,
  updateLongPoll: 20_000,
  matchingLongPoll: 60_000,
  eagerActivities: true,
  workflowPause: false,
  pollsEndWithWorker: false,
  workflowTimeSkipping: false,
  maxSkipsPerSession: 200,
  rawHistory: false,
  disallowQuery: false,
  namespaceRps: 0,
  namespaceVisibilityRps: 0,
};
