import { TaskQueueType } from '@perdure/api/enums';
import type {
  UpdateTaskQueueConfigRequest_RateLimitUpdate as RateLimitUpdate,
  UpdateTaskQueueConfigRequest,
} from '@perdure/api/workflowservice';
import { invalidArgument } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';

const MAX_REASON_BYTES = 1000;
const MAX_WEIGHTS = 1000;
const MAX_FAIRNESS_KEY_BYTES = 64;

/** Refuses limits and weights that a task queue cannot have. */
export function checkTaskQueueConfigUpdate(request: UpdateTaskQueueConfigRequest, { maxIdLength }: Limits): void {
  const { updateQueueRateLimit, updateFairnessKeyRateLimitDefault, identity } = request;
  const isWorkflow = request.taskQueueType === TaskQueueType.WORKFLOW;
  if (isWorkflow && updateQueueRateLimit?.rateLimit)
    throw invalidArgument('Setting rate limit on workflow task queues is not allowed.');
  checkRateLimit('UpdateQueueRateLimit', updateQueueRateLimit);
  if (isWorkflow && updateFairnessKeyRateLimitDefault?.rateLimit)
    throw invalidArgument('Setting fairness key rate limit on workflow task queues is not allowed.');
  checkRateLimit('UpdateFairnessKeyRateLimitDefault', updateFairnessKeyRateLimitDefault);
  checkLength('Identity', identity, maxIdLength);
  checkWeights(request.setFairnessWeightOverrides, request.unsetFairnessWeightOverrides);
}

function checkRateLimit(label: string, update: RateLimitUpdate | null): void {
  if (!update?.rateLimit) return;
  if (!(update.rateLimit.requestsPerSecond >= 0))
    throw invalidArgument(`RequestsPerSecond for ${label} rate limit must be non-negative.`);
  checkLength(`${label}.Reason`, update.reason, MAX_REASON_BYTES);
}

function checkLength(field: string, value: string, limit: number): void {
  if (Buffer.byteLength(value) > limit) throw invalidArgument(`${field} field too long (max ${limit} characters).`);
}

function checkWeights(set: Readonly<Record<string, number>>, unset: readonly string[]): void {
  const total = Object.keys(set).length + unset.length;
  if (total > MAX_WEIGHTS)
    throw invalidArgument(`too many fairness weight overrides in request: got ${total}, maximum ${MAX_WEIGHTS}`);
  for (const [key, weight] of Object.entries(set)) {
    checkFairnessKey(key);
    if (!(weight > 0))
      throw invalidArgument(`invalid fairness weight weight for key ${JSON.stringify(key)}: must be greater than zero`);
  }
  for (const key of unset) checkFairnessKey(key);
  const both = unset.find((key) => Object.hasOwn(set, key));
  if (both !== undefined)
    throw invalidArgument(`fairness weight override key ${JSON.stringify(both)} present in both set and unset lists`);
}

function checkFairnessKey(key: string): void {
  if (key === '') throw invalidArgument('fairness weight override key must not be empty');
  if (Buffer.byteLength(key) > MAX_FAIRNESS_KEY_BYTES) throw invalidArgument('fairness key length exceeds limit');
}

/** What a task queue can hold of weights in all. */
export function checkWeightCount(weights: Readonly<Record<string, number>>): void {
  if (Object.keys(weights).length > MAX_WEIGHTS)
    throw invalidArgument('fairness weight overrides update rejected: exceeding maximum key size');
}
