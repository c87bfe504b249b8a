/**
 * What of a run's history is needed to say whose payloads later ones are: results only tell by which event an activity
 * was scheduled, and that may have come with an earlier task. Runs that were not seen for longest are forgotten; their
 * payloads are then told less about.
 */
import type { temporal } from '@perdure/proto';

type Events = readonly temporal.api.history.v1.IHistoryEvent[];

export interface RunFacts {
  /** Activity ids by the ids of the events that scheduled them. */
  readonly activities: Map<number, string>;
  /** Who gets the run's result; undefined for nobody in particular. */
  parent: { readonly namespace: string; readonly workflowId: string; readonly runId: string } | undefined;
}

export interface RunMemory {
  learn(runId: string, events: Events): void;
  of(runId: string): RunFacts | undefined;
}

export function createRunMemory(limit: number): RunMemory {
  const runs = new Map<string, RunFacts>();
  return {
    learn(runId, events) {
      const facts = runs.get(runId) ?? { activities: new Map(), parent: undefined };
      runs.delete(runId);
      runs.set(runId, facts);
      for (const event of events) note(facts, event);
      if (runs.size > limit) runs.delete(runs.keys().next().value ?? '');
    },
    of: (runId) => runs.get(runId),
  };
}

function note(facts: RunFacts, event: Events[number]): void {
  const { activityTaskScheduledEventAttributes: scheduled, workflowExecutionStartedEventAttributes: started } = event;
  if (scheduled) facts.activities.set(Number(event.eventId), scheduled.activityId ?? '');
  const parent = started?.parentWorkflowExecution;
  // A run that another one continued answers in its name, and its parent is told by the server.
  if (!parent?.workflowId || started?.continuedExecutionRunId) return;
  facts.parent = {
    namespace: started?.parentWorkflowNamespace ?? '',
    workflowId: parent.workflowId,
    runId: parent.runId ?? '',
  };
}
