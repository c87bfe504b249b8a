import { type Event, EventType } from '../history.ts';
import type { Command, NoteMachine, Pending } from '../state.ts';
import { unexpected } from './unexpected.ts';

/*
 * A command that nothing comes back from: an upsert of search attributes, a change of the memo, the run's end.
 * Created ──its event──▶ Recorded.
 */

/** The event that each command of this kind becomes. */
export const noteEvents = {
  upsertSearchAttributes: EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  modifyProperties: EventType.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
  complete: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
  fail: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
  cancel: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
  continueAsNew: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
} as const;

export function note(kind: keyof typeof noteEvents, command: Command): Pending {
  return { machine: { kind: 'note', eventType: noteEvents[kind], state: 'Created' }, command };
}

export function noteMeets(machine: NoteMachine, event: Event): void {
  if (machine.state !== 'Created' || event.type !== machine.eventType) throw unexpected(machine, event);
  machine.state = 'Recorded';
}
