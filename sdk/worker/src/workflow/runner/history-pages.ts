/** Fetching what a task does not bring of the history. */
import { addPage } from '../../replay/index.ts';
import type { KnownRun } from './known-run.ts';
import type { Runner } from './state.ts';
import { eventId, type HistoryPage, readPage, type WorkflowTask } from './task.ts';

/** The history could not be fetched. The task is left to time out, and another worker may do better. */
export class MissingHistoryError extends Error {}

async function page({ services }: Runner, { workflowId, runId }: WorkflowTask, nextPageToken: Uint8Array) {
  let bytes: Uint8Array;
  try {
    bytes = await services.historyPage({ workflowId, runId, nextPageToken });
  } catch (error) {
    throw new MissingHistoryError(`the history of the task could not be fetched: ${(error as Error).message}`);
  }
  return readPage(bytes);
}

/**
 * The beginning of a history of which the task brings only the end. The last page is followed by those events of the
 * task that the server does not list: of a task that was never written down.
 */
export async function eventsFromTheStart(runner: Runner, task: WorkflowTask): Promise<HistoryPage> {
  const first = await page(runner, task, new Uint8Array(0));
  return withEndOf(task, first);
}

/** Adds the next page to what the run knows of its history. */
export async function nextPage(runner: Runner, task: WorkflowTask, known: KnownRun): Promise<void> {
  if (known.nextPageToken.length === 0) throw new MissingHistoryError('the history of the task ends too early');
  const next = withEndOf(task, await page(runner, task, known.nextPageToken));
  known.nextPageToken = next.nextPageToken;
  addPage(known.run, next.events, next.nextPageToken.length === 0);
}

function withEndOf(task: WorkflowTask, { events, nextPageToken }: HistoryPage): HistoryPage {
  if (nextPageToken.length > 0) return { events, nextPageToken };
  const last = eventId(events.at(-1));
  return { events: [...events, ...task.events.filter((event) => eventId(event) > last)], nextPageToken };
}
