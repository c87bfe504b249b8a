import { HistoryEvent } from '@perdure/api/history';
import { faultsOf, isClosing } from './history-rules.ts';
import { activityName, type RunName } from './ledger.ts';
import type { HandedOut, Seen, Shown } from './worker.ts';
import { isDistraction, type World } from './world.ts';

/** By run id. */
export type Histories = ReadonlyMap<string, readonly HistoryEvent[]>;

/** The runs that the scenario brought about. */
export const runsOf = ({ ledger }: World): RunName[] =>
  ledger.runs.filter(({ workflowId }) => !isDistraction(workflowId));

/** What a server promises whatever the workflow, and did not keep. */
export function brokenPromises(world: World, seen: Seen, histories: Histories): string[] {
  const broken: string[] = [];
  for (const { workflowId, runId } of runsOf(world)) {
    const events = histories.get(runId) ?? [];
    broken.push(...faultsOf(events).map((fault) => `${workflowId}: ${fault}`));
    const last = events.at(-1);
    if (!last || !isClosing(last)) broken.push(`${workflowId} is not closed`);
  }
  for (const shown of seen.histories) broken.push(...shownButUntrue(shown, histories.get(shown.runId)));
  for (const { runId, startedEventId, started } of seen.completedTasks) {
    const events = histories.get(runId) ?? [];
    const isKnown = events.some(
      (event) => event.workflowTaskCompletedEventAttributes?.startedEventId === startedEventId,
    );
    if (!isKnown)
      broken.push(`the completion of workflow task ${startedEventId} was acknowledged and is not in history`);
    if (!isSame(started, events[startedEventId - 1]))
      broken.push(`workflow task ${startedEventId} was completed, and started otherwise than the worker was shown`);
  }
  broken.push(...handedOutAgain(world, seen.activities, histories));
  return broken;
}

/** Whatever a worker was shown is part of history for good, byte for byte, but for the task that it was shown it with. */
function shownButUntrue({ runId, events, unwrittenFrom }: Shown, truth: readonly HistoryEvent[] | undefined): string[] {
  if (!truth) return [`a worker was shown run ${runId}, which does not exist`];
  return events.flatMap((event) => {
    const isOfTask = event.workflowTaskScheduledEventAttributes ?? event.workflowTaskStartedEventAttributes;
    if (isOfTask && event.eventId >= unwrittenFrom) return [];
    return isSame(event, truth[event.eventId - 1])
      ? []
      : [`a worker was shown an event ${event.eventId} that is not in history`];
  });
}

const isSame = (shown: HistoryEvent, known: HistoryEvent | undefined): boolean =>
  known !== undefined && Buffer.compare(HistoryEvent.encode(shown), HistoryEvent.encode(known)) === 0;

/** No attempt is handed out twice, and none once a completion is recorded. */
function handedOutAgain({ ledger }: World, activities: readonly HandedOut[], histories: Histories): string[] {
  const attempts = new Set<string>();
  const acknowledged = new Set<string>();
  return activities.flatMap((handedOut) => {
    const { runId, activityId, attempt, at } = handedOut;
    const events = histories.get(runId) ?? [];
    const scheduled = events.find((event) => event.activityTaskScheduledEventAttributes?.activityId === activityId);
    if (!scheduled) return [`a worker got activity ${activityId}, which was never scheduled`];
    const name = activityName(runId, scheduled.eventId);
    const attemptName = `${name}/${attempt}`;
    const isAgain = attempts.has(attemptName);
    attempts.add(attemptName);
    const wasAcknowledged = acknowledged.has(name);
    if (handedOut.acknowledged) acknowledged.add(name);
    const isCompleted = events.some(
      (event) => event.activityTaskCompletedEventAttributes?.scheduledEventId === scheduled.eventId,
    );
    const finished = isCompleted ? (ledger.finished.get(name) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    return [
      ...(isAgain ? [`attempt ${attempt} of activity ${activityId} was handed out twice`] : []),
      ...(wasAcknowledged ? [`activity ${activityId} was run again after its completion was acknowledged`] : []),
      ...(finished < at ? [`activity ${activityId} was run again after its completion was recorded`] : []),
    ];
  });
}

/** Where everything has come to its end nothing may be left to be done, or to be waited for. */
export async function leftBehind({ storage }: World): Promise<string[]> {
  const isOver = ({ workflowId }: { readonly workflowId: string }): boolean => !isDistraction(workflowId);
  const outstanding = (await storage.outstandingRuns('', 100)).filter(isOver);
  const due = (await storage.dueRuns(Number.MAX_SAFE_INTEGER, 100)).filter(({ key }) => isOver(key));
  return [
    ...outstanding.map(({ workflowId }) => `${workflowId} is closed and has something outstanding`),
    ...due.map(({ key }) => `${key.workflowId} is closed and wants to be woken`),
  ];
}
