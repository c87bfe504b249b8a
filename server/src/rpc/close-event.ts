import type { Init } from '@perdure/api';
import { EventType, TimeoutType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { History, type HistoryEvent, type WorkflowExecutionContinuedAsNewEventAttributes } from '@perdure/api/history';
import type { Loaded } from '../host/loaded.ts';
import type { ServerContext } from './context.ts';
import { batchesBetween, eventsOf } from './history-pages.ts';
import type { Call } from './transport/contract.ts';

/** The event that closed a run, as an encoded `History`. The caller has seen to it that it is durable. */
export async function closeEvent(server: ServerContext, loaded: Loaded, call: Call): Promise<Uint8Array> {
  const { closeEventId, nextEventId, successorRunId } = loaded.run.head;
  const batch = (await batchesBetween(server, loaded, closeEventId, nextEventId)).at(-1);
  const event = batch && eventsOf(batch.bytes).at(-1);
  if (!event) throw new Error(`the history of ${loaded.run.key.runId} has no closing event`);
  return successorRunId !== '' && !followsNextRun(call) ? forOldClients(event) : event;
}

const followsNextRun = ({ metadata }: Call): boolean =>
  (metadata.get('supported-features') ?? '').split(',').some((feature) => feature.trim() === 'follows-next-run-id');

/**
 * Clients that do not know that a failed, timed out or completed run can be carried on by another are told that it
 * continued as new: that they can follow.
 */
function forOldClients(bytes: Uint8Array): Uint8Array {
  const [event] = History.decode(bytes).events;
  const attributes = event && continued(event);
  if (!attributes) return bytes;
  const { eventId, eventTime, version, taskId } = event;
  return History.encode({
    events: [
      {
        eventId,
        eventTime,
        version,
        taskId,
        eventType: EventType.WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
        workflowExecutionContinuedAsNewEventAttributes: attributes,
      },
    ],
  });
}

function continued(event: HistoryEvent): Init<WorkflowExecutionContinuedAsNewEventAttributes> | null {
  const completed = event.workflowExecutionCompletedEventAttributes;
  if (completed?.newExecutionRunId)
    return { newExecutionRunId: completed.newExecutionRunId, lastCompletionResult: completed.result };
  const failed = event.workflowExecutionFailedEventAttributes;
  if (failed?.newExecutionRunId) return { newExecutionRunId: failed.newExecutionRunId, failure: failed.failure };
  const timedOut = event.workflowExecutionTimedOutEventAttributes;
  if (!timedOut?.newExecutionRunId) return null;
  const failure = Failure.encode({
    message: 'workflow timeout',
    source: 'Server',
    timeoutFailureInfo: { timeoutType: TimeoutType.START_TO_CLOSE },
  });
  return { newExecutionRunId: timedOut.newExecutionRunId, failure };
}
