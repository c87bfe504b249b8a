import { nondeterminism } from '../errors.ts';
import { describeEvent, type Event } from '../history.ts';
import type { Machine } from '../state.ts';

const what: Record<Machine['kind'], string> = {
  activity: 'Activity machine',
  'cancel-external': 'Cancel external WF machine',
  'child-workflow': 'Child workflow machine',
  'local-activity': 'Local activity machine',
  note: 'Workflow machine',
  patch: 'Change machine',
  'signal-external': 'Signal external WF machine',
  timer: 'Timer machine',
  update: 'Update machine',
};

/** The complaint about an event that a machine can never meet, or not in the state it is in. */
export function unexpected(machine: Machine, event: Event): Error {
  return nondeterminism(`${what[machine.kind]} does not handle this event: ${describeEvent(event)} (${machine.state})`);
}
