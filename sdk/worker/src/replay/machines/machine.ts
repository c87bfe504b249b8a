import { temporal } from '@perdure/proto';
import type { Event } from '../history.ts';
import type { Machine, Run } from '../state.ts';
import { activityMeets } from './activity.ts';
import { cancelExternalMeets } from './cancel-external.ts';
import { childWorkflowMeets } from './child-workflow.ts';
import { localActivityMeets, localActivitySent } from './local-activity.ts';
import { noteMeets } from './note.ts';
import { patchMeets } from './patch.ts';
import { signalExternalMeets } from './signal-external.ts';
import { timerMeets } from './timer.ts';
import { updateMeets, updateSent } from './update.ts';

const { CommandType } = temporal.api.enums.v1;

/** Tells a machine of an event that concerns it. Throws if such a machine can never meet such an event. */
export function meet(run: Run, machine: Machine, event: Event): void {
  switch (machine.kind) {
    case 'activity':
      return activityMeets(run, machine, event);
    case 'cancel-external':
      return cancelExternalMeets(run, machine, event);
    case 'child-workflow':
      return childWorkflowMeets(run, machine, event);
    case 'local-activity':
      return localActivityMeets(run, machine, event);
    case 'note':
      return noteMeets(machine, event);
    case 'patch':
      return patchMeets(machine, event);
    case 'signal-external':
      return signalExternalMeets(run, machine, event);
    case 'timer':
      return timerMeets(run, machine, event);
    case 'update':
      return updateMeets(machine, event);
  }
}

/** Tells a machine that a command of its is on its way. */
export function sent(machine: Machine, commandType: temporal.api.enums.v1.CommandType | null | undefined): void {
  if (machine.kind === 'update') updateSent(machine);
  if (machine.kind === 'local-activity') localActivitySent(machine);
  if (machine.kind === 'timer' && commandType === CommandType.COMMAND_TYPE_CANCEL_TIMER) machine.state = 'CancelSent';
}

/** A command that code took back before it left. */
export function isWithdrawn(machine: Machine): boolean {
  switch (machine.kind) {
    case 'activity':
    case 'child-workflow':
    case 'signal-external':
    case 'timer':
      return machine.isWithdrawn;
    case 'cancel-external':
    case 'local-activity':
    case 'note':
    case 'patch':
    case 'update':
      return false;
  }
}

/** A machine that has nothing more to say to the server. */
export function isOver(machine: Machine): boolean {
  switch (machine.kind) {
    case 'activity':
      return ['Completed', 'Failed', 'TimedOut', 'Canceled'].includes(machine.state);
    case 'cancel-external':
      return machine.state === 'Requested' || machine.state === 'Failed';
    case 'child-workflow':
      return ['StartFailed', 'Completed', 'Failed', 'TimedOut', 'Terminated', 'Canceled'].includes(machine.state);
    case 'local-activity':
      return machine.state === 'MarkerRecorded';
    case 'note':
    case 'patch':
      return machine.state === 'Recorded';
    case 'signal-external':
      return ['Signaled', 'Failed', 'Canceled'].includes(machine.state);
    case 'timer':
      return machine.state === 'Fired' || machine.state === 'Canceled';
    case 'update':
      return machine.state === 'Rejected' || machine.state === 'CompletionRecorded';
  }
}
