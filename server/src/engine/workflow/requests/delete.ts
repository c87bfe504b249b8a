import { isOpen } from '../close.ts';
import type { Transition } from '../transition.ts';
import { terminateRun } from './terminate.ts';

/**
 * The run is to be removed, and closed for it if it is open. What others wait to hear of it they are told first: the run
 * goes once nothing of it is outstanding (`delete-run` in derive.ts), also if the process ends before that.
 */
export function requestDelete(t: Transition): void {
  if (isOpen(t.run))
    terminateRun(t, { reason: 'Delete workflow execution', details: null, identity: 'history-service' });
  t.run.head.deleteRequested = true;
}
