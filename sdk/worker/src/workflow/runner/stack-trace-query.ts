/**
 * Where a run waits. To know where each pending promise was made costs a stack trace for every promise, so runs do not
 * keep it: who asks has the run replayed, with an eye on its promises, up to where it is.
 */

import { ENHANCED_STACK_TRACE_QUERY_NAME, STACK_TRACE_QUERY_NAME } from '@perdure/common/lib/reserved';
import type { coresdk } from '@perdure/proto';
import {
  applyCompletion,
  createRun,
  feedTask,
  needsPage,
  nextActivation,
  queryActivation,
} from '../../replay/index.ts';
import { watchPromises } from '../isolate/promise-stacks.ts';
import { disposeOf, tell } from './code.ts';
import { eventsFromTheStart, nextPage } from './history-pages.ts';
import { type KnownRun, newKnownRun } from './known-run.ts';
import type { Runner } from './state.ts';
import type { WorkflowTask } from './task.ts';

type Query = NonNullable<coresdk.workflow_activation.IWorkflowActivationJob['queryWorkflow']>;
type QueryResult = coresdk.workflow_commands.IQueryResult;

export function isStackTraceQuery({ queryType }: Pick<Query, 'queryType'>): boolean {
  return queryType === STACK_TRACE_QUERY_NAME || queryType === ENHANCED_STACK_TRACE_QUERY_NAME;
}

export async function stackTraces(
  runner: Runner,
  task: WorkflowTask,
  known: KnownRun,
  queries: readonly Query[],
): Promise<QueryResult[]> {
  const copy = newKnownRun(createRun(known.run.info));
  const first = await eventsFromTheStart(runner, task);
  copy.nextPageToken = first.nextPageToken;
  const stop = watchPromises();
  try {
    feedTask(copy.run, {
      events: first.events,
      isComplete: first.nextPageToken.length === 0,
      previousStartedEventId: Number.MAX_SAFE_INTEGER,
      messages: [],
    });
    for (;;) {
      while (needsPage(copy.run)) await nextPage(runner, task, copy);
      const activation = copy.run.startedEventId > known.run.startedEventId ? null : nextActivation(copy.run);
      if (!activation && !needsPage(copy.run)) break;
      if (!activation) continue;
      const { successful } = await tell(runner, copy, activation, { stackTracesEnabled: true });
      if (!successful) break;
      applyCompletion(copy.run, successful, Date.now());
    }
    const { successful } = await tell(runner, copy, queryActivation(copy.run, queries));
    return successful ? [...applyCompletion(copy.run, successful, Date.now()).queryResults] : [];
  } finally {
    stop();
    disposeOf(copy);
  }
}
