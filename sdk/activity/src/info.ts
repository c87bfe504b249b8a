import type { Priority, RetryPolicy } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';

/** What there is to know about an Activity while it runs. */
export interface Info {
  /** What the server knows this attempt by; by it the Activity can be completed later, from elsewhere. */
  readonly taskToken: Uint8Array;
  /** {@link taskToken} as a text. */
  readonly base64TaskToken: string;
  readonly activityId: string;
  /** The name that the function is registered under. */
  readonly activityType: string;
  /** @deprecated Use {@link namespace}. */
  readonly activityNamespace: string;
  /** 1 at first, and one more with each retry. */
  readonly attempt: number;
  /** Whether it runs as a local Activity. */
  readonly isLocal: boolean;
  /** The Workflow that scheduled it, if one did. */
  readonly workflowExecution?: { readonly workflowId: string; readonly runId: string } | undefined;
  /** @deprecated Use {@link namespace}. */
  readonly workflowNamespace?: string | undefined;
  /** The type of the Workflow that scheduled it, if one did. */
  readonly workflowType?: string | undefined;
  /** When it was scheduled, before its first attempt. In milliseconds since 1970. */
  readonly scheduledTimestampMs: number;
  /** How long it may take in all, retries included. 0 means no limit. */
  readonly scheduleToCloseTimeoutMs: number;
  /** How long this attempt may take. 0 means no limit. */
  readonly startToCloseTimeoutMs: number;
  /** When this attempt was scheduled. In milliseconds since 1970. */
  readonly currentAttemptScheduledTimestampMs: number;
  /** How long it may be silent. Absent if it need not send heartbeats. */
  readonly heartbeatTimeoutMs?: number | undefined;
  /** What the last heartbeat of the previous attempt said, so that this one can go on from there. */
  readonly heartbeatDetails: Any;
  /** The queue that it came from; that of its Workflow for a local Activity. */
  readonly taskQueue: string;
  readonly priority?: Priority | undefined;
  /** By what policy it is retried. Absent if the server does not say, though there may be one. */
  readonly retryPolicy?: RetryPolicy | undefined;
  readonly namespace: string;
  /**
   * Tells apart Activities with the same id that no Workflow scheduled. Absent if one did.
   *
   * @experimental
   */
  readonly activityRunId?: string | undefined;
  /** Whether a Workflow scheduled it. */
  readonly inWorkflow: boolean;
}
