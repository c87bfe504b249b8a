import { nondeterminism } from '../errors.ts';
import type { Event } from '../history.ts';
import { patchOf } from '../patches.ts';
import type { PatchMachine } from '../state.ts';
import { unexpected } from './unexpected.ts';

/* The marker of a patch: Created ──MARKER_RECORDED──▶ Recorded. Code knows the answer without waiting for it. */

export function patchMeets(machine: PatchMachine, event: Event): void {
  const marked = patchOf(event);
  if (!marked || machine.state !== 'Created') throw unexpected(machine, event);
  if (marked.patchId !== machine.patchId)
    throw nondeterminism(`Change id ${marked.patchId} does not match expected id ${machine.patchId}`);
  machine.state = 'Recorded';
}
