import {
  decodeFromPayloadsAtIndex,
  decodeOptionalFailureToOptionalError,
  walkPollActivityExecutionResponse,
} from '@perdure/common/lib/internal-non-workflow';
import type { temporal } from '@perdure/proto';
import type { ActivityGetResultInput } from '../activity-interceptors.ts';
import type { Caller } from '../base-client.ts';
import { ActivityExecutionFailedError } from '../errors.ts';
import { bringInside } from '../external-storage.ts';
import { activityContext, runOf } from './context.ts';
import { rethrowActivityError } from './rethrow.ts';

/**
 * Waits for an activity's result.
 *
 * @throws ActivityExecutionFailedError when it ends in anything but success
 */
export async function activityResult(caller: Caller, input: ActivityGetResultInput): Promise<unknown> {
  const request = runOf(caller, input);
  for (;;) {
    const end = await poll(caller, input, request);
    if (end === undefined) continue;
    if ('result' in end) return end.result;
    throw end.failure;
  }
}

type End = { readonly result: unknown } | { readonly failure: ActivityExecutionFailedError };

async function poll(
  caller: Caller,
  { activityId, activityRunId, outputType }: ActivityGetResultInput,
  request: temporal.api.workflowservice.v1.IPollActivityExecutionRequest,
): Promise<End | undefined> {
  const { dataConverter, service } = caller;
  const context = activityContext(caller, activityId);
  try {
    const response = await service.pollActivityExecution(request);
    await bringInside(dataConverter, response, walkPollActivityExecutionResponse);
    const { result, failure } = response.outcome ?? {};
    if (result) {
      return { result: await decodeFromPayloadsAtIndex(dataConverter, 0, result.payloads, context, outputType) };
    }
    if (!failure) return undefined;
    const cause = await decodeOptionalFailureToOptionalError(dataConverter, failure, context);
    const runId = response.runId || activityRunId || undefined;
    return { failure: new ActivityExecutionFailedError('Activity execution failed', cause, activityId, runId) };
  } catch (error) {
    rethrowActivityError(error, 'Failed to get activity result');
  }
}
