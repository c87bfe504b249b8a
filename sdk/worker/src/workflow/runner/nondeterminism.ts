/**
 * Finding the line that does something else than the history: the run is replayed once more, and every command
 * remembers where it was given. Nobody pays for that until something goes wrong.
 */
import type { coresdk } from '@perdure/proto';
import {
  applyCompletion,
  createRun,
  explain,
  feedTask,
  needsPage,
  nextActivation,
  ReplayError,
} from '../../replay/index.ts';
import { disposeOf, tell } from './code.ts';
import { eventsFromTheStart, nextPage } from './history-pages.ts';
import { newKnownRun } from './known-run.ts';
import type { Runner } from './state.ts';
import { eventId, type WorkflowTask } from './task.ts';

type WorkflowCommand = coresdk.workflow_commands.IWorkflowCommand;

/** The error's message, with what history and code have in its place. */
export async function explained(runner: Runner, task: WorkflowTask, error: ReplayError): Promise<string> {
  const places = new WeakMap<WorkflowCommand, string>();
  const again = await replayed(runner, task, error, (command, place) => places.set(command, place)).catch(() => error);
  return explain(again, (command) => places.get(command));
}

/** Replays until the error comes again; if it does not, the first stands. */
async function replayed(
  runner: Runner,
  task: WorkflowTask,
  error: ReplayError,
  onCommand: (command: WorkflowCommand, place: string) => void,
): Promise<ReplayError> {
  const { namespace, taskQueue, sdk } = runner.options;
  const { workflowId, runId, workflowType } = task;
  const info = { namespace, workflowId, runId, workflowType, taskQueue, sdk, deploymentVersion: null };
  const copy = newKnownRun(createRun(info));
  const { events, nextPageToken } = eventId(task.events[0]) === 1 ? task : await eventsFromTheStart(runner, task);
  copy.nextPageToken = nextPageToken;
  try {
    feedTask(copy.run, {
      events,
      isComplete: nextPageToken.length === 0,
      previousStartedEventId: task.previousStartedEventId,
      messages: [],
    });
    for (;;) {
      while (needsPage(copy.run)) await nextPage(runner, task, copy);
      const activation = nextActivation(copy.run);
      if (!activation && !needsPage(copy.run)) return error;
      if (!activation) continue;
      const { successful } = await tell(runner, copy, activation, { onCommand });
      if (!successful) return error;
      applyCompletion(copy.run, successful, Date.now());
    }
  } catch (thrown) {
    return thrown instanceof ReplayError ? thrown : error;
  } finally {
    disposeOf(copy);
  }
}
