/** What an activity gives that is larger than the server takes fails it here, instead of being sent for nothing. */
import type { Logger } from '@perdure/common';
import { temporal } from '@perdure/proto';
import { describeOversized, oversizedPayloads, type PayloadLimits } from '../codec/payload-limits.ts';
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
  { activityId, activityType, workflowExecution }: ActivityStart,
  { limits, logger }: Limited,
): Failure | undefined {
  const found = oversizedPayloads(payloads, limits());
  if (!found) return undefined;
  const message = describeOversized(found);
  const { workflowId, runId } = workflowExecution ?? {};
  const attributes = { activityId, activityType, workflowId, runId, size: found.size, limit: found.limit };
  logger[found.level === 'error' ? 'error' : 'warn'](message, attributes);
  if (found.level !== 'error') return undefined;
  return { message, applicationFailureInfo: { type: 'PayloadsTooLarge', nonRetryable: false } };
}

/** A result as it is, or the failure that stands for one that is too large. */
export function limitResult(result: ActivityResult, start: ActivityStart, limited: Limited): ActivityResult {
  const payloads = result.completed?.result
    ? [result.completed.result]
    : (result.cancelled?.failure?.canceledFailureInfo?.details?.payloads ?? []);
  const failure = payloads.length > 0 ? failureBySize(payloads, start, limited) : undefined;
  return failure ? { failed: { failure } } : result;
}
