/**
 * Activities that a workflow asks for and that the server may hand to this worker at once, in its answer to the workflow
 * task: slots for them are reserved beforehand, and only so many may ask.
 */
import { temporal } from '@perdure/proto';
import type { Permit, Slots } from './slots/slots.ts';
import type { ActivitySlotInfo } from './worker-tuner.ts';
import type { WorkflowTaskAnswer } from './workflow/host.ts';

const { RespondWorkflowTaskCompletedRequest } = temporal.api.workflowservice.v1;

type Completed = Extract<WorkflowTaskAnswer, { kind: 'completed' }>;

export interface EagerActivities {
  /** Slots for the activities of an answer. Whatever is not handed over has to be released. */
  reserve(answer: Completed): {
    /** The request to send: with fewer activities that ask, if there were not enough slots. */
    readonly request: Uint8Array;
    handOver(tasks: readonly Uint8Array[]): void;
    release(): void;
  };
}

/** @param slots Undefined for a worker that takes none. */
export function createEagerActivities(
  slots: Pick<Slots<ActivitySlotInfo>, 'tryReserve'> | undefined,
  run: (task: Uint8Array, permit: Permit<ActivitySlotInfo>) => void,
): EagerActivities {
  return {
    reserve({ request, stats }) {
      const permits: Permit<ActivitySlotInfo>[] = [];
      while (permits.length < stats.eagerActivities) {
        const permit = slots?.tryReserve();
        if (permit === undefined) break;
        permits.push(permit);
      }
      return {
        request: permits.length < stats.eagerActivities ? limitEager(request, permits.length) : request,
        handOver(tasks) {
          for (const task of tasks) {
            const permit = permits.pop();
            if (permit === undefined)
              throw new Error('the server handed over more activities than there were slots for');
            run(task, permit);
          }
        },
        release() {
          for (const permit of permits) permit.release();
        },
      };
    },
  };
}

/** The same request with no more than `count` activities that ask to be handed over. */
function limitEager(request: Uint8Array, count: number): Uint8Array {
  const decoded = RespondWorkflowTaskCompletedRequest.decode(request);
  let left = count;
  for (const { scheduleActivityTaskCommandAttributes: schedule } of decoded.commands) {
    if (!schedule?.requestEagerExecution) continue;
    if (left > 0) left -= 1;
    else schedule.requestEagerExecution = false;
  }
  return RespondWorkflowTaskCompletedRequest.encode(decoded).finish();
}
