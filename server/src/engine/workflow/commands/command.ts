import type { Command } from '@perdure/api/command';
import type { WorkflowTaskFailedCause } from '@perdure/api/enums';
import type { Message } from '@perdure/api/protocol';
import type { EventAttributes } from '../state.ts';
import type { Transition } from '../transition.ts';

/**
 * Why a command, and with it the whole completion, is refused. The task fails with the cause; the worker is told
 * INVALID_ARGUMENT. `terminates`: the run cannot go on either (a payload over the limit would come again and again).
 */
export interface Refused {
  readonly cause: WorkflowTaskFailedCause;
  readonly message: string;
  readonly terminates?: boolean;
}

export const refused = (cause: WorkflowTaskFailedCause, message: string): Refused => ({ cause, message });
export const terminating = (cause: WorkflowTaskFailedCause, message: string): Refused => ({
  cause,
  message,
  terminates: true,
});

/** What the commands of one completion share. */
export interface Completion {
  readonly completedEventId: number;
  readonly identity: string;
  /** Of the task that is being completed. */
  readonly scheduledEventId: number;
  /** Events that the worker has not seen are held back: it may not close the run without having seen them. */
  unseenEvents: boolean;
  /** Something happened that only a further workflow task can tell the workflow (an activity cancelled before it ran). */
  needsTask: boolean;
  /** Update messages not taken yet, by id, in the order in which they were sent. */
  readonly messages: Map<string, Message>;
  /** Activities that the worker wants to run itself at once. */
  readonly eagerActivities: number[];
}

/** Checks, then changes: returns a refusal before anything of this command is done, or null when it is done. */
export type ApplyCommand = (t: Transition, command: Command, completion: Completion) => Refused | null;

/** What a command's event carries besides its attributes. */
export function outerFields(command: Command): Pick<EventAttributes, 'userMetadata' | 'eventGroupMarkers'> {
  const { userMetadata, eventGroupMarkers } = command;
  return { ...(userMetadata && { userMetadata }), ...(eventGroupMarkers.length > 0 && { eventGroupMarkers }) };
}
