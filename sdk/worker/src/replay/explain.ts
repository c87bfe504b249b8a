import type { coresdk } from '@perdure/proto';
import type { ReplayError } from './errors.ts';
import { describeEvent, type Event } from './history.ts';
import { isLocalActivityMarker, readMarker } from './local-activities.ts';
import { partingOf } from './parting.ts';
import { patchOf } from './patches.ts';

type WorkflowCommand = coresdk.workflow_commands.IWorkflowCommand;

/**
 * Says of a nondeterminism what the history has, what the code did instead, and what may be done about it. `placeOf`
 * knows where in the source a command was given.
 */
export function explain(error: ReplayError, placeOf: (command: WorkflowCommand) => string | undefined): string {
  const { message } = error;
  const parting = partingOf(error);
  if (!parting) return message;
  const { event, pending } = parting;
  const place = pending?.asked && placeOf(pending.asked);
  return [
    message,
    `  The history has: ${describeEvent(event)}${withText(detailOf(event))}`,
    `  The code asks for: ${pending?.asked ? commandText(pending.asked) : 'nothing more'}${place ? `, ${place}` : ''}`,
    `  What to do: ${adviceFor(event)}`,
  ].join('\n');
}

const withText = (text: string | null) => (text === null ? '' : `, ${text}`);

function detailOf(event: Event): string | null {
  const { activityTaskScheduledEventAttributes: activity, timerStartedEventAttributes: timer } = event.event;
  if (activity) return `activity '${activity.activityType?.name}' with id '${activity.activityId}'`;
  if (timer) return `timer with id '${timer.timerId}'`;
  const { startChildWorkflowExecutionInitiatedEventAttributes: child } = event.event;
  if (child) return `child workflow '${child.workflowType?.name}' with id '${child.workflowId}'`;
  if (isLocalActivityMarker(event)) return `local activity '${readMarker(event).activityType}'`;
  const patch = patchOf(event);
  return patch ? `patch '${patch.patchId}'` : null;
}

function commandText(asked: WorkflowCommand): string {
  if (asked.startTimer) return `a timer, number ${asked.startTimer.seq}`;
  if (asked.scheduleActivity) {
    const { activityType, activityId } = asked.scheduleActivity;
    return `activity '${activityType}' with id '${activityId}'`;
  }
  if (asked.scheduleLocalActivity) return `local activity '${asked.scheduleLocalActivity.activityType}'`;
  if (asked.startChildWorkflowExecution) {
    const { workflowType, workflowId } = asked.startChildWorkflowExecution;
    return `child workflow '${workflowType}' with id '${workflowId}'`;
  }
  if (asked.setPatchMarker) return `patch '${asked.setPatchMarker.patchId}'`;
  // Others are told by their names: `completeWorkflowExecution` and the like.
  const [name] = Object.entries(asked).find(([, value]) => value !== null && value !== undefined) ?? ['something else'];
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function adviceFor(event: Event): string {
  const patch = patchOf(event);
  if (patch)
    return `this run took the patch '${patch.patchId}': keep it in the code, with deprecatePatch('${patch.patchId}') at least, until no such run is left`;
  return (
    'if the code was changed on purpose, let runs that began before keep to what they did: put the change behind ' +
    'patched(), or give it to another version of the worker. If it was not, look for what is not the same each time ' +
    '(I/O, shared state, iteration in no fixed order). Runs that cannot go on can be reset to before the change'
  );
}
