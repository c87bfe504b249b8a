import type { Message } from '@perdure/api/protocol';
import type { Completion, Refused } from '../commands/command.ts';
import type { Run } from '../state.ts';
import type { Transition } from '../transition.ts';

/** True while an update waits to be sent to a worker. */
export function hasUpdateToSend(run: Run): boolean {
  for (const update of run.updates.values()) if (update.state === 'admitted') return true;
  return false;
}

/** Takes an Acceptance, Rejection or Response that a worker sent. */
export function handleMessage(_t: Transition, _message: Message, _completion: Completion): Refused | null {
  return null;
}

/** A worker that completes a task answers every update that came with it; one it leaves out is rejected. */
export function rejectUnprocessed(_t: Transition): void {}
