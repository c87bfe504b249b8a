/** What an activity gives that is larger than the server takes fails it here, instead of being sent for nothing. */
import type { Logger } from '@perdure/common';
import { temporal } from '@perdure/proto';
import {
  describeOversized,
  type Oversized,
  oversizedFailure,
  oversizedPayloads,
  type PayloadLimits,
  withoutErrors,
} from '../codec/payload-limits.ts';
import type { ActivityResult, ActivityStart } from './start.ts';

type Payload = temporal.api.common.v1.IPayload;
type Failure = temporal.api.failure.v1.IFailure;
type Limited = { readonly limits: () => PayloadLimits; readonly logger: Logger };

/** The server's answer to a heartbeat that asks an activity to stop. */
export const calledOff: Uint8Array = temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse.encode({
  cancelRequested: true,
}).finish();

/** The failure that an activity has to end with, if payloads are too large. Large ones are told of in the log. */
export function failureBySize(
  payloads: readonly Payload[],
  start: ActivityStart,
  { limits, logger }: Limited,
): Failure | undefined {
  const found = oversizedPayloads(payloads, limits());
  if (!found) return undefined;
  tell(found, start, logger);
  if (found.level !== 'error') return undefined;
  return {
    message: describeOversized(found),
    applicationFailureInfo: { type: 'PayloadsTooLarge', nonRetryable: false },
  };
}

function tell(found: Oversized, { activityId, activityType, workflowExecution }: ActivityStart, logger: Logger): void {
  const { workflowId, runId } = workflowExecution ?? {};
  const attributes = { activityId, activityType, workflowId, runId, size: found.size, limit: found.limit };
  logger[found.level === 'error' ? 'error' : 'warn'](describeOversized(found), attributes);
}

/** A result as it is, or the failure that stands for one that is too large. */
export function limitResult(result: ActivityResult, start: ActivityStart, limited: Limited): ActivityResult {
  if (result.failed?.failure) {
    // One that is too large for the server is sent all the same, and replaced there.
    const found = oversizedFailure(result.failed.failure, withoutErrors(limited.limits()));
    if (found) tell(found, start, limited.logger);
  }
  const payloads = result.completed?.result
    ? [result.completed.result]
    : (result.cancelled?.failure?.canceledFailureInfo?.details?.payloads ?? []);
  const failure = payloads.length > 0 ? failureBySize(payloads, start, limited) : undefined;
  return failure ? { failed: { failure } } : result;
}
